"""PGA380: what a row plans for the quarters, halves or months of the year beside its target."""

from __future__ import annotations

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.money import ZERO, plain
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.values.types import Quantity


def parts_of_year(row: Row, rule: Rule) -> Violations:
    """PGA380: numbers of things for all parts of the year make the target: together, or the last one where they run on."""
    annual = row.annual.quantity if row.annual else None
    if not is_count(annual) or annual.value is None or annual.per or not row.indicator.columns:
        return
    for kind, number in rule.parameters["parts"].items():
        columns = [text for label, text in row.indicator.columns.items() if _part(label) == kind]
        parts = [one.value for one in map(_count, columns) if one and one.unit in (annual.unit, None)]
        if not len(columns) == len(parts) == number:
            continue
        amounts = [one for one in parts if one is not None]
        total = sum(amounts, ZERO)
        over = total > annual.value and annual.op in (">=", ">")
        if annual.value in (total, *amounts) or over or len(amounts) < number:
            continue
        expression_ = f"{' + '.join(map(plain, amounts))} = {plain(total)}{annual.unit or ''}"
        yield Violation(
            row=row,
            field="annual_value",
            args={"annual": row.annual.text if row.annual else "", "expression": expression_},
            evidence={"expression": expression_, "terms": amounts, "computed": total, "stated": annual.value},
        )


def _part(label: str) -> str | None:
    """The part of the year that a column is of: ``quarter``, ``half`` or ``month``."""
    found = expression("timing.column").match(label)
    return found.lastgroup if found else None


def _count(text: str) -> Quantity | None:
    constraint = values.parse(text)
    return constraint if isinstance(constraint, Quantity) and is_count(constraint) else None
