"""PGA380: what a row plans for the quarters, halves or months of the year beside its target."""

from decimal import Decimal

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.money import ZERO, plain
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.types import Quantity

_NUMBER = compiled(r"[1-9][\d,]*(?:\.\d+)?|0\.\d*[1-9]\d*")


def parts_of_year(row: Row, rule: Rule) -> Violations:
    """PGA380: numbers of things for all parts of the year make the target: together, or the last one where they run on."""
    annual = row.target
    if not is_count(annual) or annual.value is None or annual.per or not row.indicator.columns:
        return
    for kind, number in rule.parameters["parts"].items():
        columns = [text for label, text in row.indicator.columns.items() if _part(label) == kind]
        parts = [one for one in map(_count, columns) if one and one.unit in (annual.unit, None)]
        if not len(columns) == len(parts) == number:
            continue
        amounts = _amounts(parts, annual)
        total = sum(amounts, ZERO)
        if annual.value in (total, *amounts) or _allowed(amounts, annual, rule.parameters["near"]):
            continue
        shown = f"{' + '.join(map(plain, amounts))} = {plain(total)}{annual.unit or ''}"
        yield Violation(
            row=row,
            field="annual_value",
            args={"annual": row.annual.text if row.annual else "", "expression": shown},
            evidence={"expression": shown, "terms": amounts, "computed": total, "stated": annual.value},
        )


def _amounts(parts: list[Quantity], annual: Quantity) -> list[Decimal]:
    """The numbers of the parts, those without a unit in the scale that the target is printed in (1.2万份) where that makes them
    come nearer to it."""
    target = annual.value or ZERO
    printed = _NUMBER.search(annual.text)
    scale = target / Decimal(printed[0].replace(",", "")) if printed and target else Decimal(1)
    readings = [
        [(one.value or ZERO) * (1 if one.unit else factor) for one in parts] for factor in (Decimal(1), scale)
    ]
    return min(readings, key=lambda amounts: abs(sum(amounts, ZERO) - target))


def _allowed(amounts: list[Decimal], annual: Quantity, near: int) -> bool:
    """May parts that do not make the target be right: more than a floor, each within a ceiling, or numbers of what is there
    all the time, each ``near`` per cent of the target or grown to that?"""
    target = annual.value or ZERO
    if annual.op in ("<=", "<"):
        return max(amounts) <= target
    grown = amounts == sorted(amounts) and amounts[-1] * 100 >= target * near
    there = min(amounts) * 100 >= target * near or grown
    return there or (annual.op in (">=", ">") and sum(amounts, ZERO) > target)


def _part(label: str) -> str | None:
    """The part of the year that a column is of: ``quarter``, ``half`` or ``month``."""
    found = expression("timing.column").match(label)
    return found.lastgroup if found else None


def _count(text: str) -> Quantity | None:
    constraint = values.parse(text)
    return constraint if isinstance(constraint, Quantity) and is_count(constraint) else None
