"""No figure of a table is lost: what a plain scan of its texts finds is what the facts hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.facts.figure_fact import CLASSES, DIGITS, account
from perfgoals_lint.model import GoalTable
from perfgoals_lint.rulebook import rules
from shared_data import DATA

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(
    path
    for folder in (EXAMPLES, DATA / "corpus", DATA / "samples" / "office")
    for path in folder.glob("**/*")
    if path.suffix in (".txt", ".csv", ".xlsx", ".docx", ".md", ".html")
)
AMOUNTS = ("budget_yuan", "funding_yuan")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(rules.load())


def texts_of(goal: GoalTable) -> Iterator[str]:
    """Every text of a table; a cell that several rows share is printed once."""
    yield from (goal.title or "", goal.project_name, goal.project_code or "", goal.project_type or "")
    yield from (goal.project_level or "", goal.department or "", goal.unit or "")
    yield from (column.text for column in goal.header)
    if goal.period:
        yield from (str(year) for year in (goal.period.start, goal.period.end) if year)
    yield from (text or "" for text in (goal.purpose, goal.cycle_goal, goal.annual_goal))
    for label, text in goal.fields.items():
        yield from (label, text)
    for day, share in goal.disbursement_plan or ():
        yield from (day, share)
    for task in goal.tasks or ():
        yield from (task.name, task.content or "")
    yield from (cell.text for cell in goal.unread)
    shared: set[tuple[str, str]] = set()
    for row in goal.indicators:
        yield from (text or "" for text in (row.level3, row.description, row.cycle_value, row.annual_value))
        yield from (row.basis or "", row.weight or "", str(row.number or ""), *row.columns.values())
        for level in ("level1", "level2"):
            place = repr(row.locations.get(level))
            for text in (getattr(row, level), getattr(row, f"{level}_code")):
                if text and (text, place) not in shared:
                    shared.add((text, place))
                    yield text


def digits(texts: Iterator[str]) -> int:
    return sum(len(DIGITS.findall(text)) for text in texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_figure_of_a_file_is_in_the_account(path: Path, engine: Engine) -> None:
    for table, facts in engine.check(extract_file(str(path))).facts:
        in_texts = (fact.text for fact in facts if not _is_amount(fact.scope, fact.span))
        assert digits(in_texts) == digits(texts_of(table.goal))
        counted: dict[str, Any] = account(facts)
        assert counted["figures"] == len(facts) == sum(counted[name] for name in CLASSES)


def _is_amount(scope: str, span: tuple[int, int]) -> bool:
    return scope.startswith(AMOUNTS) or (scope == "tasks" and span == (0, 0))
