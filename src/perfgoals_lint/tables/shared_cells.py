"""Rows whose cells hold two fields or several rows: both classes (产出指标-数量指标), a name with its value (培训人数≥300人),
numbered names beside values with the same numbers, a name with the sign of the value beside it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from perfgoals_lint.model import GoalTable, Indicator, Location
from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.tables.headings import classes_of
from perfgoals_lint.tables.named_values import behind_classes, counted, named_values
from perfgoals_lint.tables.roles import STANDARD, VALUES
from perfgoals_lint.text import squeeze
from perfgoals_lint.values import is_whole
from perfgoals_lint.values.operators import open_words

_FEWEST = 2
_COUNTS = frozenset(
    "（(0123456789０１２３４５６７８９一二三四五六七八九十" + "".join(map(chr, range(ord("①"), ord("⑳") + 1)))
)
"""How the first number of a counted cell begins."""
_SIGNS = "≥≤≧≦＝=＞＜<>"
_NO_NAME = compiled(r"(?:^|[≥≤≧≦＝=＞＜<>不未没均（(])$")
"""What is no name in front of a sign, or goes on with it (均不低于, 床位数（不少于)."""
_NUMBERED = compiled(
    r"(?:[（(]?(?P<digits>\d{1,2})(?:[)）、]|[.．](?!\d)|(?P<decimal>[.．]))|(?P<ring>[①-⑳])"
    r"|[（(]?(?P<numeral>[一二三四五六七八九十])[)）、.．])\s*(?P<item>.+)"
)


def split_classes(table: GoalTable) -> None:
    """Tell the two classes of a cell apart where a row has no other cell for one of them."""
    for row in table.indicators:
        printed = row.level1 or row.level2
        if not printed or (row.level1 and row.level2) or not (both := classes_of(squeeze(printed))):
            continue
        place = row.locations.get("level1") or row.locations.get("level2")
        row.level1, row.level2 = both
        if place is not None:
            row.locations |= {"level1": place, "level2": place}
    _split_names(table)


def _split_names(table: GoalTable) -> None:
    """Tell classes and name apart where no cell has the classes and every name is printed behind them (数量指标：培训人数)."""
    rows = [row for row in table.indicators if row.level3]
    if any(row.level1 or row.level2 for row in rows):
        return
    parts = [behind_classes(row.level3 or "") for row in rows]
    if not all(labels and name for labels, name in parts):
        return
    for row, (labels, name) in zip(rows, parts, strict=True):
        row.level3 = name
        for label in labels:
            upper = is_level1(label) and (not is_level2(label) or label is not labels[-1])
            level = "level1" if upper else "level2"
            setattr(row, level, label)
            if "level3" in row.locations:
                row.locations[level] = row.locations["level3"]


def split_values(table: GoalTable) -> None:
    """Tell name and value apart where the table has no column of values and most names go on with one."""
    rows = [row for row in table.indicators if row.level3]
    if len(rows) < _FEWEST or any(row.annual_value or row.cycle_value or row.unknown for row in rows):
        return
    if any(column.role in (*VALUES, STANDARD) for column in table.header):
        return
    parts = {id(row): list(_named(row)) for row in rows}
    if 3 * sum(all(value for _, value in found) for found in parts.values()) < 2 * len(rows):
        return
    table.indicators = [
        one for row in table.indicators for one in _apart(row, parts.get(id(row)) or [(row.level3, None)])
    ]


def _named(row: Indicator) -> Iterator[tuple[str | None, str | None]]:
    """The names and values that a cell of names holds, one or a list of them."""
    place = Location("")
    for name, value, _ in named_values((line, place) for line in (row.level3 or "").splitlines()):
        yield name, value


def _apart(row: Indicator, parts: list[tuple[str | None, str | None]]) -> Iterator[Indicator]:
    """A row for each name of its cell, with the value behind the name."""
    for name, value in parts:
        one = replace(row, level3=name, columns=dict(row.columns), locations=dict(row.locations))
        one.annual_value = value or one.annual_value
        if value and "level3" in one.locations:
            one.locations["annual_value"] = one.locations["level3"]
        yield one


def split_numbered(table: GoalTable) -> None:
    """Replace each indicator whose name lists several, numbered from 1, by one for each, where every value beside it lists as many
    in the same way. A list of one is split only where another indicator of the table has a list of several."""
    rows: list[Indicator] = []
    least = 1 if any(len(_numbered(row.level3)) >= _FEWEST for row in table.indicators) else _FEWEST
    for row in table.indicators:
        names = _numbered(row.level3)
        told = len(names) >= least
        values = {name: _numbered(text) for name in VALUES if told and (text := getattr(row, name))}
        if not values or any(len(texts) != len(names) for texts in values.values()):
            rows.append(row)
            continue
        for at, name in enumerate(names):
            one = replace(row, level3=name, columns=dict(row.columns), locations=dict(row.locations))
            for field, texts in values.items():
                setattr(one, field, texts[at])
            rows.append(one)
    table.indicators = rows


def move_signs(table: GoalTable) -> None:
    """Put the sign or word for one behind a name in front of the row's one value where that is a figure (单价≤ beside 860,
    路灯不少于 beside 50盏): the end of a cell cuts it off."""
    pattern, ends = _sign_behind()
    for row in table.indicators:
        sign = pattern.match(row.level3) if row.level3 and row.level3[-1] in ends else None
        values = [name for name in VALUES if getattr(row, name)]
        if sign is None or len(values) != 1 or _NO_NAME.search(sign["name"]):
            continue
        value = getattr(row, values[0])
        if not value[0].isdigit() and not (is_whole(value) and is_whole(sign["sign"] + value)):
            continue
        setattr(row, values[0], sign["sign"] + value)
        row.level3 = sign["name"]
        if "level3" in row.locations:
            row.locations[f"{values[0]}.operator"] = row.locations["level3"]


@cache
def _sign_behind() -> tuple[re.Pattern[str], frozenset[str]]:
    """A name and the sign, or the longest word for one, at its end, and the characters at such an end."""
    words = open_words()
    pattern = rf"(?P<name>.*?)\s*(?P<sign>[{_SIGNS}]{{1,2}}|{any_of(words)})$"
    return compiled(pattern, re.DOTALL), frozenset({*_SIGNS, "\n", *(word[-1] for word in words)})


def _numbered(text: str | None) -> list[str]:
    """The items of a cell that counts them, a line each; none where a line has another number or none, or all may be decimals."""
    if not text or text[0] not in _COUNTS:
        return []
    items = [_NUMBERED.fullmatch(line) for line in text.splitlines()]
    told = [item for item in items if item]
    first = counted(told[0])[0] if told else ""
    whole = len(told) == len(items) and [*map(counted, told)] == [(first, at + 1) for at in range(len(told))]
    return [item["item"] for item in told] if whole and not all(item["decimal"] for item in told) else []
