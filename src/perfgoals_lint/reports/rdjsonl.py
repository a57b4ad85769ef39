"""Reviewdog diagnostics, one JSON object a line; columns count UTF-8 bytes."""

from collections.abc import Iterator
from typing import Any, TextIO

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import dump
from perfgoals_lint.reports.columns import Region, edit_region, finding_region, related_region
from perfgoals_lint.reports.places import full_message, relative_path, unreadable_message
from perfgoals_lint.reports.run import Options, Report, Tally, is_active
from perfgoals_lint.reports.wording import Words

SOURCE = {"name": "perfgoals-lint"}


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the findings that count, each with its source, and the unreadable files."""
    for diagnostic in diagnostics(report, options):
        out.write(dump({**diagnostic, "source": SOURCE}) + "\n")


def diagnostics(report: Report, options: Options) -> Iterator[dict[str, Any]]:
    """A diagnostic for each finding that counts, then one for each unreadable file that has none."""
    words = Words(report.lang)
    tally = Tally()
    for finding in tally.count(report.findings):
        if is_active(finding):
            yield _diagnostic(finding, report, options, words)
    for document in report.unreadable(tally.problems):
        yield {
            "message": unreadable_message(document, words),
            "location": {"path": relative_path(document.path, options)},
            "severity": "ERROR",
        }


def _diagnostic(finding: Finding, report: Report, options: Options, words: Words) -> dict[str, Any]:
    region = finding_region(finding, "bytes", report.line_text, report.stored)
    diagnostic: dict[str, Any] = {
        "message": full_message(finding, words),
        "location": _location(finding.document, region, options),
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule},
    }
    related = [
        {
            "message": item.message,
            "location": _location(
                item.location.path,
                related_region(item.location, "bytes", report.line_text, report.stored),
                options,
            ),
        }
        for item in finding.related
    ]
    if related:
        diagnostic["related_locations"] = related
    suggestions = _suggestions(finding, report)
    if suggestions:
        diagnostic["suggestions"] = suggestions
    return diagnostic


def _location(path: str, region: Region | None, options: Options) -> dict[str, Any]:
    location: dict[str, Any] = {"path": relative_path(path, options)}
    if region is not None:
        location["range"] = _range(region)
    return location


def _range(region: Region) -> dict[str, Any]:
    start = {"line": region.line}
    if region.column is None:
        return {"start": start}
    start["column"] = region.column
    if region.end is None:
        return {"start": start}
    return {"start": start, "end": {"line": region.line, "column": region.end}}


def _suggestions(finding: Finding, report: Report) -> list[dict[str, Any]]:
    """The edits of a fix, only if all of them can be placed in the text."""
    if finding.fix is None:
        return []
    regions = [edit_region(edit, "bytes", report.line_text, report.stored) for edit in finding.fix.edits]
    placed = [
        {"range": _range(region), "text": edit.new}
        for region, edit in zip(regions, finding.fix.edits, strict=True)
        if region is not None
    ]
    return placed if len(placed) == len(regions) else []
