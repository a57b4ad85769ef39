"""PGK653: a target in the brackets behind a name can hold together with the value."""

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.rates import split_brackets
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import algebra
from perfgoals_lint.values.types import Quantity

_FIGURE = compiled(r"\d\s*[\u4e00-\u9fff%％]")


def _asks_less(named: Quantity, bound: Quantity) -> bool:
    """Does the value let pass less than the name says (or, under a ceiling, more)?"""
    said, asked = (algebra.interval(one, ignore_subject=True) for one in (named, bound))
    if said is None or asked is None or said.axis != asked.axis:
        return False
    if said.low is not None:
        return asked.low is not None and asked.low < said.low
    return said.high is not None and asked.high is not None and asked.high > said.high


def figure_in_name(row: Row, rule: Rule) -> Violations:
    """PGK653: one hit a row whose name and value cannot both hold."""
    head, inside_brackets = split_brackets(row.name)
    behind = expression("figure_in_name.behind").search(head)
    for inside in (*inside_brackets, *([behind[0]] if behind else [])):
        if not _FIGURE.search(inside) or finds(inside, "figure_in_name.other"):
            continue
        named = values.parse(inside)
        if named.kind != "quantity" or named.unit is None or named.subject:
            continue
        for value in row.values:
            bound = value.quantity
            if bound is None or bound.unit != named.unit or bound.per or bound.subject:
                continue
            if algebra.contradicts(named, bound) or _asks_less(named, bound):
                yield Violation(row=row, field=value.field, span=value.span, args={"part": inside})
                return
