"""Years in prose: calendar years with what is said of them, and durations."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.prose.types import Span, YearMention, YearsKind, YearSpan
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.lexicons import pattern_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.prose.facts import Sentence
    from perfgoals_lint.prose.structure import Structure

_YEAR = compiled("(?:19|20)[0-9]{2}")
_AMOUNT_YEAR = compiled("(?:19|20)[0-9]{2}(?=[万亿元])")
_AROUND = 6
_TERM_BEFORE = compiled("(?:通过|经过|历时|利用|建设期|建设周期|实施期|实施周期|项目周期|分)[为共]?$")
_TERM_BEHIND = compiled("(?:时间|左右)?的?(?:建设|实施|努力|完成|时间|，|。|；|$)")
_SUM_BEHIND = compiled("(?:内|间|期间)?(?:总共|合共|累计|共)(?![同有享建治管])")
_PLAN_BEFORE = compiled("(?:用|计划|力争|拟|争取|[，。；：:\n]|^)$")
_LONGEST = 50  # a longer duration is no term of a project


@cache
def _planned() -> re.Pattern[str]:
    """Behind a number of years: what will be finished in them."""
    done = pattern_of(lexicon("narrative")["completions"])
    return compiled(rf"(?:时间|左右|内|之内)?的?(?:全面|基本|全部)?(?:{done})")


def year_mentions(text: str, sentence: Sentence, built: Structure) -> list[YearMention]:
    """The calendar years of a sentence, those of document numbers and amounts that look like years
    included and marked."""
    found: list[YearMention] = []
    for mark in sentence.marks:
        if mark.kind not in ("YEARS", "DOCUMENT_NUMBER"):
            continue
        years = [int(year) for year in _YEAR.findall(mark.text)]
        mention = YearMention(years[0], years[-1] if mark.kind == "YEARS" else years[0], mark.span)
        mention.document_number = mark.kind == "DOCUMENT_NUMBER"
        mention.quoted = built.quoted(mark.span[0])
        if not mention.document_number:
            _tie(mention, sentence, built)
        found.append(mention)
    for start in sentence.money:
        digits = _AMOUNT_YEAR.match(text, start)
        if digits:
            year = int(digits[0])
            found.append(YearMention(year, year, digits.span(), money=True, quoted=built.quoted(start)))
    return sorted(found, key=lambda mention: mention.span)


def _tie(mention: YearMention, sentence: Sentence, built: Structure) -> None:
    """Set the verb of planning nearest to a year, and whether the clause speaks of the past."""
    reach = vocabulary().plan_reach
    nearest = reach + 1
    planned_at: int | None = None
    for other in sentence.marks_around(mention.span[0], built):
        gap = max(mention.span[0] - other.span[1], other.span[0] - mention.span[1])
        if "plans" in other.lists:
            planned_at = other.span[0] if planned_at is None else planned_at
            if gap < nearest:
                mention.verb, nearest = other.text, gap
        if "past" in other.lists and planned_at is None:
            mention.past = True


def year_spans(text: str, sentence: Sentence, built: Structure) -> list[YearSpan]:
    """The durations in years of a sentence."""
    return [
        YearSpan(years, _kind(text, sentence, built, span), span, built.quoted(span[0]))
        for years, span in sentence.durations
        if 0 < years <= _LONGEST
    ]


def _kind(text: str, sentence: Sentence, built: Structure, span: Span) -> YearsKind:
    before, after = text[max(0, span[0] - _AROUND) : span[0]], text[span[1] : span[1] + _AROUND]
    kind: YearsKind = "other"
    if _planned().match(text[span[1] : span[1] + 2 * _AROUND]) and _PLAN_BEFORE.search(before):
        kind = "plan"
    if _TERM_BEFORE.search(before) and _TERM_BEHIND.match(after):
        kind = "term"
    if _SUM_BEHIND.match(after):
        kind = "total"
    for mark in sentence.marks_around(span[0], built):
        if "policy_terms" in mark.lists and mark.span[1] <= span[0]:
            return "policy"
        if (mark.kind == "SHORT_SUM" or "sums" in mark.lists) and mark.span[0] >= span[1]:
            kind = "total"
    return kind
