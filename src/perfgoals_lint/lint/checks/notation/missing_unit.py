from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.rates import asks_rate, bare_quantity, is_zero, unit_written
from perfgoals_lint.lint.facts.units import own_unit, unit_told
from perfgoals_lint.values.types import Quantity


def missing_unit(row: Row, rule: Rule) -> Violations:
    """PGN502: a number has a unit. Money in bare 万 or 亿 is PGN516's."""
    hit: Violation | None = None
    for value in row.values:
        quantity = bare_quantity(value)
        if (
            quantity is None
            or quantity.unit is not None
            or analyse(value.row.name).kind == "index"
            or asks_rate(value, quantity)
        ):
            continue
        own = own_unit(row.name)
        if own:
            edit = unit_written(value, quantity, own)
            if hit is None:
                hit = _violation(value, quantity, "named", own, edit.new)
            hit.edits.append(edit)
        elif hit is None:
            told = unit_told(value, quantity)
            if told is None:
                case = "zero" if is_zero(quantity) else _asked(row)
                hit = _violation(value, quantity, case, "", value.text.strip())
            else:
                unit, case, source = told
                hit = _violation(value, quantity, case, unit, unit_written(value, quantity, unit).new)
                hit.args["source"] = source
    if hit:
        yield hit


def _asked(row: Row) -> str | None:
    """``open`` where neither the name nor the class of the row tells that a unit is wanted: it may be an index."""
    counted = row.class2 in (None, "quantity") or row.is_cost
    return None if counted or analyse(row.name).kind != "state" else "open"


def _violation(value: Value, quantity: Quantity, case: str | None, unit: str, fixed: str) -> Violation:
    args = {"unit": unit, "fixed": fixed}
    return Violation(row=value.row, field=value.field, span=quantity.span, case=case, args=args)
