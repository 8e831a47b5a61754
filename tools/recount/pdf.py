"""A reader for tagged PDFs of the kind kosh writes: the tree of tags, and the letters in each.

The letters are those drawn on the page, decoded with the character tables of the fonts. `pdfinfo -struct-text`
would do the same, but it loses the text after a hyphen within a tag (poppler 22).
"""

import re, zlib


class Name(str):
    pass


class Operator(str):
    pass


class Ref(int):
    pass


class Piece(str):
    """Letters drawn in one go, with their left end, their line and the size of the type, in points."""

    x = y = size = 0.0


SPACE = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*)*")
REGULAR = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]+")
NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)$")
REF = re.compile(rb"(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def parse(data, at):
    """The object at a position, and the position after it. At the end of the data the object is None."""
    at = SPACE.match(data, at).end()
    first = data[at : at + 1]
    if not first:
        return None, at
    if first == b"/":
        m = REGULAR.match(data, at + 1)
        name = m.group() if m else b""
        return Name(re.sub(rb"#(..)", lambda h: bytes([int(h[1], 16)]), name).decode("latin-1")), at + 1 + len(name)
    if data[at : at + 2] == b"<<":
        at += 2
        out = {}
        while True:
            at = SPACE.match(data, at).end()
            if data[at : at + 2] == b">>":
                return out, at + 2
            key, at = parse(data, at)
            out[key], at = parse(data, at)
    if first == b"[":
        at += 1
        out = []
        while True:
            at = SPACE.match(data, at).end()
            if data[at : at + 1] == b"]":
                return out, at + 1
            item, at = parse(data, at)
            out.append(item)
    if first == b"<":
        end = data.index(b">", at)
        digits = re.sub(rb"\s", b"", data[at + 1 : end])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), end + 1
    if first == b"(":
        return string(data, at + 1)
    if m := REF.match(data, at):
        return Ref(m[1]), m.end()
    m = REGULAR.match(data, at)
    if not m:
        return Operator(first.decode("latin-1")), at + 1
    word = m.group()
    if NUMBER.match(word):
        return (float(word) if b"." in word else int(word)), m.end()
    return {b"true": True, b"false": False}.get(word, Operator(word.decode("latin-1"))), m.end()


def string(data, at):
    out, depth = bytearray(), 1
    while True:
        c = data[at : at + 1]
        at += 1
        if c == b"\\":
            c = data[at : at + 1]
            if m := re.match(rb"[0-7]{1,3}", data[at : at + 3]):
                out.append(int(m.group(), 8) & 255)
                at += m.end()
                continue
            at += 1
            out += b"" if c in b"\r\n" else ESCAPES.get(c, c)
            continue
        depth += (c == b"(") - (c == b")")
        if not depth:
            return bytes(out), at
        out += c


class Document:
    """The objects of a file."""

    def __init__(self, path):
        data = path.read_bytes()
        self.objects, self.fonts, self.path = {}, {}, path
        at, trailer = 0, {}
        header = re.compile(rb"(\d+)[ \r\n]+\d+[ \r\n]+obj\b")
        while m := header.search(data, at):
            value, at = parse(data, m.end())
            at = SPACE.match(data, at).end()
            if isinstance(value, dict) and data[at : at + 6] == b"stream":
                start = at + (8 if data[at + 6 : at + 8] == b"\r\n" else 7)
                length = value.get("Length")
                if isinstance(length, Ref):
                    length = data.index(b"endstream", start) - start
                value = (value, data[start : start + length])
                at = start + length
                trailer = value[0] if "Root" in value[0] else trailer
            self.objects[int(m[1])] = value
        if m := re.search(rb"trailer", data):
            trailer = parse(data, m.end())[0]
        for value in [v for v in self.objects.values() if isinstance(v, tuple) and v[0].get("Type") == "ObjStm"]:
            self.unpack(value)
        self.root = self.get(trailer["Root"])

    def unpack(self, stream):
        content = self.content(stream)
        at, places = 0, []
        for _ in range(stream[0]["N"]):
            number, at = parse(content, at)
            offset, at = parse(content, at)
            places.append((number, offset))
        for number, offset in places:
            self.objects[number] = parse(content, stream[0]["First"] + offset)[0]

    def get(self, value):
        while isinstance(value, Ref):
            value = self.objects.get(int(value))
        return value

    def content(self, stream):
        head, body = self.get(stream)
        return zlib.decompressobj().decompress(body) if self.get(head.get("Filter")) in ("FlateDecode", ["FlateDecode"]) else body

    def characters(self, font):
        """The character for each code of a font."""
        key = id(self.get(font))
        if key not in self.fonts:
            table = {}
            stream = self.get(font).get("ToUnicode")
            cmap = self.content(stream).decode("latin-1") if stream else ""
            decode = lambda digits: bytes.fromhex(digits).decode("utf-16-be", "replace")
            for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
                for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
                    table[int(code, 16)] = decode(text)
            for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
                for low, high, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                    for i in range(int(high, 16) - int(low, 16) + 1):
                        table[int(low, 16) + i] = decode(text)[:-1] + chr(ord(decode(text)[-1]) + i)
            self.fonts[key] = (table, 2 if self.get(font).get("Subtype") == "Type0" else 1)
        return self.fonts[key]


def letters(document, stream, resources, owner, out, outer=(), base=(1, 0, 0, 1, 0, 0)):
    """Collects the texts of a content stream, by the marked content they are in: `out[owner, id]` gets pieces.

    A piece is a text object, or what is drawn between two moves. Text that is in no tag has the id None."""
    content, at, operands = document.content(stream), 0, []
    marks, font, size = [], None, 1.0
    line, matrix, kept = [1, 0, 0, 1, 0, 0], list(base), []
    fonts = document.get(document.get(resources or {}).get("Font")) or {}
    forms = document.get(document.get(resources or {}).get("XObject")) or {}
    properties = document.get(document.get(resources or {}).get("Properties")) or {}

    def place():
        known = [m for m in [*outer, *marks] if m is not None]
        return known[-1] if known else (owner, None)

    def show(text):
        table, width = document.characters(font)
        codes = [int.from_bytes(text[i : i + width], "big") for i in range(0, len(text), width)]
        words = "".join(table.get(code, "\ufffd") for code in codes)
        pieces = out.setdefault(place(), [Piece()])
        before = pieces[-1]
        pieces[-1] = piece = Piece(before + words)
        at = times(line, matrix)
        piece.x, piece.y, piece.size = (before.x, before.y, before.size) if before else (at[4], at[5], size * abs(at[3]))

    while True:
        value, at = parse(content, at)
        if value is None and at >= len(content):
            return
        if not isinstance(value, Operator):
            operands.append(value)
            continue
        if value == "Tf":
            font, size = fonts[operands[0]], operands[1]
        elif value == "q":
            kept.append(list(matrix))
        elif value == "Q":
            matrix = kept.pop()
        elif value == "cm":
            matrix = times(operands, matrix)
        elif value in ("Tj", "'", '"'):
            show(operands[-1])
        elif value == "TJ":
            for item in operands[-1]:
                if isinstance(item, bytes):
                    show(item)
        elif value in ("BT", "Td", "TD", "Tm", "T*"):
            if value == "Tm":
                line = operands
            elif value in ("Td", "TD"):
                line = times([1, 0, 0, 1, *operands], line)
            elif value == "BT":
                line = [1, 0, 0, 1, 0, 0]
            pieces = out.setdefault(place(), [Piece()])
            if pieces[-1]:
                pieces.append(Piece())
        elif value in ("BDC", "BMC"):
            listed = operands[-1] if value == "BDC" else {}
            listed = document.get(properties.get(listed)) if isinstance(listed, Name) else listed
            if operands[0] == "Artifact":
                marks.append((owner, "artifact"))
            else:
                marks.append((owner, listed["MCID"]) if "MCID" in (listed or {}) else None)
        elif value == "EMC":
            marks.pop()
        elif value == "Do" and operands[-1] in forms:
            form = forms[operands[-1]]
            head = document.get(form)[0]
            if head.get("Subtype") == "Form":
                letters(document, form, head.get("Resources") or resources, int(form), out, [*outer, *marks],
                        times(head.get("Matrix") or [1, 0, 0, 1, 0, 0], matrix))
        operands = []


def times(a, b):
    """The product of two transformations, as PDF writes them: first `a`, then `b`."""
    return [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]]


def pages_of(document, node):
    node = document.get(node)
    if node.get("Type") == "Pages":
        for kid in document.get(node["Kids"]):
            yield from pages_of(document, kid)
    else:
        yield node


def tree(path, make):
    """The tree of tags: `make(kind, attributes)` creates a node, whose `inside` gets nodes and texts. Returned with the
    text outside the tags: running heads and feet, and drawn letters that are in no tag."""
    document = Document(path)
    out, numbers = {}, {}
    for page in pages_of(document, document.root["Pages"]):
        key = id(page)
        contents = page["Contents"]
        for stream in contents if isinstance(contents, list) else [contents]:
            letters(document, stream, page.get("Resources"), key, out)
    used = set()

    def element(ref, page):
        node = document.get(ref)
        if "Pg" in node:
            page = id(document.get(node["Pg"]))
        attributes = {}
        listed = document.get(node.get("A")) or []
        for entry in listed if isinstance(listed, list) else [listed]:
            entry = document.get(entry)
            attributes |= entry if isinstance(entry, dict) else {}
        made = make(node["S"], attributes)
        kids = document.get(node.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            value = document.get(kid)
            if isinstance(value, int):
                leaf(made, (page, value))
            elif value.get("Type") == "MCR" or "MCID" in value:
                owner = int(value["Stm"]) if "Stm" in value else id(document.get(value["Pg"])) if "Pg" in value else page
                leaf(made, (owner, value["MCID"]))
            elif value.get("Type") != "OBJR":
                made.inside.append(element(kid, page))
        return made

    def leaf(made, key):
        used.add(key)
        made.inside.extend(piece for piece in out.get(key, []) if piece)

    root = document.get(document.root.get("StructTreeRoot"))
    if not root:
        raise SystemExit(f"{path} is not tagged")
    top = make("Root", {})
    kids = document.get(root["K"])
    for kid in kids if isinstance(kids, list) else [kids]:
        top.inside.append(element(kid, None))
    return top, {key: pieces for key, pieces in out.items() if key not in used}
