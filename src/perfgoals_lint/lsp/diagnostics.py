"""Findings as diagnostics."""

from pathlib import Path

from lsprotocol import types

from perfgoals_lint.lsp.checked import Checked
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.rulebook.policy import rules_dir

SOURCE = "perfgoals-lint"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_UNNECESSARY = frozenset({"PGX301"})
"""Rules that point at something that may go."""


def diagnostics(checked: Checked, uri: str) -> list[types.Diagnostic]:
    """A diagnostic for every finding, in the order of the run; ``data`` holds the finding's fingerprint."""
    return [diagnostic(checked, finding, uri) for finding in checked.findings]


def diagnostic(checked: Checked, finding: Finding, uri: str) -> types.Diagnostic:
    """One finding as a diagnostic on its text."""
    related = [
        types.DiagnosticRelatedInformation(_place(checked, one.location, uri), one.message)
        for one in finding.related
    ]
    return types.Diagnostic(
        range=checked.positions.range(checked.span(finding)),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=_described(checked, finding),
        source=SOURCE,
        message="\n".join(text for text in (finding.message, finding.advice) if text),
        related_information=related or None,
        tags=_tags(checked, finding) or None,
        data={"fingerprint": finding.fingerprint},
    )


def _described(checked: Checked, finding: Finding) -> types.CodeDescription | None:
    """Where the page of a rule lies, for an editor to open."""
    rule = checked.pages.get(finding.rule)
    if rule is None:
        return None
    page = rules_dir() / rule.page if rule.page else Path(rule.origin)
    return types.CodeDescription(page.absolute().as_uri()) if page.is_file() else None


def _tags(checked: Checked, finding: Finding) -> list[types.DiagnosticTag]:
    rule = checked.rules.get(finding.rule)
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule in _UNNECESSARY else []
    return tags + ([types.DiagnosticTag.Deprecated] if rule and rule.status == "deprecated" else [])


def _place(checked: Checked, location: Location, uri: str) -> types.Location:
    if location.path == checked.path:
        return types.Location(uri, checked.positions.range(checked.extent(location)))
    start = types.Position(max((location.line or 1) - 1, 0), 0)
    return types.Location(Path(location.path).absolute().as_uri(), types.Range(start, start))
