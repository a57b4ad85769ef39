"""GitHub annotations (workflow commands); in a job, the Markdown report goes to the job summary as well."""

import os
from typing import TextIO

from perfgoals_lint.model import SEVERITIES, Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.columns import finding_region
from perfgoals_lint.reports.markdown import Markdown
from perfgoals_lint.reports.places import full_message, relative_path, unreadable_message
from perfgoals_lint.reports.run import Options, Report, is_active
from perfgoals_lint.reports.summary import figures
from perfgoals_lint.reports.wording import Words

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
MOST = 10
"""Annotations of a severity that GitHub shows of one step; it drops the others without a word."""
_SUMMARY_BYTES = 1_000_000


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write a command for each finding that counts and for each unreadable file without one: the worst first, and of each
    severity no more than GitHub shows of a step. What became of the figures is a line of the log, no annotation.

    Appends the job summary to the file that ``GITHUB_STEP_SUMMARY`` names.
    """
    words = Words(report.lang)
    summary = Markdown(report, options, _SUMMARY_BYTES)
    worst: dict[str, list[str]] = {severity: [] for severity in SEVERITIES}
    left_out = 0
    for finding in summary.collect():
        if is_active(finding):
            if len(worst[finding.severity]) < MOST:
                worst[finding.severity].append(_annotation(finding, report, options, words))
            else:
                left_out += 1
    for document in report.unreadable(summary.tally.problems):
        path = relative_path(document.path, options)
        if len(worst["error"]) < MOST:
            worst["error"].append(_command("error", {"file": path}, unreadable_message(document, words)))
        else:
            left_out += 1
    for commands in worst.values():
        out.writelines(commands)
    if left_out:
        out.write(f"{visible(words('github.more', n=left_out))}\n")
    if report.summary.account.get("figures"):
        out.write(f"{visible(figures(words, report))}\n")
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with open(target, "a", encoding="utf-8") as file:
            summary.write(file)


def _annotation(finding: Finding, report: Report, options: Options, words: Words) -> str:
    properties = {"file": relative_path(finding.document, options)}
    region = finding_region(finding, "utf16", report.line_text, report.stored)
    if region is not None:
        properties["line"] = str(region.line)
        if region.column is not None:
            properties["col"] = str(region.column)
        if region.column is not None and region.end is not None:
            properties |= {"endLine": str(region.line), "endColumn": str(region.end)}
    properties["title"] = report.heading(finding.rule, finding.name)
    return _command(_COMMANDS[finding.severity], properties, full_message(finding, words))


def _command(command: str, properties: dict[str, str], message: str) -> str:
    told = {name: _data(text).replace(":", "%3A").replace(",", "%2C") for name, text in properties.items()}
    members = ",".join(f"{name}={text}" for name, text in told.items())
    return f"::{command} {members}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")
