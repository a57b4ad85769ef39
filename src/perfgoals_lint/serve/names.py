"""What a session may hold, and the names that its files get: a browser says any name, the disk is given harmless ones."""

import os
import re
from pathlib import Path

from perfgoals_lint.files.archives import MOST_BYTES as MOST_UNPACKED
from perfgoals_lint.files.archives import MOST_MEMBERS, harmless
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.rulebook.patterns import compiled

MOST_FILES = MOST_MEMBERS
MOST_BYTES = MOST_UNPACKED
"""What the files of a session may hold together."""
MOST_FILE_BYTES = Limits().file_bytes
"""What one file may hold."""
_LONGEST = 60
"""Characters of a part of a path: 180 bytes, below what any file system takes."""
_MOST_PARTS = 8
_NOT_IN_NAMES = compiled(r'[<>:"|?*\ud800-\udfff]')
_DEVICE = compiled(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def stored_name(name: str) -> str:
    """The path below the session's folder at which a file of a name is kept: relative, of a few parts that every file
    system takes, and never that of a member of an archive."""
    parts = []
    for part in harmless(name).split("/"):
        part = _NOT_IN_NAMES.sub("_", part).rstrip(". !") or "_"
        if _DEVICE.match(part):
            part = "_" + part
        stem, ending = os.path.splitext(part)
        parts.append(part if len(part) <= _LONGEST else stem[: _LONGEST - 12] + "…" + ending[:11])
    return "/".join([*parts[: _MOST_PARTS - 1], parts[-1]] if len(parts) > _MOST_PARTS else parts)


def size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
