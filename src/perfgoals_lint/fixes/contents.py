"""The fixes of a whole file, whatever it holds: an office package, or a text in its own encoding."""

import os
import shutil
from collections.abc import Callable, Sequence

from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.fixes.apply import FORMATS, decoded, fix_text
from perfgoals_lint.fixes.office.apply import ZIP, fix_package
from perfgoals_lint.fixes.passes import Outcome
from perfgoals_lint.model import Finding
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff

CheckOfAny = Callable[[str | bytes], tuple[str, Sequence[Finding]]]
"""Checks a content, a text or a package: its format and its findings."""
_SNIFFED = FORMATS | {"json", "binary"}
"""What a text that can be edited may look like; what looks binary may be UTF-16 without a mark."""


def fixed(data: bytes, path: str, check: CheckOfAny, *, unsafe: bool = False) -> Outcome[bytes] | None:
    """The content of a file with its fixes made. ``None`` when it is neither package nor text, or when its bytes cannot
    be kept exactly, so that it is left alone."""
    if data.startswith(ZIP):
        return fix_package(data, path, check, unsafe=unsafe)
    found = decoded(data) if sniff(data[:HEAD_BYTES]) in _SNIFFED else None
    if found is None:
        return None
    text, encode = found
    outcome = fix_text(text, path, check, unsafe=unsafe)
    try:
        return Outcome(encode(outcome.content), outcome.applied, outcome.refused)
    except UnicodeEncodeError:
        return None


def fix_file(
    path: str, check: CheckOfAny, *, unsafe: bool = False, backup: bool = False
) -> Outcome[bytes] | None:
    """Apply the fixes of a file in place. It is replaced as a whole or not at all: a link stays a link, permissions
    stay, and the old content is kept under the name with ``.bak`` behind it where a ``backup`` is asked for.

    ``None`` as in :func:`fixed`. Raises ``OSError`` when it cannot be read or written.
    """
    with open(path, "rb") as file:
        outcome = fixed(file.read(), path, check, unsafe=unsafe)
    if outcome is not None and outcome.applied:
        target = os.path.realpath(path)
        if backup:
            shutil.copy2(target, target + ".bak")
        replace_file(target, outcome.content)
    return outcome
