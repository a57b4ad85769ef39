"""PGN515: the unit of a value is one of those that go with the measure word of the name."""

from decimal import Decimal
from functools import cache

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.heads import bare, unit_dimension
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.rates import split_brackets
from perfgoals_lint.lint.facts.tasks import same_units
from perfgoals_lint.rulebook.lexicons import Endings, words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.units import convert, table

_EXTENTS = frozenset({"length", "area", "energy", "person", "visit", "money"})
"""Dimensions in which nothing is counted one by one."""
_SHARES = frozenset({"rate", "change", "index"})
"""What a name measures that has no unit of things."""


def unit_vs_name(row: Row, rule: Rule) -> Violations:
    """PGN515: the unit of a value measures what the end of the name counts: people, organisations, events, lengths …"""
    for value in row.values:
        quantity = value.quantity
        if quantity is None or quantity.unit_source != "value" or quantity.unit is None:
            continue
        unit = str(quantity.unit).lstrip("万亿")
        # A value with words of its own (带动就业200人) says what it counts.
        if not quantity.subject and _no_money(row.name, unit):
            yield Violation(row=row, field=value.field, span=quantity.span, case="money", args={"unit": unit})
            return
        units = _expected(row.name, unit)
        if units:
            args = {"unit": unit, "units": "、".join(units), "first": units[0]}
            case = "converted" if convert(Decimal(1), unit, units[0]) is not None else None
            yield Violation(row=row, field=value.field, span=quantity.span, case=case, args=args)
            return


def _expected(name: str, unit: str) -> list[str]:
    """The unit in the bracket of a name, when that of the value is another; the units that a name's end asks for, when that of
    the value is of another dimension; else nothing."""
    said = analyse(name)
    printed = _unit_in_brackets(name)
    given = unit_dimension(unit)
    if said.kind in _SHARES:
        return []
    if printed:
        return [] if given in ("share", "money") or _same(unit, printed) else [printed]
    if said.kind == "state" and (bought := _bought(name)) and given in _EXTENTS:
        return list(lexicon("counting")["examples"][bought])
    if said.kind not in ("count", "measure", "time"):
        return []
    if given == "share":
        return []
    asked, head = said.dimension, said.head
    measured = head.endswith("数") and len(head) > 1 and head not in words("names.count_heads")  # 件数, 套数
    if asked is None and measured and given in _EXTENTS | {"weight", "volume"}:
        return [said.head[:-1]]
    if asked is None or given is None or given == asked or frozenset((asked, given)) in _related():
        return []
    return list(lexicon("counting")["lengths"].get(said.head) or lexicon("counting")["examples"][asked])


def _same(unit: str, printed: str) -> bool:
    """Are two units one, however they are written (㎡, 平方米), or counts that stand for each other (人, 名), or one of
    several (台/套)?"""
    return any(convert(Decimal(1), unit, one) == 1 or same_units(unit, one) for one in printed.split("/"))


@cache
def _goods() -> Endings[str]:
    """The dimension of goods, by the end of their name."""
    return Endings(lexicon("counting")["goods"].items())


def _bought(name: str) -> str | None:
    """The dimension of the goods that a name says are bought or set up (采购图书)."""
    if not name.startswith(tuple(words("costs.having"))):
        return None
    known = _goods().of(bare(name))
    return known[0] if known else None


def _no_money(name: str, unit: str) -> bool:
    """Does a name end in a word for money (成本, 费用, 单价) while the unit measures a length, an area, people?"""
    given = unit_dimension(unit)
    return (
        given in _EXTENTS
        and given != "money"
        and analyse(name).kind == "money"
        and not _unit_in_brackets(name)
    )


@cache
def _related() -> frozenset[frozenset[str]]:
    """Pairs of dimensions that may stand for each other in a name."""
    return frozenset(frozenset(pair) for pair in lexicon("counting")["related"])


def _unit_in_brackets(name: str) -> str | None:
    """The unit printed in one of the brackets behind a name, without its scale."""
    inside = split_brackets(name)[1]
    units = (text.removeprefix("单位").lstrip(":： ").lstrip("万亿") for text in inside)
    return next((unit for unit in units if unit in table().canonical), None)
