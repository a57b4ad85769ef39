"""Small files of several formats, written part by part, so that tests can put into them what no program would."""

from __future__ import annotations

import io
import struct
import zipfile

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip package with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(sheet: str | bytes, strings: str | bytes | None = None, prologue: str = "") -> bytes:
    """A workbook with one sheet; ``sheet`` is the content of its ``worksheet`` element."""
    if isinstance(sheet, str):
        sheet = f'{prologue}<worksheet xmlns="{SHEET}">{sheet}</worksheet>'
    relations = f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    if strings is not None:
        relations += f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    return zipped(parts)


def docx(body: str | bytes, prologue: str = "") -> bytes:
    """A Word document; ``body`` is the content of its ``body`` element."""
    if isinstance(body, str):
        body = f'{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": body,
        }
    )


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects (from 1; 1 is the catalogue) with a proper cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A PDF stream object."""
    return b"<<%s/Length %d>>stream\n" % (head, len(content)) + content + b"\nendstream"


def ole2(streams: dict[str, bytes]) -> bytes:
    """An OLE2 container; streams are padded to 4,096 bytes so that none needs the mini stream."""
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: dict[str, tuple[int, int]] = {}

    def add(data: bytes) -> int:
        data += b"\0" * (-len(data) % 512)
        first = len(sectors)
        count = len(data) // 512
        sectors.extend(data[i * 512 : i * 512 + 512] for i in range(count))
        chains.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    for name, data in streams.items():
        data += b"\0" * max(0, 4096 - len(data))
        starts[name] = (add(data), len(data))
    names = list(streams)
    entries = [_directory_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for index, name in enumerate(names, 1):
        right = index + 1 if index < len(names) else 0xFFFFFFFF
        entries.append(_directory_entry(name, 2, *starts[name], right=right))
    while len(entries) % 4:
        entries.append(b"\0" * 68 + b"\xff" * 12 + b"\0" * 48)
    directory = add(b"".join(entries))
    table_at = len(sectors)
    tables = (len(chains) + 128) // 127 + 1
    chains.extend([0xFFFFFFFD] * tables)
    packed = struct.pack(f"<{len(chains)}I", *chains)
    packed += b"\xff" * (tables * 512 - len(packed))
    sectors.extend(packed[i * 512 : i * 512 + 512] for i in range(tables))
    table_list = [table_at + i for i in range(tables)] + [0xFFFFFFFF] * (109 - tables)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 10
    )
    head += struct.pack("<IIIIIIII", tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *table_list)
    return head + b"".join(sectors)


def _directory_entry(
    name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
    return entry
