"""Which way a bound must point: costs, errors and waiting times are capped, results are not."""

from decimal import Decimal
from typing import Any

from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.lint.facts.heads import unit_dimension
from perfgoals_lint.lint.facts.names import NameAnalysis, analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.facts.stated import stated_figure
from perfgoals_lint.prose.figures import Bound, Figure
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.messages import entry
from perfgoals_lint.values.types import Quantity
from perfgoals_lint.values.units import convert

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_FLOORS = frozenset("≥≧＞>")
_OPPOSITE: dict[str, Bound] = {">=": "<=", ">": "<=", "<=": ">=", "<": ">="}


def wrong_direction(row: Row, rule: Rule) -> Violations:
    """PGK615: a cost, an error or a waiting time is not bounded from below, a result not from above."""
    for value in row.values:
        sign = value.text.strip()[:1]
        if value.kind == "deadline" and sign in _FLOORS and _is_due_by(row):
            yield Violation(row=row, field=value.field, span=value.span, case="date", args={"sign": sign})
            return
        case = _case(row, value, {key: Decimal(limit) for key, limit in rule.parameters.items()})
        if case and value.quantity:
            yield Violation(
                row=row, field=value.field, span=value.span, case=case, args=_args(row, value.quantity, case)
            )
            return
    if row.annual is not None and (said := _otherwise(row, row.annual)) is not None:
        words = f"{said.lead}{said.raw}{said.behind}".strip("，。；、 ")
        yield Violation(
            row=row, field="annual_value", span=row.annual.span, case="goal", args={"stated": words}
        )


def _is_due_by(row: Row) -> bool:
    """Does a name ask by when something is done, not when it begins or how long it lasts?"""
    dated = row.class2 == "timeliness" and ends_with_any(row.name, "figures.date_names")
    return dated and not finds(row.name, "wrong_direction.lasting")


def _otherwise(row: Row, value: Value) -> Figure | None:
    """The figure of the annual goal that a value has with the other sign: at most so much there, at least so much here."""
    goal, bound = row.table.goals.get("annual_goal"), value.quantity
    if goal is None or bound is None or bound.op not in _OPPOSITE:
        return None
    said = stated_figure(row, value, goal)
    if said is None or said.bound != _OPPOSITE[bound.op] or said.low is not None:
        return None
    return said if convert(said.value, said.unit, bound.unit) == bound.value else None


def _args(row: Row, bound: Quantity, case: str) -> dict[str, Any]:
    kind = "money" if bound.unit == "元" else analyse(row.name).kind
    ways = entry("engine", f"ways.{'higher' if case == 'higher' else 'lower'}")
    return {"sign": _SIGNS[bound.op], "way": ways.get(kind, ways["other"])}


def _case(row: Row, value: Value, limits: dict[str, Decimal]) -> str | None:
    bound = value.quantity
    if bound is None:
        return None
    timed, measured = analyse(row.name).kind == "time", unit_dimension(bound.unit)
    if timed and measured not in ("time", "share", None):
        return None  # the unit says that no time is bounded, whatever the name ends in
    if measured == "time" and not timed and bound.op in ("<=", "<") and not _is_counted(analyse(row.name)):
        return None  # how long something takes is capped
    if bound.op in (">=", ">"):
        return _floored(row, bound, limits)
    return _capped(row, bound, limits) if bound.op in ("<=", "<") else None


def _floored(row: Row, bound: Quantity, limits: dict[str, Decimal]) -> str | None:
    """``lower`` for a floor under what should be low (``counted`` where it may be dealt with), ``small`` for one that nearly every share of a good thing passes,
    ``control`` for a cost control rate that asks for overspending."""
    # The name of the thing that is bounded may stand in the value; a rate named there is all that is bounded.
    own_rate = bound.unit == "%" and bound.subject is not None and bound.subject.endswith("率")
    named = [bound.subject or ""] if own_rate else [row.name, bound.subject or ""]
    if any(contains_any(name, "direction.cost_control") for name in named):
        return "control" if bound.unit == "%" and (bound.value or Decimal(0)) >= 100 else None
    said = analyse(row.name)
    if bound.unit == "%" and not own_rate and said.kind == "money":
        # A share of a sum of money is how much of it is spent.
        return None
    if bound.change or not bound.value:
        return None
    if said.guessed and _doubted(row, bound, said.kind, limits):
        return None
    saved = (
        said.polarity == "higher"
        # Money for those who have a right to it: a floor protects them, a ceiling the budget.
        or expression("wrong_direction.handed_out").search(said.text)
        or (expression("wrong_direction.provision").search(f"{said.text} {bound.text}") and not said.capped)
        or contains_any(row.name, "direction.savings")
    )
    if row.is_cost and bound.unit == "元" and not saved:
        return "lower"
    if row.class2 == "quantity" and said.kind == "count" and contains_any(row.name, "direction.caseload"):
        return None
    if any(analyse(name).polarity == "lower" for name in named if name):
        return "counted" if _may_be_handled(row, said) else "lower"
    small = _share(bound) <= limits["bad_share"] and _is_plain_share(row, said)
    return "small" if small and not contains_any(row.name, "direction.rare") else None


def _may_be_handled(row: Row, said: NameAnalysis) -> bool:
    """Is it so many of something bad among the outputs, which may be what the work is about (失独人数), and nothing that
    befalls (事故起数)?"""
    counted = row.class2 == "quantity" and said.kind in ("count", "measure")
    return counted and not ends_with_any(said.text, "names.mishap_heads")


def _doubted(row: Row, bound: Quantity, kind: str, limits: dict[str, Decimal]) -> bool:
    """Is a name that only a morpheme makes bad not believed? Nobody asks for so high a share of a bad thing (三年戒断率
    ≥40%), and what stands among the quantities may be work on it."""
    if kind == "rate":
        return _share(bound) >= limits["guessed_share"]
    return row.class2 in (None, "quantity")


def _share(bound: Quantity) -> Decimal:
    """A bound in per cent; all of the whole where it is no share."""
    return (
        (bound.value or Decimal(0)) / {"%": 1, "‰": 10}[bound.unit]
        if bound.unit in ("%", "‰")
        else Decimal(100)
    )


def _is_plain_share(row: Row, said: NameAnalysis) -> bool:
    """Is it a share of its own base, of quality or a benefit other than the economy's, of which the name tells no side?"""
    compared = contains_any(row.name, "exceeding_rates") or contains_any(row.name, "cost_rates")
    classed = row.class2 == "quality" or (row.class1 == "benefit" and row.class2 != "economic")
    return said.kind == "rate" and said.polarity is None and classed and not compared


def _is_counted(said: NameAnalysis) -> bool:
    """Is a stretch of time counted like any other thing: so many days of a kind, or what is saved of a time?"""
    return said.head in words("names.counted_times") or finds(said.text, "names.saved_time")


def _is_wanted(said: NameAnalysis) -> bool:
    """Is it the share of a good state, or of what was done about that which is capped (公务用车完好率, 重复信访化解率)?"""
    wanted = said.kind == "rate" and said.polarity == "higher" and not said.guessed
    return wanted and not matcher("names.capped").search(said.text, len(said.measured) - 2)


def _capped(row: Row, bound: Quantity, limits: dict[str, Decimal]) -> str | None:
    """``output`` for a ceiling on work to be done (``open``: on something else that is counted), ``higher`` for one on what should be high."""
    said = analyse(row.name)
    if (said.capped and not _is_wanted(said)) or row.is_cost or bound.change or said.polarity == "lower":
        return None
    if (
        row.class1 == "output"
        and row.class2 in (None, "quantity")
        and is_count(bound)
        and said.kind not in ("money", "index")
    ):
        if contains_any(row.name, "direction.expenses") or said.kind == "time":
            return None
        return "output" if said.act or said.effect or said.polarity else "open"
    if row.class1 == "satisfaction" and bound.unit == "分":
        return "higher"
    if limits["good_share"] <= _share(bound) < 100 and _is_plain_share(row, said):
        return "higher"
    if (
        said.polarity != "higher"
        or said.kind == "index"
        or (row.class1 != "benefit" and (said.guessed or said.kind == "time"))
        or (bound.unit in words("relevance.time_units") and not _is_counted(said))
    ):
        return None
    if bound.unit == "%" and (bound.value or 0) >= 100:
        return None
    money = said.kind == "money" or bound.unit == "元"
    return None if money and row.class1 != "benefit" else "higher"
