"""Rows of a table printed over several lines, as text taken from a page has them.

The lines of a wrapped cell stand around the middle of its row, where the cells of one line stand, or below the first line
of its row. A shortest path divides the lines into such rows, whole lines and rows printed cell by cell; only the first two
are put in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from perfgoals_lint.model import Line
from perfgoals_lint.rulebook.labels import field_of, is_level1, is_level2, without_points
from perfgoals_lint.tables.grids.costs import content_cost, empty_cost, is_value
from perfgoals_lint.tables.grids.head_rows import UNKNOWN
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.grids.lines import is_full, joined, offset, words_of
from perfgoals_lint.tables.grids.pieces import CLOSING, PAGE
from perfgoals_lint.text import width_of

_MOST = 6
"""Lines above the middle of a row, or below its first line, at the most."""
_FREE = 1.5
"""The cost of a line that is in no row."""
_OF_A_LINE, _MISSING, _NARROW, _COMPARED = 0.3, 0.8, 1.0, 1.5
"""The costs of a further line, of a cell too few or too many, of a line that is narrower than the next one of its cell, of a
comparison in a part of a cell."""
_OF_WHOLE = 0.1
"""What lines around one that has a word for every column cost more: they may be parts below two rows."""
_DEARER = 0.01
"""What a line of parts below the first line of a row costs more than one of a row cell by cell."""
_MARGIN = 0.8
"""How much less rows around their middle must cost than whole lines and rows cell by cell."""
_ASKEW = 2.0
"""The cost of a cell that is printed left of the one in front of it."""
_TOLD = 3
"""Blanks side by side that tell where cells stand."""
_SIGNS = frozenset("≥≤≧≦＝=＞＜<>")


def is_class(text: str) -> bool:
    """Is a word a class label, of either level, that is no part of a name?"""
    return without_points(text).endswith("指标") and (is_level1(text) or is_level2(text))


@dataclass(slots=True)
class _Words:
    """A line: its class labels and the label beside the table, and its other words."""

    labels: list[Line]
    rest: list[Line]
    ahead: bool
    """Do the labels stand in front of the other words?"""

    @classmethod
    def of(cls, line: Line) -> _Words:
        words = words_of(line) if not PAGE.match(line.text) else []
        own = [is_class(word.text) or (not n and field_of(word.text) in SIDE) for n, word in enumerate(words)]
        ahead = not any(after and not before for before, after in pairwise(own))
        labels = [word for word, label in zip(words, own, strict=True) if label]
        return cls(labels, [word for word, label in zip(words, own, strict=True) if not label], ahead)


def cells_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The words of lines without their class labels and the label beside the table."""
    return [_Words.of(line).rest for line in lines]


class GatheredRow(NamedTuple):
    """A row: the parts of its lines in the order of its columns, and how many lines its highest cell has."""

    parts: list[Line]
    height: int = 1


class _Band(NamedTuple):
    """Lines that are a row: from the first to behind the last, and the line that the others stand around or below;
    ``None`` where they are as they are to be read."""

    start: int
    end: int
    core: int | None
    cost: float


@dataclass(slots=True)
class _Wrapped:
    """A wrapped cell: its parts above the core of its row and below it."""

    upper: list[Line]
    lower: list[Line]

    @property
    def parts(self) -> list[Line]:
        return [*self.upper, *self.lower]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


class _Rows:
    """Divides the lines below a header whose columns behind the levels have these ``roles``."""

    def __init__(self, lines: Sequence[Line], roles: Sequence[str]) -> None:
        self.lines = [line for line in lines if line.text.strip()]
        self.words = [_Words.of(line) for line in self.lines]
        full = [len(own) for own in cells_of(self.lines) if any(is_value(word.text) for word in own[1:])]
        usual = Counter(full).most_common(1)[0][0] if full else 0
        self.roles = [*roles, *[UNKNOWN] * (usual - len(roles))]
        self.width = usual if usual + 1 >= len(roles) else len(roles)  # a column may be blank
        self.dearer = 0.0
        """What a row cell by cell costs more, where rows around their middle were found."""
        self.spaced = any(" " * _TOLD in line.text.strip() for line in self.lines)
        self.places = self._places()

    def _places(self) -> dict[tuple[int | None, int | None], float]:
        """Where the words of the lines begin: in characters, or in em where more of them then stand below each other."""
        found: dict[tuple[int | None, int | None], tuple[float, float]] = {}
        for line in self.lines:
            at, em = 0, 0.0
            for word in words_of(line):
                start = offset(line, word)
                at, em = start, em + _in_em(line.text[at:start])
                found[word.location.line, word.location.column] = (start, em)
        kind = min((0, 1), key=lambda kind: len({place[kind] for place in found.values()}))
        return {word: place[kind] for word, place in found.items()}

    def _at(self, word: Line) -> float:
        place = word.location.line, word.location.column
        return self.places.get(place, word.location.column or 1)

    @cached_property
    def counts(self) -> list[int]:
        """How many words but labels each line has."""
        return [len(words.rest) for words in self.words]

    def bands(self, around: bool) -> tuple[float, list[_Band]]:
        """The cheapest division and its cost; rows ``around`` or below a line of theirs only where these may be."""
        total = len(self.lines)
        best: list[tuple[float, _Band | None]] = [(0.0, None), *[(float("inf"), None)] * total]
        for start in range(total):
            goes_on = any(word.text[0] in CLOSING for word in self.words[start].rest)
            for band in self._from(start, around):
                cost = best[start][0] + band.cost + _FREE * goes_on
                if cost < best[band.end][0]:
                    best[band.end] = (cost, band)
        found: list[_Band] = []
        at = total
        while at:
            last = best[at][1]
            assert last is not None
            found.append(last)
            at = last.start
        return best[total][0], found[::-1]

    def _from(self, start: int, around: bool) -> Iterator[_Band]:
        """The rows that a line may begin."""
        width, counts, total = self.width, self.counts, len(self.lines)
        missing = abs(width - counts[start])
        whole = not counts[start] or (missing <= 1 and counts[start] > 1)
        yield _Band(start, start + 1, None, _MISSING * bool(counts[start]) * missing if whole else _FREE)
        for end in range(start + 2, min(start + _MOST + 2, total + 1)):
            yield from self._cell_by_cell(start, end)
            if around:
                yield from self._below_first(start, end)
        for half in range(1, _MOST) if around and counts[start] else ():
            core, end = start + half, start + 2 * half + 1
            if end > total or not counts[core]:
                return
            yield from self._around_middle(start, core, end)

    def _cell_by_cell(self, start: int, end: int) -> Iterator[_Band]:
        """Lines as a row whose cells follow each other, classes in front, some going on at line ends."""
        width, counts = self.width, self.counts
        cells = sum(counts[start:end])
        joins = min(max(cells - width, 0), end - start - 1)
        behind = (n for n in range(start, end) if self.words[n].labels and sum(counts[start:n]))
        if any(behind) or not all(words.ahead for words in self.words[start:end]):
            return
        narrow = max(joins - sum(map(self._goes_on, range(start, end - 1))), 0)
        narrow += joins == 0 and max(counts[start:end]) > 1  # a line ends inside of a cell
        cost = _OF_A_LINE * (end - start - 1) + _MISSING * abs(cells - joins - width) + self.dearer
        yield _Band(start, end, None, cost + _NARROW * narrow)

    def _below_first(self, start: int, end: int) -> Iterator[_Band]:
        """Lines as a row whose cells begin in the first of them."""
        counts, below = self.counts, range(start + 1, end)
        parts = counts[start] > 1 and all(0 < counts[n] < counts[start] for n in below)
        if parts and (self._are_below(start, below) or not any(self.words[n].labels for n in below)):
            cost = (_OF_A_LINE + _DEARER) * (end - start - 1) + self._parts_cost(below)
            yield _Band(start, end, start, cost + _MISSING * abs(self.width - counts[start]))

    def _are_below(self, core: int, below: Sequence[int]) -> bool:
        """Does every word of some lines begin where one of the first line of a row does, so that labels beside them stand in
        the middle of their rows?"""
        begins = {self._at(word) for word in self.words[core].rest}
        return self.spaced and begins >= {self._at(word) for n in below for word in self.words[n].rest}

    def _around_middle(self, start: int, core: int, end: int) -> Iterator[_Band]:
        """Lines as a row whose cells stand around one of them: as many words above it as below."""
        width, counts = self.width, self.counts
        above, below = counts[start:core], counts[core + 1 : end]
        if above != below[::-1] or 0 in above:
            return
        most = counts[core] + above[-1] + (above[-2] if len(above) > 1 else 0)
        missing = max(max(counts[core], *above) - width, width - most, 0)
        beside = [(core - 1, core + 1), *((n, n + 1) for n in range(start, core - 1))]
        narrow = sum(counts[n] == counts[m] == 1 and not self._is_wider(n, m) for n, m in beside)
        whole = counts[core] >= width
        narrow += whole and not self._has_middle(core)
        parts = [n for n in range(start, end) if n != core]
        cost = _OF_A_LINE * len(parts) + _MISSING * missing + _NARROW * narrow + _OF_WHOLE * whole
        yield _Band(start, end, core, cost + self._parts_cost(parts))

    def _has_middle(self, core: int) -> bool:
        """May a word of a line be the middle of a cell between the words above it and below?"""
        above, own, below = (self.words[number].rest for number in (core - 1, core, core + 1))
        return any(
            is_full(upper.text, word.text) and is_full(word.text, lower.text)
            for upper, lower in zip(above, below, strict=True)
            for word in own
        )

    def _parts_cost(self, lines: Sequence[int]) -> float:
        words = (word.text for n in lines for word in self.words[n].rest)
        return _COMPARED * sum(is_value(word) and not word.isdigit() for word in words)

    def _goes_on(self, number: int) -> bool:
        """May the last cell of a line go on with the first of the next one?"""
        above, below = self.words[number].rest, self.words[number + 1].rest
        if not above or not below or (is_value(below[0].text) and not below[0].text.isdigit()):
            return False
        if self.spaced and min(above, key=lambda word: self._apart(below[0], word)) is not above[-1]:
            return False  # it stands below another cell
        return is_full(above[-1].text, below[0].text)

    def _is_wider(self, upper: int, lower: int) -> bool:
        first, second = self.words[upper].rest[0], self.words[lower].rest[0]
        return is_full(first.text, second.text)

    def in_order(self, band: _Band) -> Iterator[GatheredRow]:
        """The lines of a row around or below its core: labels of other rows, and the row, its cells in order."""
        assert band.core is not None
        core = self.words[band.core]
        cells = self._wrapped(band)
        own = [cell for cell in cells if is_class(cell.text)]
        rest = [cell for cell in cells if cell not in own]
        behind = list(self._placed(core.rest, rest))
        at = self._front(core, cells, behind)
        labels = [Line(cell.text, cell.parts[0].location) for cell in own]
        labels = sorted([*core.labels, *labels], key=lambda label: not is_level1(without_points(label.text)))
        middles = band.core > band.start and len(core.rest) + len(rest) > self.width
        height = max((len(cell.parts) for cell in cells), default=1) + middles
        for number in range(band.start, band.core):
            yield from (GatheredRow([label]) for label in self.words[number].labels)
        lines = self.lines[band.start : band.end]
        yield GatheredRow(joined([*behind[:at], *labels, *behind[at:]], lines), height)
        for number in range(band.core + 1, band.end):
            yield from (GatheredRow([label]) for label in self.words[number].labels)

    def _front(self, core: _Words, cells: Sequence[_Wrapped], behind: Sequence[Line]) -> int:
        """How many parts of a row stand in front of its classes."""
        before = [word for word in core.rest if core.labels and self._at(word) < self._at(core.labels[0])]
        if not core.labels and self.roles[0] == "number":
            before = [word for word in core.rest[:1] if word.text.isdigit()]
        if not before:
            return 0
        whole = next((cell.parts for cell in cells if before[-1] in cell.parts), before)
        return behind.index(whole[-1]) + 1

    def _wrapped(self, band: _Band) -> list[_Wrapped]:
        """The wrapped cells of a row from left to right, the widest line of parts first."""
        assert band.core is not None
        above = [self.words[n].rest for n in range(band.core - 1, band.start - 1, -1)]
        below = [self.words[n].rest for n in range(band.core + 1, band.end)]
        if not above:
            return self._below(self.words[band.core].rest, below)
        pairs = list(zip(above, below, strict=True))
        most = max(pairs, key=lambda pair: len(pair[0]))
        cells = [_Wrapped([], []) for _ in most[0]]
        for upper, lower in pairs:
            for at, first, second in zip(self._columns(most[0], upper), upper, lower, strict=True):
                cells[at].upper.insert(0, first)
                cells[at].lower.append(second)
        return cells

    def _below(self, core: Sequence[Line], below: Sequence[Sequence[Line]]) -> list[_Wrapped]:
        cells = [_Wrapped([word], []) for word in core]
        for words in below:
            lasts = [cell.parts[-1] for cell in cells]
            for at, word in zip(self._columns(lasts, words), words, strict=True):
                cells[at].lower.append(word)
        return cells

    def _columns(self, over: Sequence[Line], words: Sequence[Line]) -> list[int]:
        """Which of the words ``over`` them others go on with, in order: those above which they stand, else those that are
        as wide as a line of a cell can be, the last ones first."""
        if len(over) == len(words):
            return list(range(len(over)))
        costs = [[self._apart(one, other) for other in over] for one in words]
        best: list[tuple[float, list[int]]] = [(0.0, [])]
        for row in costs:
            longer: list[tuple[float, list[int]]] = []
            for at in range(len(over)):
                ways = [way for way in best if not way[1] or way[1][-1] < at]
                if ways:
                    cost, way = min(ways, key=lambda way: way[0])
                    longer.append((cost + row[at], [*way, at]))
            best = longer
        return min(best, key=lambda way: (way[0], [-at for at in way[1]]))[1]

    def _apart(self, one: Line, other: Line) -> float:
        if self.spaced:
            return abs(self._at(one) - self._at(other))
        # The widest cell is the likeliest to go on.
        return max(width_of(one.text) - width_of(other.text), 0.0) - width_of(other.text) / 100

    def _placed(self, core: Sequence[Line], cells: Sequence[_Wrapped]) -> Sequence[Line]:
        """The words of the core of a row and its wrapped cells as they suit the columns best; a cell of an odd number of
        lines has its middle in the core."""
        if (
            core and cells and cells[0].upper and cells[0].upper[0] is core[0]
        ):  # all cells begin with the core
            return [part for cell in cells for part in cell.parts]
        states: _States = {(0, 0): (0.0, [])}
        for role in (*self.roles, UNKNOWN):
            longer: _States = {}
            for (at, own), (cost, row) in states.items():
                _offer(longer, (at, own), cost + empty_cost(role, not row), row)
                for key, parts in self._next(core[at : at + 1], cells[own : own + 1]):
                    askew = self.spaced and row and self._at(parts[0]) < self._at(row[-1])
                    text = "".join(part.text for part in parts)
                    more = _content_cost(role, text) + _ASKEW * bool(askew)
                    if sum(key) > 1:
                        more += _NARROW * (width_of(core[at].text) + 1 < width_of(parts[0].text))
                    _offer(longer, (at + key[0], own + key[1]), cost + more, [*row, *parts])
            states = longer
        whole = states.get((len(core), len(cells)))
        return whole[1] if whole else [*(part for cell in cells for part in cell.parts), *core]

    def _next(
        self, core: Sequence[Line], cells: Sequence[_Wrapped]
    ) -> Iterator[tuple[tuple[int, int], list[Line]]]:
        """What may stand in the next column: a word of the core, a wrapped cell, or both; how many of each are used."""
        for word in core:
            yield (1, 0), [word]
        for cell in cells:
            yield (0, 1), cell.parts
            yield from (((1, 1), [*cell.upper, word, *cell.lower]) for word in core)


_States = dict[tuple[int, int], tuple[float, list[Line]]]
"""The cheapest row by how many words of the core and how many wrapped cells it has."""


def _offer(states: _States, key: tuple[int, int], cost: float, row: list[Line]) -> None:
    if key not in states or cost < states[key][0]:
        states[key] = (cost, row)


def _in_em(text: str) -> float:
    """Where behind a text the next one begins, in em: a blank is half of one."""
    return width_of(text.replace(" ", "_"))


def _content_cost(role: str, text: str) -> float:
    """How little a text suits a column; a comparison hardly one that nobody knows."""
    return content_cost(role, text, Counter()) + (0.2 if role == UNKNOWN and text[0] in _SIGNS else 0.0)


def gathered(lines: Sequence[Line], roles: Sequence[str]) -> list[GatheredRow] | None:
    """The lines of a table as rows; ``None`` where nothing shows that rows stand around, or below, one of their lines."""
    rows = _Rows(lines, roles)
    cost, bands = rows.bands(around=True)
    if all(band.core is None for band in bands) or rows.bands(around=False)[0] < cost + _MARGIN:
        return None
    rows.dearer = _OF_A_LINE
    found: list[GatheredRow] = []
    for band in rows.bands(around=True)[1]:
        if band.core is None:
            found.append(GatheredRow(list(rows.lines[band.start : band.end])))
        else:
            found += rows.in_order(band)
    return found
