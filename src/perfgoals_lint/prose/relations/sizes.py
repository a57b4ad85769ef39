"""Sides of one thing, and the area or the space that they make."""

from collections.abc import Iterator
from decimal import Decimal
from math import prod

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, fits, in_unit, misprinted
from perfgoals_lint.rulebook.patterns import compiled

_SIDE = compiled("(?:长|宽|高|深|厚)度?[约为：:]{0,2}$")
_SIZES = {2: ("面积", "平"), 3: ("体积", "立方")}
_FLOORS = Decimal("1.5")
_METRES = frozenset({"米", "m"})


def sizes(figures: list[Figure]) -> Iterator[Relation]:
    """长A米、宽B米，面积C平方米: the sides of one thing and what they make."""
    for index, result in enumerate(figures):
        for number, (name, unit) in _SIZES.items():
            if name not in result.lead or not result.unit.startswith(unit):
                continue
            sides = figures[max(0, index - number) : index]
            if len(sides) < number or not all(
                one.unit in _METRES and _SIDE.search(one.lead) for one in sides
            ):
                continue
            if any(one.bound != "=" or one.sentence != result.sentence for one in (*sides, result)):
                continue
            computed = prod((one.value for one in sides), start=Decimal(1))
            expression = f"{' × '.join(one.raw for one in sides)} = {in_unit(computed, result)}"
            slack = sum((computed * one.half / one.value for one in sides if one.decimals), Decimal(0))
            holds = fits(computed, result, slack) or (None if _of_floors(computed, result) else False)
            yield Relation("product", sides, result, computed, holds, expression)


def _of_floors(computed: Decimal, result: Figure) -> bool:
    """May an area be that of several floors or wings, as it is far more than its sides make, and no slip of the pen?"""
    return result.value > computed * _FLOORS and not misprinted(result, computed)
