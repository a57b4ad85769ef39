"""Reading one value: normalise, parse, tell the roles, build the constraint."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.text import is_chinese
from perfgoals_lint.values import joined, types, wording
from perfgoals_lint.values import plain as fast
from perfgoals_lint.values.notation import Normal, Text, bare, normalise, simplified
from perfgoals_lint.values.units import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals_lint.rulebook.lexing import Parser

_REMEMBERED = 1 << 13


@lru_cache(_REMEMBERED)
def parse(text: str, name: str | None = None, year: int | None = None) -> types.Constraint:
    """The constraint that a target value states.

    ``name`` is the indicator's name: it tells the unit when the value has none, and whether the value only repeats it.
    ``year`` fills dates without a year. Never raises; what cannot be read whole is a ``Statement``. Results are
    remembered and shared: do not change them.
    """
    if not text or text.isspace():
        return types.Empty(text)
    made = fast.read(text)
    if made is not None:
        return made if name is None else _named(made, text, name)
    normal = normalise(text)
    plain = normal.text
    if not plain:
        return types.Empty(text)
    found: types.Constraint | None = joined.read(normal, text, lambda one: parse(one, None, year))
    if found is None and plain != text:
        found = _respelled(normal, text)
    if found is None:
        found = wording.bare(plain, text)
    if found is None:
        lists = wording.words()
        if len(plain) > lists.longest or wording.crowded(plain):
            found = types.Statement(text)
        elif wording.damaged(plain):
            found = (
                types.ImpossibleDate(text) if wording.no_month(plain) else types.Statement(text, suspect=True)
            )
        elif lists.telling.search(plain) is None:
            found = wording.worded(plain, text)
        else:
            found = _read(normal, text, year)
    return found if name is None else _named(found, plain, name)


def _respelled(normal: Normal, given: str) -> types.Quantity | None:
    """What the fast path reads in the one spelling of a value, with the words and places of the value as given."""
    made = fast.read(normal.text)
    if made is None or made.span is None:
        return None
    start, end = made.span
    text = Text(normal, given)
    # Words and units stay as written, so that they must be the same in both spellings.
    if made.subject is not None and text.cut(0, start) != normal.text[:start]:
        return None
    if made.unit is not None and made.unit != "%" and made.unit not in given:
        return None
    made.text, made.span = given, text.place(start, end)
    return made


def is_whole(text: str) -> bool:
    """Is a text from its first character to its last a figure or a time (≥93%, 2026年11月底前), as no name is?"""
    if not text or not _may_open(text[0]):
        return False
    return getattr(parse(text), "span", None) == (0, len(text))


@lru_cache(_REMEMBERED)
def _may_open(character: str) -> bool:
    """May a value begin with a character as a part of what it states? The grammar takes Chinese that opens none of its
    words and no unit as words in front of the value, which are no part of it."""
    first = simplified(character)
    return not is_chinese(first) or _opening().match(first) is not None


@cache
def _opening() -> re.Pattern[str]:
    from perfgoals_lint.values.grammar import stops

    units = re.escape("".join(sorted({unit[0] for unit in table().canonical})))
    return compiled(f"[{stops()}{units}]")


def _read(normal: Normal, text: str, year: int | None) -> types.Constraint:
    tools = _tools()
    normal = bare(normal)
    change = _change(normal.text, text, year)
    if change is not None:
        return change
    try:
        tree: Any = tools.parser.parse(normal.text)
    except tools.failure:
        return types.Statement(text)
    found = tools.build(tree, normal, text, year)
    hours = _HOURS.search(normal.text) if isinstance(found, types.Statement) else None
    return types.PeriodValue(text, span=Text(normal, text).place(*hours.span())) if hours else found


_CLOCK = r"(?:[01]?\d|2[0-4])(?:[时点]|点钟|:[0-5]\d)(?:[0-5]?\d分|半)?"
_HOURS = compiled(rf"(?<![\d.]){_CLOCK}[-~至到](?:次日|翌日|第二天)?{_CLOCK}(?!\d)")
"""Hours of the day (9时至17时): a stretch of time, no amount."""
_CHANGED = compiled(
    r"(?P<before>[^→\d]{0,20}?)(?:由|从)?(?P<from>-?\d[^→]{0,12}?)(?:→|->|变为|变更为|调整为|调整到|转为)(?P<to>-?\d[^→,;]{0,12}?)"
    r"(?:,?\((?P<rate>[^()]{1,10})\))?"
)


def _change(plain: str, text: str, year: int | None) -> types.Change | None:
    """The change between two plain amounts of one unit (85起→45起); ``None`` when the text states none."""
    found = _CHANGED.fullmatch(plain)
    if found is None:
        return None
    ends = [parse(found[name], None, year) for name in ("from", "to")]
    rate = parse(found["rate"]) if found["rate"] else None
    start, end = ends
    if not (isinstance(start, types.Quantity) and isinstance(end, types.Quantity)):
        return None
    if (
        start.value is None
        or end.value is None
        or start.op_stated
        or end.op_stated
        or start.per != end.per
        or start.per
    ):
        return None
    if end.unit != start.unit and None not in {start.unit, end.unit}:
        return None
    made = types.Change(
        text, start.value, end.value, end.unit or start.unit, subject=found["before"].rstrip(":") or None
    )
    made.unit_standard = end.unit_standard or start.unit_standard
    if isinstance(rate, types.Quantity) and rate.unit == "%":
        made.rate = rate.value
    elif found["rate"]:
        made.note = found["rate"]
    return made


class _Tools(NamedTuple):
    """What reading needs beyond word lists, imported when the first value needs it."""

    parser: Parser
    failure: type[Exception]
    build: Callable[[Any, Normal, str, int | None], types.Constraint]


@cache
def _tools() -> _Tools:
    from perfgoals_lint.rulebook.lexing import UnreadableError
    from perfgoals_lint.values.building import build
    from perfgoals_lint.values.grammar import load
    from perfgoals_lint.values.reading import ValueBuilder

    return _Tools(load(ValueBuilder()), UnreadableError, build)


def _named(found: types.Constraint, text: str, name: str) -> types.Constraint:
    """The constraint seen beside the indicator's name."""
    from perfgoals_lint.values.naming import beside

    return beside(found, text, name)
