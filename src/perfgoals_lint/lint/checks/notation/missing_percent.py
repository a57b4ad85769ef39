from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.rates import asks_rate, bare_quantity, is_zero, unit_written
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.values.types import Quantity


def missing_percent(row: Row, rule: Rule) -> Violations:
    """PGN503: a rate between 0 and 100 has its percent sign."""
    hit: Violation | None = None
    for value in row.values:
        quantity = bare_quantity(value)
        if quantity is None or not asks_rate(value, quantity) or not _hundred(quantity):
            continue
        if finds(value.text, "missing_percent.of_many"):
            continue
        signed = bool(expression("rates.percent").search(row.name))
        if quantity.value is not None and 0 < quantity.value <= 1 and "." in value.text and not signed:
            # 0.95 may be a share or a rate below one per cent: nobody but the author knows, so it is asked.
            share = f"{plain(quantity.value * 100)}%"
            yield Violation(
                row=row,
                field=value.field,
                span=quantity.span,
                case="share",
                args={"share": share, "small": f"{plain(quantity.value)}%"},
            )
            return
        hit = hit or Violation(
            row=row,
            field=value.field,
            span=quantity.span,
            case="named" if signed else "zero" if is_zero(quantity) else None,
        )
        edit = unit_written(value, quantity, "%")
        hit.args.setdefault("fixed", edit.new)
        hit.edits.append(edit)
    if hit:
        yield hit


def _hundred(quantity: Quantity) -> bool:
    numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
    return bool(numbers) and all(Decimal(0) <= number <= 100 for number in numbers)
