"""Columns of a list that are headed by a class of indicators, and hold their names and values."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfgoals_lint.model import Indicator
from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.header_columns import lay_columns
from perfgoals_lint.tables.headings import CLASS, OF_PAIR, PAIR, is_class
from perfgoals_lint.tables.named_values import classed_values, named_values, values_of_class
from perfgoals_lint.tables.printed import Joined, join
from perfgoals_lint.tables.titles import labelled
from perfgoals_lint.values import is_whole

_FEWEST = 3
"""Classes beside each other that head their indicators; fewer are those of one."""
_SIGN, _FIGURE = compiled(r"[≥≤≧≦＞＜>=<＝]+"), compiled(r"\d")


def joined_boxes(boxes: Sequence[Box]) -> Joined:
    """The lines of several boxes as one text; breaks that somebody typed stay between digits."""
    return join((line for box in boxes for line in box.lines()), all(box.is_typed for box in boxes))


def of_classes(cells: Mapping[str, Sequence[Box]]) -> Iterator[Indicator]:
    """The indicators that stand as ``1.名称：值`` in columns headed by their class; ``cells`` are the boxes of a project by role."""
    classes = [role.split(":")[:3] for role in cells if role.startswith(f"{CLASS}:")]
    # 满意度指标 may be of both levels: beside 产出指标 and 效益指标 it is of the first.
    upper = all(first != second or is_level1(first) for _, first, second in classes)
    for role, boxes in cells.items():
        kind, _, labels = role.partition(":")
        if kind != CLASS or role.endswith(OF_PAIR):
            continue
        first, second, *named = labels.split(":", 2)
        if not named and classed_values(joined_boxes(boxes)):
            yield from values_of_class(first, joined_boxes(boxes))
            continue
        own, parts = _own_classes(cells.get(role + OF_PAIR, ()), boxes)
        read = itertools.chain.from_iterable(_named(named, part) for part in parts)
        for number, (name, value, *places) in enumerate(read):
            if number < len(own):
                key = own[number].key
                first, second = (first, key) if is_level2(key) else (key, "")
            indicator = Indicator(level1=first or None, level3=name or None, annual_value=value)
            indicator.level2 = second if second and second != first else None
            if is_level2(first) and second == first and not (upper and is_level1(first)):
                indicator.level1, indicator.level2 = None, first
            if number < len(own):
                indicator.locations["level2" if indicator.level2 else "level1"] = own[number].location()
            indicator.locations["level3"] = places[0]
            if value:
                indicator.locations["annual_value"] = places[-1]
            yield indicator


def _own_classes(kinds: Sequence[Box], boxes: Sequence[Box]) -> tuple[Sequence[Box], list[Sequence[Box]]]:
    """The classes in the column in front of a pair, and the boxes of the pair: where one cell has a class a line, those of each line."""
    texts = [[line for line, _ in box.lines() if line.strip()] for box in (*kinds, *boxes)]
    if len(kinds) != 1 or len({*map(len, texts)}) > 1 or not all(map(is_class, texts[0])):
        return kinds, [boxes]
    lines = list(zip(*texts[1:], strict=True))
    return [kinds[0].cut(text) for text in texts[0]], [
        [box.cut(text) for box, text in zip(boxes, line, strict=True)] for line in lines
    ]


class ClassesOver:
    """The rows of a form that hold nothing but classes side by side, over their indicators."""

    def __init__(self) -> None:
        self._heads: list[GridRow] = []
        self._found = False

    def below(self, row: GridRow) -> list[Indicator] | None:
        """The indicators in the cells of a row below such rows and others like it, where all have their values; ``None`` for one
        more row of classes."""
        upper = len(row.filled) > 1 and all(is_level1(box.key) for box in row.filled)
        width = row.filled[-1].right - row.filled[0].left if upper else len(row.filled)
        if width >= _FEWEST and all(is_class(box.key) for box in row.filled):
            self._heads = [row] if self._found else [*self._heads, row]
            self._found = False
            count(row.filled, "headers")
            return None
        says_fields = all(any(labelled(box.text)) for box in row.filled)
        if not (heads := self._heads) or (self._found and (len(row.filled) == 1 or says_fields)):
            self._heads = []
            return []
        below = [box for head in heads[1:] for box in head.filled]
        columns = lay_columns(heads[0].filled, below, is_list=True, row=heads[0])
        cells = {c.role: [box for box in row.filled if c.left <= box.left < c.right] for c in columns}
        found = list(of_classes({role: boxes for role, boxes in cells.items() if boxes}))
        self._found = bool(found) and all(one.annual_value for one in found)
        self._heads = heads if self._found else []
        return found if self._found else []


def _named(named: Sequence[str], boxes: Sequence[Box]) -> Iterator[tuple[Any, ...]]:
    """The names, values and places that a list's column of a class holds, or the one indicator that it is, by its head or by the
    cell above its value; where name and value have a column each, one in every row, with the places of both."""
    if not named:
        yield from named_values(line for box in boxes for line in box.lines())
    elif named[0].startswith(PAIR):
        left = min((box.left for box in boxes), default=0)  # what stands to the right of the names is a value
        for _, group in itertools.groupby(boxes, lambda box: box.top):
            row = list(group)
            name = row[0].text.strip() if row[0].left == left else ""
            parts = sorted((box for box in row if box.left != left), key=_place_in_value)
            value = "".join(box.text.strip() for box in parts) or None
            yield (name, value, *(box.location() for box in row))
    else:
        names, values = boxes[::2], boxes[1::2]
        if len(names) == len(values) and all(
            is_whole(v.key) and not is_whole(n.key) for n, v in zip(names, values, strict=True)
        ):
            yield from (
                (n.text.strip(), v.text.strip(), n.location(), v.location())
                for n, v in zip(names, values, strict=True)
            )
            return
        yield from ((named[0], box.text.strip(), box.location()) for box in boxes)


def _place_in_value(part: Box) -> int:
    """Where a part of a value stands in it: its sign first, then its figure, then its unit."""
    return 1 if _FIGURE.search(part.key) else 0 if _SIGN.fullmatch(part.key) else 2
