"""Days and periods of the data, in the words that a page prints."""

import re

NAMES = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
    "of": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
ORDINAL = ["first", "second", "third", "fourth"]
NTH = {
    "ru": "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый".split(),
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
}
PLACES = {
    "ru": "первое второе третье четвёртое пятое шестое седьмое восьмое девятое десятое одиннадцатое двенадцатое тринадцатое "
          "четырнадцатое пятнадцатое шестнадцатое семнадцатое восемнадцатое девятнадцатое двадцатое".split(),
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
          "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
}
BEFORE = {"ru": r"(?:(?:за|в|во|к|ко|с|со|на|по состоянию на) )?", "en": r"(?:(?:in|of|from|on|to|for|as of) )?"}


def of_month(month, lang):
    """A pattern of a month in any grammatical case."""
    if lang == "en":
        return f"(?:{NAMES['en'][month - 1]}|{NAMES['en'][month - 1][:3]})"
    return re.sub("[ьй]$", "", NAMES["ru"][month - 1]) + r"\w{0,3}"


def when(time, lang):
    """A pattern of a day, month, year or span of months, as a sentence or a column head writes it."""
    g = r"(?: г\.?)?"
    start, _, end = time.partition("..")
    if end:
        (y1, m1), (y2, m2) = ([int(n) for n in d.split("-")[:2]] for d in (start, end))
        if y1 == y2 and (m1, m2) == (1, 12):
            body = f"{y1}{g}" if lang == "ru" else f"{y1}"
        elif y1 == y2 and m1 == m2:
            body = f"{of_month(m1, lang)} {y1}{g if lang == 'ru' else ''}"
        elif y1 == y2:
            spans = [rf"{of_month(m1, lang)}–{of_month(m2, lang)} {y1}", f"{ROMAN[m1 - 1]}–{ROMAN[m2 - 1]} {y1}"]
            if m2 == m1 + 2 and m1 % 3 == 1:
                q = m1 // 3
                spans += [rf"{ROMAN[q]} кв(?:артал\w*|\.) {y1}"] if lang == "ru" else [rf"(?:the )?{ORDINAL[q]} quarter of {y1}", rf"Q{q + 1} {y1}"]
            if (m1, m2) == (1, 6):
                spans += [rf"перв\w+ полугоди\w+ {y1}", rf"I полугоди\w+ {y1}"] if lang == "ru" else [rf"(?:the )?first half of {y1}", f"H1 {y1}"]
            body = f"(?:{'|'.join(spans)})" + (g if lang == "ru" else "")
        else:
            body = rf"{y1}–{y2}(?: гг\.?)?"
    else:
        y, m, d = ([int(n) for n in time.split("-")] + [0, 0])[:3]
        if d and lang == "ru":
            body = rf"(?:{d} {NAMES['of'][m - 1]} {y}{g}|{d:02d}\.{m:02d}\.{y})"
        elif d:
            body = rf"(?:{d} {of_month(m, lang)} {y}|{d:02d}\.{m:02d}\.{y})"
        elif m:
            body = rf"(?:{of_month(m, lang)} {y}{g if lang == 'ru' else ''}|{m:02d}\.{y})"
        else:
            body = rf"{y}(?: г\.?| года?)?" if lang == "ru" else f"{y}"
    return f"{BEFORE[lang]}{body}"


def academic(day):
    """The academic year that has this day in its first half."""
    year = int(day[:4])
    return f"{year}/{(year + 1) % 100:02d}"


def in_words(day, lang):
    """A day, month or year of the data, as a sentence writes it."""
    year, month, day = ([int(n) for n in day.split("-")] + [0, 0])[:3]
    if lang == "en":
        return " ".join(filter(None, [day and str(day), month and NAMES["en"][month - 1], str(year)]))
    name = (NAMES["of"] if day else NAMES["ru"])[month - 1] if month else ""
    return " ".join(filter(None, [day and str(day), name, f"{year} г."]))


def in_table(day, lang):
    """A day, month or year of the data, as the column of a table writes it."""
    year, month, day = ([int(n) for n in day.split("-")] + [0, 0])[:3]
    if lang == "en":
        return " ".join(filter(None, [day and str(day), month and NAMES["en"][month - 1][:3], str(year)]))
    if day:
        return f"{day:02d}.{month:02d}.{year}"
    return f"{month:02d}.{year}" if month else str(year)
