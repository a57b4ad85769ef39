"""Interval algebra on constraints: what a target allows, and how two targets stand to each other.

A quantity is an interval on one axis (the dimension of its unit, its denominators, its aggregate and its subject).
Only quantities on the same axis compare, and rates over a stretch of time with rates over a longer one that is a whole
number of it; everything else is incomparable, and ``entails``, ``contradicts`` and ``equal`` are then false.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from perfgoals_lint.values.types import Compound, Constraint, Measure, Quantity
from perfgoals_lint.values.units import convert, measure_of, smallest, table

Direction: TypeAlias = Literal["higher", "lower", "exact"]
Denominators: TypeAlias = tuple[tuple[str | None, Decimal], ...]


class Axis(NamedTuple):
    """What is measured: two intervals compare only when this is equal."""

    dimension: str | None
    per: Denominators
    subject: str | None
    aggregate: str | None
    over: tuple[str | None, Decimal] | None
    reference: str | None = None
    object: str | None = None
    by: str | None = None
    """The day until which the figure is meant, where the text names one."""


class Interval(NamedTuple):
    """The figures that a bound allows, in base units of its axis; ``None`` is unbounded."""

    axis: Axis
    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def contains(self, value: Decimal) -> bool:
        """Does the bound hold for a figure in base units?"""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below


def parts_of(constraint: Constraint) -> list[Constraint]:
    """The parts of a compound; any other constraint alone."""
    return constraint.parts if constraint.kind == "compound" else [constraint]


def interval(quantity: Quantity, ignore_subject: bool = False) -> Interval | None:
    """The interval of a quantity in base units; ``None`` for an approximate one (``~``) or one without a figure."""
    dimension, size = measure_of(quantity.unit)
    span = None if quantity.over is None else _sized(quantity.over)
    subject = None if ignore_subject else quantity.subject
    by = None if quantity.deadline is None else quantity.deadline.date or quantity.deadline.text
    named = () if ignore_subject else (quantity.reference, quantity.object, by)
    axis = Axis(dimension, _denominators(quantity), subject, quantity.aggregate, span, *named)
    if quantity.op == "between":
        if quantity.low is None or quantity.high is None:
            return None
        low, high = quantity.low * size, quantity.high * size
        return Interval(axis, low, high, quantity.low_op == ">", quantity.high_op == "<")
    if quantity.value is None or quantity.op == "~":
        return None
    value, op = quantity.value * size, quantity.op
    floor, ceiling = op in ("=", ">=", ">"), op in ("=", "<=", "<")
    return Interval(axis, value if floor else None, value if ceiling else None, op == ">", op == "<")


def _denominators(quantity: Quantity) -> Denominators:
    if not quantity.per:
        return ()
    return tuple(sorted(map(_sized, quantity.per), key=lambda one: (one[0] or "", one[1])))


def _sized(measure: Measure) -> tuple[str | None, Decimal]:
    dimension, size = measure_of(measure.unit)
    return dimension, measure.count * size


def entails(a: Constraint, b: Constraint) -> bool:
    """Does everything that meets ``a`` meet ``b``? ≥95% entails ≥90%, ≥1次/月 entails ≥12次/年.

    A compound is the conjunction of its parts.
    """
    if isinstance(a, Compound) and a.alternative:
        return bool(a.parts) and all(entails(part, b) for part in a.parts)
    if isinstance(b, Compound):
        every = any if b.alternative else all
        return bool(b.parts) and every(entails(a, part) for part in b.parts)
    if isinstance(a, Compound):
        return any(entails(part, b) for part in a.parts)
    one, other = _intervals(a, b)
    if one is None or other is None:
        return False
    if one.axis != other.axis:
        one = _over(one, other.axis)
    return one is not None and within(one, other)


def _over(a: Interval, axis: Axis) -> Interval | None:
    """What a bound on each short stretch of time says of each longer one: ≥1次/季度 is ≥4次/年.

    ``None`` when the axes differ in more, when the longer stretch is no whole number of the shorter, or when figures
    of this kind do not add up over time (per cent, degrees). The other way there is nothing to say: ≥4次/年 may all
    fall into one quarter.
    """
    known = table()
    if a.axis._replace(per=axis.per) != axis or axis.dimension in known.levels:
        return None
    short, long = set(a.axis.per) - set(axis.per), set(axis.per) - set(a.axis.per)
    if len(short) != 1 or len(long) != 1 or len(a.axis.per) != len(axis.per):
        return None
    (dimension, step), (other, span) = *short, *long
    if dimension != other or dimension not in known.times or span % step:
        return None
    times = span / step
    low, high = (None if one is None else one * times for one in (a.low, a.high))
    return a._replace(axis=axis, low=low, high=high)


def within(a: Interval, b: Interval) -> bool:
    """Does interval ``b`` hold all of ``a``?"""
    if a.axis != b.axis:
        return False
    low = b.low is None or (
        a.low is not None and (a.low > b.low or (a.low == b.low and (a.low_open or not b.low_open)))
    )
    high = b.high is None or (
        a.high is not None and (a.high < b.high or (a.high == b.high and (a.high_open or not b.high_open)))
    )
    return low and high


def contradicts(a: Constraint, b: Constraint) -> bool:
    """Can no figure meet both? ≥95% contradicts ≤90%. Symmetric."""
    for whole, rest in ((a, b), (b, a)):
        if isinstance(whole, Compound):
            some = all if whole.alternative else any
            return bool(whole.parts) and some(contradicts(part, rest) for part in whole.parts)
    one, other = _intervals(a, b)
    if one is None or other is None:
        return False
    if one.axis == other.axis:
        return _apart(one, other)
    longer, shorter = _over(one, other.axis), _over(other, one.axis)
    return (longer is not None and _apart(longer, other)) or (shorter is not None and _apart(one, shorter))


def _apart(a: Interval, b: Interval) -> bool:
    return _below(a, b) or _below(b, a)


def _below(a: Interval, b: Interval) -> bool:
    if a.high is None or b.low is None:
        return False
    return a.high < b.low or (a.high == b.low and (a.high_open or b.low_open))


def equal(a: Constraint, b: Constraint) -> bool:
    """Do the two allow the same figures? ≥1.2万元 equals ≥12000元."""
    return entails(a, b) and entails(b, a)


def _intervals(a: Constraint, b: Constraint) -> tuple[Interval | None, Interval | None]:
    if not (isinstance(a, Quantity) and isinstance(b, Quantity)):
        return None, None
    return interval(a), interval(b)


def union(a: Quantity, b: Quantity) -> Interval | None:
    """The smallest interval that holds both; ``None`` when they are not on one axis."""
    one, other = interval(a), interval(b)
    if one is None or other is None or one.axis != other.axis:
        return None
    low, low_open = _outer(one.low, one.low_open, other.low, other.low_open, lower=True)
    high, high_open = _outer(one.high, one.high_open, other.high, other.high_open, lower=False)
    return Interval(one.axis, low, high, low_open, high_open)


def _outer(
    a: Decimal | None, a_open: bool, b: Decimal | None, b_open: bool, lower: bool
) -> tuple[Decimal | None, bool]:
    if a is None or b is None:
        return None, False
    if a == b:
        return a, a_open and b_open
    return (a, a_open) if (a < b) == lower else (b, b_open)


_BETTER: dict[str, Direction] = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower"}


def direction(constraint: Constraint) -> Direction | None:
    """Which way is better by the operator: ``higher`` for ≥ >, ``lower`` for ≤ <, ``exact`` for a stated = and a range;
    ``None`` when the text does not tell."""
    op: str = getattr(constraint, "op", "")
    stated = isinstance(constraint, Quantity) and constraint.op_stated
    return "exact" if op == "between" or (op == "=" and stated) else _BETTER.get(op)


def years_of(measure: Measure | None) -> Decimal | None:
    """The length of a span in years (三年 is 3, 6个月 is 0.5); ``None`` for other units."""
    return None if measure is None else convert(measure.count, measure.unit, "年")


def total_over(quantity: Quantity, years: Decimal) -> Decimal | None:
    """The figure for a whole period of ``years``, in the quantity's unit.

    A rate per stretch of time is multiplied (每两年1个 in four years is 2), a figure over a stated span is taken as it
    is when the span is the period; a bare figure is that of the period. ``None`` when the text does not say (another
    span, two denominators of time, a rate in percent, a range).
    """
    if quantity.value is None:
        return None
    times = [length for one in quantity.per if (length := years_of(one))]
    if quantity.over is not None:
        return quantity.value if not times and years_of(quantity.over) == years else None
    if not times:
        return quantity.value
    if len(times) > 1 or measure_of(quantity.unit)[0] == measure_of("%")[0]:
        return None
    return quantity.value * years / times[0]


def normalise(quantity: Quantity, years: Decimal | None = None) -> Quantity:
    """The quantity in the base unit of its dimension and, with ``years``, for the whole period.

    ``text``, ``span`` and the words around stay; a figure that cannot be taken over the period stays as written.
    """
    total = total_over(quantity, years) if years is not None else None
    if total is not None:
        kept = [one for one in quantity.per if not years_of(one)]
        span = Measure(years, "年") if years is not None else None
        quantity = replace(quantity, value=total, per=kept, over=span)
    base = None if quantity.unit is None else smallest(quantity.unit)
    if base is None or base == quantity.unit:
        return quantity
    figures = (quantity.value, quantity.low, quantity.high)
    value, low, high = (None if one is None else convert(one, quantity.unit, base) for one in figures)
    return replace(quantity, value=value, low=low, high=high, unit=base)
