"""Which files a run looks at: named files as they are, directories walked in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

EXTENSIONS = frozenset(
    [
        ".txt",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".xlsb",
        ".et",
        ".ods",
        ".docx",
        ".doc",
        ".wps",
        ".pdf",
        ".ofd",
        ".html",
        ".htm",
        ".mht",
        ".mhtml",
        ".md",
        ".yaml",
        ".yml",
        ".json",
    ]
)
"""What a directory walk picks up. The extension only tells what may be a goal table; how a file is read is decided by
its content, and a file that is named is read whatever it is called."""


OWN = frozenset({"perfgoals-baseline.json", "perfgoals-exceptions.yaml"})
"""The tool's own files beside the documents."""
BESIDE = ".审核.xlsx"
"""The ending of the workbook that the tool puts beside a file which cannot bear marks itself."""


class Found(NamedTuple):
    """A file to read; ``named`` when the user gave it and not a directory above it. ``display`` is the path to show
    when that is another one."""

    path: str
    named: bool
    display: str | None = None

    @property
    def shown(self) -> str:
        """The path that messages and configuration go by."""
        return self.path if self.display is None else self.display


def find(paths: Iterable[str], stand_ins: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The files of the given paths, each once, directories depth first in name order.

    Hidden files and directories and the lock files of office programs are passed over inside directories. For the path
    ``-`` come the ``stand_ins``: files by path, with the name that is to be shown.
    """
    seen: set[str] = set()
    directories: dict[str, str] = {}
    for path in paths:
        if path == "-" and stand_ins:
            yield from (Found(file, True, shown) for file, shown in stand_ins.items())
            continue
        entries = _walk(path) if os.path.isdir(path) else iter([Found(path, True)])
        for found in entries:
            key = _real(found.path, directories)
            if key not in seen:
                seen.add(key)
                yield found


def _real(path: str, directories: dict[str, str]) -> str:
    """The real path; ``directories`` holds the real paths of directories that were met."""
    if os.path.islink(path):
        return os.path.realpath(path)
    directory, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir):
        return os.path.realpath(path)
    if directory not in directories:
        directories[directory] = os.path.realpath(directory)
    return os.path.join(directories[directory], name)


def _walk(top: str) -> Iterator[Found]:
    for directory, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            known = os.path.splitext(name)[1].lower() in EXTENSIONS and name not in OWN
            own = name.endswith(BESIDE) and name.removesuffix(BESIDE) in files
            if known and not own and not name.startswith((".", "~$")):
                yield Found(os.path.join(directory, name), False)
