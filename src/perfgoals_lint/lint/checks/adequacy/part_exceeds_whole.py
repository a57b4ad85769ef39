from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import least_of
from perfgoals_lint.lint.facts.regions import place_of, region_of
from perfgoals_lint.lint.grouped import grouped
from perfgoals_lint.lint.suspects import FigurePlace, Suspect
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.text import squeeze
from perfgoals_lint.values.units import measure_of

_BRACKET = compiled(r"[（(][^（）()]*[)）]$")


class _PlaceFigure(NamedTuple):
    """A row as the figure of a place or body: what is counted, how large the place is where that is known, and whether
    the others are known to lie in it."""

    rest: str
    rank: int | None
    whole: bool


def _place_figures(row: Row) -> Iterator[_PlaceFigure]:
    """What a row is compared as: by the rank of its region, and with the whole or the parts of the issuing body."""
    if not row.filled or not row.values or _low(row) is None or not analyse(row.name).adds_up:
        return
    region = region_of(row.name)
    rank = _rank(region) if region else None
    if region and rank is not None:
        rest = _BRACKET.sub("", squeeze(row.name).replace(region, "", 1))
        body = f"{row.table.goal.unit or ''} {row.table.goal.department or ''}"
        # Two places by name need not contain each other.
        yield _PlaceFigure(rest, rank, place_of(row.name, body) == "whole")
    if whole := expression("part_exceeds_whole.whole").match(row.name):
        yield _PlaceFigure(row.name[whole.end() :], None, True)
    elif (part := expression("part_exceeds_whole.part").match(row.name)) and (
        rank is None or row.name[: part.start("rest")] != region
    ):
        yield _PlaceFigure(part["rest"], None, False)


def _key(row: Row, reading: _PlaceFigure) -> tuple[str, int | None, str | None]:
    quantity = row.values[0].quantity
    return reading.rest, row.year, measure_of(quantity.unit)[0] if quantity else None


@grouped(lambda row: list(dict.fromkeys(_key(row, reading) for reading in _place_figures(row))))
def part_exceeds_whole(view: DocumentView, rule: Rule) -> Violations:
    """PGA312: a district's figure is not more than that of the city it belongs to."""
    groups: dict[Hashable, list[tuple[_PlaceFigure, Row]]] = {}
    for table in view.tables:
        for row in () if table.withheld else table.filled_rows:
            for reading in _place_figures(row):
                groups.setdefault(_key(row, reading), []).append((reading, row))
    told: set[int] = set()
    for members in groups.values():
        wholes = [(reading, row) for reading, row in members if reading.whole]
        for part, row in members if wholes else ():
            whole = next((other for one, other in wholes if _is_less(one, other, part, row)), None)
            if whole is not None and id(row) not in told:
                told.add(id(row))
                yield _conflict(row, whole)
                break


def _is_less(whole: _PlaceFigure, of_whole: Row, part: _PlaceFigure, of_part: Row) -> bool:
    """Is a whole that a part lies in less than the part?"""
    if part.whole and (part.rank is None or whole.rank is None):
        return False
    if part.rank is not None and whole.rank is not None and whole.rank <= part.rank:
        return False
    low, most = _low(of_part), _low(of_whole)
    return low is not None and most is not None and low > most


def _rank(region: str) -> int | None:
    """How large a region is by its name; ``None`` for one of no rank (a port)."""
    ranks: dict[str, int] = lexicon("regions")["ranks"]
    return ranks.get(region[-1])


def _low(row: Row) -> Decimal | None:
    """The lower bound of an absolute figure in base units, or of an amount."""
    quantity = row.values[0].quantity
    if quantity is not None and quantity.unit == "元" and not quantity.per and not quantity.change:
        return quantity.value if quantity.op in ("=", ">=", ">") else None
    return least_of(quantity)


def _conflict(part: Row, whole: Row) -> Violation:
    first, other = sorted((part, whole), key=lambda row: (row.table.index, row.index))
    return Violation(
        row=first,
        field=first.values[0].field,
        span=first.values[0].span,
        args={
            "part": part.name,
            "low": part.values[0].text,
            "whole": whole.name,
            "high": whole.values[0].text,
        },
        related=[
            (
                "region",
                {"project": other.table.title, "other": other.values[0].text},
                other.place(other.values[0].field),
            )
        ],
        evidence={"expression": f"{part.values[0].text} > {whole.values[0].text}"},
        suspects=[
            Suspect(
                FigurePlace(row.index, row.values[0].field, None, row.table.index),
                row.values[0].text,
                None,
                None,
            )
            for row in (first, other)
        ],
    )
