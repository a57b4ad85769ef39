"""JSON, one object a line, told apart by ``kind``: ``run``, then ``finding`` …, ``document`` …, ``summary``."""

from typing import Any, TextIO

from perfgoals_lint.model import to_json
from perfgoals_lint.reports.clean import dump
from perfgoals_lint.reports.run import Options, Report


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write every finding as it comes, suppressed and baselined ones too; the summary is the last line."""

    def line(kind: str, value: Any) -> None:
        out.write(dump({"kind": kind, **to_json(value)}) + "\n")

    line("run", {"schema": "perfgoals-lint/check/1", "version": report.version, "ruleset": report.ruleset})
    for finding in report.findings:
        line("finding", finding)
    for document in report.documents:
        line("document", document)
    line("summary", {**to_json(report.summary), "accounting": dict(report.accounting)})
