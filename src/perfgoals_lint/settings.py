"""What a run was asked to do, with everything resolved: the one object that the command line hands down."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from perfgoals_lint.model import Severity


@dataclass(slots=True)
class Settings:
    """``select`` empty means the rules that are on by default; selectors are codes, names or prefixes."""

    lang: str = "zh"
    framework: str | None = None
    select: list[str] = member(default_factory=list)
    extend_select: list[str] = member(default_factory=list)
    ignore: list[str] = member(default_factory=list)
    fail_on: Severity | None = "error"
    parameters: dict[str, dict[str, Any]] = member(default_factory=dict)
