"""One brief of a body and a period: compares every text, table and drawing in it with the values."""

import collections, re

from recount import figures, pages, registers, sentences, tables
from recount.bodies import Facts, add
from recount.data import PERIODS
from recount.facts import recompute, recompute_annex
from recount.pages import CITATION, TOKEN, Token
from recount.words import when

FILES = {"standard": {"ru": "brief-ru.pdf", "en": "brief-en.pdf"}, "express": {"ru": "express-ru-en.pdf"},
         "annex": {"ru": "annex-ru.pdf", "en": "annex-en.pdf"}}
FORMS = list(FILES)
LIST_OF_SOURCES = {"Источники и литература", "Sources and literature", "Источники", "Sources"}
# Numbers that are not values: in the passport, in heads of captions, and in words.
APART = [
    r"(?:№|No\.) ?\d+ / \d{4}",
    r"(?:Рисунок|Таблица|Fig\.|Table) \d+\.?(?: \((?:продолжение|continued)\))?",
    r"(?:рис\.|табл\.|Figs?\.|Tables?) \d+", r"\b(?:На|на|Per|per) 1[ ,]000\b", r"\bISSN [\d-]+", r"\d+ / \d+$",
    r"(?:ages?|возраст\w*|в возрасте) (?:of )?\d\d(?:[–-]\d\d)?(?: (?:лет|and over))?", r"14–34|15–34|15 (?:лет|and over)",
    r"(?:с|С|since|Since) 8 (?:июня|June) 2022(?: г\.)?", r"(?:стране|had) 20 (?:регионов|regions)|the country has had 20 regions",
]
# Every brief of these bodies prints one text of each group, if the values of one of its texts are known.
ALWAYS = {
    "bns": ["s1-1", "s1-2", "s1-3", "s1-4", "s1-5 s1-5a", "s4-1", "s4-1d s4-4d", "s4-2", "s4-4", "s4-5", "s4-6", "s4-7",
            "s4-3 s4-3l s4-3p", "s5-4 s5-4f s5-4a", "s5-6", "s5-3", "s6-3", "s6-4", "s6-5", "s6-5b", "s6-6b", "s6-6", "s7-1k", "s7-1s",
            "s7-3", "s7-4", "s7-5", "s7-6", "s8-1 s8-1a s8-1b", "s8-3", "s8-5", "s9-1 s9-7c s9-7", "s9-3 s9-3h s9-3r", "s2-3"],
    "express": ["s1-1", "s1-2", "s1-3", "s1-4", "s4-2", "s4-5", "s4-6", "s5-4 s5-4a", "s5-6"],
    "annex": [],
}
# This is told where the balance changed its sign.
TURNED = {"s4-4": True}


class Bench:
    """Everything that one brief is compared with, in all its forms."""

    def __init__(self, data, period, profile):
        self.data, self.period, self.profile = data, period, profile
        self.released = data.released(period)
        self.own = profile.removeprefix("akimat-") if profile.startswith("akimat-") else None

    def facts(self, form):
        year, month = PERIODS[self.period]
        facts = Facts(self.data, year, month, self.own)
        facts.printed = collections.Counter()
        facts.body = "akimat" if self.own else self.profile
        facts.values.update(recompute(self.data, year, month))
        facts.times["vintage"] = self.released
        add(facts)
        facts.values.update({k: v for k, v in recompute_annex(self.data, year, month, facts.values).items() if k not in facts.values})
        # A percentage that may be off by more than one point is not printed.
        blunt = lambda k, v: v.e > 1 and abs(v.v) < 100 and (k.split(".")[0] == "I7" or k.endswith(".change"))
        facts.values = {k: v for k, v in facts.values.items() if v and not blunt(k, v)}
        return facts

    def check(self, form, folder):
        problems, texts, numbers = [], {}, {}
        for lang, file in FILES[form].items():
            found, texts[lang], numbers[lang] = self.read(form, lang, folder / file)
            problems += found
        if len(texts) == 2:
            problems += edition_problems(numbers)
        count = " and ".join(f"{sum(n.values())}" for n in numbers.values())
        return problems, f"{count} numbers, {' and '.join(str(sum(t.values())) for t in texts.values())} texts"

    def read(self, form, lang, file):
        both = form == "express"
        other = "en" if lang == "ru" else "ru"
        facts = {l: self.facts(form) for l in [lang, other]}
        lines = {l: sentences.load(l) for l in facts}
        wordings, labels = {}, {}
        for l in facts:
            plain = [(n, w) for n, w in lines[l] if not n.startswith(("row.", "column.")) and not re.search(r"\{(act|claim|option)\.", w)]
            wordings[l] = [sentences.Wording(n, w, l, facts[l]) for n, w in plain]
            wordings[l] += registers.wordings(lines[l], l, facts[l], self.released)
            labels[l] = tables.Labels(lines[l], l, facts[l])
        problems, texts, exhibit, notes = [], collections.Counter(), [], 0
        told = set()
        tree = pages.structure(file)
        outside = [pages.Block("Outside the tags", text, tree) for text in tree.outside]
        for block in [*outside, *pages.blocks(tree)]:
            if block.text in LIST_OF_SOURCES and block.kind == "H1":
                break
            if block.kind == "Table":
                table = self.pick(exhibit, form, "tables", tables.COLUMNS | tables.INDICATORS | tables.REGISTERS | {"A1": 0, "F6_data": 0})
                if table == "?":  # its caption is on another page
                    table = tables.by_head(block.node, labels[lang])
                l = lang if not both else self.language(block.node, exhibit)
                problems += tables.problems(table, block.node, labels[l], self.period, self.released, registers)
                exhibit = []
                continue
            if block.kind == "Figure":
                figure = self.pick(exhibit, form, "figures", figures.BY_MEMBER | figures.SERIES)
                l = lang if not both else self.language(block.node, exhibit)
                problems += figures.problems(figure, block.node, l, facts[l])
                continue
            text = block.text.replace(" ¦ ", " ") if block.kind == "Card" else block.text
            if re.fullmatch(r"\d{1,2}", text) and int(text) in ({notes, notes + 1} if both else {notes + 1}):
                notes = int(text)
                continue
            known = []
            for l in [lang, other]:
                wrong, now, text = sentences.read(text, wordings[l])
                problems += wrong
                known += [(l, w) for w in now]
                for w in now:
                    if hasattr(w, "act") and (w.act["id"], l) not in told:
                        told.add((w.act["id"], l))
                        problems += registers.act_problems(w.act, l, self.data)
            if block.kind == "Caption":
                exhibit = [(l, w.name) for l, w in known]
            for l, w in known:
                if l == lang or both:
                    texts[w.name if not both else (l, w.name)] += 1
            problems += list(self.left(text, lang, block, facts[lang]))
        own_express = form == "express" and (self.own or self.profile in ("mlspp", "mshe"))
        always = [] if own_express else ALWAYS.get(form if form != "standard" else self.profile, [])
        for l in facts if both else [lang]:
            for group in always:
                names = group.split()
                balance = [facts[l].values.get(k) for k in ["X3", "X3.base"]]
                if group in TURNED and all(balance) and TURNED[group] != (balance[0].v * balance[1].v < 0):
                    continue
                stands = any((n if not both else (l, n)) in texts for n in names)
                could = [w for w in wordings[l] if w.name in names and w.uses and all(u in facts[l].values for u in w.uses)]
                if could and not stands:
                    problems.append(f"{could[0].name} ({l}): the text is not on the pages, and its values are known")
        return problems, texts, facts[lang].printed + facts[other].printed if both else facts[lang].printed

    def pick(self, exhibit, form, kind, known):
        """The table or figure that a caption belongs to: if several have the same caption, that of this form."""
        names = {n.split(".")[1] for _, n in exhibit if n.startswith(kind)}
        annex = [n for n in names if n.endswith(("_annex", "_data")) or n == "A1"]
        plain = [n for n in names if not n.endswith(("_annex", "_express"))]
        express = [n for n in names if n.endswith("_express")]
        order = {"annex": annex + plain, "express": express + plain, "standard": plain + annex}[form]
        order = [n for n in order if n in known or n.removesuffix("_annex") in known]
        return order[0] if order else "?"

    def language(self, node, exhibit):
        text = node.text
        return "ru" if re.search("[а-я]{3}", text) else "en"

    def left(self, text, lang, block, facts):
        """Text that matches no wording: apart from years and periods of the brief it may contain no number."""
        text = CITATION.sub("", text)
        for pattern in APART:
            text = re.sub(pattern, " ", text)
        times = [facts.times[k] for k in ["period", "period.base", "period.quarter"]]
        for l in ["ru", "en"]:
            text = re.sub(facts.issued(l), " ", text)
            for time in times:
                text = re.sub(when(time, l), " ", text)
        if re.search(r"\d", text):
            yield f"({lang}) {block.kind}: no wording knows {re.sub(' +', ' ', text)[:300]!r}"


def edition_problems(numbers):
    for a, b in [("ru", "en"), ("en", "ru")]:
        for sign, value, percent in sorted(set(numbers[a]) - set(numbers[b])):
            yield f"only the {a} edition prints {sign if sign != '−' else ''}{value:g}{'%' if percent else ''}"
