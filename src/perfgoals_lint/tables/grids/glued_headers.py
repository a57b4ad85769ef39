"""Headers of tables that are printed without anything between their cells: the names of columns tell where they end."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from perfgoals_lint.rulebook.labels import (
    all_labels,
    behind_a_class,
    column_of,
    field_of,
    is_listed,
    time_of,
)
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.grids.glued_rows import SIGNS, Span
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.roles import VALUED

LEVELS = ("level1", "level2")
LONGEST_LABEL = 16
"""Characters of the label of a box or a table."""
_BLANKS = r"[ \t\u3000\xa0]*"
_LONGEST_NAME = 16
_OF_TIME = compiled(r"年|当|本|周期|实施期|中期|长期|总体")
_LONGEST_UNKNOWN = 14
_LONGEST_HEADER = 400
_LONGEST_ROW = 60
"""Characters of the upper row of a header."""
_SHORTEST_LABEL = 4
_SHORTEST_NAME = 2
_FEWEST = 2
_COUNTED = compiled(r"\d{0,2}(?:[（(]\d{1,3}分?[)）])?$")
"""What stands behind the label of one of several tables: 年度绩效目标2（40分）."""

_Name = tuple[int, int, str]
"""Where a name of a column stands in a text (start, end), and its role."""


class GluedHeader(NamedTuple):
    """A header: the names of its columns from left to right."""

    names: list[_Name]
    side: Span | None = None
    """The label of the whole table in front of them."""
    upper: _Name | None = None
    """The name over some of them."""
    below: range = range(0)
    """The columns that it stands over."""

    @property
    def start(self) -> int:
        """Where the heading begins in its text (0-based)."""
        return min(span[0] for span in (*self.names, self.side, self.upper) if span)

    @property
    def end(self) -> int:
        """Where the heading ends in its text (0-based, exclusive)."""
        return max(name[1] for name in self.names)

    def column(self, role: str) -> int | None:
        """The first column with a role."""
        return next((n for n, (_, _, own) in enumerate(self.names) if own == role), None)


def heads(text: str) -> Iterator[GluedHeader]:
    """The headers: at least two levels or names, and a column of values."""
    at = 0
    while (opener := _opener().search(text, at)) is not None:
        at = opener.start()
        limit = min(at + _LONGEST_HEADER, len(text))
        below = class_pattern().search(text, at, limit)
        names = list(_names(text, at, below.start() if below else limit))
        roles = {role for _, _, role in names}
        if "level3" not in roles:  # what stands behind the last level is what rows are named by
            last = max((n for n, (_, _, role) in enumerate(names) if role in LEVELS), default=0) + 1
            names[last:] = [(*name[:2], name[2] or "level3" * (not n)) for n, name in enumerate(names[last:])]
        if len(roles & {*LEVELS, "level3"}) >= _FEWEST and roles & VALUED:
            yield _header(text, names)
        at = max(names[-1][1] if names else at, opener.end())


def _names(text: str, at: int, limit: int) -> Iterator[_Name]:
    """The names of columns from a place on."""
    found: list[_Name] = []
    while (end := _name_end(text, at, limit, found) or _unknown_end(text, at, limit, found)) is not None:
        found.append((at, end, column_of(text[at:end]) or _of_time(text[at:end]) or ""))
        yield found[-1]
        at = end


def _header(text: str, names: list[_Name]) -> GluedHeader:
    upper = _upper(text, names)
    if upper is not None:
        first = names.index(upper)
        names.remove(upper)
        return GluedHeader(names, _side(text, names[0][0]), upper, range(first, len(names)))
    above = _row_above(text, names[0][0])
    parted = [n for n, (_, _, role) in enumerate(names) if role in SIGNS | VALUED]
    if not above or not parted:
        return GluedHeader(names, _side(text, names[0][0]))
    columns = range(parted[0], len(names))
    return GluedHeader([*names, *above[1:]], _side(text, above[0][0]), above[0], columns)


def _row_above(text: str, end: int) -> list[_Name]:
    """The upper row of a header that is printed in front of the lower one, its first name over the last names of that row:
    年度指标值 实际完成值 得分 above 一级指标 … 指标性质 指标值 度量单位. Nothing where there is no such row."""
    for start in range(max(end - _LONGEST_ROW, 0), end):
        if longest(text, start, end, _is_column, _LONGEST_NAME) is None:
            continue
        names = list(_names(text, start, end))
        whole = names[-1][1] == end and len(names) > _FEWEST
        if whole and names[0][2] in VALUED and any(role == "actual_value" for _, _, role in names[1:]):
            return names
    return []


def _of_time(text: str) -> str | None:
    """The role of a name of values that is the name of a goal elsewhere (三年目标), or that says no more than a time."""
    goal = field_of(text) or time_of(text)
    return {"cycle": "cycle_value", "annual": "annual_value"}.get((goal or "").removesuffix("_goal"))


def _upper(text: str, names: list[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The name of values that two names of times follow (指标值 over 实施周期指标值 and 年度指标值)."""
    for name, first, second in zip(names, names[1:], names[2:], strict=False):
        if (
            name[2] in VALUED
            and {first[2], second[2]} <= VALUED
            and not _OF_TIME.search(text[slice(*name[:2])])
        ):
            return name
    return None


def _side(text: str, end: int) -> Span | None:
    """The label of the table (年度绩效指标) that ends at a place."""
    for start in range(max(end - LONGEST_LABEL, 0), end - _SHORTEST_NAME):
        bare = _COUNTED.sub("", text[start:end])
        if field_of(bare) in (SIDE if start + len(bare) == end else {*SIDE, "annual_goal", "cycle_goal"}):
            return start, end
    return None


def _name_end(text: str, at: int, limit: int, names: Sequence[tuple[int, int, str]]) -> int | None:
    """Behind the column's name that begins at a place: the longest that is listed, else the longest that is known, and
    behind one for values the longest that says a time."""
    listed = longest(text, at, limit, _is_column, _LONGEST_NAME)
    if listed is not None and text[listed : listed + 1] not in ("及", "和", "、", "(", "（"):
        return listed
    known = longest(text, at, limit, column_of, _LONGEST_NAME)
    if known is not None and any(
        (column_of(text[at:start]) or field_of(text[at:start]))
        and (inner := longest(text, start, known - 1, _is_column, _LONGEST_NAME))
        and column_of(text[start:inner]) in VALUED
        for start in range(at + _SHORTEST_LABEL, known)
    ):
        return None
    if known is None and any(role in VALUED for _, _, role in names):
        known = longest(text, at, limit, _of_time, _LONGEST_NAME)
    return known


def _unknown_end(text: str, at: int, limit: int, names: Sequence[object]) -> int | None:
    """Behind a name that nobody knows in front of one that is known, or at the end of a header."""
    if len(names) < _FEWEST or at >= limit:
        return None
    for end in range(at + _SHORTEST_NAME, min(at + _LONGEST_UNKNOWN, limit) + 1):
        if end == limit or longest(text, end, limit, _is_column, _LONGEST_NAME) is not None:
            return end
    return None


def longest(text: str, at: int, limit: int, lookup: Callable[[str], object], most: int) -> int | None:
    """Behind the longest name that begins at a place and that ``lookup`` knows."""
    for end in range(min(at + most, limit), at + 1, -1):
        if lookup(text[at:end]):
            return end
    return None


def _is_column(text: str) -> bool:
    return is_listed(text) and column_of(text) is not None


@cache
def _listed(*roles: str) -> str:
    """The listed names of columns with these roles as a pattern, the longest first, blanks inside of them passed over."""
    columns = framework_data("fields")["columns"]
    names = {
        name for role in roles for name in columns[role] if "标" in name and len(name) >= _SHORTEST_LABEL
    }
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(_BLANKS.join(map(re.escape, name)) for name in longest)


@cache
def _opener() -> re.Pattern[str]:
    return compiled(_listed(*LEVELS, "level3"))


@cache
def two_names() -> re.Pattern[str]:
    """Two names of columns without anything between them."""
    return compiled(rf"(?:{_listed(*LEVELS, 'level3', 'annual_value')}){{2}}")


@cache
def class_pattern() -> re.Pattern[str]:
    """A class label, with what forms print behind it."""
    names = {name for level in (1, 2) for name in all_labels(level) if name.endswith("指标")}
    approval = {name for name in all_labels(2) if name.endswith("满意度") and len(name) > _SHORTEST_LABEL}
    # A class without 指标 at its end is no name where one of its own stands behind it.
    bare = rf"(?:{any_of(approval)})(?=[^及和与、≥≤=\d][^≥≤=\d]{{1,24}}满意[度率])"
    return compiled(rf"(?:{any_of(names)}){behind_a_class()}?|{bare}")
