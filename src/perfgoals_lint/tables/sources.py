"""Sources of funds that forms name beside those of the standard form: 自有资金, 中央补助, 上级资金 …"""

from collections.abc import Mapping
from decimal import Decimal

from perfgoals_lint.model import SOURCES, GoalTable, Location
from perfgoals_lint.money import UNITS
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount, money_factor, own_unit, yuan
from perfgoals_lint.text import squeeze

PUBLIC = "public_source"
NAMED_SOURCES = ("own_source", PUBLIC)
"""Fields of sources that are known by the name printed."""
OF_SPENDING = "spending"
NAMED = (*NAMED_SOURCES, OF_SPENDING)
"""Fields of amounts that are known by the name printed."""
_OF_WHICH = compiled(
    r"^(?:其中[:：]?|按?(?:资金|经费|支出|收入)?(?:来源|构成|渠道|性质|类型)(?:划?分)?(?:及(?:金额|构成|来源))?[:：])"
)
"""What leads from a whole to its parts, in front of the name of one: 其中, 按资金来源."""
_ORDINAL = compiled(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．])(?=\D)"
)
_PART = compiled(r"^(?:其中|[（(]?\d{1,2}[)）、.．]|[（(][一二三四五六七八九十]+[)）])")

_BETWEEN = compiled(r"[、，,；;和及](?=[^\d])")
_NAMED_PART = compiled(r"(?P<name>[^\d：:+-]{1,12})[：:]?(?P<amount>\d[\d.,]*(?:元|[万亿]元?)?)")
_BUDGET_IN_TEXT = compiled(r"预算(?:数|金额|资金|总额)?[:：为共计\s]*([\d,，.]+\s*(?:亿元|万元|千元|元))")
_ALL_FISCAL = compiled(r"全部(?:为|是|由)?(?:本级)?财政(?:性)?(?:资金|拨款)")
_SOURCES = 2
"""Sources, with those known, whose sum tells one that no form knows."""


def is_part(label: str) -> bool:
    """May a label be that of a part of the source above it (其中：…, 1.… below 一、…)?"""
    return _PART.match(squeeze(label)) is not None


def printed_name(label: str) -> str:
    """The name of a source as its box prints it, without white space, 其中 in front and a colon behind."""
    return _ORDINAL.sub("", _OF_WHICH.sub("", squeeze(label))).rstrip(":：")


def parts_in(remark: str, factor: Decimal) -> dict[str, Decimal]:
    """The parts of an amount that a remark behind it names, each with its own amount (其中：中央40万元、省级60万元), in 元; a
    number without a unit has the ``factor`` of the amount. Nothing where the remark says anything else."""
    pieces = [_NAMED_PART.fullmatch(one) for one in _BETWEEN.split(_OF_WHICH.sub("", squeeze(remark)))]
    parts = {one["name"]: yuan(one["amount"], 1) for one in pieces if one is not None}
    if len(parts) < len(pieces):
        return {}
    return {
        one["name"]: amount * (1 if own_unit(one["amount"]) else factor)
        for one in pieces
        if one is not None and (amount := parts[one["name"]]) is not None
    }


def with_public(
    funding: dict[str, Decimal], public: dict[str, Decimal], budget: Decimal | None
) -> dict[str, Decimal] | None:
    """The sources, with those of public money that are no part of another: where several and no 财政拨款 are given, or
    where only all together are the budget. ``None`` when there are none."""
    every = funding | public
    part = SOURCES["fiscal"] in funding or len(every) == 1
    if part and sum(every.values()) != budget:
        return funding or None
    return every or None


def unknown_sources(table: GoalTable, unknown: Mapping[str, tuple[str, Location]]) -> list[str]:
    """Take amounts under names that no form knows for sources of funds where only with them the sources are the budget.

    Returns the names taken.
    """
    if table.budget_yuan is None or table.money_unit is None or not table.money_unit.unit:
        return []
    funding = table.funding_yuan or {}
    factor = UNITS[table.money_unit.unit]
    amounts = {label: yuan(text, factor) for label, (text, _) in unknown.items() if is_amount(text)}
    found = {label: amount for label, amount in amounts.items() if amount and amount != table.budget_yuan}
    missing = table.budget_yuan - sum(funding.values())
    # What another column of a row holds has its name too (社会捐助（全年预计支出）).
    bare = {k: v for k, v in found.items() if not k.endswith("）") or money_factor(k)}
    alone = {k: v for k, v in bare.items() if v == missing}
    taken = next((some for some in (found, bare, alone) if sum(some.values()) == missing), {})
    if not missing or len(funding) + len(taken) < _SOURCES:
        return []
    table.funding_yuan = funding
    for label, amount in taken.items():
        name = printed_name(label)
        funding[name] = amount
        table.locations[f"funding_yuan.{name}"] = unknown[label][1]
    return list(taken)


def budget_in_text(table: GoalTable) -> None:
    """A form without a budget box says the amount in its purpose."""
    match = _BUDGET_IN_TEXT.search(table.purpose or "")
    amount = yuan(match[1]) if match else None
    if amount is None:
        return
    table.budget_yuan = amount
    table.locations["budget_yuan"] = table.locations["purpose"]
    if _ALL_FISCAL.search(table.purpose or ""):
        table.funding_yuan = {SOURCES["fiscal"]: amount}
