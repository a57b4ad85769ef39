"""What people wrote beside findings, read from whatever list of findings came back."""

from __future__ import annotations

import zipfile

from perfgoals_lint.handback.xlsx.annotate import answers_of
from perfgoals_lint.handback.xlsx.review_sheet import Answer
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.readers.limits import Limits, ReadError

_PARTS = ("xl/sharedstrings.xml", "xl/worksheets/")


def answers_of_file(path: str) -> dict[str, Answer]:
    """The answers in a workbook, by fingerprint; none in a file that is no workbook or cannot be read."""
    limits = Limits()
    try:
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
    except (OSError, zipfile.BadZipFile, ReadError, ValueError, EOFError):
        return {}
