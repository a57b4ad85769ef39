"""Reviewdog diagnostics as one JSON object (``DiagnosticResult``)."""

from typing import TextIO

from perfgoals_lint.reports.clean import dump, write_items
from perfgoals_lint.reports.rdjsonl import SOURCE, diagnostics
from perfgoals_lint.reports.run import Options, Report


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the findings that count and the unreadable files, one diagnostic a line."""
    out.write('{"source":' + dump(SOURCE) + ',"diagnostics":[')
    write_items(out, map(dump, diagnostics(report, options)))
    out.write("\n]}\n")
