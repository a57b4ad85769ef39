"""GitLab code quality: one issue a finding. GitLab wants a line everywhere; where there is none it is told line 1."""

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from perfgoals_lint.reports.clean import dump, write_items
from perfgoals_lint.reports.columns import finding_region
from perfgoals_lint.reports.places import full_message, relative_path, unreadable_message
from perfgoals_lint.reports.run import Options, Report, Tally, is_active
from perfgoals_lint.reports.wording import Words

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}
_UNREADABLE = "unreadable-file"


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the findings that count and the unreadable files as one JSON array, one issue a line."""
    out.write("[")
    write_items(out, map(dump, _issues(report, options)))
    out.write("\n]\n")


def _issues(report: Report, options: Options) -> Iterator[dict[str, Any]]:
    words = Words(report.lang)
    tally = Tally()
    for finding in tally.count(report.findings):
        if is_active(finding):
            region = finding_region(finding, "utf16", report.line_text, report.stored)
            path = relative_path(finding.document, options)
            severity = _SEVERITIES[finding.severity]
            text = full_message(finding, words)
            yield _issue(
                text, finding.rule, finding.fingerprint, severity, path, region.line if region else 1
            )
    for document in report.unreadable(tally.problems):
        path = relative_path(document.path, options)
        yield _issue(unreadable_message(document, words), _UNREADABLE, "", "critical", path, 1)


def _issue(text: str, check: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    # GitLab compares branches by fingerprint over all files, so the path is part of it.
    identity = hashlib.sha256(f"{path}\x1f{check}\x1f{fingerprint}".encode("utf-8", "surrogatepass"))
    return {
        "description": text,
        "check_name": check,
        "fingerprint": identity.hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
