"""Invented goal forms and lists, and the ways in which text carriers print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Table:
    """A printed table: cells as (text, columns, rows) by position, in the order of a page."""

    columns: int
    cells: dict[tuple[int, int], tuple[str, int, int]] = field(default_factory=dict)
    rows: int = 0
    header: int = 0
    _covered: set[tuple[int, int]] = field(default_factory=set)

    def row(self, *cells: str | tuple[str, int] | tuple[str, int, int]) -> None:
        """Append a row; a cell is a text, or a text with its width and height."""
        column = 0
        for cell in cells:
            text, width, height = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3]
            while (self.rows, column) in self._covered:
                column += 1
            self.cells[self.rows, column] = (text, width, height)
            self._covered |= {(self.rows + i, column + j) for i in range(height) for j in range(width)}
            column += width
        self.rows += 1

    def matrix(self, fill: bool = False) -> list[list[str]]:
        """Every cell of every row; a merged one at its first place, or at all of its rows."""
        matrix = [[""] * self.columns for _ in range(self.rows)]
        for (row, column), (text, _, height) in self.cells.items():
            for down in range(min(height, self.rows - row) if fill else 1):
                matrix[row + down][column] = text
        return matrix

    def printed(self) -> list[list[str]]:
        """The cells that begin in each row, blank ones too."""
        return [
            [text for (at, _), (text, _, _) in sorted(self.cells.items()) if at == row]
            for row in range(self.rows)
        ]


ROWS = [
    ("产出指标", "数量指标", "维修候车亭数量", "≥36座"),
    ("产出指标", "数量指标", "更换站牌数量", "≥120块"),
    ("产出指标", "质量指标", "维修验收合格率", "≥98%"),
    ("产出指标", "时效指标", "维修完成时间", "2026年10月底前"),
    ("产出指标", "成本指标", "单座维修成本", "≤0.8万元"),
    ("效益指标", "社会效益指标", "候车环境改善程度", "明显改善"),
    ("效益指标", "可持续影响指标", "养护制度健全性", "健全"),
    ("满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%"),
]
CYCLE = ["≥100座", "≥300块", "≥98%", "2028年10月底前", "≤0.8万元", "明显改善", "健全", "≥92%"]
BASIS = ["行业标准", "历史数据", "计划文件", "合同约定", "行业标准", "历史数据", "计划文件", "行业标准"]
PARTS = [
    ("≥", "36", "座"),
    ("≥", "120", "块"),
    ("≥", "98", "%"),
    ("=", "10", "月"),
    ("≤", "0.8", "万元"),
    ("定性", "明显改善", ""),
    ("定性", "健全", ""),
    ("≥", "90", "%"),
]
WEIGHTS = ["10", "10", "15", "10", "15", "15", "15", "10"]
GOAL = "维修候车亭36座，更换站牌120块，改善群众候车环境。"
PERIOD_GOAL = "三年维修候车亭100座，全县候车亭完好率达到98%。"


BOXES = {
    "项目名称": "公交候车亭维修",
    "主管部门": "桐山县交通运输局",
    "实施单位": "桐山县公交服务中心",
    "年度资金总额": "86.4",
    "其中：财政拨款": "80",
    "其他资金": "6.4",
    "实施期目标": PERIOD_GOAL,
    "年度目标": GOAL,
}


def _head(table: Table) -> None:
    rest = table.columns - 1
    table.row("项目名称", ("公交候车亭维修", rest))
    table.row("主管部门", "桐山县交通运输局", "实施单位", ("桐山县公交服务中心", table.columns - 3))
    table.row(("项目资金（万元）", 1, 3), "年度资金总额", ("86.4", table.columns - 2))
    table.row("其中：财政拨款", ("80", table.columns - 2))
    table.row("其他资金", ("6.4", table.columns - 2))


def _levels(
    table: Table, names: tuple[str, ...], rest: Callable[[int], tuple[str, ...]], side: bool = False
) -> None:
    table.header = table.rows
    if side:
        table.row(("绩效指标", 1, len(ROWS) + 1), *names)
    else:
        table.row(*names)
    _rows(table, rest)


def _rows(table: Table, rest: Callable[[int], tuple[str, ...]]) -> None:
    for number, (first, second, _, _) in enumerate(ROWS):
        above = ROWS[number - 1] if number else ("", "", "", "")
        cells: list[str | tuple[str, int, int]] = []
        if first != above[0]:
            cells.append((first, 1, sum(row[0] == first for row in ROWS)))
        if (first, second) != above[:2]:
            cells.append((second, 1, sum(row[:2] == (first, second) for row in ROWS)))
        table.row(*cells, *rest(number))


def plain() -> Table:
    """The form of 2015: four columns."""
    table = Table(4)
    _head(table)
    table.row("年度目标", (GOAL, 3))
    _levels(table, ("一级指标", "二级指标", "三级指标", "指标值"), lambda n: ROWS[n][2:])
    return table


def sided() -> Table:
    """A label beside the whole table, goals of the period and of the year side by side, two values."""
    table = Table(6)
    _head(table)
    table.row(("总体目标", 1, 2), ("实施期目标", 2), ("年度目标", 3))
    table.row((PERIOD_GOAL, 2), (GOAL, 3))
    names = ("一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值")
    _levels(table, names, lambda n: (ROWS[n][2], CYCLE[n], ROWS[n][3]), side=True)
    return table


def nested() -> Table:
    """A header of two rows: one name over the values of the period and of the year."""
    table = Table(5)
    _head(table)
    table.row("年度目标", (GOAL, 4))
    table.header = table.rows
    table.row(("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 2))
    table.row("实施周期指标值", "年度指标值")
    _rows(table, lambda n: (ROWS[n][2], CYCLE[n], ROWS[n][3]))
    return table


def wide() -> Table:
    """Columns of which nobody knows some."""
    table = Table(7)
    _head(table)
    table.row("年度目标", (GOAL, 6))
    names = ("一级指标", "二级指标", "三级指标", "指标值", "责任科室", "分值", "指标值确定依据")
    _levels(table, names, lambda n: (*ROWS[n][2:], f"业务{n + 1}科", WEIGHTS[n], BASIS[n]))
    return table


def parted() -> Table:
    """Operator, number and unit of a value in columns of their own, the unit blank where there is none."""
    table = Table(7)
    _head(table)
    table.row("年度目标", (GOAL, 6))
    names = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "分值")
    _levels(table, names, lambda n: (ROWS[n][2], *PARTS[n], WEIGHTS[n]))
    return table


FORMS: dict[str, Callable[[], Table]] = {f.__name__: f for f in (plain, sided, nested, wide, parted)}


def _join(mark: str, rows: list[list[str]]) -> list[str]:
    return [mark.join(row) for row in rows]


def tabs(table: Table) -> list[str]:
    """Cells by tabs, merged ones blank."""
    return _join("\t", table.matrix())


def tabs_filled(table: Table) -> list[str]:
    """Cells by tabs, merged ones repeated."""
    return _join("\t", table.matrix(fill=True))


def tabs_ragged(table: Table) -> list[str]:
    """Cells by tabs, as a browser copies a table: what is merged from above leaves nothing."""
    return _join("\t", table.printed())


def bars(table: Table) -> list[str]:
    """Cells between bars."""
    return [f"| {line} |" for line in _join(" | ", table.matrix())]


def bars_inner(table: Table) -> list[str]:
    """Cells by bars without a bar at the ends of a line."""
    return _join(" | ", table.matrix())


def bars_ragged(table: Table) -> list[str]:
    """Cells by bars, merged cells dropped and the row padded at its end."""
    return [f"| {' | '.join(row + [''] * (table.columns - len(row)))} |" for row in table.printed()]


def bar_cells(table: Table) -> list[str]:
    """One cell a line, each ended by a bar; a bar alone begins a row."""
    lines: list[str] = []
    for row in table.printed():
        lines.append("|")
        lines += [f"{cell}|" for cell in row]
        lines[-1] += "|" * (table.columns - len(row))
    return lines


def cells(table: Table) -> list[str]:
    """One cell a line, blank ones left out."""
    return [cell for row in table.printed() for cell in row if cell]


def cells_apart(table: Table) -> list[str]:
    """One cell a line with a blank line behind each."""
    return [line for cell in cells(table) for line in (cell, "")]


def blanks(table: Table) -> list[str]:
    """Cells by blanks, a row a line."""
    return [" ".join(cell for cell in row if cell) for row in table.printed()]


def blanks_wide(table: Table) -> list[str]:
    """Cells by full-width blanks, blank lines between the rows."""
    return [
        line for row in table.printed() for line in ("\u3000\u3000".join(cell for cell in row if cell), "")
    ]


def words(table: Table) -> list[str]:
    """All on one line with a blank between the cells, as previews of documents print tables."""
    return [" ".join(blanks(table))]


def bars_padded(table: Table) -> list[str]:
    """As web pages are copied: a bar behind each cell, and the bars of the cells that a merged one covers at the end."""
    rows = [[cell for cell in row if cell] for row in table.printed()]
    return [" | ".join(row) + " |" + "|" * (table.columns - len(row)) for row in rows if row]


def word(table: Table) -> list[str]:
    """As word processors print tables: each cell on a line behind a tab, a blank line behind each row."""
    return [line for row in table.printed() for line in (*(f"\t{cell}" for cell in row), "")]


def dumped(table: Table) -> list[str]:
    """As PDF text in content order: cells wrapped at the width of their column, cells of one line side by side."""
    widths = [
        max((len(t) for (_, c), (t, w, _) in table.cells.items() if c == n and w == 1), default=20)
        for n in range(table.columns)
    ]
    lines: list[str] = []
    for row in range(table.rows):
        line: list[str] = []
        for (at, column), (text, width, _) in sorted(table.cells.items()):
            if at != row or not text:
                continue
            room = (
                max(sum(min(w, 9) for w in widths[column : column + width]), 6) if row >= table.header else 36
            )
            parts = [text[n : n + room] for n in range(0, len(text), room)]
            if len(parts) == 1:
                line += parts
                continue
            lines += [" ".join(line)] * bool(line) + parts
            line = []
        lines += [" ".join(line)] * bool(line) + [""]
    return lines


SHAPES: dict[str, Callable[[Table], list[str]]] = {
    f.__name__: f
    for f in (tabs, tabs_filled, tabs_ragged, bars, bars_inner, bars_ragged, bars_padded, bar_cells, cells, cells_apart, blanks, blanks_wide, words, word, dumped)
}  # fmt: skip


def paged(lines: list[str], table: Table, shape: Callable[[Table], list[str]]) -> list[str]:
    """The lines with a page break in front of one of the last rows: a page number, and the header printed again."""
    head = Table(table.columns)
    depth = (
        2
        if any(
            (table.header, column) in table.cells and table.cells[table.header, column][2] == 2
            for column in range(table.columns)
        )
        else 1
    )
    for (row, column), cell in table.cells.items():
        if table.header <= row < table.header + depth:
            head.cells[row - table.header, column] = cell
    head.rows = depth
    starts = [
        n
        for n, line in enumerate(lines)
        if line.strip(" |\t").startswith(("效益指标", "绩效指标\t效益", "绩效指标 | 效益"))
    ]
    if not starts:
        return lines
    at = starts[0]
    return [*lines[:at], "- 2 -", *shape(head), *lines[at:]]


def records(table: Table) -> Iterator[list[str]]:
    """The texts of every indicator row, what is merged from above included."""
    depth = 2 if table.cells[table.header, 0][2] == 2 else 1
    yield from table.matrix(fill=True)[table.header + depth :]
