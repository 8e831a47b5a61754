"""The content of the pages: the tagged text of a PDF, block by block, and the numbers in a text.

The tags give the text in reading order, by paragraph, list item, cell and figure, whatever columns the layout
has.
"""

import re

from recount import pdf

MARKS = "ᴾᴮᴼᴷᴵᴰᴹᴺʳᵇ°ᵈᵖˣᵃᵗᵐˢ"  # the marks in the tables
ROUNDED = "ᴼ°"
PARTS = {"P", "LBody", "Caption", "TD", "TH", "Figure", "BibEntry", "Note", "H1", "H2", "H3", "H4", "Title"}


class Node:
    """An element of the structure: its kind, its attributes and its content."""

    def __init__(self, kind, attributes):
        self.kind, self.attributes, self.inside = kind, attributes, []

    def find(self, *kinds):
        """The outermost elements of these kinds, in order."""
        for child in self.inside:
            if isinstance(child, Node):
                if child.kind in kinds:
                    yield child
                else:
                    yield from child.find(*kinds)

    @property
    def is_raised(self):
        return "BaselineShift" in self.attributes

    def pieces(self):
        """The texts in order, without raised ones, which are the numbers of notes."""
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif not child.is_raised:
                yield from child.pieces()

    def labels(self):
        """The labels of a drawing: letters that are on one line and close together."""
        out, before = [], None
        for piece in self.pieces():
            near = before is not None and abs(piece.y - before.y) < 0.1 * before.size and 0 < piece.x - before.x < 1.15 * before.size * len(before)
            if near:
                out[-1] += piece
            else:
                out.append(str(piece))
            before = piece
        return [plain(label).strip() for label in out]

    @property
    def text(self):
        return join(self.pieces())


def plain(text):
    """Replaces all spaces and hyphens with the plain ones and removes invisible characters."""
    for space in "\u00a0\u202f\u2009":
        text = text.replace(space, " ")
    return re.sub("[\u00ad\u2060\u200b]", "", text).replace("\u2011", "-")


def join(pieces):
    """Joins the lines of one text. A hyphen that only divides a word at the end of a line is removed; that of a name,
    whose second half begins with a capital letter, stays. Where a line ends without a space and another text begins, a
    mark is put between them."""
    out = ""
    pieces = [plain(p.replace("\u00ad", "-")) for p in pieces]
    for before, piece, after in zip([""] + pieces, pieces, pieces[1:] + [""]):
        if piece == "-" and before[-1:].isalpha() and after[:1].islower():
            continue
        starts = piece[:1].isupper() and re.search(r"[\w.)%]$", out) and before != "-"
        out += (" ¶ " if starts else "") + piece
    return re.sub(r"\s+", " ", out).strip()


def structure(path):
    """The tree of a tagged PDF. Text outside the tags is a running head or foot, or a mistake."""
    top, outside = pdf.tree(path, Node)
    for (_, mark), pieces in outside.items():
        if mark != "artifact" and re.search(r"\d", "".join(pieces)):
            raise SystemExit(f"{path}: numbers outside the tags: {pieces}")
    top.outside = [join(pieces) for pieces in outside.values()]
    return top


class Block:
    """A text of the page: its kind, its letters, and the element it is in."""

    def __init__(self, kind, text, node):
        self.kind, self.text, self.node = kind, text, node


CITATION = re.compile(r" ?\[\d+(?: ?[–,] ?\d+)*\]")


def blocks(node):
    """Paragraphs, list items, cells, captions, drawings, cards and loose texts, in reading order."""
    loose = []

    def flush():
        text = join(loose)
        loose.clear()
        if text:
            yield Block("Loose", CITATION.sub("", text), node)

    card = [c for c in node.inside if isinstance(c, Node)]
    if node.kind == "Div" and 3 <= len(card) <= 4 and all(c.kind == "P" and len(c.text) < 90 for c in card) \
            and re.search(r"\d", card[0].text) and len(card[0].text) < 30:
        yield Block("Card", " ¦ ".join(c.text for c in card if c.text), node)
        return
    for child in node.inside:
        if isinstance(child, str):
            loose.append(child)
        elif child.is_raised or child.kind == "Lbl" or child.kind == "Caption" and node.kind == "Table":
            continue
        elif child.kind == "Span" or child.kind == "Link":
            loose.extend(child.pieces())
        elif child.kind == "Table":
            # A table may contain its caption and its notes.
            yield from flush()
            yield from (Block("Caption", CITATION.sub("", c.text), c) for c in child.find("Caption"))
            inner = [c for c in child.inside if isinstance(c, Node) and c.kind not in ("Caption", "TR", "THead", "TBody", "TFoot")]
            if any(isinstance(c, Node) and c.kind in ("TR", "THead", "TBody") for c in child.inside):
                yield Block("Table", "", child)
            for node in inner:
                yield from blocks(node)
        elif child.kind in PARTS:
            yield from flush()
            yield Block(child.kind, CITATION.sub("", child.text), child)
        else:
            yield from flush()
            yield from blocks(child)
    yield from flush()


# --- numbers ---------------------------------------------------------------------------------------

SCALE = {"тыс.": 1e3, "млн": 1e6, "млрд": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9,
         "k": 1e3, "m": 1e6, "bn": 1e9}
NUMBER = {
    "ru": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?: \d{3}(?!\d))+|\d+)(?P<fraction>,\d+)?",
    "en": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?",
}
TAIL = rf"(?: ?(?P<scale>тыс\.|млн|млрд|thousand|million|billion|(?:k|m|bn)(?![a-z])))? ?(?P<percent>%)?(?: *(?P<marks>[{MARKS}]+))?"
TOKEN = {lang: re.compile(number + TAIL) for lang, number in NUMBER.items()}
QUALIFIERS = r"(?:(?:около|почти|более|менее|не менее|не более|about|almost|nearly|more than|less than|at least|at most|over) |[≈<>≤≥] ?)"


class Token:
    """A number as printed."""

    def __init__(self, match):
        self.text = re.sub(r"\s+", " ", match.group()).strip()
        scale = SCALE.get(match["scale"], 1)
        digits = re.sub(r"\D", "", match["digits"])
        fraction = (match["fraction"] or "")[1:]
        self.sign = match["sign"]
        self.value = float(f"{digits}.{fraction or 0}") * scale * (-1 if self.sign == "−" else 1)
        self.unit = scale * 10.0 ** -len(fraction)
        # Zeros at the end of a whole number may be exact or rounded: `2,300`.
        zeros = 0 if fraction else len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
        self.coarsest = self.unit * 10**zeros
        self.rounded = any(m in ROUNDED for m in match["marks"] or "")
        self.percent = bool(match["percent"])

    @property
    def key(self):
        return (self.sign, round(self.value, 4), self.percent)

    def scaled(self, factor):
        """The same number in the unit that the sentence names."""
        self.value, self.unit, self.coarsest = (n * factor for n in (self.value, self.unit, self.coarsest))
        return self

    def says(self, v, signed=False):
        """Whether this is `v`, rounded to the unit of this number; a balance must have a sign."""
        target = abs(v.v) if not self.sign else v.v
        if signed and not self.sign and abs(v.v) >= self.unit / 2:
            return False
        # A value is printed to the decimal step that its error allows, at most ten times the error.
        unit = max(self.unit, min(self.coarsest, 10 * v.e))
        return abs(abs(self.value) - abs(target)) <= unit / 2 + 1e-6 and self.value * target >= 0

    def overstates(self, v):
        # The rounding errors of a sum may add up, but it is printed to the unit of the coarsest of its parts.
        return not self.rounded and v.e > 2.5 * self.coarsest
