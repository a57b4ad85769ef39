"""Putting findings right for the local page: the new contents of the files, so that the old ones can be kept."""

from collections.abc import Sequence
from functools import partial

from perfgoals_lint.cli.fixing import checked
from perfgoals_lint.cli.prepare import Prepared
from perfgoals_lint.files.archives import home
from perfgoals_lint.fixes import contents
from perfgoals_lint.model import Finding
from perfgoals_lint.runner.discover import FoundFile


def fixed(prepared: Prepared, only: tuple[str, str] | None = None) -> tuple[dict[str, bytes], int, int]:
    """The safe fixes of all files of a run, or the one of a finding, by its file and fingerprint: new contents by path, how many fixes are made, and
    how many cannot be. Nothing is written."""
    new: dict[str, bytes] = {}
    applied = refused = 0
    for found in prepared.files:
        if home(found.path) != found.path or (only and found.shown != only[0]):
            continue
        with open(found.path, "rb") as file:
            made = contents.fixed(
                file.read(), found.path, partial(_checked, prepared, found, only and only[1])
            )
        if made is not None:
            applied += len(made.applied)
            refused += len(made.refused)
            if made.applied:
                new[found.path] = made.content
    return new, applied, refused


def _checked(
    prepared: Prepared, found: FoundFile, fingerprint: str | None, content: str | bytes
) -> tuple[str, Sequence[Finding]]:
    """The check of a content, with the fixes of all findings hidden but that of the one that is asked for."""
    format_name, findings = checked(prepared, found, content)
    if fingerprint is not None:
        for finding in findings:
            if finding.fingerprint != fingerprint:
                finding.fix = None
    return format_name, findings
