"""Which rules can find something in rows of one kind, told from a few facts of the row, before any text is looked at.

A selector is *narrowed* to its conditions on facts that have few values: classes, what is filled, the kind, bound and
unit of the values, what the name's end says. Whatever the narrowed selector does not select, the whole one does not
either. Rows with the same facts (:func:`signature`) share the answer, so that a rule is asked of the rows alone that
it may be about.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.kinds.selector import ROW_FACTS, VALUE_FACTS

_OF_FIELDS = frozenset({"empty", "present"})
_FIELDS = ("level1", "level2", "level3", "values", "description", "basis", "weight", "number", "direction")
_UNITS = frozenset({"%", "‰", "元", "天", "年", "人"})
"""Units that rules ask for again and again; all others are one."""


def narrowed(spec: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The part of a row selector that the signature of a row settles, and is that all of it?"""
    kept: dict[str, Any] = {}
    whole = True
    for key, given in spec.items():
        if key in ROW_FACTS or (key in _OF_FIELDS and set(_listed(given)) <= set(_FIELDS)):
            kept[key] = given
        elif key == "value":
            value, all_of_it = _value(given)
            whole = whole and all_of_it
            kept[key] = value
        elif key == "any":
            parts = [narrowed(one) for one in given]
            whole = whole and all(one for _, one in parts)
            kept[key] = [part for part, _ in parts]
        elif key == "none":
            parts = [narrowed(one) for one in given]
            settled = [part for part, all_of_it in parts if all_of_it]
            whole = whole and len(settled) == len(parts)
            if settled:
                kept[key] = settled
        else:
            whole = False
    return kept, whole


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _value(spec: Any) -> tuple[dict[str, Any], bool]:
    if not isinstance(spec, Mapping):
        return {}, False
    kept = {key: given for key, given in spec.items() if key in VALUE_FACTS or key in ("field", "first")}
    if "unit" in kept and not set(_listed(kept["unit"])) <= _UNITS:
        del kept["unit"]
    return kept, len(kept) == len(spec)


def signature(row: Row) -> Hashable:
    """The facts of a row that narrowed selectors ask for."""
    own = row.indicator
    name = analyse(row.name)
    values = []
    for value in row.values:
        made = value.constraint
        unit = getattr(made, "unit", None)
        values.append(
            (
                value.field,
                made.kind,
                value.has_number,
                value.is_duration,
                getattr(made, "op", None),
                getattr(made, "op_stated", None),
                unit if unit is None or unit in _UNITS else "",
                getattr(made, "suspect", False),
                getattr(made, "separated", True),
                getattr(made, "unit_source", None),
                bool(getattr(made, "subject", None)),
                bool(getattr(made, "reference", None)),
                value.is_dated,
            )
        )
    return (
        (row.class1, row.class2, row.filled, row.has_number, row.not_applicable, own.truncated),
        (name.kind, name.polarity, name.dimension, name.act, name.done, name.effect, name.macro),
        (not own.level1, not own.level2, not own.level3),
        (not own.description, not own.basis, not own.weight, not own.number, not own.direction),
        *values,
    )
