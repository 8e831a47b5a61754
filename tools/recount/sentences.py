"""Sentences, titles and notes: each number of a text must be the one that its wording asks for.

`wording.LANG.txt` has a line for each text with a number: its id, and its words, with `{FACT filters}` for a
value, `<a|b|>` for alternatives, and names of days and members. It was copied from the templates once and is
maintained by hand, separately from them: so a template that names the wrong fact is noticed.
"""

import pathlib, re

from recount.pages import NUMBER, QUALIFIERS, TAIL, TOKEN, Token, plain
from recount.words import NTH, PLACES, academic, when

N = {lang: re.sub(r"\(\?P<\w+>", "(?:", number + TAIL) for lang, number in NUMBER.items()}
FOLD = {"ru": r"в {} раза?", "en": r"{}-fold"}
LAST = {"ru": "последнее", "en": "last"}
POINTS = {"ru": r"{} процентн\w+ пункт\w*", "en": r"{} percentage points?"}
BY = {"ru": r"на {}", "en": r"by {}"}
FLOWS = {
    "ru": ("вырос/сократился/почти не изменился", ", отток — ", ", а отток "),
    "en": ("rose/fell/were little changed", " and departures ", ", while departures "),
}
REF = r"(?:Figs?\.|Tables?|Рисун\w+|Таблиц\w+|рис\.|табл\.) \d+"


# A text ends at the end of its block, before another text, or at a full stop.
ENDS = r"(?=\s*(?:$|¶|∎)|(?<=[.!?]) )"


class Wording:
    """One line of wording.LANG.txt, for one brief: a pattern, and a check for each of its groups."""

    def __init__(self, name, words, lang, facts, literal=None):
        self.name, self.lang, self.facts = name, lang, facts
        self.literal = literal or {}
        self.checks, self.uses, self.keys = [], [], []
        # A text refers to an exhibit only if the brief has it.
        words = re.sub(r"(?<!<) \((\{ref\}(?:, \{ref\})?)\)", r"< (\1)|>", words)
        self.pattern = self.compile(words)
        self.regex = re.compile(self.pattern + ENDS, re.I)

    def compile(self, words):
        out, at = "", 0
        for m in re.finditer(r"\{([^}]*)\}|[<|>]", words):
            out += self.fixed(words[at : m.start()])
            at = m.end()
            out += {"<": "(?:", "|": "|", ">": ")"}.get(m.group()) or self.placeholder(m[1])
        out += self.fixed(words[at:])
        return out

    def fixed(self, words):
        escaped = re.escape(plain(words)).replace(r"\ ", " ").replace(" ", " (?:¶ )?")
        # A full stop may have merged with that of an abbreviation before it.
        return re.sub(r"(\\\.)+", lambda _: r"(?:\.{1,2}|(?<=\.))", escaped).replace(r"\-", "-?")

    def group(self, pattern, check):
        self.checks.append(check)
        return f"({pattern})"

    def number(self, fact, form=(), factor=1, within="{}"):
        self.uses.append(fact)
        body = within.format(f"(?:{QUALIFIERS})?{N[self.lang]}") + ("(?<=%)" if any(f.startswith("pct") for f in form) else "")
        return self.group(body, lambda text: self.check_number(fact, form, factor, text))

    def value(self, fact):
        return self.facts.values.get(fact)

    def check_number(self, fact, form, factor, text):
        token = Token(TOKEN[self.lang].search(text)).scaled(factor)
        value = self.value(fact)
        if value is None:
            yield f"prints {token.text}, and {fact} is not known"
            return
        signed, absolute = "signed" in form, "abs" in form
        good = token.says(value, signed)
        if not absolute and not token.sign and value.v < 0 and abs(value.v) >= token.unit / 2:
            good = False
        if absolute and token.sign:
            good = False
        if any(f.startswith("pct") for f in form) and not token.percent:
            good = False
        self.keys.append((token.sign, round(token.value, 4), token.percent))
        if not good:
            yield f"prints {text.strip()}, {fact.split('#')[0]} is {value.v:.2f} ± {value.e:.2f}"
        elif token.overstates(value):
            yield f"{fact}: {text} is finer than its sources know: ± {value.e:.2f}"

    def check_word(self, fact, choices, text):
        value = self.value(fact)
        if value is None:
            yield f"says {text!r}, and {fact} is not known"
            return
        flat = abs(value.v) < 0.5 if fact.endswith(".change") else value.v == 0
        wanted = choices[2] if flat else choices[0] if value.v > 0 else choices[1]
        if text.lower() != wanted.lower():
            yield f"says {text!r}, and {fact} is {value.v:.2f}"

    def check_ordinal(self, fact, text):
        self.uses.append(fact)
        value, words = self.value(fact), (PLACES if fact.endswith("_rank") else NTH)[self.lang]
        wanted = words[int(value.v) - 1] if value and 1 <= value.v <= len(words) else None
        if text.lower() != wanted:
            yield f"says {text!r}, and {fact} is {value and value.v}"

    def check_place(self, fact, among, text):
        """A place among so many: the last of them is called so."""
        self.uses.append(fact)
        value, count = self.value(fact), self.value(among)
        wanted = None
        if value and count:
            wanted = LAST[self.lang] if value.v == count.v else PLACES[self.lang][int(value.v) - 1]
        if text.lower() != wanted:
            yield f"says {text!r}, and {fact} is {value and value.v}"

    def check_name(self, code, text):
        if code is None:
            yield f"names {text!r}, and nothing is known"
        elif not re.fullmatch(self.facts.name(code, self.lang), text, re.I):
            yield f"names {text!r}, and it is {code}"

    def check_list(self, fact, signed, valued, text):
        members = self.facts.members.get(fact, [])
        if not members:
            yield f"lists {text!r}, and no {fact} is known"
            return
        rest, name = text, self.facts.name
        for i, (code, value) in enumerate(members):
            said = rf"(?:(?:, |,? and |,? и )?(?:в |во )?){name(code, self.lang)}"
            said += rf"(?: \(((?:{QUALIFIERS})?{N[self.lang]})(?: чел\.)?\))?"
            m = re.match(said, rest, re.I)
            if not m:
                yield f"lists {rest!r} where {code} ({value.v:g}) of {fact} comes"
                return
            if valued and m[1]:
                self.facts.values[f"{fact}[{code}]"] = value
                yield from self.check_number(f"{fact}[{code}]", ("signed",) if signed else (), 1, m[1])
            elif valued:
                yield f"{fact}: no number at {code}"
            rest = rest[m.end():]
        if rest.strip(" ,.;"):
            yield f"lists {rest!r} behind the last of {fact}"

    def placeholder(self, inside):
        fact, *form = inside.split(" ") if not re.search(r"=.* ", inside) else [inside.split(" ")[0], *re.findall(r"\w+(?:=.*)?$|\w+(?= )", inside.split(" ", 1)[1])]
        facts, lang = self.facts, self.lang
        options = {f.split("=")[0]: f.split("=", 1)[1] for f in form if "=" in f}
        if fact in self.literal or (key := f"{fact} {' '.join(form)}") in self.literal:
            said = self.literal.get(f"{fact} {' '.join(form)}", self.literal.get(fact))
            if isinstance(said, str):
                return self.fixed(said)
            name = f"{fact}#{self.name}{id(self)}"
            facts.values[name] = said
            return self.number(name, form)
        if fact == "ref":
            return REF
        if fact in ("by", "amount"):
            return self.by(form[0], " ?" if fact == "by" else "")
        if fact == "flows":
            a, d = form
            words, same, other = FLOWS[lang]
            head = self.word(a, words) + self.by(a, " ?")
            return head + f"(?:{self.fixed(same)}{self.by(d, '')}|{self.fixed(other)}{self.word(d, words)}{self.by(d, ' ?')})"
        if fact == "rows":
            return r"\d{1,2}"
        if fact == "next_release":
            return r"[^.;]{5,30}"
        if fact == "vintage":
            return f"(?:{facts.issued(lang)})"
        if fact in ("period", "period.base", "period.quarter", "period.next", "period.year"):
            return f"(?:{when(facts.times[fact], lang)})"
        if m := re.match(r'(regions|partners)\["(.*)"\]', fact):
            return facts.name(m[2], lang)
        if fact == "own":
            return facts.name(facts.own, lang) if facts.own else "(?!)"
        if m := re.match(r"(.*)\.member\.(name|value|origin|destination|reverse|time)$", fact):
            return self.member(m[1], m[2], form, options)
        if fact.endswith((".time", ".years")):
            return self.time(fact, form)
        if "word" in options:
            return self.word(fact, options["word"])
        if "list" in options:
            case, *of = options["list"].split("/")
            return self.group(r"[^:;]{3,400}?", lambda text: self.check_list(fact, "signed" in of, bool(of), text))
        if "counted" in options:
            return self.number(fact) + r" \w+"
        if "place" in options:
            return self.group(r"\w+", lambda text: self.check_place(fact, options["place"], text))
        if "ordinal" in form:
            return self.group(r"\w+", lambda text: self.check_ordinal(fact, text))
        if "since" in form:
            return self.number(fact + ".since")
        if "points" in form:
            return self.number(fact, form, 1, POINTS[lang])
        if "fold" in form:
            return self.number(fact + ".fold", form, 1, FOLD[lang])
        return self.number(fact, form, 1e9 if "billions" in form else 1)

    def word(self, fact, choices):
        choices = [plain(c) for c in choices.split("/")]
        choices += [choices[-1]] * (3 - len(choices))
        self.uses.append(fact)
        longest = sorted(set(choices), key=len, reverse=True)
        return self.group("|".join(re.escape(c) for c in longest), lambda text: self.check_word(fact, choices, text))

    def by(self, fact, before):
        """The size of a change: a percentage, a multiple, or nothing if it is below half a per cent."""
        self.uses.append(fact)
        percent = BY[self.lang].format(f"(?:{QUALIFIERS})?{N[self.lang]}")
        fold = FOLD[self.lang].format(N[self.lang])

        def check(text):
            value = self.value(fact)
            if value is None:
                yield f"says {text!r}, and {fact} is not known"
            elif not text.strip():
                if abs(value.v) >= 0.5:
                    yield f"gives no percentage, and {fact} is {value.v:.2f}"
            elif re.search(fold, text, re.I):
                yield from self.check_number(fact + ".fold", (), 1, text)
            else:
                yield from self.check_number(fact, ("abs", "pct1"), 1, text)

        body = f"{before}(?:{fold}|{percent})"
        return self.group(body if not before else f"(?:{body})?", check)

    def time(self, fact, form):
        facts = self.facts
        key = fact.removesuffix(".time")
        time = facts.times.get(fact) or facts.times.get(key) or getattr(self.value(key), "time", None)
        if time is None:
            return self.group(r"[^.;:]{4,40}?", lambda text: iter([f"says {text!r}, and the time of {fact} is not known"]))
        return f"(?:{re.escape(academic(time)) if 'academic' in form else when(time, self.lang)})"

    def member(self, series, part, form, options):
        """One member of a short series: the first, unless the line uses the same series again."""
        facts = self.facts
        seen = getattr(self, "seen", {})
        members = facts.members.get(series, [])
        at = seen.get(series, 0)
        if part in ("name", "origin") and seen.get((series, "open")):
            at = seen[series] = -1
        if part in ("name", "origin"):
            seen[series, "open"] = True
        self.seen = seen
        code, value = members[at] if members else (None, None)
        if part == "name":
            return self.group(r"[^.,;:()]{1,45}?(?:\. [^.,;:()]{3,30}?)?", lambda text: self.check_name(code, text))
        if part in ("origin", "destination"):
            pair = (code or ">").split(">")
            return facts.name(pair[part == "destination"], self.lang)
        if part == "time":
            return r"[^.,;:()]{3,30}?(?: гг?\.)?"
        name = f"{series}[{code}]" + (".reverse" if part == "reverse" else "")
        if code and part == "value":
            facts.values[name] = value
        if "word" in options:
            return self.word(name, options["word"])
        return self.number(name, form)

    def problems(self, match):
        """The problems of a text that matches; afterwards `keys` contains its numbers."""
        self.keys = []
        for group, check in zip(match.groups(), self.checks):
            if group is not None:
                for problem in check(group):
                    yield f"{self.name} ({self.lang}): {problem}"


def load(lang):
    """The lines of wording.LANG.txt, as id and words."""
    lines = (pathlib.Path(__file__).parent / f"wording.{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 1) for line in lines if line and not line.startswith("#")]


def read(text, wordings):
    """Finds the known texts in `text`: their problems, their wordings, and what is left of `text` without them."""
    problems, known = [], []
    spans = []
    for wording in wordings:
        for match in wording.regex.finditer(text):
            if match.group() and any(c.isalpha() for c in match.group()):
                starts = match.start() == 0 or re.search(r"(?:[.!?:;¶∎■]|\d\.)\s*$|¦ $", text[: match.start()])
                if starts:
                    spans.append((match.start(), match.end(), wording, match))
    # Of overlapping matches the longest is taken; of equally long ones, the one with the fewest problems.
    faults, keys = {}, {}
    for *_, wording, match in spans:
        faults[id(match)] = list(wording.problems(match))
        keys[id(match)] = wording.keys
    taken = []
    for start, end, wording, match in sorted(spans, key=lambda s: (s[0] - s[1], len(faults[id(s[3])]))):
        if (start, end) in taken:
            known.append(wording)  # another text with the same words, such as a caption
        elif all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            known.append(wording)
            problems += faults[id(match)]
            for key in keys[id(match)]:
                wording.facts.printed[key] += 1
    for start, end in sorted(taken, reverse=True):
        text = text[:start] + "∎" + text[end:]
    return problems, known, text
