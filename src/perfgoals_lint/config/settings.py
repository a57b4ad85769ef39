"""What a run was asked to do beyond the configuration of its files: the one object that a command hands down."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member
from datetime import date
from typing import Any, Literal

from perfgoals_lint.config.layers import Entry, Layer, Origin
from perfgoals_lint.model import Severity


@dataclass(slots=True)
class Settings:
    """``select``, ``extend_select``, ``ignore``, ``framework``, ``parameters`` and ``exclude`` go over every file's own
    configuration; ``select`` empty leaves it to that.

    ``baseline`` and ``exceptions`` are paths; without ``exceptions`` the file is looked for beside each document and at
    the root of its configuration or of the run (``root``). ``suppress`` false shows everything. ``today`` decides what
    has expired. ``jobs`` is the number of processes. ``against`` is the path of last year's tables; ``across`` asks rules
    over several tables of all files together; ``accounting`` keeps what became of every rule in every table.
    """

    lang: str = "zh"
    framework: str | None = None
    select: list[str] = member(default_factory=list)
    extend_select: list[str] = member(default_factory=list)
    ignore: list[str] = member(default_factory=list)
    fail_on: Severity | None = "error"
    parameters: dict[str, dict[str, Any]] = member(default_factory=dict)
    exclude: list[str] = member(default_factory=list)
    packs: list[str] = member(default_factory=list)
    plugins: list[str] = member(default_factory=list)
    baseline: str | None = None
    exceptions: str | None = None
    suppress: bool = True
    today: date | None = None
    root: str | None = None
    jobs: int | Literal["auto"] = 1
    cache: bool = False
    timed: bool = False
    passwords: list[str] = member(default_factory=list, repr=False)
    convert: bool = False
    against: str | None = None
    across: bool = False
    accounting: bool = False
    printed: bool = False
    """Are the tables kept as they are printed, for a report that shows them?"""
    walked: bool = False
    """Were files met in directories and archives? Among these a run must find some goal table."""
    partial: bool = False
    """Were files left out of the run on purpose (only what changed)? What then goes unused is not reported."""

    def layer(self) -> Layer:
        """The options that hold for files, as a layer over their configurations."""
        lists = {
            "select": self.select,
            "extend-select": self.extend_select,
            "ignore": self.ignore,
            "exclude": self.exclude,
        }
        layer: Layer = {(name,): Entry(value, Origin(f"--{name}")) for name, value in lists.items() if value}
        if self.framework:
            layer["framework",] = Entry(self.framework, Origin("--framework"))
        for code, values in self.parameters.items():
            for name, value in values.items():
                layer["rules", code, name] = Entry(value, Origin("--parameter"))
        return layer
