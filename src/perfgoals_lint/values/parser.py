"""Reading one value: normalise, parse, tell the roles, build the constraint."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from perfgoals_lint.policy import lexicon
from perfgoals_lint.values import types, wording
from perfgoals_lint.values.notation import Normal, normalise

if TYPE_CHECKING:
    from lark import Lark

_REMEMBERED = 1 << 14


@lru_cache(_REMEMBERED)
def parse(text: str, name: str | None = None, year: int | None = None) -> types.Constraint:
    """The constraint that a target value states.

    ``name`` is the indicator's name: it tells the unit when the value has none, and whether the value only repeats it.
    ``year`` fills dates without a year. Never raises; what cannot be read whole is a ``Statement``. Results are
    remembered and shared: do not change them.
    """
    if not text or text.isspace():
        return types.Empty(text)
    normal = normalise(text)
    if not normal.text:
        return types.Empty(text)
    found = wording.bare(normal.text, text) or _read(normal, text, year)
    return found if name is None else _named(found, normal.text, name)


def _read(normal: Normal, text: str, year: int | None) -> types.Constraint:
    if len(normal.text) > lexicon("values")["longest_value"]:
        return types.Statement(text)
    if wording.damaged(normal.text):
        return types.Statement(text, suspect=True)
    from lark.exceptions import UnexpectedInput

    from perfgoals_lint.values.building import build

    try:
        tree: Any = _parser().parse(normal.text)
    except UnexpectedInput:
        return types.Statement(text)
    return build(tree, normal, text, year)


@cache
def _parser() -> Lark:
    from perfgoals_lint.values.grammar import load
    from perfgoals_lint.values.reading import Reader

    return load(Reader())


def _named(found: types.Constraint, text: str, name: str) -> types.Constraint:
    """The constraint seen beside the indicator's name."""
    from perfgoals_lint.values.naming import beside

    return beside(found, text, name)
