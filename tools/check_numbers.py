#!/usr/bin/env python3
"""Recomputes every number of the built briefs, apart from kosh, and compares the pages with it.

    tools/check_numbers.py [--project DIR] [--output DIR] [PERIOD ...]

It shares nothing with kosh: it reads data/*.csv itself, knows the rules of the brief by heart, and
takes the text of the PDFs from `pdftotext`. It checks that

1. every numeric token of the pages is a value recomputed here, a value published in the data, a
   year, a date, or a number of a figure, table, note, source or page;
2. the sentences and the rows of Table 1 that it knows say the value computed for them, with its sign;
3. no number in running text is finer than its sources know it;
4. the editions of one period print the same numbers.

It exits with 1 if anything is wrong. Needs Python 3 and poppler's pdftotext, nothing else.
"""

import argparse, collections, csv, itertools, pathlib, re, subprocess, sys

STATUS = {"secondary": 0, "express": 1, "final": 2}
PERIODS = {"2024": (2024, 12), "2025-H1": (2025, 6), "2025-9M": (2025, 9), "2025": (2025, 12)}
NBSP = "\u00a0"
MARKS = "ᴾᴮᴼᴷᴵᴰᴹʳᵇ°ᵈᵖˣᵃ"  # of the tables
ROUNDED = "ᴼ°"


class V:
    """A value and how far the truth may lie from it."""

    def __init__(self, value, error=0.0):
        self.v, self.e = float(value), float(error)

    def __sub__(self, other):
        return V(self.v - other.v, self.e + other.e)

    def __add__(self, other):
        return V(self.v + other.v, self.e + other.e)


def corners(f, *args):
    """f of intervals: its value, and the largest deviation at a corner."""
    mid = f(*[a.v for a in args])
    ends = [f(*c) for c in itertools.product(*[(a.v - a.e, a.v + a.e) for a in args])]
    return V(mid, max(abs(e - mid) for e in ends))


def share(part, whole):
    return corners(lambda p, w: 100 * p / w, part, whole)


def change(now, base):
    return corners(lambda n, b: 100 * (n - b) / b, now, base) if base.v >= 50 else None


def effectiveness(a, b):
    return corners(lambda x, y: 100 * (x - y) / (x + y), a, b)


# --- the data ------------------------------------------------------------------------------------

class Data:
    def __init__(self, folder):
        self.tables = {}
        read = lambda name: list(csv.DictReader(open(folder / f"{name}.csv", encoding="utf-8")))
        self.vintages = {r["vintage"]: r for r in read("vintages")}
        self.precedence = {r["source_id"]: int(r["precedence"] or 9) for r in read("sources")}
        self.regions = [r["code"] for r in read("regions") if r["kind"] != "country"]
        self.countries = [r["code"] for r in read("partners") if r["kind"] == "country"]
        for name in ["international", "international_rates", "internal", "interregional", "rural", "population"]:
            self.tables[name] = read(name)

    def pick(self, table, when, **key):
        """The latest status; of it the table before the text, refined by a finer row that agrees."""
        rows = [r for r in self.tables[table] if r["period"] == when and r["value"]
                and all(r[k] == v for k, v in key.items())]
        if not rows:
            return None
        rank = lambda r: STATUS[self.vintages[r["vintage"]]["status"]]
        best = max(map(rank, rows))
        rows = [r for r in rows if rank(r) == best]
        unit = lambda r: float(r["rounded_to"])
        when_out = lambda r: -int(self.vintages[r["vintage"]]["released"].replace("-", ""))
        rows.sort(key=lambda r: (self.precedence[r["source_id"]], when_out(r), unit(r)))
        first = rows[0]
        agree = [r for r in rows if r is first or
                 abs(float(r["value"]) - float(first["value"])) < max(unit(r), unit(first))]
        finest = min(agree, key=unit)
        exact = unit(finest) == 1 and finest["unit"] == "persons"
        value = V(finest["value"], 0 if exact else unit(finest) / 2)
        value.status = best
        value.revised = best == 2 and any(
            abs(float(r["value"]) - value.v) >= unit(r) for r in self.tables[table]
            if r["period"] == when and r["value"] and all(r[k] == v for k, v in key.items())
            and rank(r) == 1)
        return value


def span(year, month):
    return f"{year}-01..{year}-{month:02d}"


def recompute(data, year, month):
    """Every value the brief of a period may print, by name."""
    out = {}

    def flow(kind, partner="WORLD", y=year, m=month):
        return data.pick("international", span(y, m), flow=kind, partner=partner)

    def rate(measure, y=year):
        return data.pick("international_rates", span(y, month), measure=measure)

    for y, tail in [(year, ""), (year - 1, ".base")]:
        a, d = flow("arrivals", y=y), flow("departures", y=y)
        out["X1" + tail], out["X2" + tail] = a, d
        if a and d:
            out["X3" + tail] = a - d
            out["X6" + tail] = effectiveness(a, d)
            printed = flow("net", y=y)
            if printed and abs((a - d).v - printed.v) > (a - d).e + printed.e:
                print(f"  data: net {y} printed {printed.v:.0f}, computed {(a - d).v:.0f}")
        for name, kind, measure in [("X4a", "arrivals", "cis_share_arrivals"), ("X4d", "departures", "cis_share_departures")]:
            cis, all_ = flow(kind, "CIS", y), flow(kind, y=y)
            levels = share(cis, all_) if cis and all_ else None
            out[name + tail] = levels or rate(measure, y)
        internal = lambda measure: data.pick("internal", span(y, month), region="KZ", measure=measure)
        out["I1" + tail], out["I2" + tail] = internal("internal_movers_total"), internal("interregional_movers")
        out["R1" + tail] = data.pick("rural", span(y, month), region="KZ", settlement="rural", measure="net_migration")
    if out["I1"] and out["I2"]:
        out["I2_share"] = share(out["I2"], out["I1"])
    for name in ["X1", "X2", "X3", "X4a", "X4d", "X6", "I1", "I2", "R1"]:
        now, base = out.get(name), out.get(name + ".base")
        if now and base:
            out[name + ".difference"] = now - base
    for name, measure, where in [("X1", "yoy_arrivals", "international_rates"), ("X2", "yoy_departures", "international_rates"),
                                 ("I1", "internal_movers_yoy", "internal"), ("I2", "interregional_movers_yoy", "internal")]:
        key = {"region": "KZ"} if where == "internal" else {}
        printed = data.pick(where, span(year, month), measure=measure, **key)
        now, base = out.get(name), out.get(name + ".base")
        levels = change(now, base) if now and base else None
        # Levels decide; a printed percentage that they allow may be finer.
        if levels and printed and abs(levels.v - printed.v) <= levels.e + printed.e + 1e-9 and levels.e > printed.e:
            levels = printed
        out[name + ".change"] = levels or printed
    # The last quarter of the period, only within one release or one that was not revised since.
    if month > 3:
        for name, kind in [("X1", "arrivals"), ("X2", "departures")]:
            before = flow(kind, m=month - 3)
            if before and out[name] and not (out[name].revised and before.status != out[name].status):
                out[name + ".quarter"] = out[name] - before
        if "X1.quarter" in out and "X2.quarter" in out:
            a, d = out["X1.quarter"], out["X2.quarter"]
            out["X3.quarter"], out["X6.quarter"] = a - d, effectiveness(a, d)
        for name, measure in [("I1", "internal_movers_total"), ("I2", "interregional_movers")]:
            before = data.pick("internal", span(year, month - 3), region="KZ", measure=measure)
            if before and out[name]:
                out[name + ".quarter"] = out[name] - before
    for code in data.countries:
        a, d = flow("arrivals", code), flow("departures", code)
        out[f"X1[{code}]"], out[f"X2[{code}]"] = a, d
        if a and d:
            out[f"X3[{code}]"] = a - d
        for name, kind, now in [("X1", "arrivals", a), ("X2", "departures", d)]:
            base = flow(kind, code, year - 1)
            if now and base:
                out[f"{name}[{code}].change"] = change(now, base)
    net = {}
    for code in data.regions:
        value = data.pick("interregional", span(year, month), region=code, measure="net")
        if value:
            net[code] = out[f"I4[{code}]"] = value
    gains = sorted((v for v in net.values() if v.v > 0), key=lambda v: -v.v)
    if gains:
        out["I5"], out["regions"] = V(len(gains)), V(len(data.regions))
        out["I6"] = sum(gains[1:], gains[0])
        out["I7"] = corners(lambda *g: 100 * sum(g[:3]) / sum(g), *gains)
    for y in range(2000, year + 1):
        value = data.pick("rural", span(y, 12), region="KZ", settlement="rural", measure="net_migration")
        if value:
            out[f"R1_years[{y}]"] = value
            if (y, 12) <= (year, month):
                out["R1_annual"] = value
    day = f"{year + month // 12}-{month % 12 + 1:02d}-01"
    urban, total = (data.pick("population", day, region="KZ", settlement=s, sex="total") for s in ["urban", "total"])
    if urban and total:
        out["R4"] = share(urban, total)
    # A percentage known worse than to a point is not printed, nor a quarter that rounding could have made.
    percent = lambda k: k in ("I2_share",) or k.startswith("X6") or k.endswith(".change")
    blunt = lambda k, v: percent(k) and v.e > 1 and abs(v.v) < 100
    guessed = lambda k, v: k in ("X1.quarter", "X2.quarter", "I1.quarter", "I2.quarter") and abs(v.v) < 5 * v.e
    return {k: v for k, v in out.items() if v and not blunt(k, v) and not guessed(k, v)}


# --- the pages -----------------------------------------------------------------------------------

HEADS = {"ru": ("Источники и литература", "Методические пояснения"), "en": ("Sources and literature", "Notes on data")}
RUNNING = re.compile(r"^.*(?: / |/)\d+\s*$|^(?:Миграция в Казахстане|Migration in Kazakhstan)\s*·.*$", re.M)
MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*|January|February|March|April|May|June|July|August|September|October|November|December"
# What is a number but no value, in either language.
APART = [
    (re.compile(r"\[\d+(?:\s*[,–]\s*\d+)*\](?:,\s*\[\d+\])*"), "citation"),
    (re.compile(rf"\b\d{{1,2}}\s(?:{MONTH})(?:\s(?:19|20)\d\d)?"), "date"),
    (re.compile(r"(?:Рисунок|Таблица|рис\.|табл\.|Fig\.|Table)\s\d+"), "exhibit"),
    (re.compile(r"\bQ[1-4]\b"), "quarter"),
    (re.compile(r"(?<![\d+−,.])(?:19|20)\d\d[1-9]?(?![\d,.]\d|\d)(?!\s?(?:чел|тыс|thousand|people))"), "year"),
]


def pages(pdf, mode):
    text = subprocess.run(["pdftotext", mode, str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    # pdftotext prints every kind of space as a plain one; in the laid-out text two of them part columns.
    return text.replace("\u202f", " ").replace(NBSP, " ").replace("\u00ad", "")


def body(text, lang):
    """Without running lines, bibliography and the numbers at the notes."""
    sources, notes = HEADS[lang]
    text = RUNNING.sub("", text.replace("\f", "\n"))
    text, found, _ = text.rpartition(sources)
    if not found:
        sys.exit(f"no heading “{sources}” on the pages")
    head, _, tail = text.rpartition(notes)
    return head + notes + re.sub(r"^\s*\d{1,2}(?=\s)", "", tail, flags=re.M)


SCALE = {"тыс.": 1e3, "млн": 1e6, "млрд": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = {
    "ru": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?: \d{3}(?!\d))+|\d+)(?P<fraction>,\d+)?",
    "en": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?",
}
TAIL = rf"(?: (?P<scale>тыс\.|млн|млрд|thousand|million|billion))? ?(?P<percent>%)?(?: *(?P<marks>[{MARKS}]+))?"
TOKEN = {lang: re.compile(number + TAIL) for lang, number in NUMBER.items()}


class Token:
    def __init__(self, match):
        self.text = re.sub(r"\s+", " ", match.group()).strip()
        scale = SCALE.get(match["scale"], 1)
        digits = re.sub(r"\D", "", match["digits"])
        fraction = (match["fraction"] or "")[1:]
        self.sign = match["sign"]
        self.value = float(f"{digits}.{fraction or 0}") * scale * (-1 if self.sign == "−" else 1)
        self.unit = scale * 10.0 ** -len(fraction)
        # Zeros at the end of a whole number may be digits or only places: `130 thousand`, `2,300`.
        zeros = 0 if fraction else len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
        self.coarsest = self.unit * 10**zeros
        self.rounded = any(m in ROUNDED for m in match["marks"] or "")
        self.percent = bool(match["percent"])

    @property
    def key(self):
        return (self.sign, round(self.value, 4), self.percent)

    def says(self, v, signed=False):
        """Whether it is `v`, rounded to its own unit; a balance shows its sign."""
        target = abs(v.v) if not self.sign else v.v
        if signed and not self.sign and abs(v.v) >= self.unit / 2:
            return False
        # A value is printed to the decimal step that its error allows, not coarser than ten errors.
        unit = max(self.unit, min(self.coarsest, 10 * v.e))
        return abs(abs(self.value) - abs(target)) <= unit / 2 + 1e-6 and self.value * target >= 0

    def overstates(self, v):
        # Rounding errors of a sum add up at worst, and it is still printed to the coarsest of its parts.
        return not self.rounded and v.e > 2.5 * self.coarsest


# Sentences whose value is known by name; {a}, {b} … are tokens, in this order.
N = "N"
SENTENCES = {
    "ru": [
        ("s1-1", "Сальдо внешней миграции за N<period> — N чел. (прибытий N, выбытий N)", ["+X3", "X1", "X2"]),
        ("s1-4", "Три лидера собрали N", ["I7"]),
        ("s1-5", "Миграционный баланс сёл — N чел.; год назад — N чел", ["+R1", "+R1.base"]),
        ("s4-1", "Число прибывших из-за рубежа за N<period> — N чел., на N (больше|меньше)", ["X1", "X1.difference"]),
        ("s4-1d", "Число выбывших за рубеж — N чел., на N (больше|меньше)", ["X2", "X2.difference"]),
        ("s4-2", "На страны СНГ пришлось N прибывших и N выбывших", ["X4a", "X4d"]),
        ("s4-5", "Результативность обмена — N", ["+X6"]),
        ("s4-6", "полученное вычитанием, — N чел. (прибытий N, выбытий N)", ["+X3.quarter", "X1.quarter", "X2.quarter"]),
        ("s4-7", "сумма приростов, — N", ["I6"]),
        ("s5-6", "Доля городского населения на N<date> — N", ["R4"]),
    ],
    "en": [
        ("s1-1", "Net international migration in N<period> was N: N people arrived and N left", ["+X3", "X1", "X2"]),
        ("s1-4", "The top three gainers took N of", ["I7"]),
        ("s1-5", "The rural migration balance was N people, against N a year", ["+R1", "+R1.base"]),
        ("s4-1", "Arrivals from abroad in N<period> numbered N, or N (more|fewer) than", ["X1", "X1.difference"]),
        ("s4-1d", "Departures abroad numbered N, or N (more|fewer) than", ["X2", "X2.difference"]),
        ("s4-2", "CIS countries accounted for N of arrivals and N of departures", ["X4a", "X4d"]),
        ("s4-5", "across the border, was N", ["+X6"]),
        ("s4-6", "obtained by subtraction, was N (N arrivals, N departures)", ["+X3.quarter", "X1.quarter", "X2.quarter"]),
        ("s4-7", "sum of all gains, is N", ["I6"]),
        ("s5-6", "The urban share of the population on N<date> was N", ["R4"]),
    ],
}
# Rows of Table 1: label, then the value, its base, the difference, the change, the quarter.
T1 = {
    "ru": [("X1", "Прибыло из-за рубежа"), ("X2", "Выбыло за рубеж"), ("X3", "Сальдо внешней миграции"),
           ("X4a", "Доля стран СНГ среди прибывших, %"), ("X4d", "Доля стран СНГ среди выбывших, %"),
           ("X6", "Результативность обмена, %"), ("R1", "Баланс сёл, все потоки")],
    "en": [("X1", "Arrivals from abroad"), ("X2", "Departures abroad"), ("X3", "Net international migration"),
           ("X4a", "CIS share of arrivals, %"), ("X4d", "CIS share of departures, %"),
           ("X6", "Exchange effectiveness, %"), ("R1", "Rural balance, all flows")],
}
SIGNED = {"X3", "X6", "R1"}


def sentence_problems(text, lang, values):
    flat = re.sub(r"[ \n]+", " ", text)
    number = re.sub(r"\(\?P<\w+>", "(?:", NUMBER[lang] + TAIL)
    known = 0
    for name, pattern, ids in SENTENCES[lang]:
        expression = re.escape(pattern).replace(r"\ ", " ")
        expression = expression.replace("N<period>", r"[^.:]{4,40}?(?:г\.)?").replace("N<date>", r"[^:]{6,30}?")
        expression = expression.replace(re.escape("(больше|меньше)"), "(?:больше|меньше)").replace(re.escape("(more|fewer)"), "(?:more|fewer)")
        expression = re.sub(r"\bN\b", lambda _: f"({number})", expression)
        match = re.search(expression, flat)
        expected = [id.lstrip("+") for id in ids]
        if not match:
            if all(id in values for id in expected):
                yield f"{name} ({lang}): the sentence is not on the pages, and its values are known"
            continue
        known += 1
        for id, group in zip(ids, match.groups()):
            token = Token(TOKEN[lang].match(group))
            value = values.get(id.lstrip("+"))
            if value is None:
                yield f"{name} ({lang}): prints {token.text}, and {id.lstrip('+')} is not known"
            elif not token.says(value, signed=id.startswith("+")):
                yield f"{name} ({lang}): prints {token.text}, {id.lstrip('+')} is {value.v:.2f} ± {value.e:.2f}"
        for id, word in [("X1.difference", match.group()), ("X2.difference", match.group())]:
            if id in expected and id in values and values[id].v:
                up = values[id].v > 0
                if any(w in word for w in (("меньше", "fewer") if up else ("больше", "more"))):
                    yield f"{name} ({lang}): the direction contradicts {values[id].v:.0f}"
    if known < 5:
        yield f"({lang}): only {known} sentences were recognised; the wording has changed, mend SENTENCES"


def table_problems(text, lang, values):
    for id, label in T1[lang]:
        if id not in values:
            continue
        line = next((l for l in text.splitlines() if re.match(re.escape(label) + r"\s{2,}\S", l.strip())), None)
        if line is None:
            yield f"Table 1 ({lang}): no row “{label}”"
            continue
        cells = [Token(m) for m in TOKEN[lang].finditer(line.strip()[len(label):])]
        wanted = [(n, values[n]) for n in [id, id + ".base", id + ".difference", id + ".change", id + ".quarter"]
                  if n in values and not (id == "R1" and n.endswith(".quarter"))]
        if len(cells) != len(wanted):
            yield f"Table 1 ({lang}), {label}: {[c.text for c in cells]}, expected {[(n, round(v.v, 1)) for n, v in wanted]}"
            continue
        for (name, value), cell in zip(wanted, cells):
            signed = id in SIGNED or name.endswith((".difference", ".change"))
            if not cell.says(value, signed):
                yield f"Table 1 ({lang}), {name}: prints {cell.text}, is {value.v:.2f} ± {value.e:.2f}"


def scaled_cards(text, lang):
    """Where the scale of a card's number stands under it, puts it behind the number."""
    lines = text.split("\n")
    unit = re.compile(r"(?:(тыс\.|млн|thousand|million) )?(?:чел\.|persons)")
    for above, line in zip(range(len(lines)), lines[1:]):
        scales = unit.findall(line) if unit.match(line.strip()) else []
        if not any(scales):
            continue
        order = iter(scales)
        behind = lambda m: m.group() + " " + next(order, "")
        lines[above] = re.sub(NUMBER[lang], behind, lines[above])
    return "\n".join(lines)


def tokens_of(text, lang, values, notes):
    """The numeric tokens: known ones with what they are, and those nobody can explain."""
    text = scaled_cards(text, lang)
    for pattern, _ in APART:
        text = pattern.sub(lambda m: " " if not m.group().endswith("\n") else "\n", text)
    known, unexplained = [], []
    for match in TOKEN[lang].finditer(text):
        token = Token(match)
        ids = [id for id, v in values.items() if token.says(v)]
        if ids:
            known.append((token, ids))
            continue
        # A note's number hangs at the end of the digits: `111,640` and `4`.
        stem = re.fullmatch(r"(.*\d|.*%|.*\))(\d)", match.group())
        if stem and int(stem[2]) in notes and (shorter := TOKEN[lang].fullmatch(stem[1])):
            ids = [id for id, v in values.items() if Token(shorter).says(v)]
            if ids:
                known.append((Token(shorter), ids))
                continue
        before, after = text[: match.start()], text[match.end():]
        if token.text.isdigit() and int(token.text) in notes and re.search(r"(?:,\d{3}|[^\s\d(])$", before):
            continue  # a note's number behind a word
        around = re.sub(r"\s+", " ", before[-40:] + "»" + match.group() + "«" + after[:30])
        unexplained.append((token, around))
    return known, unexplained


def check(data, period, folder):
    values = recompute(data, *PERIODS[period])
    problems, sets = [], {}
    for lang in ["ru", "en"]:
        pdf = folder / f"brief-{lang}.pdf"
        raw, laid = (body(pages(pdf, mode), lang) for mode in ["-raw", "-layout"])
        problems += sentence_problems(raw, lang, values)
        problems += table_problems(laid, lang, values)
        notes = set(range(1, 13))
        known, unexplained = tokens_of(laid, lang, values, notes)
        problems += [f"({lang}) unexplained {t.text!r} in {around!r}" for t, around in unexplained]
        for token, ids in known:
            if all(token.overstates(values[id]) for id in ids):
                best = min(ids, key=lambda id: values[id].e)
                problems.append(f"({lang}) {token.text} is finer than its sources know {best}: ± {values[best].e:.2f}")
        sets[lang] = collections.Counter(t.key for t, _ in known) + collections.Counter(t.key for t, _ in unexplained)
    for a, b in [("ru", "en"), ("en", "ru")]:
        only = sorted(set(sets[a]) - set(sets[b]))
        problems += [f"only the {a} edition prints {sign if sign != '−' else ''}{value:g}{'%' if pc else ''}" for sign, value, pc in only]
    print(f"{period}: {len(values)} values recomputed, "
          f"{sum(sets['ru'].values())} and {sum(sets['en'].values())} tokens on the pages, {len(problems)} problems")
    for problem in problems:
        print("  " + problem)
    return not problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("periods", nargs="*", default=list(PERIODS), metavar="PERIOD")
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--profile", default="bns")
    options = parser.parse_args()
    data = Data(options.project / "data")
    output = options.output or options.project / "output"
    fine = [check(data, period, output / period / options.profile) for period in options.periods]
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()
