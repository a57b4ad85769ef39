"""What people wrote beside findings, read from whatever list of findings came back: a workbook or a letter."""

import zipfile
from collections.abc import Iterator

from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.handback.opinions.bookmarks import PREFIX, fingerprints
from perfgoals_lint.handback.xlsx.annotate import answers_of
from perfgoals_lint.handback.xlsx.review_sheet import STATES, Answer
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.readers.limits import Limits, ReadError
from perfgoals_lint.readers.package import Element
from perfgoals_lint.rulebook.policy import index

ENDINGS = (".xlsx", ".xlsm", ".docx")
"""The endings of files that may hold answers."""
_OURS = PREFIX.encode()
_PARTS = ("xl/sharedstrings.xml", "xl/worksheets/")
_BETWEEN = "：:，,。；;、 \u3000\t\n（("


def is_letter(path: str) -> bool:
    """Is a file a letter with findings, and no table of its own?"""
    if not path.lower().endswith(".docx"):
        return False
    try:
        with open(path, "rb") as file:
            parts = PackageParts(file.read())
        return parts.main in parts and _OURS in parts.read(parts.main)
    except (OSError, ReadError, SignedError):
        return False


def answers_of_file(path: str) -> dict[str, Answer]:
    """The answers in a workbook or a document, by fingerprint; none in any other file, or one that cannot be read."""
    limits = Limits()
    try:
        if path.lower().endswith(".docx"):
            with open(path, "rb") as file:
                return dict(_answers_of_document(file.read()))
        with zipfile.ZipFile(path) as archive:
            names = [
                info
                for info in archive.infolist()
                if info.filename.lower().startswith(_PARTS) and info.file_size <= limits.part_bytes
            ]
            # Most workbooks hold no list, and reading a part is much cheaper than reading its cells.
            if not any(MARK.encode() in archive.read(info) for info in names):
                return {}
        with open(path, "rb") as file:
            return answers_of(file.read())
    except (OSError, zipfile.BadZipFile, ReadError, SignedError, ValueError, EOFError):
        return {}


def _answers_of_document(data: bytes) -> Iterator[tuple[str, Answer]]:
    """The answers in the rows of a document that are about a finding. The column is told by its head: that of the
    handling and of the remark, or one for both."""
    parts = PackageParts(data)
    if _OURS not in parts.read(parts.main):
        return
    for table in parts.root(parts.main).iter("{*}tbl"):
        rows = [_cells(row) for row in table.iterchildren("{*}tr")]
        heads = rows[0] if rows else []
        columns = {name: _column(heads, name) for name in ("state", "remark", "feedback")}
        for row, cells in zip(table.iterchildren("{*}tr"), rows, strict=True):
            texts = {
                name: cells[at] if at is not None and at < len(cells) else "" for name, at in columns.items()
            }
            state, remark = told(texts["feedback"])
            answer = Answer(texts["state"] or state, "；".join(filter(None, (texts["remark"], remark))))
            if answer.state or answer.remark:
                for fingerprint in fingerprints(row):
                    yield fingerprint, answer


def told(text: str) -> tuple[str, str]:
    """The handling that a text begins with, and the rest; an empty one where it begins with none."""
    messages = index()["messages"]["handback"]
    words = [word for state in STATES for word in messages[f"state.{state}"].values()]
    found = next((word for word in words if text.casefold().startswith(word.casefold())), "")
    rest = text[len(found) :].strip(_BETWEEN) if found else text
    return found, rest.removesuffix("）").removesuffix(")") if rest.count("（") < rest.count("）") else rest


def _column(heads: list[str], name: str) -> int | None:
    titles = tuple(index()["messages"]["handback"][f"column.{name}"].values())
    return next((at for at, head in enumerate(heads) if head.startswith(titles)), None)


def _cells(row: Element) -> list[str]:
    """The texts of a row's cells by their columns; a cell over several columns counts for each."""
    texts: list[str] = []
    for cell in row.iterchildren("{*}tc"):
        paragraphs = ("".join(piece.text or "" for piece in one.iter("{*}t")) for one in cell.iter("{*}p"))
        span = cell.find("{*}tcPr/{*}gridSpan")
        width = next((str(value) for value in span.attrib.values()), "1") if span is not None else "1"
        text = " ".join(filter(None, (one.strip() for one in paragraphs)))
        texts += [text] * (int(width) if width.isdigit() else 1)
    return texts
