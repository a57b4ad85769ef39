"""What the indicator's name adds to its value: the unit that stands in the name, and whether the value is an echo."""

from dataclasses import replace
from decimal import Decimal

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import types
from perfgoals_lint.values.notation import normalise
from perfgoals_lint.values.units import measure_of, standard, table

_BRACKET = compiled(r"\((?:单位:?)?([^()]+)\)")
_LENGTHS = compiled("长|里程|管线|管网|管道|道路|宽|高度|深度")
_DATA = compiled("带宽|网速|流量|存储|容量|数据|网络")
_MARKS = compiled(r"[^\w%]|的")


def beside(found: types.Constraint, text: str, name: str) -> types.Constraint:
    """``found`` with the unit of the name, or a ``Name`` when the value only repeats the name.

    A unit in the name keeps its scale (万人次): the value stays as written, and ``units.measure_of`` knows the scale.
    """
    if isinstance(found, types.Quantity) and found.unit not in (None, "M"):
        return found  # as most values
    plain = normalise(name).text
    if isinstance(found, types.Statement | types.Judgement):
        return types.Name(found.text) if _MARKS.sub("", plain) == _MARKS.sub("", text) else found
    if isinstance(found, types.Quantity):
        return _with_unit(found, plain)
    if isinstance(found, types.Compound):
        parts = [
            _with_unit(part, plain) if isinstance(part, types.Quantity) else part for part in found.parts
        ]
        return replace(found, parts=parts)
    return found


def what_m_is(words: str) -> tuple[bool, str]:
    """Whether ``M`` behind a figure is in doubt, and its standard spelling: metres or megabytes, as the words tell."""
    if _DATA.search(words):
        return False, "M"
    return (False, "米") if _LENGTHS.search(words) else (True, "M")


def unit_in(name: str) -> list[str]:
    """The unit printed in brackets in a name, with its denominators (元/人); ``[]`` when the brackets hold no unit."""
    plain = normalise(name).text
    for inner in reversed(_BRACKET.findall(plain)):
        whole, *below = [inner] if _known(inner) else inner.split("/")
        if _known(whole) and all(map(_known, below)):
            return [whole, *below]
    return ["%"] if plain.endswith("%") else []


def _known(unit: str) -> bool:
    return standard(unit) in table().canonical or measure_of(unit)[0] != unit


def _with_unit(found: types.Quantity, name: str) -> types.Quantity:
    if found.unit == "M":
        suspect, known = what_m_is(name)
        return replace(found, suspect=suspect, unit_standard=known) if found.suspect else found
    if found.unit is not None or found.ratio is not None:
        return found
    units = unit_in(name)
    if not units:
        return found
    per = found.per or [types.Measure(Decimal(1), unit) for unit in units[1:]]
    return replace(found, unit=units[0], unit_source="name", per=per, unit_standard=standard(units[0]))
