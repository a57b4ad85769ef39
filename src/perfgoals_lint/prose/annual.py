"""Every year's amount, the number of years and the total stated for them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from perfgoals_lint.prose.arithmetic import agree
from perfgoals_lint.prose.types import Amount, AnnualTotal

if TYPE_CHECKING:
    from perfgoals_lint.prose.facts import Sentence

_MOST = 8  # yearly amounts and counts of one sentence that are looked at


def annual_totals(sentences: list[Sentence]) -> list[AnnualTotal]:
    """A claim for each total of money for which one yearly amount and a duration are stated (每年3万，三年合共9万),
    the yearly amount in front of it or, in the same sentence, behind it.

    Where the text leaves a doubt - several yearly amounts, 约, things counted that the amount may be meant for - only
    a claim that holds is given.
    """
    found: list[AnnualTotal] = []
    annual: list[Amount] = []
    for sentence in sentences:
        waiting: Amount | None = None
        for amount in sentence.amounts:
            if amount.quoted or amount.currency != "元" or amount.background:
                continue
            if amount.role == "annual" and all(per.count == 1 for per in amount.per):
                if annual and annual[-1].sentence != amount.sentence:
                    annual = []
                annual = [*annual[-_MOST:], amount]
                claim = _claim(sentence, waiting, [amount]) if waiting is not None else None
                waiting = None
                if claim is not None:
                    found.append(claim)
            elif not annual and amount.role == "cumulative":
                waiting = amount
            elif annual and (amount.role == "cumulative" or _sums_up(sentence, amount, annual)):
                fitting = [one for one in annual if one.item == amount.item or amount.item is None]
                claim = _claim(sentence, amount, fitting)
                if claim is not None:
                    found.append(claim)
    return found


def _sums_up(sentence: Sentence, total: Amount, annual: list[Amount]) -> bool:
    """Whether a total closes a sentence of one yearly amount and one duration (每年3万，连续三年，共9万)."""
    alone = len(annual) == 1 and annual[0].sentence == sentence.index and len(sentence.amounts) == 2
    plain = total.role == "sum" and not total.per
    return alone and plain and len(sentence.durations) == 1 and sentence.durations[0][0] > 1


def _claim(sentence: Sentence, total: Amount, annual: list[Amount]) -> AnnualTotal | None:
    place = bisect_left(sentence.durations, total.span[0], key=lambda duration: duration[1][0]) - 1
    if place < 0 or not annual:
        return None
    number, span = sentence.durations[place]
    approx = total.approx is not None or any(one.approx is not None for one in annual)
    candidates = [(one.value_yuan, one.precision, one.span) for one in annual]
    if len(annual) > 1:
        whole = sum((one.value_yuan for one in annual[1:]), annual[0].value_yuan)
        precision = max(one.precision for one in annual)
        candidates.append((whole, precision, (annual[0].span[0], annual[-1].span[1])))
    sure = len(candidates) == 1 and not approx and not _counted(sentence, annual[0], number, total)
    for value, precision, yearly in candidates:
        computed = value * number
        holds = agree(computed, total.value_yuan, max(precision, total.precision), approx)
        if holds or sure:
            return AnnualTotal(value, yearly, number, span, total.value_yuan, total.span, computed, holds)
    return None


def _counted(sentence: Sentence, annual: Amount, years: int, total: Amount) -> bool:
    """Whether the total is the yearly amount for each of the things that the sentence counts."""
    each = annual.value_yuan * years
    counts = sentence.counts[:_MOST]
    return any(agree(each * count.number, total.value_yuan, total.precision) for count in counts) or (
        total.role == "sum" and bool(counts)
    )
