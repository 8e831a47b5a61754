"""Acts, research claims and options for decision: what the registers say for a period, word for word."""

import re
from calendar import monthrange

from recount.pages import TOKEN, Token, plain
from recount.sentences import Wording
from recount.values import V, share
from recount.words import NAMES, in_table, in_words

KINDS = {
    "T4": ["law", "concept", "resolution", "quota", "pilot", "order", "programme", "card", "visa"],
    "TR": ["pilot", "order", "instruction", "visa", "card"],
}
STATUSES = {
    "ru": {"в силе": "in force", "срок истёк": "ended", "больше не в силе": "ended", "заменена": "replaced", "ещё не в силе": "not yet in force",
           "акт принят": "adopted", "отмена не проверена": "unverified"},
    "en": {"in force": "in force", "expired": "ended", "no longer in force": "ended", "replaced": "replaced", "not yet in force": "not yet in force",
           "adopted": "adopted", "repeal not verified": "unverified"},
}


def effective(act):
    return act["valid_from"] or act["adopted"]


def last_day(day):
    """The last day of a day, month or year."""
    if len(day) == 4:
        return f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]}"
    return day


def by_then(day, limit):
    """Whether a day, or the whole of a month or year, is not after `limit`."""
    return bool(day) and last_day(day) <= limit


def status_of(act, released, policy=()):
    """The status of an act on a day. In the month in which an act begins it is neither in force nor ended, and in the
    month in which it ends it says so."""
    start, end = act["valid_from"], act["valid_to"]
    # Another one took its place before its last day.
    if any(other["replaces"] == act["id"] and by_then(other["valid_from"], released)
           and (not end or other["valid_from"] <= last_day(end)) for other in policy):
        return "replaced"
    if end and last_day(end) < released:
        return "ended"
    if start and start > released:
        return "not yet in force"
    if act["standing"] == "unverified":
        # Before the later act nothing could have repealed it.
        doubted = act.get("doubted_from", "")
        return "in force" if doubted and released[: len(doubted)] < doubted else "unverified"
    ends_in = len(end) in (4, 7) and end <= released[: len(end)]
    holds = act["standing"] == "in-force" or by_then(start, released)
    if ends_in and by_then(start, released):
        return f"ends in {end}"
    return "in force" if holds and not ends_in else "adopted"


def status_said(text, act, lang):
    """What the words of a cell say of an act."""
    squeeze = lambda t: re.sub(r"\s+|(?<=\w)-", "", plain(t))
    end = act["valid_to"]
    if len(end) == 7:
        month = NAMES[lang][int(end[5:]) - 1]
        month = re.sub("[ьй]$", "", month) + "е" if lang == "ru" else month
        words = f"срок истекает в {month} {end[:4]} г." if lang == "ru" else f"ends in {month} {end[:4]}"
        if squeeze(text) == squeeze(words):
            return f"ends in {end}"
    return {squeeze(k): v for k, v in STATUSES[lang].items()}.get(squeeze(text), "not yet in force")


def since_words(day, lang):
    """A day as written after “from”, with the preposition."""
    if lang == "ru":
        return "с " + (f"{NAMES['of'][int(day[5:]) - 1]} {day[:4]} г." if len(day) == 7 else in_words(day, lang))
    return "from " + in_words(day, lang)


def in_day(day, lang):
    if lang == "ru":
        return since_words(day, lang)
    return ("on " if len(day) == 10 else "in ") + in_words(day, lang)


def unproven(text, act, lang, other, title=""):
    """Numbers in the words of an act that are not its days, number or years, nor in the `other` language's words."""
    days = [d for d in [act["adopted"], act["valid_from"], act["valid_to"]] if d]
    for day in (d for d in days if len(d) == 10):
        text = text.replace(in_words(day, lang).removesuffix(" г."), " ").replace(in_table(day, lang), " ")
    if act["number"]:
        text = text.replace(act["number"], " ", 1)
    numbers = lambda t: [re.sub(r"\D", "", n) for n in re.findall(r"\d+(?:[ ,.]\d+)*", t)]
    # A title may name a year up to which the act applies; then it does so in both languages.
    ahead = [n for n in re.findall(r"\b20\d\d\b", text) if n in re.findall(r"\b20\d\d\b", title)]
    return [n for n in numbers(text) if n not in ahead and n not in {d[:4] for d in days} and n not in numbers(other)]


def literals(name, act, data, by_id, lang):
    """The texts and numbers of an act, by the placeholders that a wording uses for them."""
    said = data.words["policy", lang][act["id"]]
    literal = {f"{name}.name {case}": said[case] for case in ["nom", "effect", "old", "short", "whom"]}
    old = by_id.get(act["replaces"])
    if act["plan"]:
        literal[f"{name}.plan"] = V(act["plan"])
    if old and old["plan"]:
        literal[f"{name}.replaced.plan"] = V(old["plan"])
    if act["valid_from"]:
        literal |= {f"{name}.valid_from from": since_words(act["valid_from"], lang), f"{name}.valid_from in": in_day(act["valid_from"], lang)}
    return literal


def wordings(lines, lang, facts, released):
    """The lines of wording.LANG.txt on acts, claims and options, for each entry that a brief of the day may name."""
    data = facts.data
    by_id = {a["id"]: a for a in data.policy}
    for name, words in lines:
        if "{act." in words:
            for act in data.policy:
                if act["confidence"] == "C" or not by_then(act["adopted"] or act["valid_from"], released):
                    continue
                literal = literals("act", act, data, by_id, lang)
                # A sentence may state several plans of one unit, one after the other.
                others = [literals("next", other, data, by_id, lang) for other in data.policy
                          if other["plan"] and other["unit"] == act["unit"] and other["id"] != act["id"]]
                for other in others if "{next." in words else [{}]:
                    if "{next." in words and not act["plan"]:
                        continue
                    line = Wording(name, words, lang, facts, literal | other)
                    line.act = act
                    yield line
        elif "{claim." in words:
            for claim in data.claims:
                said = data.words["claims", lang][claim["id"]]
                yield Wording(name, words, lang, facts, {f"claim.name {k}": v for k, v in said.items()})
        elif "{option." in words:
            for option in data.options:
                # A body only offers options that it can act on itself.
                if option["owner"] not in ("", facts.body):
                    continue
                said = data.words["options", lang][option["id"]]
                literal = {f"option.name {k}": v for k, v in said.items()}
                if value := facts.values.get(option["indicator"]):
                    threshold = float(option["threshold"])
                    crossed = value.v < threshold if option["comparison"] == "below" else value.v > threshold
                    literal |= {"option.fact": value, "option.threshold": V(threshold)} if crossed else {}
                yield Wording(name, words.replace("option.fact.time", option["indicator"] + ".time"), lang, facts, literal)


def act_problems(act, lang, data):
    """Reports numbers in the words of an act that are not its own."""
    words = {l: data.words["policy", l][act["id"]] for l in ["ru", "en"]}
    for part in ["nom", "effect"]:
        # The numbers of what an act provides are recorded in its words only: there the two languages must agree.
        other = words["en" if lang == "ru" else "ru"][part] if part == "effect" else ""
        if loose := unproven(words[lang][part], act, lang, other, words["en" if lang == "ru" else "ru"]["nom"]):
            yield f"({lang}) {act['id']}: {loose} in {words[lang][part]!r} is no day, number or year of the act"


def cells_of(act, year, values):
    """The plan of an act, the actual value, and its share of the plan; the last two only for the year of the act."""
    plan, indicator = act["plan"], act["indicator"]
    if not plan:
        return [None, None, None]
    cells = [V(plan), None, None]
    # A plan in per cent of the labour force has no actual value in the same unit.
    if effective(act)[:4] == str(year) and indicator in values and act["unit"] == "persons":
        cells[1:] = [values[indicator], share(values[indicator], V(plan))]
    return cells


def recent(acts, facts, released):
    """Plans for the period, and acts adopted or in force since the start of its last quarter (for a full year: of the
    year). Of a plan and the act that sets it, only the plan."""
    first, last = facts.times["period"].split("..")
    since = first if last.endswith("-12") else facts.times["period.quarter"][:7]
    is_event = lambda day: bool(day) and day >= since[: len(day)] and by_then(day, released)
    in_period = lambda act: act["plan"] and act["valid_from"] and act["valid_from"][:7] <= last and (not act["valid_to"] or act["valid_to"][:7] >= first)
    kept = [a for a in acts if in_period(a) or is_event(a["adopted"]) or is_event(a["valid_from"])]
    plans = {a["reference"] for a in kept if a["plan"]}
    return [a for a in kept if a["plan"] or a["reference"] not in plans]


def table_problems(table, head, rows, lang, facts, period, released, column, is_annex=False):
    """A table of measures: one row for each act of its kinds, with its days, status, plan and value; no others."""
    data, year, values = facts.data, facts.year, facts.values
    expected = [a for a in data.policy if a["kind"] in KINDS[table] and a["confidence"] != "C"
                and by_then(a["adopted"] or a["valid_from"], released) and effective(a)
                and (not a["valid_to"] or a["valid_to"] >= f"{year}-01-01")]
    if facts.own:
        # Visas and cards of entry are not a region's subject.
        expected = [a for a in expected if a["kind"] not in ("card", "visa")]
    if table == "T4" and not is_annex:
        expected = recent(expected, facts, released)
    # Columns without a value are left out of the table, so columns are recognised by their heads.
    at = {number: i for i, text in enumerate(head) if (number := column(table, text))}
    whole = lambda row: [row[0]] + [row[at[n]] if n in at and at[n] < len(row) else "" for n in range(1, 7)]
    left = [whole(row) for row in rows]
    squeeze = lambda t: re.sub(r"\s+|(?<=\w)-", "", plain(t))
    for act in expected:
        name = f"{table} ({lang}), {act['id']}"
        label = squeeze(data.words["policy", lang][act["id"]]["short"])
        # A day that is not recorded is printed as missing.
        day = lambda d: squeeze(in_table(d, lang)) if d else "…"
        wanted = [label, *(day(act[key]) if n in at else "" for n, key in [(1, "adopted"), (2, "valid_from")])]
        row = next((r for r in left if [squeeze(c) for c in r[:3]] == wanted), None)
        if not row:
            yield f"{name}: no row {wanted}"
            continue
        left.remove(row)
        status = status_of(act, released, data.policy)
        said = status_said(row[3], act, lang)
        if said != status:
            yield f"{name}: {row[3]!r} as of {released}, and it is {status}"
        for cell, value in zip(row[4:7] if table == "T4" else [], cells_of(act, year, values)):
            token = TOKEN[lang].search(cell)
            if bool(token) != bool(value):
                yield f"{name}: prints {cell!r}, expected {value and round(value.v, 2)}"
            elif token and not Token(token).says(value):
                yield f"{name}: prints {cell}, is {value.v:g}"
    for row in left:
        yield f"{table} ({lang}): a row that the register does not give: {row}"
