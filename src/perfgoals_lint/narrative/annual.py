"""Every year's amount, the number of years and the total stated for them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from perfgoals_lint.narrative.arithmetic import agree
from perfgoals_lint.narrative.types import Amount, AnnualTotal, Span

if TYPE_CHECKING:
    from perfgoals_lint.narrative.facts import Sentence


def annual_totals(sentences: list[Sentence]) -> list[AnnualTotal]:
    """A claim for each cumulative total of money in front of which one yearly amount is stated (每年3万，三年合共9万).

    Several yearly amounts in the sentence of the last one leave open which is meant: then only a claim that holds is
    given, for one of them or for their sum.
    """
    found: list[AnnualTotal] = []
    annual: list[Amount] = []
    for sentence in sentences:
        for amount in sentence.amounts:
            if amount.quoted or amount.currency != "元" or amount.background:
                continue
            if amount.role == "annual" and all(per.count == 1 for per in amount.per):
                if annual and annual[-1].sentence != amount.sentence:
                    annual = []
                annual.append(amount)
            elif amount.role == "cumulative":
                claim = _claim(
                    sentence,
                    amount,
                    [one for one in annual if one.item == amount.item or amount.item is None],
                )
                if claim is not None:
                    found.append(claim)
    return found


def _claim(sentence: Sentence, total: Amount, annual: list[Amount]) -> AnnualTotal | None:
    years = _years_before(sentence, total)
    if years is None or not annual:
        return None
    number, span = years
    candidates = [(one.value_yuan, one.precision, one.span) for one in annual]
    if len(annual) > 1:
        whole = sum((one.value_yuan for one in annual[1:]), annual[0].value_yuan)
        precision = max(one.precision for one in annual)
        candidates.append((whole, precision, (annual[0].span[0], annual[-1].span[1])))
    for value, precision, place in candidates:
        holds = agree(
            value * number, total.value_yuan, max(precision, total.precision), _about(total, annual)
        )
        if holds or len(candidates) == 1:
            return AnnualTotal(
                value, place, number, span, total.value_yuan, total.span, value * number, holds
            )
    return None


def _about(total: Amount, annual: list[Amount]) -> bool:
    return total.approx is not None or any(one.approx is not None for one in annual)


def _years_before(sentence: Sentence, total: Amount) -> tuple[int, Span] | None:
    """The duration printed in front of a total: 三年 of 三年合共."""
    ends = [span[1] for _, span in sentence.durations]
    index = bisect_right(ends, total.span[0]) - 1
    return sentence.durations[index] if index >= 0 else None
