"""The amounts of a text that together should be the budget, where no total of them is printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from perfgoals_lint.lint.context import Table
from perfgoals_lint.lint.facts.budget import (
    GOALS,
    fits_budget,
    is_of_money,
    known,
    of_other_years,
    of_years,
    scaled,
    several_years,
    sum_of,
)
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import PERSONS, Term
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds

_PAIR = 2
_MOST_ENTRIES = 60
"""Amounts of one text that are summed at the most."""


@dataclass(slots=True)
class BudgetParts:
    """The amounts of a text that together should be the budget."""

    field: str
    entries: list[Term]
    total: Decimal


def parts(table: Table, budget: Decimal, limits: Mapping[str, Any]) -> Iterator[BudgetParts]:
    """The amounts of a text that are all it says of money, where their sum is not the budget. ``limits`` say how far
    from it they may be: ``near``, ``amounts``, ``least`` and ``most``."""
    for field, text in table.prose.items():
        entries = text.entries
        if field == "cycle_goal" or text.explained or not entries or len(entries) > _MOST_ENTRIES:
            continue
        if known(text, budget, table.years):
            continue
        total = sum_of(entries)
        if total is None:
            continue
        whole = max(entries, key=lambda entry: entry.value or Decimal(0))
        if (
            len(entries) > _PAIR
            and total == 2 * (whole.value or 0)
            and cues().money_in_general.search(whole.head.lead)
        ):
            continue  # 奖补资金50万元，对前三名分别奖补20万元、18万元、12万元
        firm = all(entry.firm and entry.head.bound == "=" and not entry.about for entry in entries)
        if not firm or fits_budget(total, budget) or _said_twice(entries, budget):
            continue
        far = (budget - total) * 100 > budget * Decimal(str(limits["near"]))
        few = total < budget and (far or len(entries) < _PAIR)
        if few and not (field in GOALS or is_of_money(table, field)):
            continue  # 项目概况 and 立项依据 need not say what all of it costs
        if any(_is_paid_to_each(text, entry) for entry in entries):
            continue
        softened = _softened(text, len(entries) > 1 and total > budget)
        if any(_unlike(entry.head) for entry in entries) or softened or _of_another(text, entries):
            continue
        if any(figure.dimension == "money" and (figure.past or figure.quoted) for figure in text.figures):
            continue
        if _of_rules(text, entries) or of_other_years(text, entries, table.year):
            continue
        if several_years(table, total, budget) or _each_counted(text, entries, budget):
            continue
        if not _meant(field, text, entries, total, budget, limits):
            continue
        if all(relation.holds is not False for relation in text.relations):
            yield BudgetParts(field, entries, total)


def _is_paid_to_each(text: Narrative, entry: Term) -> bool:
    """Is an amount of a month paid to each of several people whose number stands in front of it (聘用3人，月薪5000元)?"""
    number = (
        one.unit in PERSONS and one.span[1] <= entry.start and one.sentence == entry.head.sentence
        for one in text.figures
    )
    return entry.kind == "period" and any(number)


def _said_twice(entries: list[Term], budget: Decimal) -> bool:
    """Do the first of the amounts make the budget, and all others make it again (what it is spent on, and where it comes
    from)?"""
    running = list(accumulate(entry.value or Decimal(0) for entry in entries))
    return budget in running and running[-1] == 2 * budget


def _each_counted(text: Narrative, entries: list[Term], budget: Decimal) -> bool:
    """Is the budget what the amounts make with as many numbers behind them (通过验收的奖励30万元、复评的奖励10万元，2家、4家)?"""
    end = entries[-1].head.span[1]
    counts = [one for one in text.figures if one.dimension == "count" and not one.per and one.span[0] > end]
    if not len(counts) == len(entries) > 1:
        return False
    made = (one.value * count.value for one, count in zip(entries, counts, strict=True) if one.value)
    return fits_budget(sum(made, Decimal(0)), budget)


def _unlike(figure: Figure) -> bool:
    if expression("budget.year_behind").match(figure.tail):
        return True
    return bool(figure.depth or figure.years or cues().policy.search(figure.lead) or figure.low is not None)


def _of_another(text: Narrative, entries: list[Term]) -> bool:
    """Is one of the amounts a share or a rest of another of them (合同价600万元，预付款30%即180万元), or the total of another
    kind of money (门票收入60万元、租金收入20万元，合计80万元)?"""
    made = {one.result for one in text.relations if one.kind in ("share", "remainder", "change")}
    other = {one.sentence for one in text.figures if cues().excluded.search(one.lead)}
    return any(entry.head in made or (entry.head.total and entry.head.sentence in other) for entry in entries)


def _of_rules(text: Narrative, entries: list[Term]) -> bool:
    """Does a rule that is told (第八条规定：…) stand in front of an amount in its sentence?"""
    for entry in entries:
        start = max((first for first, _ in text.sentences if first <= entry.start), default=0)
        if expression("budget.rule").search(text.text, start, entry.head.span[0]):
            return True
    return False


def _softened(text: Narrative, over: bool) -> bool:
    """Does a text say that its amounts are not all, or what each of several gets? Some of what is spent (主要, 等) may
    not be more than the budget, ``over`` it, either."""
    plain = expression("budget.some" if over else "budget.open_but").sub("", text.text)
    each = len(text.entries) > 1 and (finds(plain, "budget.several_years") or _of_each(text))
    return each or cues().opened.search(plain) is not None


def _of_each(text: Narrative) -> bool:
    """Is one of several amounts what each of some things costs, so that it is for more than one? A price that has a number
    of its own, and not of others or of the past, is multiplied by that."""
    start, numbers = 0, [one for entry in text.entries for one in entry.figures[1:]]
    shared = any(one.dimension == "share" for one in text.figures) or finds(text.text, "budget.some_of_all")
    past = any(one.past for one in text.figures)
    if len(set(numbers)) < len(numbers) or (numbers and (past or shared)):
        return finds(text.text, "budget.each")
    for entry in text.entries:
        if entry.kind != "product" and finds(text.text[start : entry.head.span[1]], "budget.each"):
            return True
        start = max(one.span[1] for one in entry.figures)
    return False


def _meant(
    field: str,
    text: Narrative,
    entries: list[Term],
    total: Decimal,
    budget: Decimal,
    limits: Mapping[str, Any],
) -> bool:
    """Are the amounts of a text meant to be all of the budget?"""
    if field not in GOALS:
        priced = len(entries) == 1 and entries[0].kind == "product"
        if len(entries) == 1 and not priced:
            return False
        whole = total and budget % total == 0 and not scaled(total, budget)
        if priced and whole and not entries[0].head.parts:
            return False  # so much on each occasion (每逢春节、国庆，每人300元), or in each part of the year
        price = entries[0].figures[0]
        if priced and finds(price.lead + price.tail, "budget.calculated"):
            return True
        least, most = (Decimal(str(limits[name])) * budget for name in ("least", "most"))
        return least <= total <= most
    near = abs(total - budget) * 100 <= budget * Decimal(str(limits["near"]))
    several = len(entries) >= int(limits["amounts"])
    if budget < total <= 2 * budget and several and not of_years(text.text):
        # More is spent than there is, unless a part of it is somebody else's money.
        near = near or not any(contains_any(entry.head.lead, "figures.of_others") for entry in entries)
    if len(entries) < 2:
        price = entries[0].figures[0]
        return near and entries[0].kind == "product" and finds(price.lead + price.tail, "budget.calculated")
    listed = bool(text.items) and len({entry.head.item for entry in entries}) == len(text.items) == len(
        entries
    )
    return near and (listed or finds(text.text, "budget.for_this") or several)
