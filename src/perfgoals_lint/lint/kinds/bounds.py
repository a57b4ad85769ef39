"""Bounds that a page writes in the notation of the tables (``"≥85%"``), held against values.

Only the figures count here: whose figure it is, how often it is asked for and how it is averaged does not matter.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from perfgoals_lint import values
from perfgoals_lint.values import algebra
from perfgoals_lint.values.algebra import Interval
from perfgoals_lint.values.types import Constraint, Quantity
from perfgoals_lint.values.units import convert, measure_of


def quantities(constraint: Constraint) -> Iterator[Quantity]:
    """The quantities of a constraint: itself, or the parts of a compound."""
    if constraint.kind == "quantity":
        yield constraint
    elif constraint.kind == "compound":
        for part in constraint.parts:
            yield from quantities(part)


@lru_cache(256)
def bound_of(notation: str) -> Interval:
    """The interval of a bound. Raises ``ValueError`` for a notation that gives none."""
    constraint = values.parse(notation)
    found = _interval(constraint) if constraint.kind == "quantity" else None
    if found is None:
        raise ValueError(f"{notation!r} is no bound")
    return found


def meets(quantity: Quantity, bound: Interval) -> bool:
    """Does every figure that a quantity allows lie within the bound?"""
    given = _interval(quantity)
    return given is not None and algebra.within(given, bound)


def misses(quantity: Quantity, bound: Interval) -> bool:
    """Does a quantity of the bound's dimension end outside it, on a side that both of them limit?

    A ceiling does not miss a floor: which way a value must point is another question. A bound without a unit is one of
    the printed figure, whatever its unit.
    """
    bare = bound.axis.dimension == measure_of(None)[0]
    given = _interval(replace(quantity, unit=None) if bare else quantity)
    if given is None or given.axis != bound.axis:
        return False
    low = bound.low is not None and given.low is not None and given.low < bound.low
    high = bound.high is not None and given.high is not None and given.high > bound.high
    return low or high


def _interval(quantity: Quantity) -> Interval | None:
    found = algebra.interval(quantity, ignore_subject=True)
    if found is None:
        return None
    return found._replace(axis=algebra.Axis(found.axis.dimension, (), None, None, None))


def states(quantity: Quantity, figure: Quantity) -> bool:
    """Does a quantity name this figure, whatever its operator? A figure without a unit stands for all units."""
    if quantity.value is None or figure.value is None:
        return False
    if figure.unit is None or figure.unit == quantity.unit:
        return quantity.value == figure.value
    return convert(quantity.value, quantity.unit, figure.unit) == figure.value
