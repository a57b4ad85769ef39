"""What rules leave alone where reading leaves open what the cells hold."""

from __future__ import annotations

import pytest

from perfgoals_lint.lint.checks.completeness.form_not_filled import form_not_filled
from perfgoals_lint.model import GoalTable, Indicator, Location


class _Table:
    def __init__(self, goal: GoalTable) -> None:
        self.goal = goal


@pytest.mark.parametrize("state", ["blank_form", "example"])
@pytest.mark.parametrize("unknown", [[], ["annual_value"]])
def test_a_form_in_doubt_is_not_called_blank(state: str, unknown: list[str]) -> None:
    row = Indicator(level3="路灯数量", unknown=unknown)
    goal = GoalTable(Location("甲.txt"), indicators=[row], state=state)  # type: ignore[arg-type]
    hits = list(form_not_filled(_Table(goal), None))  # type: ignore[arg-type]
    assert len(hits) == (not (state == "blank_form" and unknown))
