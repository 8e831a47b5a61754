"""Drawings: a number beside a member's name is that member's; any other is a value or a tick of its figure."""

import re

from recount.pages import QUALIFIERS, TOKEN, Token

# Figures with numbers beside names: the series by member.
BY_MEMBER = {"F1": "I4[{}]", "F1_all": "A_all_year[{}]", "FB": "BY_by[{}]", "FT": "BY8_by[{}]", "F7": "I8[{}]"}
# Other figures: a pattern of the names of the values they may print.
SERIES = {
    "F2": r"R1_years\[|R1\.tick|R_in_years\[|R_out_years\[", "FX": r"X[123]_years\[|X3\.tick|X12\.tick",
    "F3_cities": r"I4\[KZ-(71|75|79)\]\.\d{4}Q|cities\.tick", "F6": r"I4\[.*\d{4}Q|I4\.tick",
    "F4": r"X[123]\[[A-Z]{3}\]$|.*tick", "FF": r"OD\[|OD\.tick", "F5": r"OD\[", "F3": r"Y1_",
}
YEAR = re.compile(r"(?:19|20)\d\d(?: г\.)?$|’?\d\d$|(?:[IV]+ кв\. |Q[1-4] )(?:20)?\d\d$")


def problems(figure, node, lang, facts):
    labels = node.labels()
    where = f"{figure} ({lang})"
    values = facts.values
    number = re.compile(rf"(?:{QUALIFIERS})?({TOKEN[lang].pattern})")
    if figure in BY_MEMBER:
        yield from by_member(where, BY_MEMBER[figure], labels, lang, facts, number)
        return
    if figure not in SERIES:
        yield f"{where}: a figure that nobody knows: {labels}"
        return
    known = {id: v for id, v in values.items() if re.match(SERIES[figure], id)}
    words = {"прибыло": "X1_years", "выбыло": "X2_years", "arrivals": "X1_years", "departures": "X2_years"} if figure == "FX" else {}
    for label in labels:
        if not re.search(r"\d", label) or YEAR.fullmatch(label):
            continue
        for match in number.finditer(label):
            token = Token(TOKEN[lang].match(match[1]))
            prefix = next((s for w, s in words.items() if w in label), "")
            if not any(token.says(v, bool(token.sign)) and (token.sign or v.v >= -token.unit / 2) for id, v in known.items() if id.startswith(prefix)):
                yield f"{where}: {label!r} is none of its values"


def by_member(where, series, labels, lang, facts, number):
    member, halves = None, ""
    seen = 0
    for label in labels:
        code = next((c for c in facts.data.regions if re.fullmatch(facts.name(c, lang), f"{halves} {label}".strip(), re.I)
                     or re.fullmatch(facts.name(c, lang), label, re.I)), None)
        if code:
            member, halves = code, ""
            continue
        match = number.fullmatch(label)
        # Not values: the classes of the legend, and the time that a rim marks.
        if YEAR.fullmatch(label) or re.search(r"[≤≥…]|\d.*–", label) or not match:
            halves = label if not re.search(r"\d", label) else ""
            continue
        token = Token(TOKEN[lang].match(match[1]))
        value = facts.values.get(series.format(member))
        facts.printed[token.key] += 1
        if member is None:
            yield f"{where}: {label!r} stands beside no name"
        elif value is None or not token.says(value, True):
            yield f"{where}: {label!r} at {member}, which is {value and round(value.v, 2)}"
        elif token.overstates(value):
            yield f"{where}: {label!r} at {member} is finer than its sources know: ± {value.e:.2f}"
        member, seen = None, seen + 1
    if not seen:
        yield f"{where}: no number beside a name: {labels}"
