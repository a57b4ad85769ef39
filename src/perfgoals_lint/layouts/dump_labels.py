"""Labels in a dump, also where they are broken over lines: box labels, column headers, level names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from perfgoals_lint import labels
from perfgoals_lint.layouts.dump_text import Dump, Gap
from perfgoals_lint.tables.roles import settle

_field_of = cache(labels.field_of)
_column_of = cache(labels.column_of)
_FIELD_PIECES = 4
_LEVEL_PIECES = 6
_SHORT_LABEL = 3
_MOST_COLUMNS = 16
_ASIDE = "remark"
_OWNED = frozenset(
    {"level1", "level2", "level3", "description", "cycle_value", "annual_value", "basis", "weight"}
)
"""Columns of which a header has one each."""


@dataclass(slots=True, frozen=True)
class Label:
    """A label in the pieces ``start`` to ``end`` (exclusive); ``name`` is the field, column or class."""

    start: int
    end: int
    name: str
    text: str


@dataclass(slots=True, frozen=True)
class Header:
    """A column header row; ``columns`` are column names from left to right, the levels included."""

    start: int
    end: int
    columns: tuple[str, ...]


def field_at(dump: Dump, index: int, end: int) -> Label | None:
    """The longest box label that begins with a piece, or ``None``."""
    return _longest(dump, index, end, _field_of)


def _column_at(dump: Dump, index: int, end: int) -> Label | None:
    """The longest column name that begins with a piece and is not two names: 指标值 beside 单位 are two columns."""
    found = _longest(dump, index, end, _column_of)
    for stop in range(index + 1, found.end if found else 0):
        first, rest = dump.squeezed(index, stop), dump.squeezed(stop, found.end if found else 0)
        name, other = _column_of(first), _column_of(rest)
        # A name may be broken over lines (指标值 / 依据); 单位 below 指标值 is hardly that.
        apart = dump.gaps[stop - 1] != Gap.LINE or other == "value_unit"
        if name and other and name != other and apart:
            return Label(index, stop, name, first)
    return found


def _longest(dump: Dump, index: int, end: int, lookup: Callable[[str], str | None]) -> Label | None:
    found = None
    text = ""
    for stop in range(index, min(index + _FIELD_PIECES, end)):
        text += dump.pieces[stop].text
        if len(text) > 30:
            break
        name = lookup(text)
        if name:
            found = Label(index, stop + 1, name, text)
    return found


def header_at(dump: Dump, index: int, end: int) -> Header | None:
    """The column header row that begins with a piece, or ``None``: at least a level, a name and one more column."""
    first = _column_at(dump, index, end)
    if not first or first.name not in ("number", "level1", "level2"):
        return None
    columns: list[str] = []
    position = index
    while position < end and len(columns) < _MOST_COLUMNS:
        box = field_at(dump, position, end)
        label = _column_at(dump, position, end)
        if box and box.name == "indicators" and (not label or label.end < box.end):
            position = box.end
        elif label:
            columns.append(label.name)
            position = label.end
        else:
            break
    columns = _settled(dump, _without_group(columns), position, end)
    owned = [name for name in columns if name in _OWNED]
    if "level3" not in columns or len(columns) < 3 or len(set(owned)) != len(owned):
        return None
    return Header(index, position, tuple(columns))


def _settled(dump: Dump, columns: list[str], position: int, end: int) -> list[str]:
    """The columns of a header that ends in front of ``position``, as they are to be read."""
    below = levels_at(dump, position, end, 2) if position < end else []
    first = below[-1].text if below and not levels_at(dump, position, end, 1) else ""
    return [name or _ASIDE for name in settle(list(columns), first, of_period=False)]


def _without_group(columns: list[str]) -> list[str]:
    """The columns without the header that spans the two value columns."""
    if columns.count("annual_value") == 2 and "cycle_value" in columns:
        columns.remove("annual_value")
    return columns


@cache
def _prefixes(level: int) -> frozenset[str]:
    return frozenset(label[:n] for label in labels.all_labels(level) for n in range(1, len(label) + 1))


@lru_cache(8192)
def _level_class(text: str, level: int) -> str | None:
    return labels.classify(text, level)


def levels_at(dump: Dump, index: int, end: int, level: int) -> list[Label]:
    """Every level label of a level that begins with a piece, shortest first; ``name`` is its class."""
    found: list[Label] = []
    text = ""
    for stop in range(index, min(index + _LEVEL_PIECES, end)):
        text += dump.pieces[stop].text
        bare = labels.without_points(labels.split_code(text)[1]).replace("(", "（").replace(")", "）")
        if bare not in _prefixes(level) and text not in _prefixes(level) and bare:
            break
        name = _level_class(text, level)
        if name:
            found.append(Label(index, stop + 1, name, text))
    return found


def is_short(label: Label) -> bool:
    """Is the label a word that may as well be a value (其他, 部门, 金额)?"""
    return len(label.text) <= _SHORT_LABEL


def is_plain(label: Label) -> bool:
    """Is the text of a level label one that is hardly the name of an indicator?"""
    return label.text.endswith("指标") or len(label.text) > 4


@cache
def _tails(level: int) -> frozenset[str]:
    return frozenset(label[n:] for label in labels.all_labels(level) for n in range(1, len(label)))


def is_tail(text: str) -> bool:
    """May the text be the end of a level name that is broken over lines?"""
    return text in _tails(1) or text in _tails(2)


def sure_levels(dump: Dump, spans: list[tuple[int, int]]) -> frozenset[int]:
    """The pieces with which a line begins that is, whole or up to a blank, a plain level name, or the label of the box
    in which the indicators stand (repeated on a new page)."""
    return frozenset(
        index
        for start, end in spans
        for index in range(start, end)
        if dump.begins[index]
        and (
            any(
                is_plain(label) and dump.gaps[label.end - 1] != Gap.SOFT
                for level in (1, 2)
                for label in levels_at(dump, index, end, level)
            )
            or (
                (box := field_at(dump, index, end))
                and box.name == "indicators"
                and dump.ends_line(box.end - 1)
            )
        )
    )
