"""The boxes of a form in a dump, laid out as a form lays them out: each value right of its label, two goals below their
labels, amounts beside the label of their group."""

from collections import Counter
from dataclasses import replace

from perfgoals_lint.model import Cell
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.boxes import OF_MONEY, PROSE, LabelledPieces, boxes_in
from perfgoals_lint.tables.grids.marks import MONEY_UNIT, Label
from perfgoals_lint.tables.grids.pieces import Dump, Shape
from perfgoals_lint.tables.grids.sheet import CellSpan, GridBuilder

_GROUPS = frozenset(
    {"budget", "cycle_budget", "investment", "purpose", "overall_goal", "annual_goal", "period", "schedule"}
)
_ENDS = "。；;！？"
_FIRST = compiled(r"(?:目标)?[（(]?[1１一][)）、.．:：]?(?!\d)")
"""The number in front of the first part of a text."""
_GOALS_OF_GROUP = 3
"""The label of a group of two goals, and their own labels."""
_SENTENCE = 8.0
"""The least width of a goal that has a cell of its own."""


def lay_boxes(sheet: GridBuilder, start: int, end: int) -> list[int]:
    """Append the boxes in the pieces ``start`` to ``end`` (exclusive) to a sheet; returns the pieces with which texts begin
    that may be those of another box."""
    layout = _Layout(sheet)
    layout.lay(_without_copies(sheet.dump, boxes_in(sheet.dump, start, end)))
    return layout.doubts


def _without_copies(dump: Dump, boxes: list[LabelledPieces]) -> list[LabelledPieces]:
    """The boxes without a group's label printed again in front of the texts below the goals of the group
    (总体目标 | 实施期目标 | 年度目标, below it 总体目标 and two texts): merged cells as some converters print them."""
    kept: list[LabelledPieces] = []
    for box in boxes:
        row = [other for other in kept[-_GOALS_OF_GROUP:] if other.label]
        lead = row[0].label if len(row) == _GOALS_OF_GROUP else None
        if (
            lead is not None
            and box.label is not None
            and box.label.text == lead.text
            and all(other.name in PROSE and other.start >= other.end for other in row)
            and dump.begins[box.first]
            and len({dump.pieces[other.first].line for other in row}) == 1
            and len(dump.groups(box.start, box.end)) == len(row) - 1
        ):
            kept[-1] = replace(kept[-1], start=box.start, end=box.end)
        else:
            kept.append(box)
    return kept


class _Layout:
    """Puts boxes into the rows of a sheet."""

    def __init__(self, sheet: GridBuilder) -> None:
        self.sheet = sheet
        self.dump = sheet.dump
        self.group: LabelledPieces | None = None
        self.group_row = 0
        self.doubts: list[int] = []

    def lay(self, boxes: list[LabelledPieces]) -> None:
        """Lay out all boxes."""
        index = 0
        while index < len(boxes):
            end = self._row_end(boxes, index)
            if any(box.table for box in boxes[index:end]):
                self._table(boxes[index:end])
                index = end
                continue
            spread = self._spread(boxes[index:end])
            if spread:
                self._close()
                self._stack(boxes[index:end], spread)
            elif boxes[index].name == "disbursement_plan" and end == index + 1:
                self._plan(boxes[index])
            else:
                self._doubt(boxes[index:end])
                self._row(boxes[index:end])
            index = end
        self._close()

    def _doubt(self, row: list[LabelledPieces]) -> None:
        """Note goals side by side whose texts below nothing parts."""
        goals = [box for box in row if box.name in ("cycle_goal", "annual_goal")]
        blank = [box for box in goals if box.start >= box.end]
        last = row[-1]
        below = (
            last.start < last.end and self.dump.pieces[last.start].line > self.dump.pieces[last.first].line
        )
        if len(goals) > 1 and blank and below and last in goals:
            self.doubts.append(last.start)

    def _table(self, row: list[LabelledPieces]) -> None:
        """The last box of a row is a table: its label begins the header where a label of its own stands in front."""
        self._close()
        side, box = row[-2:] if len(row) > 1 else (row[0], row[0])
        if len(row) > 2:
            self._row(row[:-2])
        start = box.start if side is box or box.label is None else box.label.start
        _lay_table(self.sheet, side.label, start, box.end)

    def _row_end(self, boxes: list[LabelledPieces], index: int) -> int:
        """Behind the last box of the row that begins with a box."""
        end = index + 1
        while end < len(boxes) and not boxes[end - 1].table:
            last, box = boxes[end - 1], boxes[end]
            here, there = self.dump.pieces[last.first].line, self.dump.pieces[box.first].line
            empty = last.start >= last.end and last.label is not None
            twin = last.label and box.label and last.label.text == box.label.text
            cycle = last.name == "cycle_budget" and box.name == "budget"
            below = empty and any(own.amounts for own in boxes[end:]) and {last.name, box.name} <= OF_MONEY
            unit = box.label is not None and MONEY_UNIT.fullmatch(box.label.text)
            if not (below or here == there or (empty and self._leads(last, box)) or twin or cycle or unit):
                break
            end += 1
        return end

    def _leads(self, last: LabelledPieces, box: LabelledPieces) -> bool:
        """May an empty label be that of the group which the next box belongs to?"""
        return (
            (
                last.name in _GROUPS
                and box.label is not None
                and (last.name in OF_MONEY) == (box.name in OF_MONEY or box.name == "")
            )
            or (last.name in PROSE and box.name in (*PROSE, *OF_MONEY))
            or (last.name in PROSE and box.name == "aside" and bool(self._numbered(box)))
            or last.name == "period"
        )

    def _spread(self, row: list[LabelledPieces]) -> list[tuple[int, int, int]] | None:
        """The texts below labels that stand side by side and their columns: as many texts as there are labels, one
        fewer, or one alone, which belongs to the last goal."""
        last = row[-1]
        if len(row) < 2 or any(box.start < box.end or box.label is None for box in row[:-1]):
            return None
        texts = self._numbered(last) or self.dump.groups(last.start, last.end)
        together = len({self.dump.pieces[box.first].line for box in row}) == 1
        if self.dump.shape is Shape.BLANKS and together and len(row) > 2:
            texts = self._paragraphs(texts, len(row) - 1)
        if last.amounts:
            return [(n, n + 1, len(row) - last.amounts + n - last.start) for n in range(last.start, last.end)]
        if last.name in OF_MONEY or not 1 <= len(texts) <= len(row):
            return None
        lines = {self.dump.pieces[index].line for start, end in texts for index in (start, end - 1)}
        if len(texts) == 1:
            goals = [n for n, box in enumerate(row) if box.name in PROSE]
            below = together and self.dump.pieces[last.first].line not in lines
            return (
                [(*texts[0], goals[-1])]
                if below and goals and last.name in (*PROSE, "aside") and len(row) > len(goals)
                else None
            )
        own = row[-len(texts) :]
        if len({box.name for box in own}) < len(own) or not {box.name for box in own} <= {*PROSE, "aside"}:
            return None  # 总体目标 in front of 年度目标 has no text of its own
        if self.dump.shape is Shape.BLANKS and (
            (len(lines) != 1 and not together) or self.dump.pieces[last.first].line in lines
        ):
            return None
        return [(*text, len(row) - len(texts) + n) for n, text in enumerate(texts)]

    def _numbered(self, box: LabelledPieces) -> list[tuple[int, int]]:
        """The two texts of a box with a cell a line whose numbers begin again (目标1… 目标2… 目标1… 目标2…), else none."""
        texts = [self.dump.pieces[index].text for index in range(box.start, box.end)]
        number = _FIRST.match(texts[0]) if texts and self.dump.one_a_line else None
        begins = [n for n, text in enumerate(texts) if number and text.startswith(number[0])]
        if len(begins) != 2 or len(texts) == 2:
            return []
        return [(box.start, box.start + begins[1]), (box.start + begins[1], box.end)]

    def _paragraphs(self, texts: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
        """The texts with those joined that a line end parts inside of a sentence, where that leaves ``count`` of them."""
        joined: list[tuple[int, int]] = []
        for start, end in texts:
            if joined and self.dump.begins[start] and self.dump.pieces[start - 1].text[-1] not in _ENDS:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined if len(joined) == count else texts

    def _stack(self, row: list[LabelledPieces], texts: list[tuple[int, int, int]]) -> None:
        top = self.sheet.rows
        lead = texts[0][2] if len(texts) > 1 else 0
        for column, box in enumerate(row):
            if box.label:
                self.sheet.put(
                    top, CellSpan(box.label.start, box.label.end, column, 1, 2 if column < lead else 1)
                )
        for start, end, column in texts:
            self.sheet.put(top + 1, CellSpan(start, end, column))
        self.sheet.rows += 2

    def _plan(self, box: LabelledPieces) -> None:
        """The dates and shares of a plan in the rows in which they are printed."""
        self._close()
        top = self.sheet.rows
        by_line: dict[int, list[int]] = {}
        for index in range(box.start, box.end):
            by_line.setdefault(self.dump.pieces[index].line, []).append(index)
        if box.label:
            self.sheet.put(top, CellSpan(box.label.start, box.label.end, 0, 1, max(len(by_line), 1)))
        if self.dump.one_a_line:
            both = list(range(box.start, box.end))
            half = (len(both) + 1) // 2
            by_line = (
                {0: both[:half], 1: both[half:]}
                if "月" in self.dump.squeezed(box.start, box.start + half)
                else {0: both}
            )
        for row, indexes in enumerate(by_line.values()):
            self.sheet.put(top + row, *(CellSpan(index, index + 1, 1 + n) for n, index in enumerate(indexes)))
        self.sheet.rows += max(len(by_line), 1)

    def _row(self, row: list[LabelledPieces]) -> None:
        first = row[0]
        leads = (
            len(row) > 1
            and first.label is not None
            and first.start >= first.end
            and self._leads(first, row[1])
        )
        inside = self.group is not None and not leads and self._covers(first)
        if not inside:
            self._close()
        spans: list[CellSpan] = []
        column = 1 if inside else 0
        for number, box in enumerate(row):
            if box.label:
                if number == 0 and leads:
                    self.group, self.group_row = box, self.sheet.rows
                else:
                    spans.append(CellSpan(box.label.start, box.label.end, column))
                column += 1
            if cells := self._goals(box):
                spans += [CellSpan(index, index + 1, column + n) for n, index in enumerate(cells)]
                column += len(cells)
            elif box.start < box.end:
                # Text without a label lies over the columns of labels and values, not below one of them.
                spans.append(CellSpan(box.start, box.end, column, 1 if box.label else 2))
                column += 1
            elif box.label and not (number == 0 and leads):
                self.sheet.cells.append(Cell(self.sheet.rows, column, ""))  # a box that was left empty
                column += 1
        self.sheet.add(*spans)

    def _goals(self, box: LabelledPieces) -> range | None:
        """Two texts printed as cells side by side under the label of one goal: those of the period and of the year."""
        cells = range(box.start, box.end)
        texts = [self.dump.pieces[index] for index in cells]
        two = len(texts) == 2 and box.name in ("overall_goal", "annual_goal") and box.label is not None
        if self.dump.shape not in (Shape.BARS, Shape.TABS) or not two or texts[0].line != texts[1].line:
            return None
        return cells if all(text.width >= _SENTENCE for text in texts) else None

    def _covers(self, box: LabelledPieces) -> bool:
        """Does the group in force go on with a box?"""
        group = self.group
        if group is None:
            return False
        if box.name in OF_MONEY or (box.label is None and group.name == "purpose"):
            return group.name in (*OF_MONEY, "purpose")
        return (
            box.name.startswith("period_")
            if group.name == "period"
            else box.name in PROSE and group.name == "overall_goal"
        )

    def _close(self) -> None:
        """Write the label of the group over all of its rows."""
        if self.group and self.group.label:
            label = self.group.label
            self.sheet.put(
                self.group_row, CellSpan(label.start, label.end, 0, 1, self.sheet.rows - self.group_row)
            )
        self.group = None


def _lay_table(sheet: GridBuilder, side: Label | None, start: int, end: int) -> None:
    """Append the lines of a table to a sheet, right of the label at its side. Where a row has fewer words than others its
    amounts stand under those of the others, else at its end."""
    dump = sheet.dump
    lines: list[list[int]] = []
    index = start
    while index < end:
        stop = dump.line_end(index, end)
        lines.append(list(range(index, stop)))
        index = stop
    width = Counter(map(len, lines[1:])).most_common(1)[0][0]
    full = [line for line in lines[1:] if len(line) == width]
    money = [n for n in range(width) if all(is_amount(dump.pieces[line[n]].text) for line in full)]
    top = sheet.rows
    if side is not None:
        sheet.put(top, CellSpan(side.start, side.end, 0, 1, len(lines)))
    for number, line in enumerate(lines):
        texts = [dump.pieces[n].text for n in line]
        columns = list(range(len(line)))
        amounts = [n for n, text in enumerate(texts) if is_amount(text)]
        if amounts and len(amounts) == len(money) and len(line) < width:
            for n, column in zip(amounts, money, strict=True):
                columns[n] = column
        elif number and not amounts and len(line) < width and len(lines[0]) + len(line) - 1 == width:
            columns = [
                n + width - len(line) for n in columns
            ]  # the lower row of the header, below its last name
        spans = 1 + width - len(line) if number == 0 and len(line) < width else 1
        sheet.put(
            top + number,
            *(
                CellSpan(n, n + 1, column + 1, spans if n == line[-1] else 1)
                for n, column in zip(line, columns, strict=True)
            ),
        )
    sheet.rows += len(lines)
