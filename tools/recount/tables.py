"""Tables, cell by cell: the names of the row and the column determine the value of a cell."""

import re

from recount.pages import TOKEN, Token, plain
from recount.sentences import Wording
from recount.words import when

# The values in the columns of tables by region or country; {} is the member. Numbered as in wording.LANG.txt.
COLUMNS = {
    "T2": ["A_in[{}]", "A_out[{}]", "I4[{}]", "I4[{}].base", "I4[{}].difference", "I8[{}]", "X3[{}]", "A_all[{}]"],
    "T2_all": ["A_all[{}]", "A_all[{}].base", "A_all[{}].difference", "A_all_rate[{}]"],
    "T3": ["X1[{}]", "X2[{}]", "X3[{}]", "X1[{}].change", "X2[{}].change"],
    "TB": ["BY_by[{}]", "BY_by[{}].base", "BY8_by[{}]", "BY_urban_by[{}]", "BY_rural_by[{}]"],
    "TN": ["N_P[{}]", "BY_by[{}]", "BY8_by[{}]", "BY_urban_by[{}]", "BY_rural_by[{}]", "I4[{}]"],
    "TK": ["K23_by[{}]", "K23_plan_by[{}]", "K23_use_by[{}]", "BY_by[{}]"],
    "F2_data": ["R_in_years[{}]", "R_out_years[{}]", "R1_years[{}]"],
    "F3_data": ["Y1_cities[{}]", "Y1_urban[{}]", "Y1_rural[{}]"],
}
# Tables of indicators, with the indicator whose time their columns have; None is the period of the brief.
INDICATORS = {"T1": None, "T1_express": None, "T1_annex": None, "TO": "O_B", "TS": "S_technical"}
ROWS = {
    "T1": ["X1", "X2", "X3", "X4a", "X4d", "X6", "I1", "I2", "R1"],
    "T1_express": ["X1", "X2", "X3", "I1", "R1"],
    "T1_annex": ["X1", "X2", "X3", "X4a", "X4d", "X6", "I1", "I2", "I3", "I5", "I6", "I7", "R1", "R4", "K1", "K2", "K3"],
    "TO": ["O_B", "O_Bu", "O_Br"],
    "TS": ["S_technical", "S_economic", "S_pedagogical", "S_architecture_construction", "S_medical", "S_legal", "S_agricultural"],
}
REGISTERS = {"T4": "T4", "T4_annex": "T4", "TR": "TR"}
SIGNED = re.compile(r"^(X3|X6|R1|I4|I8|A_all|BY|O_B|R1_years|BY8)(?![0-9a-z])|\.(difference|change)$|^BY|^O_B|^X5")
KINDS_OF_COLUMNS = {
    "ru": {"difference": "Разница", "change": "%", "first-base": r".*впервые опубликовано", "quarter": "Квартал"},
    "en": {"difference": "Difference", "change": "%", "first-base": ".*first published", "quarter": "Quarter"},
}


def cells(row):
    return [plain(c.text) for c in row.find("TD", "TH")]


def rows_of(table):
    """The head and the rows, without empty rows and without heads repeated on a new page."""
    rows = [cells(r) for r in table.find("TR")]
    rows = [r for r in rows if any(r) and len(r) > 1]
    head = rows[0] if rows else []
    return head, [r for r in rows[1:] if r != head]


def check_cell(where, id, text, values, lang, facts):
    value = values.get(id)
    found = TOKEN[lang].fullmatch(re.sub(r"^[≈<>≤≥] ?", "", re.sub(r"^(?:почти|около|более|менее|almost|about|more than|less than) ", "", text)))
    if not found:
        if re.search(r"\d", text):
            yield f"{where}, {id}: {text!r} is no number"
        elif value:
            yield f"{where}, {id}: prints {text!r}, is {value.v:.2f}"
        return
    token = Token(found)
    facts.printed[token.key] += 1
    if value is None:
        yield f"{where}, {id}: prints {token.text}, and it is not known"
    elif not token.says(value, bool(SIGNED.search(id))) or (token.sign == "" and value.v < 0 and abs(value.v) >= token.unit / 2):
        yield f"{where}, {id}: prints {token.text}, is {value.v:.2f} ± {value.e:.2f}"
    elif token.overstates(value):
        yield f"{where}, {id}: {token.text} is finer than its sources know: ± {value.e:.2f}"


class Labels:
    """The names of rows and columns in one language."""

    def __init__(self, lines, lang, facts):
        self.lang, self.facts = lang, facts
        make = lambda words: Wording("", words, lang, facts)
        self.rows = [(n.removeprefix("row."), make(w)) for n, w in lines if n.startswith("row.")]
        self.columns = [(n.split(".")[1:], make(w)) for n, w in lines if n.startswith("column.")]

    def indicator(self, text, among):
        return next((id for id, w in self.rows if id in among and re.fullmatch(w.pattern, text, re.I)), None)

    def column(self, table, text):
        """The number of a column, or None."""
        return next((int(number) for (of, number), w in self.columns if of == table and re.fullmatch(w.pattern, text, re.I)), None)


def by_head(node, labels):
    """The table with these columns, for a table without a caption."""
    head, _ = rows_of(node)
    for table in ["F2_data", "F3_data"]:
        if len(head) > 1 and all(labels.column(table, text) for text in head[1:]):
            return table
    return "F6_data" if len(head) > 1 and all(re.search(r"кв\. \d{4}$|^Q\d \d{4}$", t) for t in head[1:]) else "?"


def problems(table, node, labels, period, released, registers):
    """The problems of one table."""
    lang, facts = labels.lang, labels.facts
    head, rows = rows_of(node)
    where = f"{table} ({lang})"
    if table in REGISTERS:
        yield from registers.table_problems(REGISTERS[table], head, rows, lang, facts, period, released, labels.column,
                                            table.endswith("_annex"))
    elif table in INDICATORS:
        yield from indicators(where, table, head, rows, labels)
    elif table in ("A1", "F6_data"):
        yield from matrix(where, table, head, rows, labels)
    elif table.removesuffix("_annex") in COLUMNS:
        yield from members(where, table, head, rows, labels)
    else:
        yield f"{where}: a table that nobody knows: {head}"


def indicators(where, table, head, rows, labels):
    lang, facts, values = labels.lang, labels.facts, labels.facts.values
    own = INDICATORS[table]
    time = facts.times.get(f"{own}.time") or getattr(values.get(own), "time", None) if own else facts.times["period"]
    base = f"{int(time[:4]) - 1}{time[4:].replace(time[:4], str(int(time[:4]) - 1))}"
    kinds = []
    for text in head[1:]:
        kind = next((k for k, p in KINDS_OF_COLUMNS[lang].items() if re.fullmatch(p, text, re.I)), None)
        plainly = lambda t: re.fullmatch(when(t, lang), text, re.I)
        kind = kind or ("" if plainly(time) else "base" if plainly(base) else "quarter" if plainly(facts.times["period.quarter"]) else None)
        if kind is None and table == "TS":
            kind = ""
        if kind is None:
            yield f"{where}: no column is called {text!r}"
        kinds.append(kind)
    seen = []
    for label, *texts in rows:
        id = labels.indicator(label, [i for i in ROWS[table] if i not in seen])
        if id is None:
            yield f"{where}: a row that nobody knows: {label!r}"
            continue
        seen.append(id)
        for kind, text in zip(kinds, texts):
            if kind is not None:
                name = id + (f".{kind}" if kind else "")
                if id in ("R1", "I5", "R4") and kind == "quarter" and not re.search(r"\d", text):
                    continue
                yield from check_cell(where, name, text, values, lang, facts)
    for id in ROWS[table]:
        if id in values and id not in seen:
            yield f"{where}: no row of {id}"


def members(where, table, head, rows, labels):
    lang, facts, values = labels.lang, labels.facts, labels.facts.values
    columns = COLUMNS[table.removesuffix("_annex")]
    numbers = []
    for text in head[1:]:
        number = labels.column(table, text) or labels.column(table.removesuffix("_annex"), text)
        if number is None:
            yield f"{where}: no column is called {text!r}"
        numbers.append(number)
    seen = set()
    among = facts.data.countries if table.startswith("T3_annex") else facts.data.regions
    for label, *texts in rows:
        code = label if table == "F2_data" else next((c for c in among if re.fullmatch(facts.name(c, lang), label, re.I)), None)
        if code is None:
            yield f"{where}: a row that nobody knows: {label!r}"
            continue
        seen.add(code)
        for number, text in zip(numbers, texts):
            if number:
                yield from check_cell(where, columns[number - 1].format(code), text, values, lang, facts)
    shown = [columns[n - 1] for n in numbers if n]
    # Every member with a value has a row.
    for code in among if table not in ("F2_data", "TN", "TK") else []:
        if code not in seen and any(c.format(code) in values for c in shown if table != "TB"):
            yield f"{where}: no row of {code}"


def matrix(where, table, head, rows, labels):
    lang, facts, values = labels.lang, labels.facts, labels.facts.values
    region = lambda text: next((c for c in facts.data.regions if re.fullmatch(facts.name(c, lang), text, re.I)), None)
    quarters = {}
    for back in range(8):
        y, m = divmod(facts.year * 12 + facts.month - 1 - 3 * back, 12)
        quarters[f"{y}Q{m // 3 + 1}"] = when(f"{y}-{m - 1:02d}..{y}-{m + 1:02d}", lang)
    columns = []
    for text in head[1:]:
        column = region(text) if table == "A1" else next((q for q, p in quarters.items() if re.fullmatch(p, text, re.I)), None)
        if column is None:
            yield f"{where}: no column is called {text!r}"
        columns.append(column)
    for label, *texts in rows:
        code = region(label)
        if code is None:
            yield f"{where}: a row that nobody knows: {label!r}"
        for column, text in zip(columns, texts):
            if code and column and not (table == "A1" and code == column):
                yield from check_cell(where, f"OD[{code}>{column}]" if table == "A1" else f"I4[{code}].{column}", text, values, lang, facts)
