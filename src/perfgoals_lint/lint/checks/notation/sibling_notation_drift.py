from collections import Counter
from decimal import Decimal

from perfgoals_lint.lint.checks import DocumentView, Rule, Value, Violation, Violations
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.rulebook.similarity import sister_key
from perfgoals_lint.text import squeeze


def sibling_drift(view: DocumentView, rule: Rule) -> Violations:
    """PGN518: sister projects write the same rate with the same number in the same way."""
    groups: dict[tuple[str, str, Decimal], list[Value]] = {}
    for table in view.tables:
        family = sister_key(table.title)
        if family is None or table.withheld:
            continue
        for row in table.filled_rows:
            value = next(iter(row.values), None)
            quantity = value.quantity if value else None
            if value and quantity is not None and quantity.unit == "%" and quantity.value is not None:
                groups.setdefault((family, squeeze(row.name), quantity.value), []).append(value)
    for values in groups.values():
        projects = {value.row.table.index for value in values}
        if len(projects) >= int(rule.parameters["projects"]) and len({_op(value) for value in values}) > 1:
            yield _drift(values)


def _op(value: Value) -> str | None:
    return value.quantity.op if value.quantity else None


def _full(value: Value) -> bool:
    bound = value.quantity
    return bound is not None and bound.value == 100 and contains_any(value.row.name, "bounded_rates")


def _drift(values: list[Value]) -> Violation:
    forms = Counter(squeeze(value.text) for value in values)
    # What cannot exceed 100 % is best written as equal to it.
    exact = {squeeze(value.text) for value in values if _op(value) == "=" and _full(value)}
    major = max(forms, key=lambda form: (form in exact, forms[form]))
    op = next(_op(value) for value in values if squeeze(value.text) == major)
    first, *others = values
    return Violation(
        row=first.row,
        field=first.field,
        args={"forms": list(forms), "major": major},
        related=[
            ("same", {"project": value.row.table.title}, value.row.place(value.field)) for value in others
        ],
        edits=[
            Edit(value.row.place(value.field), value.field, value.text, major)
            for value in values
            if _op(value) != op
        ],
    )
