"""Kinds of check that look at one table."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from perfgoals_lint import values
from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.kinds.calculation import calculation
from perfgoals_lint.lint.kinds.comparison import WITHIN, texts_test, years_test
from perfgoals_lint.lint.kinds.selector import Maker, Spec, row_selector, table_condition
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.rule import Check, Rule


def _required(spec: Spec) -> Check:
    groups = [
        (group["label"], row_selector(group["where"]), frozenset(_classes(group["where"])))
        for group in spec["groups"]
    ]

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        missing = [
            (label, _printed(table, classes))
            for label, select, classes in groups
            if not any(select(row) for row in table.rows)
        ]
        if not missing:
            return
        for some in [missing] if spec.get("together", True) else [[one] for one in missing]:
            place = next((place for _, place in some if place is not None), None)
            args = {"missing": [label for label, _ in some]}
            yield Violation(table=table, location=place, args=args, case=spec.get("case"))

    return check


def _classes(where: Any) -> Iterator[str]:
    """The classes that a selector names anywhere."""
    if isinstance(where, dict):
        named = where.get("class", ())
        yield from [named] if isinstance(named, str) else named
        for key, inner in where.items():
            if key not in ("class", "class_not", "none"):
                yield from _classes(inner)
    elif isinstance(where, list):
        for inner in where:
            yield from _classes(inner)


def _printed(table: Table, classes: frozenset[str]) -> Location | None:
    """Where the label of one of some classes is printed in a row that nobody filled in."""
    for row in table.rows:
        for level, name in (("level2", row.class2), ("level1", row.class1)):
            if name in classes and not row.filled and level in row.indicator.locations:
                return row.indicator.locations[level]
    return None


def _compare(spec: Spec) -> Check:
    return _compare_years(spec) if spec["relation"] == WITHIN else _compare_texts(spec)


def _compare_texts(spec: Spec) -> Check:
    holds, breaks = table_condition(spec.get("where", {})), texts_test(spec)

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        if holds(table) and breaks(table.goal):
            yield Violation(table=table, field=spec["left"])

    return check


def _compare_years(spec: Spec) -> Check:
    holds, broken = table_condition(spec.get("where", {})), years_test(spec)

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        found = broken(table) if holds(table) else None
        if found:
            left, right = found
            yield Violation(table=table, field=spec["right"], args={"left": left, "right": right})

    return check


def _count(spec: Spec) -> Check:
    from perfgoals_lint.values import algebra

    select = row_selector(spec.get("where", {}))

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        bound = values.parse(str(rule.parameters.get("rows", spec.get("rows"))))
        count = sum(1 for row in table.rows if select(row))
        if not algebra.entails(values.parse(str(count)), bound):
            yield Violation(table=table, args={"count": str(count), "bound": bound.text})

    return check


def _share(spec: Spec) -> Check:
    from perfgoals_lint.lint.kinds.bounds import bound_of
    from perfgoals_lint.values.units import measure_of

    select, chosen = row_selector(spec.get("where", {})), row_selector(spec["of"])

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        rows = [row for row in table.rows if select(row)]
        if len(rows) < int(spec.get("least", 1)):
            return
        count = sum(1 for row in rows if chosen(row))
        bound = bound_of(str(rule.parameters.get(spec.get("parameter", "share"), spec.get("share"))))
        if not bound.contains(Decimal(100 * count) / len(rows) * measure_of("%")[1]):
            args = {"count": str(count), "total": str(len(rows))}
            yield Violation(table=table, location=rows[0].place("level1"), args=args, case=spec.get("case"))

    return check


def _first(spec: Spec) -> Check:
    checks = [TABLE_KINDS[one["kind"]](one) for one in spec["checks"]]

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        for one in checks:
            found = list(one(table, rule))
            if found:
                yield from found
                return

    return check


def _number_of(text: str | None) -> Decimal | None:
    constraint = values.parse(text or "")
    return constraint.value if constraint.kind == "quantity" else None


def _sum(spec: Spec) -> Check:
    select = row_selector(spec.get("where", {}))

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        rows = [row for row in table.rows if select(row)]
        numbers = [
            number
            for row in rows
            if (number := _number_of(getattr(row.indicator, spec["field"]))) is not None
        ]
        equals = rule.parameters.get("equals") or spec.get("equals") or ()
        allowed = [Decimal(str(total)) for total in equals]
        if numbers and sum(numbers) not in allowed:
            total = f"{sum(numbers):f}"
            expression = " + ".join(f"{number:f}" for number in numbers) + f" = {total}"
            allowed_text = "、".join(f"{number:f}" for number in allowed)
            args = {"total": total, "allowed": allowed_text}
            yield Violation(table=table, args=args, evidence={"expression": expression})

    return check


def _duplicate(spec: Spec) -> Check:
    select = row_selector(spec.get("where", {}))

    def fields(row: Row, names: Iterable[str]) -> tuple[str, ...]:
        return tuple("".join((getattr(row.indicator, name) or "").split()) for name in names)

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in table.rows:
            if select(row):
                groups.setdefault(fields(row, spec["key"]), []).append(row)
        for rows in groups.values():
            if len({fields(row, spec["same"]) for row in rows}) > 1:
                first, *others = rows
                found = "、".join(value.text for row in rows for value in row.values[:1])
                hit = Violation(row=first, field=spec.get("at"), args={"values": found})
                hit.related = [("other", {}, row.place("annual_value")) for row in others]
                yield hit

    return check


def _numbering(spec: Spec) -> Check:
    from perfgoals_lint.lint.checks.consistency.funding_sum import restart

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        numbers = [row.indicator.number for row in table.rows]
        index = restart(numbers)
        if index is not None:
            row = table.rows[index]
            args = {
                "before": str((numbers[index - 1] if index else None) or 0),
                "found": str(numbers[index]),
                "name": row.name,
            }
            yield Violation(table=table, location=row.place("level3"), args=args)

    return check


TABLE_KINDS: dict[str, Maker] = {
    "required": _required,
    "count": _count,
    "share": _share,
    "first": _first,
    "sum": _sum,
    "compare": _compare,
    "duplicate": _duplicate,
    "calculation": calculation,
    "numbering": _numbering,
}
