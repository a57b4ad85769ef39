"""Rows that recur in several projects of a document."""

from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from typing import Any

from perfgoals_lint.lint.context import DocumentView, Row
from perfgoals_lint.lint.grouped import GroupedCheck
from perfgoals_lint.lint.kinds.selector import Spec, looks_around, row_selector
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.money import plain, shown
from perfgoals_lint.rulebook.rule import Check, Rule
from perfgoals_lint.rulebook.similarity import sister_key
from perfgoals_lint.text import squeeze
from perfgoals_lint.values import algebra


def repeated(spec: Spec) -> Check:
    """The kind ``repeated``: one hit for each group of rows that recur, at its first row."""
    select = row_selector(spec.get("where", {}))
    among = spec.get("among", "projects")
    key = [_FACTS[name] for name in (*spec["key"], *(["sisters"] if among == "sisters" else []))]
    differs = [_FACTS[name] for name in spec.get("differ", ())]
    least = int(spec.get("least", 2))
    spread = Decimal(str(spec["budgets_differ"])) if "budgets_differ" in spec else None

    def check(view: DocumentView, rule: Rule) -> Iterator[Violation]:
        if len(view.tables) < least:
            return
        for rows in _groups(view, select, [*key, *differs], len(key)).values():
            if among == "families" and len({_family(row) for row in rows}) < least:
                continue
            if len(rows) < least or any(len({fact(row) for row in rows}) < 2 for fact in differs):
                continue
            if spread is None or _spread(rows) >= spread:
                yield _hit(rows, spec)

    if looks_around(spec.get("where", {})):
        return check
    facts = [*key, *differs]

    def groups_of(row: Row) -> list[Hashable]:
        shared = _shared(row, select, facts)
        return [] if shared is None else [shared[: len(key)]]

    return GroupedCheck(check, groups_of)


def _groups(
    view: DocumentView, select: Callable[[Row], Any], facts: list[Callable[[Row], Hashable]], asked: int
) -> dict[tuple[Hashable, ...], list[Row]]:
    """The rows by the first ``asked`` of the facts, one a project; a row that lacks any of the facts is in no group."""
    groups: dict[tuple[Hashable, ...], dict[int, Row]] = {}
    for table in view.tables:
        for row in table.rows if not table.withheld else ():
            shared = _shared(row, select, facts)
            if shared is not None:
                groups.setdefault(shared[:asked], {}).setdefault(table.index, row)
    return {shared: list(members.values()) for shared, members in groups.items()}


def _shared(
    row: Row, select: Callable[[Row], Any], facts: list[Callable[[Row], Hashable]]
) -> tuple[Hashable, ...] | None:
    """The facts of a row; ``None`` when it is not selected or lacks any of them."""
    if not row.values or not select(row):
        return None
    shared = tuple(fact(row) for fact in facts)
    return None if None in shared else shared


def _hit(rows: list[Row], spec: Spec) -> Violation:
    first, *others = rows
    value = first.values[0]
    budgets = sorted(row.table.goal.budget_yuan or Decimal(0) for row in rows)
    sisters = len({_family(row) for row in rows}) == 1
    number = _figure(first)
    ratio = _spread(rows) if "budgets_differ" in spec else None
    expression = f"{shown(budgets[-1])} ÷ {shown(budgets[0])} = {plain(round(ratio, 2))}" if ratio else None
    return Violation(
        row=first,
        field=value.field,
        span=value.span,
        case=spec.get("sisters") if sisters else None,
        args={
            "count": str(len(rows)),
            "projects": list(dict.fromkeys(row.table.title for row in rows))[:5],
            "rows": [f"{row.name} {row.values[0].text}" for row in rows],
            "number": plain(number) if number is not None else "",
            "least": shown(budgets[0]),
            "most": shown(budgets[-1]),
        },
        related=[
            (
                "same",
                {
                    "project": row.table.title,
                    "name": row.name,
                    "other": row.values[0].text,
                    "budget": shown(row.table.goal.budget_yuan or Decimal(0)),
                },
                row.place(row.values[0].field),
            )
            for row in others
        ],
        evidence={"expression": expression} if expression else None,
    )


def _spread(rows: list[Row]) -> Decimal:
    """How many times the smallest budget the largest one is; 0 where one is missing."""
    budgets = [row.table.goal.budget_yuan or Decimal(0) for row in rows]
    return max(budgets) / min(budgets) if min(budgets) > 0 else Decimal(0)


def _family(row: Row) -> str | int:
    """What sister projects share; another project's own number."""
    key = sister_key(row.table.title)
    return row.table.index if key is None else key


def _number(row: Row) -> tuple[str | None, Decimal] | None:
    """The dimension and the figure, in base units, of the first value."""
    quantity = row.values[0].quantity
    interval = algebra.interval(quantity, ignore_subject=True) if quantity else None
    bound = (interval.low if interval.low is not None else interval.high) if interval else None
    return (interval.axis.dimension, bound) if interval and bound is not None else None


def _figure(row: Row) -> Decimal | None:
    quantity = row.values[0].quantity
    return quantity.value if quantity else None


def _operator(row: Row) -> str | None:
    quantity = row.values[0].quantity
    return quantity.op if quantity else None


_FACTS: dict[str, Callable[[Row], Hashable]] = {
    "name": lambda row: squeeze(row.name),
    "value": lambda row: squeeze(row.values[0].text),
    "values": lambda row: tuple(squeeze(value.text) for value in row.values),
    "number": _number,
    "figure": _figure,
    "operator": _operator,
    "unit": lambda row: row.table.goal.unit or "",
    "year": lambda row: row.table.year or 0,
    "sisters": lambda row: sister_key(row.table.title),
}
