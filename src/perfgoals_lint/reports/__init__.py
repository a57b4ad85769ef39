"""Output formats: one module a format, each with ``write(report, out, options)``, imported only when it is used."""

from __future__ import annotations

import io
import sys
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
        "html",
    )
}


FOR_PEOPLE = frozenset({"rich", "concise", "grouped"})
"""The formats that a terminal shows; the others are read by programs."""

WITH_TABLES = frozenset({"html"})
"""The formats that show the tables themselves; a run for them keeps what is printed."""


class Write(Protocol):
    """Writes a whole report to ``out``; consumes ``report.findings``."""

    def __call__(self, report: Report, out: TextIO, options: Options) -> None: ...


def writer(name: str) -> Write:
    """The ``write`` function of a format. Raises ``KeyError`` for an unknown name.

    Standard output is set up for the format first: a report for people replaces what the console's encoding lacks,
    everything that another program reads is UTF-8 with ``\\n``.
    """
    write: Write = import_module(FORMATS[name]).write

    def prepared(report: Report, out: TextIO, options: Options) -> None:
        if out is sys.stdout and isinstance(out, io.TextIOWrapper):
            if name in FOR_PEOPLE:
                out.reconfigure(errors="backslashreplace")
            else:
                out.reconfigure(encoding="utf-8", newline="\n")
        write(report, out, options)

    return prepared
