"""What the prose of a table says that the project costs, against the budget box."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from perfgoals_lint.lint.context import Table
from perfgoals_lint.lint.facts.sums import kept_amounts
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import PERIODS, Figure
from perfgoals_lint.prose.relations.entries import Term
from perfgoals_lint.prose.relations.openness import opened_behind
from perfgoals_lint.prose.relations.relation import Relation, fits, misprinted
from perfgoals_lint.prose.relations.results import EACH_OF
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.headings import box_field

_NEAR_CUE = 12
"""How far in front of an amount the word stands that says it is the whole, in characters."""
_FEWEST_PARTS = 2
_YEARS_ON = compiled("20[0-9]{2}-")
_YEAR = 12
GOALS = frozenset({"annual_goal", "cycle_goal"})


@dataclass(slots=True)
class Whole:
    """An amount that is said to be what the project costs; ``case`` of PGA301 where that is less than sure: other amounts stand
    ``beside`` it, or it is only the ``total`` of what a text lists."""

    field: str
    figure: Figure
    case: str | None


def known(text: Narrative, budget: Decimal, years: int | None) -> bool:
    """Is the budget itself somewhere in a text, as a figure or as the result of a calculation, or a whole number of
    years of it?"""
    for figure in (one for one in text.figures if one.dimension == "money"):
        near = figure.lead[-10:]
        if cues().excluded.search(near) and not contains_any(near, "figures.rest"):
            continue
        if _is_budget(figure, budget):
            return True
        if years and years > 1 and fits(budget * years, figure):
            return True
    if any(
        fits_budget(relation.computed, budget)
        for relation in text.relations
        if relation.holds or relation.kind != "years"
    ):
        return True
    return _is_share(text, budget) or _is_of_months(text, budget)


def _is_of_months(text: Narrative, budget: Decimal) -> bool:
    """Is the budget what the months that are paid of a year cost (年服务费60万元，本年支付11个月)?"""
    months = [
        one.value
        for one in text.figures
        if PERIODS.get(one.unit) == _YEAR
        and one.value < _YEAR
        and not one.per
        and _is_said(one, "budget.months_paid", "budget.months_counted")
    ]
    yearly = [one for one in text.figures if one.dimension == "money" and one.parts == 1]
    return any(fits_budget(one.value * number / _YEAR, budget) for one in yearly for number in months)


def _is_share(text: Narrative, budget: Decimal) -> bool:
    """Is the budget what a share that is given makes of the amount in front of it (年亏损240万元，市级补贴40%), or of all?"""
    total = sum_of(text.entries[:1]) if len(text.entries) == 1 else None
    return any(
        fits_budget(whole * rate.value / 100, budget)
        for one, rate in pairwise(text.figures)
        if rate.dimension == "share" and _is_said(rate, "budget.share_given", "budget.share_taken")
        for whole in (total, one.value if one.dimension == "money" else None)
        if whole is not None
    )


def _is_said(figure: Figure, before: str, behind: str) -> bool:
    """Does an expression end in front of a figure, or another begin behind it?"""
    return finds(figure.lead, before) or expression(behind).match(figure.tail) is not None


def _is_budget(figure: Figure, budget: Decimal) -> bool:
    return abs(figure.value - budget) <= figure.half or (
        figure.bound == "~" and abs(figure.value - budget) <= budget / 10
    )


def fits_budget(total: Decimal, budget: Decimal) -> bool:
    """Is a sum the budget, or what was rounded up to it?"""
    rounded = Decimal(0) < budget - total <= min(Decimal(1000), budget / 2000)
    return abs(total - budget) < Decimal("0.5") or rounded


def wholes(table: Table, budget: Decimal, limits: Mapping[str, Any]) -> Iterator[Whole]:
    """The amounts by which prose says that the whole project costs something else than the budget. ``limits``: one of
    more than so many ``times`` the budget is no slip of the pen for it; ``spare`` and ``exact`` are of ceilings."""
    kept = kept_amounts(table.goal).items()
    printed = [amount for label, amount in kept if amount and box_field(label) in OF_THE_WHOLE]
    for field, text in table.prose.items():
        if text.explained or known(text, budget, table.years):
            continue
        heads = {entry.head for entry in text.entries if entry.kind == "amount"}
        if any(_makes(text.entries, whole) for whole in (budget, *printed)):
            continue
        alone, of_money = len(text.entries) == 1, is_of_money(table, field)
        total_of = _top_total(text, table.year) or (_only_result(text, table.year) if of_money else None)
        claims = [f for f in text.figures if f in heads and (f is total_of or _claims(f, alone))]
        claims = [one for one in _of_all(claims) or claims if not _of_other_year(text, one, table.year)]
        if len({figure.value for figure in claims}) != 1:
            continue
        figure = claims[0]
        if _is_printed(figure, printed) or _is_of_source(figure, table.goal.funding_yuan or {}):
            continue
        several = of_years(text.text) or len({one.year for one in text.years}) > 1
        # 总投资3亿元的水厂 is a thing that this project works on, and not what the project costs.
        other = several or text.text[figure.span[1] : figure.span[1] + 1] == "的"
        if other and contains_any(figure.lead, "figures.invested"):
            continue
        if figure.bound == "<=" and figure.value >= budget and not _wrong_ceiling(figure, budget, limits):
            continue
        if figure.value < budget and _of_one_kind(figure.lead, table.title):
            continue
        if figure.value < budget and _has_rest(text, figure, budget):
            continue
        if field == "cycle_goal" and not figure.parts:
            continue
        if figure.value > int(limits["times"]) * budget and not scaled(figure.value, budget):
            # What firms invest or a county spends, of which this project is a small part.
            continue
        # The result of a calculation may be what one thing costs; one of several tasks costs less than all.
        made = [one for one in text.relations if one.result is figure and one.kind in ("product", "period")]
        if made and figure.value < budget and _other_tasks(text, made):
            continue
        if made and abs(figure.value - budget) <= figure.step:
            continue  # both are rounded
        if figure is total_of and several_years(table, figure.value, budget):
            continue
        if figure is total_of and not _claims(figure, alone):
            yield Whole(field, figure, None if of_money and not made else "total")
        else:
            yield Whole(field, figure, None if alone and not made else "beside")


def _makes(entries: list[Term], whole: Decimal) -> bool:
    """Are all entries of a text a whole, or all that are no calculation?"""
    sums = (sum_of(entries), sum_of([one for one in entries if one.kind == "amount"]))
    return any(total is not None and fits_budget(total, whole) for total in sums)


def _is_printed(figure: Figure, printed: list[Decimal]) -> bool:
    """Is an amount what the form prints for the whole, and not said to be that of the year?"""
    if finds(figure.lead, "budget.of_year"):
        return False
    return any(abs(figure.value - whole) <= figure.half for whole in printed)


def _is_of_source(figure: Figure, sources: Mapping[str, Decimal]) -> bool:
    """Is it what a source gives, by its printed name and with its printed amount?"""
    name = expression("budget.source_named").fullmatch(figure.lead)
    printed = sources.get(name["source"]) if name is not None else None
    return printed is not None and abs(figure.value - printed) <= figure.half


def _top_total(text: Narrative, year: int | None) -> Figure | None:
    """The total of all the money that a text lists, where nothing but a word of the total stands in front of it and its parts
    make it."""
    if len(text.entries) != 1 or of_other_years(text, text.entries, year):
        return None
    head = text.entries[0].head
    made = [one for one in text.relations if one.result is head and one.kind in ("sum", "parts")]
    parts = [term for one in made if one.holds for term in one.terms]
    if not head.total or len(parts) < _FEWEST_PARTS or any(term.past or term.quoted for term in parts):
        return None
    return head if expression("budget.of_all").fullmatch(head.lead) else None


def _only_result(text: Narrative, year: int | None) -> Figure | None:
    """The result of the one calculation of a text, where it prints no other money and counts nothing else that is to be done."""
    if len(text.entries) != 1 or of_other_years(text, text.entries, year) or of_years(text.text):
        return None
    head = text.entries[0].head
    if cues().opened.search(text.text) or len(text.items) > 1:
        return None  # other items are paid for too
    made = [one for one in text.relations if one.result is head and one.kind in ("product", "period")]
    held = bool(made) and all(one.holds for one in made)
    return head if held and head.bound == "=" and not _other_tasks(text, made) else None


def is_of_money(table: Table, field: str) -> bool:
    """Does the label of a text say that it is about the money of the project (测算依据, 资金用途)? Without a label of its own a
    purpose is one."""
    label = table.goal.headings.get(field, field)
    return field not in GOALS and (label == "purpose" or finds(label, "budget.of_money"))


def _has_rest(text: Narrative, figure: Figure, budget: Decimal) -> bool:
    """Does the budget pay for more: what makes it with an amount, or is not told (其余为设备), or stands beside it (另需20万元)?"""
    behind = [one for one in text.entries if one.start > figure.span[1]]
    told = any(cues().drops.search(one.head.lead) for one in behind)
    if told or expression("budget.set_aside").search(text.text, figure.span[1]):
        return True
    more = sum((one.value or Decimal(0) for one in behind), Decimal(0))
    open_behind = opened_behind(text.text, figure.span[1], figure.unit)
    return open_behind and (not behind or fits_budget(figure.value + more, budget))


def _wrong_ceiling(ceiling: Figure, budget: Decimal, limits: Mapping[str, Any]) -> bool:
    """Is a ceiling the budget with a wrong figure in it, and none that leaves something to spare: printed as long as
    that, or far above it?"""
    exact = ceiling.step * 100 <= Decimal(str(limits["exact"])) * budget and not budget % ceiling.step
    above = ceiling.value * 100 > budget * Decimal(str(limits["spare"]))
    return (exact or above) and misprinted(ceiling, budget)


def _other_tasks(text: Narrative, made: list[Relation]) -> bool:
    """Does a text count further things to be done, beside those that a calculation is made of?"""
    factors = {term.value for one in made for term in one.terms}
    return any(
        not (count.background or count.quoted or count.per) and count.number not in factors
        for count in text.counts
    )


def scaled(amount: Decimal, budget: Decimal) -> bool:
    """Is an amount the budget in another unit (万元 written for 元)?"""
    return amount.normalize().as_tuple().digits == budget.normalize().as_tuple().digits


def _claims(figure: Figure, alone: bool) -> bool:
    """Is it said of an amount that the project costs it?"""
    lead = figure.lead[-_NEAR_CUE:]
    if figure.price or figure.past or figure.quoted or figure.depth or figure.years or figure.low is not None:
        return False
    if cues().moved.search(lead) or EACH_OF.search(lead):
        return False  # 预算增加12万元, 投入增至8亿元, 预算分别为32万元、60万元
    if cues().drops.search(lead):
        # 另安排X: beside what was named before.
        return False
    if figure.bound not in ("=", "<=") or cues().excluded.search(lead) or (figure.parts or 1) > 1:
        return False
    general = cues().money_in_general.search(lead) or expression("budget.funds_behind").match(figure.tail)
    if cues().wholes.search(lead) is not None:
        return True
    # The only amount of a text, with a word of spending in front of it or its use behind it.
    used = (not figure.lead or finds(figure.lead, "budget.paid")) and expression("budget.used").match(
        figure.tail
    ) is not None
    spent = general is not None or used or finds(lead, "budget.spent")
    return alone and figure.parts is None and spent


def _of_other_year(text: Narrative, figure: Figure, year: int | None) -> bool:
    """Do the words in front of an amount name another year than that of the table (2023年预算数375万元)?"""
    end = figure.span[0]
    start = end - len(figure.lead)
    named = [
        one for one in text.years if start <= one.span[0] < end and not (one.document_number or one.money)
    ]
    return bool(named and year) and not any(one.year <= (year or 0) <= one.last for one in named)


def _of_all(claims: list[Figure]) -> list[Figure]:
    """The claim that nothing but a word of the total stands in front of, where it is more than each of the others
    (投入40万元，总投入130万元)."""
    general = [one for one in claims if one.total and expression("budget.of_all").fullmatch(one.lead)]
    most = max((one.value for one in claims if one not in general), default=Decimal(0))
    return [one for one in general if one.value > most]


def _of_one_kind(lead: str, title: str) -> bool:
    """Is an amount one kind of expense (安排人员经费30万元) of a project that is about something else?"""
    kind = expression("budget.kind_of_expense").search(lead)
    return kind is not None and kind[1] not in title


def of_years(text: str) -> bool:
    """Does a text speak of several years or sources, of which this budget may be one?"""
    if contains_any(text, "figures.of_years"):
        return True
    return (_YEARS_ON.search(text) or expression("budget.several_years").search(text)) is not None


def yearly(table: Table, budget: Decimal) -> Iterator[Whole]:
    """Amounts for every year that are the only money of their text and not the budget."""
    for field in ("annual_goal", "cycle_goal"):
        text = table.prose.get(field)
        if text is None or text.explained or len(text.entries) != 1:
            continue
        over = [one for one in text.relations if one.kind == "years"]
        figure = over[0].terms[0] if len(over) == 1 else text.entries[0].head
        if known(text, budget, None) or (not over and _of_named_years(text, figure, budget)):
            continue
        alone = figure.parts == 1 and text.entries[0].kind == "amount"
        stated = figure.bound == "=" and not (figure.past or figure.quoted or figure.per)
        if (
            alone
            and stated
            and not (finds(text.text, "budget.each") or finds(text.text, "budget.several_years"))
        ):
            yield Whole(field, figure, None)


def _of_named_years(text: Narrative, figure: Figure, budget: Decimal) -> bool:
    """Is the budget so much a year for a number of years that the text names (每年3万元，本次申请两年)?"""
    spans = [one.value for one in text.figures if one.unit == "年" and one.dimension == "time"]
    return any(fits_budget(figure.value * years, budget) for years in spans)


def sum_of(entries: list[Term]) -> Decimal | None:
    """The sum of the entries of a text, in 元; ``None`` where there are none or one has no value."""
    total = Decimal(0)
    for entry in entries:
        if entry.value is None:
            return None
        total += entry.value
    return total if entries else None


def of_other_years(text: Narrative, entries: list[Term], year: int | None) -> bool:
    """Is an amount in a sentence that speaks of another year alone (其中2023年水费…), or of one where that of the table is not
    known, or does a number behind another year make it (每村2万元，2025年支持10个村，2026年支持25个村)?"""
    clause_year = expression("stated_twice.clause_year").search
    said = (clause_year(one.lead) for entry in entries for one in entry.figures[1:])
    if any(found and int(found[1]) != year for found in said):
        return True
    places = {entry.head.sentence for entry in entries}
    for number, (first, end) in enumerate(text.sentences):
        if number in places:
            named = [one for one in text.years if first <= one.span[0] < end]
            named = [one for one in named if not (one.document_number or one.money)]
            if named and not (year and any(one.year <= year <= one.last for one in named)):
                return True
    return False


def several_years(table: Table, total: Decimal, budget: Decimal) -> bool:
    """Is a total a whole number of years of the budget, up to the years of the period or five?"""
    years = table.years or 1
    return any(fits_budget(total, budget * number) for number in range(2, max(years, 5) + 1))
