#!/usr/bin/env python3
"""Makes tests/workbooks/between.xlsb and between-95.xls, byte by byte.

No free program writes these two formats: LibreOffice saves neither xlsb nor the xls of before 1997 (BIFF5). They are
made here from the specifications, [MS-XLSB] and [MS-XLS] with the codes of BIFF5, with what a spreadsheet program
writes at least: texts in a table of their own and in cells, numbers as integers (RK), as floats and with decimals, a
hidden second sheet, and in the xls texts of Windows-1251. The same run gives the same bytes.

    tools/old_workbooks.py
"""

import struct
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "workbooks"
HEAD = ["Province", "January–September 2030"]
ROWS = [("Hillmark", 700), ("Lakemark", 300), ("Rivermark", -100), ("Seamark", -400.0), ("Woodmark", -500)]
TITLE, NOTE = "Moves between provinces", "* предварительные данные"


def cells():
    """Each cell by row and column; the first row is empty, as often below a logo."""
    yield 1, 0, TITLE
    for column, head in enumerate(HEAD):
        yield 2, column, head
    for row, (name, figure) in enumerate(ROWS, 3):
        yield row, 0, name
        yield row, 1, figure
    yield 3 + len(ROWS), 0, NOTE


# --- xlsb: a zip of parts, each a stream of records with a type and a length of seven bits a byte


def seven(number):
    out = bytearray()
    while True:
        out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(out)


def part(*records):
    """A part of records: each a number, and the bytes it holds."""
    out = b""
    for kind, *held in records:
        body = b"".join(held)
        # A type above 127 takes two bytes, of which the first says so.
        out += bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        out += seven(len(body)) + body
    return out


def wide(text):
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def xlsb():
    texts = []
    rows = {}
    for row, column, said in cells():
        if isinstance(said, str):
            texts.append(said)
            # BrtCellIsst: the number of a text; the last one is written into its cell, as a formula's result is.
            held = (7, struct.pack("<III", column, 0, len(texts) - 1))
            if said == NOTE:
                texts.pop()
                held = (6, struct.pack("<II", column, 0), wide(said))
        elif isinstance(said, int):
            # BrtCellRk: an integer of thirty bits, or one of a hundredth.
            held = (2, struct.pack("<IIi", column, 0, said << 2 | 2))
        else:
            held = (5, struct.pack("<IId", column, 0, said))
        rows.setdefault(row, []).append(held)
    data = []
    for row, held in rows.items():
        data.append((0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)))
        data += held
    last = max(rows)
    sheet = part((0x81,), (0x94, struct.pack("<IIII", 1, last, 0, 1)), (0x91,), *data, (0x92,), (0x82,))
    hidden = part(
        (0x81,), (0x94, struct.pack("<IIII", 0, 0, 0, 0)), (0x91,),
        (0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)), (5, struct.pack("<IId", 0, 0, 9.5)), (0x92,), (0x82,),
    )
    bundle = [
        (0x9C, struct.pack("<II", state, number), wide(f"rId{number}"), wide(name))
        for number, (name, state) in enumerate([("2030", 0), ("draft", 1)], 1)
    ]
    book = part((0x83,), (0x99, struct.pack("<III", 0, 0, 0)), (0x8F,), *bundle, (0x90,), (0x9D, bytes(26)), (0x84,))
    items = [(0x13, b"\0", wide(text)) for text in texts]
    strings = part((0x9F, struct.pack("<II", len(texts), len(texts))), *items, (0xA0,))
    kind = "application/vnd.ms-excel"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

    def rels(*targets):
        all_of_them = "".join(
            f'<Relationship Id="rId{number}" Type="{rel}/{what}" Target="{target}"/>'
            for number, (what, target) in enumerate(targets, 1)
        )
        return f'{xml}<Relationships xmlns="{package}/relationships">{all_of_them}</Relationships>'

    def override(name, what):
        return f'<Override PartName="/xl/{name}" ContentType="{kind}.{what}"/>'

    parts = {
        "[Content_Types].xml": f'{xml}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + override("workbook.bin", "sheet.binary.macroEnabled.main")
        + override("worksheets/sheet1.bin", "worksheet")
        + override("worksheets/sheet2.bin", "worksheet")
        + override("sharedStrings.bin", "sharedStrings")
        + "</Types>",
        "_rels/.rels": rels(("officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": rels(
            ("worksheet", "worksheets/sheet1.bin"),
            ("worksheet", "worksheets/sheet2.bin"),
            ("sharedStrings", "sharedStrings.bin"),
        ),
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/worksheets/sheet2.bin": hidden,
        "xl/sharedStrings.bin": strings,
    }
    with zipfile.ZipFile(FOLDER / "between.xlsb", "w") as out:
        for name, held in parts.items():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), held)


# --- BIFF5: a stream of records in a compound file


def record(kind, *held):
    body = b"".join(held)
    return struct.pack("<HH", kind, len(body)) + body


def short(text):
    encoded = text.encode("cp1251")
    return bytes([len(encoded)]) + encoded


def biff_sheet(all_cells):
    out = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0x0DBB, 0x7CC))
    last = max(row for row, _, _ in all_cells)
    out += record(0x200, struct.pack("<HHHHH", 0, last + 1, 0, 2, 0))
    for row, column, said in all_cells:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(said, str):
            encoded = said.encode("cp1251")
            out += record(0x204, at, struct.pack("<H", len(encoded)), encoded)
        elif isinstance(said, int):
            out += record(0x27E, at, struct.pack("<i", said << 2 | 2))
        else:
            out += record(0x203, at, struct.pack("<d", said))
    return out + record(0x0A)


def xls():
    sheets = [("2030", 0, biff_sheet(list(cells()))), ("draft", 1, biff_sheet([(0, 0, 9.5)]))]
    head = record(0x809, struct.pack("<HHHH", 0x500, 0x05, 0x0DBB, 0x7CC)) + record(0x42, struct.pack("<H", 1251))
    # A font and a format for the cells to point to.
    head += record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 204, 0), short("Arial"))
    head += record(0xE0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5, 0x20, 0x20C0, 0, 0, 0))
    length = len(head) + sum(len(record(0x85, bytes(6), short(name))) for name, _, _ in sheets) + len(record(0x0A))
    listed = b""
    for name, state, held in sheets:
        listed += record(0x85, struct.pack("<IBB", length, state, 0), short(name))
        length += len(held)
    stream = head + listed + record(0x0A) + b"".join(held for _, _, held in sheets)
    (FOLDER / "between-95.xls").write_bytes(compound("Book", stream))


def compound(name, stream):
    """A compound file with one stream, which is padded so that it stands in whole sectors."""
    sector = 512
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end] + [number + 3 for number in range(count - 1)] + [end]
    chain += [free] * (sector // 4 - len(chain))
    assert len(chain) == sector // 4, "one sector holds the whole table"

    def entry(name, kind, child, start, size):
        units = name.encode("utf-16-le") + b"\0\0" if name else b""
        links = struct.pack("<III", free, free, child)
        return (
            units.ljust(64, b"\0") + struct.pack("<HBB", len(units), kind, 1) + links + bytes(16 + 4 + 16)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream))
    folder += entry("", 0, free, 0, 0) * 2
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + stream


xlsb()
xls()
