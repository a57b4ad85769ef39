"""The plan of disbursement: cumulative shares of the money by the ends of months."""

from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled

_SHARE = compiled(r"^\s*(\d{1,3}(?:\.\d{1,4})?)\s*[%％]?\s*$")
_FULL = Decimal(100)


def disbursement_plan(table: Table, rule: Rule) -> Violations:
    """PGK620: the dates go up, the shares do not go down, and the last one is everything."""
    plan = table.goal.disbursement_plan or []
    shares = [_SHARE.match(share) for _, share in plan]
    if not plan or not all(shares):
        return
    numbers = [Decimal(match[1]) for match in shares if match]
    case = _fault([when for when, _ in plan], numbers)
    if case:
        printed = " → ".join(f"{when} {share}" for when, share in plan)
        evidence = {"expression": " → ".join(plain(number) for number in numbers)}
        args = {"plan": printed, "last": plain(numbers[-1])}
        yield Violation(table=table, field="disbursement_plan", case=case, args=args, evidence=evidence)


def _fault(dates: list[str], shares: list[Decimal]) -> str | None:
    months = [expression("disbursement_plan.month").search(date) for date in dates]
    known = [(int(match[1] or 0), int(match[2])) for match in months if match]
    if len(known) == len(dates) and any(late >= next_one for late, next_one in pairwise(known)):
        return "dates"
    if any(more > less for more, less in pairwise(shares)):
        return "falling"
    return "rest" if shares[-1] != _FULL else None
