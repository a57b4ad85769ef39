"""The JSON of the data contract. Findings are written as they come; what is known only at the end stands at the end."""

from __future__ import annotations

from typing import TextIO

from perfgoals_lint.reports.clean import dump
from perfgoals_lint.reports.run import Options, Report


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write one JSON object, one finding a line; every finding is in it, suppressed and baselined ones too."""
    head = {"schema": "perfgoals-lint/check/1", "version": report.version, "ruleset": report.ruleset}
    out.write(dump(head)[:-1] + ',\n"findings":[')
    separator = "\n"
    for finding in report.findings:
        out.write(separator + dump(finding))
        separator = ",\n"
    out.write('\n],\n"summary":' + dump(report.summary) + ',\n"documents":[')
    separator = "\n"
    for document in report.documents:
        out.write(separator + dump(document))
        separator = ",\n"
    out.write('\n],\n"accounting":' + dump(dict(report.accounting)) + "}\n")
