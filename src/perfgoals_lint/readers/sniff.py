"""Which format a file has, by its content and never by its name."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import BinaryIO

from perfgoals_lint.rulebook.patterns import compiled

HEAD_BYTES = 65536
"""How much of a file ``sniff`` wants to see."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"),
    (b"{\\rtf", "rtf"), (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"BM", "bitmap"), (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b", "archive"), (b"\x09\x08\x10\x00\x00\x06", "xls"),
    (b"\x09\x08\x08\x00\x00\x05", "xls"), (b"\x09\x04\x06\x00", "xls"), (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x00\x04\x00", "xls"),
)  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML = compiled(r"<(?:!doctype\s+html|html|head|body|table|meta|div|p|style|title|h[1-6])\b", re.IGNORECASE)
_FLAT = compiled(r"<(?:office:)?document\b[^>]*urn:oasis:names:tc:opendocument:xmlns:office:1\.0")
"""The root of OpenDocument in one XML file; its many name spaces may fill some thousand characters."""
_MIMETYPE = compiled(r"""office:mimetype\s*=\s*["']([^"']{1,100})["']""")
_UNIFORM = compiled(r"<(?:[\w-]{1,20}:)?UOF\b|schemas\.uof\.org|uof/\d{4}|xmlns:uof=", re.IGNORECASE)
"""UOF, the uniform office format of GB/T 20916."""
_MAIL = compiled(r"(?:^|\n)(?:MIME-Version:|Content-Type:\s*multipart/)", re.IGNORECASE)
_MAIL_START = compiled(r"[A-Za-z][A-Za-z0-9-]{1,40}:\s")
_RULE_ROW = compiled(r"^[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_DRAWN_RULE = compiled(r"^\s*\+(?:[-=]+\+){2,}\s*$", re.MULTILINE)
"""A line of a table that is drawn with lines: what stands between such lines is no record."""
_GROUPED = compiled(r",(?<=\d,)(?=\d{3}(?!\d))")
"""A comma inside a number; it stands first, since the engine looks for a first character without trying each place."""
_NO_PROSE = 3
"""Lines of prose that may hold one comma each."""
TEXT_FORMATS = frozenset({"text", "csv", "markdown", "json"})
"""What ``sniff`` answers for text that is read in the main process."""


def decode_head(head: bytes) -> str | None:
    """The head as text, ``None`` when it is binary. A character cut off at the end of the head is dropped."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    if b"\x00" in head:
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 3:
            return head[: error.start].decode("utf-8")
    text = head.decode("gb18030", "replace")
    bad = text.count("\ufffd") + sum(1 for char in text if char < " " and char not in "\t\n\r\f\x0b\x1a")
    return text if bad * 50 <= len(text) else None


def sniff(head: bytes) -> str:
    """The format of a file that begins with ``head`` (up to ``HEAD_BYTES`` of it).

    Answers ``zip`` and ``ole2`` for containers (``sniff_package`` and ``sniff_ole`` look inside), ``pdf``, ``html``, ``mht``,
    ``xml2003``, ``word2003``, ``fods``, ``fodt``, ``uof``, ``xls``, ``rtf``, ``image``, ``archive``, ``binary``, and for text ``csv``,
    ``markdown``, ``json`` or ``text``. An empty file is ``text``.
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            if name == "bitmap":
                if head[6:10] != b"\x00\x00\x00\x00":
                    continue
                return "image"
            return name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    text = decode_head(head)
    if text is None:
        return "binary"
    return _sniff_markup(text) or _sniff_text(text)


def _sniff_markup(text: str) -> str | None:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        beginning = start[:4096]
        if "urn:schemas-microsoft-com:office:spreadsheet" in beginning and "<html" not in beginning.lower():
            return "xml2003"
        if "office/word/2003/wordml" in beginning or "xmlPackage" in beginning:
            return "word2003"
        if _FLAT.search(beginning):
            kind = _MIMETYPE.search(start[:HEAD_BYTES])
            return _MIMETYPES.get(kind[1], "odf").replace("od", "fod", 1) if kind else "odf"
        if _UNIFORM.search(beginning):
            return "uof"
        if _HTML.search(beginning) or start.startswith("<!--"):
            return "html"
    if _MAIL_START.match(start) and _MAIL.search(start[:4096]):
        return "mht"
    return None


def _sniff_text(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in "{[" and re.match(r"[{\[]\s*(?:[\"{\[\]}]|$)", start):
        return "json"
    if _RULE_ROW.search(text):
        return "markdown"
    if csv_delimiter(text) is not None and not _DRAWN_RULE.search(text):
        return "csv"
    return "text"


@lru_cache(2)  # of a small file the head is the whole, and its reader asks again
def csv_delimiter(text: str) -> str | None:
    """The delimiter of a delimited table, ``None`` when the text is not one.

    Lines are told apart from prose that merely holds commas by their widths: most records have three fields or more,
    and nearly all of those have the same few widths (one width for tabs, which text dumps of tables hold too); or all records
    have a comma, and those of more than two fields one width (boxes of a form above a short table).
    """
    import csv
    from itertools import islice

    plain = _GROUPED.sub("", text)
    lines = plain.splitlines(keepends=True)
    if len(lines) > 3 and not lines[-1].endswith(("\n", "\r")):
        lines.pop()  # perhaps cut off by the end of the head
    for delimiter, kinds, least in ((",", 3, 0.9), ("\t", 1, 0.95), (";", 3, 0.9), ("|", 1, 0.95)):
        if delimiter not in plain:
            continue
        try:
            records = [
                row for row in islice(csv.reader(lines, delimiter=delimiter), 400) if any(map(str.strip, row))
            ]
        except csv.Error:
            continue
        wide = Counter(len(row) for row in records if len(row) >= 3)
        count = sum(wide.values())
        usual = sum(number for _, number in wide.most_common(kinds))
        if count >= 2 and 2 * count >= len(records) and usual >= least * count:
            return delimiter
        boxes = len(wide) <= 1 and min(map(len, records), default=0) > 1
        if delimiter == "," and len(records) > _NO_PROSE and boxes:
            return delimiter
    return None


_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("ofd.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
)
_MIMETYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
}


def sniff_package(names: Iterable[str], read: Callable[[str], bytes]) -> str:
    """The format of a zip package by the names of its parts (lower case); ``archive`` when it is none that is known.

    ``read`` gives the content of a part where the names do not decide.
    """
    found = set(names)
    if "mimetype" in found and "content.xml" in found:
        mimetype = read("mimetype")[:100].decode("ascii", "replace").strip()
        if mimetype in _MIMETYPES:
            return _MIMETYPES[mimetype]
    for part_name, format_name in _ZIP_PARTS:
        if part_name in found:
            return format_name
    if "uof.xml" in found or "_meta/meta.xml" in found:
        return "uof"
    if "[content_types].xml" in found:
        types = read("[content_types].xml")
        if b"spreadsheetml.sheet.main" in types or b"sheet.macroEnabled.main" in types:
            return "xlsx"
        if b"wordprocessingml.document.main" in types or b"word.document.macroEnabled.main" in types:
            return "docx"
    return "archive"


def sniff_ole(stream: BinaryIO) -> str:
    """The format inside an OLE2 container: ``encrypted``, ``xls``, ``doc`` or ``binary``.

    Raises what ``olefile`` raises on broken containers.
    """
    import olefile

    with olefile.OleFileIO(stream) as container:
        names = {"/".join(entry).lower() for entry in container.listdir()}
    if "encryptedpackage" in names:
        return "encrypted"
    if "workbook" in names or "book" in names:
        return "xls"
    if "worddocument" in names:
        return "doc"
    return "binary"
