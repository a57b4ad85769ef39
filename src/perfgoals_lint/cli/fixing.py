"""Applying fixes to the files of a run, for ``check --fix``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from perfgoals_lint.archives import home
from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.prepare import said_clearly
from perfgoals_lint.cli.wording import os_error, say

if TYPE_CHECKING:
    from perfgoals_lint.cli.prepare import Prepared
    from perfgoals_lint.model import Finding
    from perfgoals_lint.runner.discover import Found


@dataclass(slots=True)
class Fixed:
    """What became of the fixes: how many were made, in how many files, and how many could not be made."""

    applied: int = 0
    files: int = 0
    refused: int = 0


def fix(prepared: Prepared, *, unsafe: bool = False) -> Fixed:
    """Fix the text files of a run in place: the safe fixes, with ``unsafe`` all. Other files, and those inside archives,
    are left alone.

    Raises :class:`InputError` when a file cannot be written; files before it are fixed then.
    """
    from perfgoals_lint.fixes.apply import fix_file

    total = Fixed()
    for found in prepared.files:
        if home(found.path) != found.path:  # an archive is left as it is
            continue
        try:
            with said_clearly():
                outcome = fix_file(found.path, partial(_check, prepared, found), unsafe=unsafe)
        except OSError as error:
            raise InputError(say("error.output_file", path=found.shown, reason=os_error(error))) from error
        if outcome is not None:
            total.applied += len(outcome.applied)
            total.files += bool(outcome.applied)
            total.refused += len(outcome.refused)
    return total


def _check(prepared: Prepared, found: Found, text: str) -> tuple[str, Sequence[Finding]]:
    """The format and findings of a text in the place of a file, by the run itself."""
    from perfgoals_lint.fixes.apply import stored_as
    from perfgoals_lint.runner.discover import Found

    with stored_as(text, found.shown) as name:
        run = replace(prepared, passed=[]).run([Found(name, found.named, found.shown)], across=False)
        findings = list(run.report.findings)
    return (run.documents[0].format if run.documents else "unknown"), findings
