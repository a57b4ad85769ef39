"""The JSON of the data contract. Findings are written as they come; what is known only at the end stands at the end."""

from typing import TextIO

from perfgoals_lint.reports.clean import dump, write_items
from perfgoals_lint.reports.run import Options, Report


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write one JSON object, one finding a line; every finding is in it, suppressed and baselined ones too."""
    head = {"schema": "perfgoals-lint/check/1", "version": report.version, "ruleset": report.ruleset}
    out.write(dump(head)[:-1] + ',\n"findings":[')
    write_items(out, map(dump, report.findings))
    out.write('\n],\n"summary":' + dump(report.summary) + ',\n"documents":[')
    write_items(out, map(dump, report.documents))
    out.write('\n],\n"accounting":' + dump(dict(report.accounting)) + "}\n")
