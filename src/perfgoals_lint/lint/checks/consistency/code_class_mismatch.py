"""Printed class codes (1-产出, 11-数量) against each other and against their labels."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.labels import canonical, classify
from perfgoals_lint.rulebook.policy import framework_data

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule


@cache
def _classes(framework: str) -> dict[str, str]:
    """The code of each class label that a profile prints, with its class."""
    levels = framework_data("profiles")["profiles"][framework]["levels"]
    entries = [entry for level in levels for entry in (level, *level.get("children", ()))]
    return {entry["code"]: entry["class"] for entry in entries if "code" in entry and "class" in entry}


def code_mismatch(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGK625: a level-2 code belongs to its level-1 code, and each code to its label."""
    indicator = row.indicator
    above, below = indicator.level1_code, indicator.level2_code
    codes = {"above": f"{above}-{indicator.level1}", "below": f"{below}-{indicator.level2}"}
    if above and below and len(below) > len(above) and not below.startswith(above):
        yield Violation(row=row, field="level2", case="codes", args=codes)
        return
    known = _classes(row.table.document.framework.name)
    for field, code, label, level in (
        ("level1", above, indicator.level1, 1),
        ("level2", below, indicator.level2, 2),
    ):
        wanted, printed = known.get(code or ""), classify(label, level)
        if wanted and printed and wanted != printed:
            args = {"code": code or "", "label": label or "", "wanted": canonical(wanted)}
            yield Violation(row=row, field=field, case="label", args=args)
            return
