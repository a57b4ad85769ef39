"""Values that no result can meet: fewer than none, more than all, an end before its beginning."""

from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.kinds.bounds import quantities
from perfgoals_lint.money import shown
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds, words
from perfgoals_lint.rulebook.messages import entry
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.algebra import parts_of
from perfgoals_lint.values.types import PeriodValue, Quantity
from perfgoals_lint.values.units import measure_of, table

_BRACKET = compiled(r"\s*[（(][^（）()]*[)）]\s*$")
_NUMERIC_DAY = compiled(
    r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d/.-])"
)
_YEAR = compiled(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def impossible_value(table: Table, rule: Rule) -> Violations:
    """PGF414: a value can be met, and a period or a range begins before it ends."""
    period = table.goal.period
    start, end = (period.start, period.end) if period is not None else (None, None)
    months = table.goal.months or (0, 0)
    if start is not None and end is not None and (start, months[0]) > (end, months[1]):
        of_one_year = start == end
        args = {
            "start": f"{start}-{months[0]:02d}" if of_one_year else str(start),
            "end": f"{end}-{months[1]:02d}" if of_one_year else str(end),
        }
        yield Violation(table=table, field="period", case="months" if of_one_year else "project", args=args)
    yield from _negative_money(table)
    for name, text in table.goals.items():
        span = _no_day(text.text, whole=True)
        if span:
            args = {"day": text.text[slice(*span)]}
            yield Violation(table=table, field=name, span=span, case="goal", args=args)
    for row in table.filled_rows:
        hit = _first(row)
        if hit is not None:
            yield hit


def _negative_money(table: Table) -> Violations:
    """The budget and its sources are never below zero."""
    goal = table.goal
    amounts = {"budget_yuan": goal.budget_yuan}
    amounts |= {f"funding_yuan.{source}": amount for source, amount in (goal.funding_yuan or {}).items()}
    for field, amount in amounts.items():
        if amount is not None and amount < 0:
            where = field.partition(".")[2] or entry("engine", f"boxes.{field}")
            args = {"where": where, "amount": shown(amount)}
            yield Violation(
                table=table,
                field=field.partition(".")[0],
                location=table.place(field),
                case="money",
                args=args,
            )


def _first(row: Row) -> Violation | None:
    for value in row.values:
        span = _no_day(value.text)
        if span:
            return Violation(row=row, field=value.field, span=span, case="calendar")
        for part in parts_of(value.constraint):
            if part.kind == "period" and _runs_backwards(part, value):
                return Violation(row=row, field=value.field, span=part.span, case="dates")
        for quantity in quantities(value.constraint):
            case = _case(value, quantity)
            if case:
                return Violation(row=row, field=value.field, span=quantity.span, case=case)
    return None


def _no_day(text: str, whole: bool = False) -> tuple[int, int] | None:
    """A month and day that no calendar has (2月30日, 13月), as a span, or ``None``; with ``whole``, as in prose, a month
    counts only beside its year or day: 工期18月 is a length."""
    for match in (*expression("impossible_value.day").finditer(text), *_NUMERIC_DAY.finditer(text)):
        if whole and not (match["year"] or match["day"]):
            continue
        month, day = int(match["month"]), int(match["day"] or 1)
        leap = match["year"] is None or _is_leap(int(match["year"]))
        longest = 29 if month == 2 and leap else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
        if not 1 <= month <= 12 or not 1 <= day <= longest:
            return match.span()
    return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _runs_backwards(period: PeriodValue, value: Value) -> bool:
    """Does a stretch of time end before it begins? One that names a single year may run over its end (11月至3月)."""
    start, end = period.start, period.end
    return start is not None and end is not None and start > end and len(_YEAR.findall(value.text)) > 1


def _case(value: Value, quantity: Quantity) -> str | None:
    figures = _figures(quantity)
    # What is compared with another figure may rise above it, or fall; ±3% is how far something may be off.
    if (
        not figures
        or quantity.change
        or quantity.reference
        or figures == [-figure for figure in figures[::-1]]
    ):
        return None
    if quantity.op == "between" and figures[0] > figures[1]:
        return "range" if _measures(quantity, figures[0]) else None
    named = _BRACKET.sub("", quantity.subject or value.row.name)
    if finds(named, "impossible_value.both_ways"):
        return None
    if finds(named, "impossible_value.fall"):
        return _fallen_too_far(quantity, figures, finds(named, "impossible_value.balance"))
    if quantity.unit == "%":
        if min(figures) < 0:
            return "negative" if _share_below_none(value.row.name, quantity) else None
        return _too_much(value.row.name, quantity) if max(figures) > 100 else None
    if min(figures) < 0:
        return "negative" if _below_none(value, quantity) else None
    return "fraction" if any(figure % 1 for figure in figures) and _whole(value, quantity) else None


def _fallen_too_far(quantity: Quantity, figures: list[Decimal], balance: bool) -> str | None:
    """What is wrong with a fall: it has the minus in its name, and at most all of it can go, but for a balance."""
    if min(figures) < 0:
        return "fall"
    if quantity.unit != "%" or max(figures) < 100 or balance:
        return None
    return "gone" if max(figures) > 100 else "zero" if quantity.op in (">=", ">") else None


def _measures(quantity: Quantity, first: Decimal) -> bool:
    """Is this a range of something measured, not the number of a thing (12-3号楼, 2024-1期) or a night (22-6点)?"""
    unit = quantity.unit
    known = unit in table().canonical and unit not in words("counting.clock")
    return known and not _YEAR.fullmatch(str(first))


def _figures(quantity: Quantity) -> list[Decimal]:
    given = (quantity.low, quantity.high) if quantity.op == "between" else (quantity.value,)
    return [figure for figure in given if figure is not None]


def _too_much(name: str, quantity: Quantity) -> str | None:
    """``rate`` for a known share of a whole beyond all of it, ``share`` for a rate that compares with nothing else."""
    if _of_a_whole(name, quantity):
        return "rate"
    named = _BRACKET.sub("", quantity.subject or name)
    said = analyse(named)
    compared = ("moving_rates", "stretched_rates", "exceeding_rates", "cost_rates")
    apart = any(contains_any(text, listed) for text in (name, named) for listed in compared)
    return "share" if said.kind == "rate" and said.polarity != "lower" and not apart else None


def _of_a_whole(name: str, quantity: Quantity) -> bool:
    """Is the rate a part of a whole, by the words in front of the figure or else by the indicator's name?"""
    named = _BRACKET.sub("", quantity.subject or name)
    if contains_any(name, "moving_rates") or contains_any(named, "moving_rates"):
        return False
    return ends_with_any(named, "bounded_rates") and not ends_with_any(named, "stretched_rates")


def _whole(value: Value, quantity: Quantity) -> bool:
    """Is something counted that comes in whole ones only? A mean, or so many for each of others, may be a fraction."""
    if quantity.unit not in words("counting.whole") or quantity.per or quantity.over or quantity.op == "~":
        return False
    if finds(quantity.subject or value.row.name, "impossible_value.norm"):
        return False
    named = f"{value.row.name} {quantity.subject or ''} {value.text}"
    mean = contains_any(named, "counting.means") or finds(named, "impossible_value.of_many")
    return not mean and not contains_any(named, "moving_rates")


def _share_below_none(name: str, quantity: Quantity) -> bool:
    """Is a share of a whole said to be less than nothing?"""
    plain_share = analyse(name).kind == "rate" and not contains_any(name, "moving_rates")
    return plain_share and quantity.op_stated and quantity.subject is None


def _below_none(value: Value, quantity: Quantity) -> bool:
    """Is a negative count meant? A change may be negative, and so may a temperature."""
    if quantity.unit is None or not is_count(quantity):
        return False
    if not quantity.op_stated and not finds(value.text, "impossible_value.minus"):
        return False
    named = f"{value.row.name} {quantity.subject or ''}"
    if contains_any(named, "moving_rates") or contains_any(named, "direction.savings"):
        return False
    dimension = measure_of(quantity.unit)[0]
    known = table().canonical
    signed = words("counting.signed")
    return (quantity.unit in known or dimension in known) and not {quantity.unit, dimension} & signed
