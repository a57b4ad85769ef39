"""Applying fixes to the files of a run, for ``check --fix``, and showing them, for ``check --diff``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from perfgoals_lint.cli.options import storing
from perfgoals_lint.cli.prepare import said_clearly
from perfgoals_lint.cli.wording import language
from perfgoals_lint.files.archives import home
from perfgoals_lint.reports.clean import visible

if TYPE_CHECKING:
    from perfgoals_lint.cli.prepare import Prepared
    from perfgoals_lint.model import Edit, Finding
    from perfgoals_lint.runner.discover import FoundFile


@dataclass(slots=True)
class Fixed:
    """What became of the fixes: how many were made, in how many files, and how many could not be made."""

    applied: int = 0
    files: int = 0
    refused: int = 0


def fix(prepared: Prepared, *, unsafe: bool = False, backup: bool = False) -> Fixed:
    """Fix the texts, workbooks and Word documents of a run in place: the safe fixes, with ``unsafe`` all. Files of
    other formats, and those inside archives, are left alone.

    Raises :class:`perfgoals_lint.cli.options.InputError` when a file cannot be written; files before it are fixed then.
    """
    from perfgoals_lint.fixes.contents import fix_file

    total = Fixed()
    for found in _outside_archives(prepared):
        with storing(found.shown), said_clearly():
            outcome = fix_file(found.path, partial(checked, prepared, found), unsafe=unsafe, backup=backup)
        if outcome is not None:
            total.applied += len(outcome.applied)
            total.files += bool(outcome.applied)
            total.refused += len(outcome.refused)
    return total


def previewed(prepared: Prepared, *, unsafe: bool = False) -> list[str]:
    """What :func:`fix` would change, a line an edit: ``表.xlsx:Sheet1!H6: ≥90 → ≥90%``. Nothing is written.

    Raises :class:`perfgoals_lint.cli.options.InputError` when a file cannot be read.
    """
    from perfgoals_lint.fixes.contents import fixed
    from perfgoals_lint.reports.wording import Words

    words = Words(language())
    lines: list[str] = []
    for found in _outside_archives(prepared):
        with storing(found.shown), open(found.path, "rb") as file:
            data = file.read()
        with said_clearly():
            outcome = fixed(data, found.path, partial(checked, prepared, found), unsafe=unsafe)
        for edit in _in_one(outcome.applied if outcome else ()):
            change = words("finding.edit", old=visible(edit.old), new=visible(edit.new))
            lines.append(f"{visible(found.shown)}:{visible(words.brief(edit.location))}: {change}")
    return lines


def _outside_archives(prepared: Prepared) -> list[FoundFile]:
    """The files of a run that can be edited: an archive is left as it is."""
    return [found for found in prepared.files if home(found.path) == found.path]


def _in_one(applied: Iterable[Finding]) -> list[Edit]:
    """The edits in their order; one that goes on from what another wrote in the same place is one with it."""
    edits: list[Edit] = []
    for finding in applied:
        for edit in finding.fix.edits if finding.fix else ():
            before = (
                n for n, one in enumerate(edits) if (one.location, one.new) == (edit.location, edit.old)
            )
            at = next(before, None)
            if at is None:
                edits.append(edit)
            else:
                edits[at] = replace(edit, old=edits[at].old)
    return edits


def checked(prepared: Prepared, found: FoundFile, content: str | bytes) -> tuple[str, Sequence[Finding]]:
    """The format and findings of a content in the place of a file, by the run itself."""
    from perfgoals_lint.fixes.passes import stored_as
    from perfgoals_lint.runner.discover import FoundFile

    with stored_as(content, found.shown) as name:
        run = replace(prepared, passed=[]).run([FoundFile(name, found.named, found.shown)], across=False)
        findings = list(run.report.findings)
    return (run.documents[0].format if run.documents else "unknown"), findings
