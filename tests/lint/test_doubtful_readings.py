"""What rules leave alone where reading leaves open what the cells hold."""

from __future__ import annotations

import pytest

from perfgoals_lint.lint.checks.completeness.form_not_filled import form_not_filled
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Problem
from perfgoals_lint.tables.reading import AS_IT_IS, GUESSED, is_doubtful


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


@pytest.mark.parametrize("layout", [AS_IT_IS, "bars", *sorted(GUESSED)])
@pytest.mark.parametrize("form", ["pdf", "docx", "txt"])
@pytest.mark.parametrize("code", [None, "PGX107", "PGX104", "PGX103", "PGX123"])
def test_what_is_left_of_cells_that_were_guessed_puts_findings_in_doubt(
    layout: str, form: str, code: str | None
) -> None:
    """The cells of a PDF are guessed from its lines and blanks, those of a file with cells are not."""
    problems = [Problem(code, Location("甲"))] if code else []
    document = Document("甲", form, layout, problems=problems)
    guessed = form == "pdf" or layout in GUESSED
    telling = {"PGX103", "PGX104"} | ({"PGX107"} if guessed else set())
    assert is_doubtful(document) == (code in telling and (layout != AS_IT_IS or form == "pdf"))
