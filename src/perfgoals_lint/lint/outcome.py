"""What became of a file that was checked, and the projects in it."""

from dataclasses import dataclass
from dataclasses import field as member
from typing import Literal

from perfgoals_lint.model import TextOutside

CRASHED = "PGX201"
"""The code of a rule that failed."""
State = Literal["checked", "no_table", "unreadable", "not_looked_at"]
"""What became of a file: it has goal tables, it was read and has none, it could not be read, nobody looked into it."""


@dataclass(slots=True)
class DocumentInfo:
    """What became of one file. ``framework`` is the form that it was checked as, with its title, the days ``from`` and ``to``
    which that edition is in force, and the reason why it was applied. ``reason`` says in the run's language why it is ``unreadable`` or was not looked at; the
    severities count its findings that are neither suppressed nor baselined. ``outside`` is the text that no rule looked into
    because it stands in no goal table, ``self_evaluations`` how many of the tables hold
    results (self-evaluations, monitoring): no rule checks their rates and scores."""

    path: str
    format: str
    layout: str | None = None
    framework: str | None = None
    framework_reason: str | None = None
    framework_title: str | None = None
    framework_in_force: dict[str, str] = member(default_factory=dict)
    tables: int = 0
    indicators: int = 0
    unreadable: bool = False
    reason: str | None = None
    state: State = "checked"
    error: int = 0
    warning: int = 0
    info: int = 0
    account: dict[str, int] = member(default_factory=dict)
    outside: TextOutside = member(default_factory=TextOutside)
    self_evaluations: int = 0


@dataclass(slots=True)
class Project:
    """A project as its goal table names it; ``budget`` in 元, as a decimal number without exponent."""

    name: str
    unit: str = ""
    code: str = ""
    budget: str | None = None


@dataclass(slots=True)
class PrintedLines:
    """The findings of one file as the concise report prints them, how many there are by severity (errors,
    warnings, infos), and the number of goal tables, of rows, the account of the figures, and the number of texts outside
    of the tables."""

    text: str
    counts: list[int]
    format: str
    tables: int
    indicators: int
    account: dict[str, int]
    outside: int
