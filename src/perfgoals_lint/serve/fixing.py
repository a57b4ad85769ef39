"""Putting findings right for the local page: the new contents of the files, so that the old ones can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from perfgoals_lint.cli.fixing import checked_package, checked_text
from perfgoals_lint.files.archives import home
from perfgoals_lint.fixes.apply import decoded, fix_text
from perfgoals_lint.fixes.office.apply import fix_package

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals_lint.cli.prepare import Prepared
    from perfgoals_lint.model import Finding
    from perfgoals_lint.runner.discover import FoundFile

Content = TypeVar("Content", str, bytes)


def fixed(prepared: Prepared, only: tuple[str, str] | None = None) -> tuple[dict[str, bytes], int, int]:
    """The safe fixes of all files of a run, or the one of a finding, by its file and fingerprint: new contents by path, how many fixes are made, and
    how many cannot be. Nothing is written."""
    contents: dict[str, bytes] = {}
    applied = refused = 0
    for found in prepared.files:
        if home(found.path) != found.path or (only and found.shown != only[0]):
            continue
        made = _content(prepared, found, only[1] if only else None)
        if made is not None:
            content, done, left = made
            applied += done
            refused += left
            if done:
                contents[found.path] = content
    return contents, applied, refused


def _content(prepared: Prepared, found: FoundFile, fingerprint: str | None) -> tuple[bytes, int, int] | None:
    """The new content of a file with the numbers of fixes made and refused; ``None`` for a file that takes none."""
    with open(found.path, "rb") as file:
        data = file.read()
    if data.startswith(b"PK\x03\x04"):
        package = fix_package(data, found.path, _only(fingerprint, partial(checked_package, prepared, found)))
        return package.data, len(package.applied), len(package.refused)
    text = decoded(data)
    if text is None:
        return None
    outcome = fix_text(text[0], found.path, _only(fingerprint, partial(checked_text, prepared, found)))
    try:
        return text[1](outcome.text), len(outcome.applied), len(outcome.refused)
    except UnicodeEncodeError:
        return None


def _only(
    fingerprint: str | None, check: Callable[[Content], tuple[str, Sequence[Finding]]]
) -> Callable[[Content], tuple[str, Sequence[Finding]]]:
    """A check that hides the fixes of all findings but one."""

    def checked(content: Content) -> tuple[str, Sequence[Finding]]:
        format_name, findings = check(content)
        if fingerprint is not None:
            for finding in findings:
                if finding.fingerprint != fingerprint:
                    finding.fix = None
        return format_name, findings

    return checked
