"""Output formats: one module a format, each with ``write(report, out, options)``, imported only when it is used."""

import io
import sys
from dataclasses import replace
from importlib import import_module
from typing import Protocol, TextIO

from perfgoals_lint.console import PLAINER
from perfgoals_lint.reports.run import Options, Report
from perfgoals_lint.rulebook.patterns import compiled

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


_PART = compiled(r"(sarif)\.part([1-9]\d?)")


def base_of(name: str) -> str:
    """The format that a name is of: ``sarif.part2`` is the second part of a ``sarif`` report."""
    part = _PART.fullmatch(name)
    return part[1] if part else name


def writer(name: str) -> Write:
    """The ``write`` function of a format, or of a part of it. Raises ``KeyError`` for an unknown name.

    Standard output is set up for the format first: a report for people replaces what the console's encoding lacks,
    everything that another program reads is UTF-8 with ``\\n``.
    """
    write: Write = import_module(FORMATS[base_of(name)]).write
    number = _PART.fullmatch(name)

    def prepared(report: Report, out: TextIO, options: Options) -> None:
        if out is sys.stdout and isinstance(out, io.TextIOWrapper):
            if name in FOR_PEOPLE:
                out.reconfigure(errors=PLAINER)
            else:
                out.reconfigure(encoding="utf-8", newline="\n")
        write(report, out, replace(options, part=int(number[2])) if number else options)

    return prepared
