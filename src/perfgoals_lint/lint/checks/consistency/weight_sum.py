from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.labels import canonical
from perfgoals_lint.rulebook.policy import framework_data

_ZERO = Decimal(0)


def weight_sum(table: Table, rule: Rule) -> Violations:
    """PGK626: the weights add up to an accepted total, and of 90 each class has its usual part."""
    weighed = [(row, weight) for row in table.rows if (weight := _weight(row)) is not None]
    if not weighed:
        return
    evidence = _evidence([weight for _, weight in weighed])
    total = evidence["computed"]
    totals = [Decimal(str(number)) for number in rule.parameters["totals"]]
    if total not in totals and 100 * total not in totals:  # 0.2 of 1 is 20 of 100
        allowed = [plain(number) for number in totals]
        empty = [row.name for row in table.filled_rows if not (row.indicator.weight or "").strip()]
        args: dict[str, object] = {"total": plain(total), "allowed": allowed, "rows": empty}
        case = "empty" if 0 < len(empty) <= int(rule.parameters["named"]) and total < max(totals) else None
        place = weighed[0][0].place("weight")
        yield Violation(table=table, case=case, args=args, evidence=evidence, location=place)
        return
    for name, points, usual in _unusual(table, weighed, total):
        args = {"class": canonical(name), "points": plain(points), "usual": plain(usual)}
        own = [weight for row, weight in weighed if row.class1 == name]
        yield Violation(table=table, case="class", args=args, evidence=_evidence(own))
        return


def _evidence(numbers: list[Decimal]) -> dict[str, Any]:
    total = sum(numbers, _ZERO)
    expression = f"{' + '.join(plain(number) for number in numbers)} = {plain(total)}"
    return {"expression": expression, "terms": numbers, "computed": total}


def _weight(row: Row) -> Decimal | None:
    constraint = values.parse(row.indicator.weight or "")
    return constraint.value if constraint.kind == "quantity" else None


def _unusual(
    table: Table, weighed: list[tuple[Row, Decimal]], total: Decimal
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """The classes whose points are not the usual ones, where the sum is that of the usual ones."""
    profiles = framework_data("profiles")
    weights = {**profiles["defaults"], **table.document.framework.data}["weights"]
    points: dict[str, Decimal] = {}
    for row, weight in weighed:
        if row.class1 is None:
            return
        points[row.class1] = points.get(row.class1, _ZERO) + weight
    shares = weights["shares"].get("with_cost" if "cost" in points else "without_cost")
    if not shares:
        return
    usual = {name: Decimal(share) for name, share in shares.items()}
    if "satisfaction" not in points and "satisfaction" in usual:
        usual["benefit"] += usual.pop("satisfaction")
    if set(points) != set(usual) or sum(usual.values()) != total:
        return
    yield from ((name, given, usual[name]) for name, given in points.items() if given != usual[name])
