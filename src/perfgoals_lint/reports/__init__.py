"""Output formats: one module a format, each with ``write(report, out, options)``, imported only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, TextIO

from perfgoals_lint.reports.run import Options, Report

FORMATS = {
    name: f"perfgoals_lint.reports.{name}"
    for name in (
        "rich",
        "concise",
        "grouped",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "rdjsonl",
        "markdown",
    )
}


class Write(Protocol):
    """Writes a whole report to ``out``; consumes ``report.findings``."""

    def __call__(self, report: Report, out: TextIO, options: Options) -> None: ...


def writer(name: str) -> Write:
    """The ``write`` function of a format. Raises ``KeyError`` for an unknown name."""
    write: Write = import_module(FORMATS[name]).write
    return write
