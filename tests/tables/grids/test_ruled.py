"""Tables drawn with lines, by plain signs or by those of boxes."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

ROWS = [
    ["项目名称", "渡口栈桥维护", "主管部门", "白渡县交通运输局"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "维护栈桥数量", "3座"],
    ["", "", "更换缆绳数量", "12根"],
    ["", "质量指标", "栈桥维护验收合格率", "100%"],
    ["满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"],
]
WANTED = [
    ("产出指标", "数量指标", "维护栈桥数量", "3座"),
    ("产出指标", "数量指标", "更换缆绳数量", "12根"),
    ("产出指标", "质量指标", "栈桥维护验收合格率", "100%"),
    ("满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"),
]


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def drawn(corners: str, flat: str, bar: str, every: bool) -> list[str]:
    """The rows with rules around them: below each row, or around the header and the whole only."""
    rule = corners.join(["", *[flat * 9] * 4, ""])
    lines = [rule]
    for number, row in enumerate(ROWS):
        lines.append(bar.join(["", *[f" {cell} " for cell in row], ""]))
        lines += [rule] if every or number < 2 or row is ROWS[-1] else []
    return lines


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("signs", ["+-|", "┼─│", "╬═║", "┼━┃", "+=|"])
def test_rows_between_rules(signs: str, every: bool) -> None:
    document = read(["2026年项目支出绩效目标表", *drawn(*signs, every=every)])
    (table,) = document.tables
    assert (table.project_name, table.department) == ("渡口栈桥维护", "白渡县交通运输局")
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED
    assert not document.problems


def test_cells_on_two_lines_and_rules_beside_cells_that_go_on() -> None:
    row = ["| 一级指标 | 二级指标 | 三级指标 | 指标值 |", "+==========+==========+==========+========+"]
    body = [
        "| 产出指标 | 数量指标 | 维护栈桥数量 | 3座 |",
        "|          |          +--------------+-----+",
        "|          |          | 更换缆绳数量 | 12根 |",
        "|          +----------+--------------+-----+",
        "|          | 质量指标 | 栈桥维护     | 100% |",
        "|          |          | 验收合格率   |      |",
        "+----------+----------+--------------+------+",
        "| 满意度指标 | 服务对象满意度指标 | 渡客满意度 | ≥90% |",
        "+----------+----------+--------------+------+",
    ]
    (table,) = read(
        ["+----+----+", "| 项目名称 | 渡口栈桥维护 | 年度 | 2026年 |", "+----+----+", *row, *body]
    ).tables
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED
    assert table.indicators[2].locations["level3"].line == 10


SPANNED = [
    [("项目名称", 1, 1), ("渡口栈桥维护", 3, 1)],
    [("绩效指标", 1, 5), ("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
    [("产出指标", 1, 3), ("数量指标", 1, 2), ("维护栈桥数量", 1, 1), ("3座", 1, 1)],
    [("更换缆绳数量", 1, 1), ("12根", 1, 1)],
    [("质量指标", 1, 1), ("栈桥维护验收合格率", 1, 1), ("100%", 1, 1)],
    [("满意度指标", 1, 1), ("服务对象满意度指标", 1, 1), ("渡客满意度", 1, 1), ("≥90%", 1, 1)],
]
"""Rows of cells: text, columns, rows."""


def width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def spanning(signs: str, wide: int) -> list[str]:
    """The cells of ``SPANNED`` drawn by themselves, wrapped at a width: bars and rules stand around each."""
    corner, flat, bar = signs
    rows, columns = len(SPANNED), 5
    owner: dict[tuple[int, int], tuple[int, int, str, int, int]] = {}
    for row, cells in enumerate(SPANNED):
        column = 0
        for text, across, down in cells:
            while (row, column) in owner:
                column += 1
            across += (columns - column - across) * (text == "渡口栈桥维护")
            for place in [(row + r, column + c) for r in range(down) for c in range(across)]:
                owner[place] = row, column, text, across, down
    printed: dict[tuple[int, int], list[str]] = {}
    for row, column, text, across, _ in owner.values():
        each = (wide * across + across - 1) // 2
        printed[row, column] = [text[at : at + each] for at in range(0, len(text), each)]
    lines: list[str] = []

    def line(row: int, ruled: bool) -> str:
        drawn, column = "", 0
        while column < columns:
            above, here = owner.get((row - 1, column)), owner.get((row, column))
            if ruled and (row in (0, rows) or above != here):
                drawn += corner + flat * wide
                column += 1
                continue
            assert here is not None
            rest = printed[here[0], here[1]]
            text = rest.pop(0) if rest else ""
            drawn += bar + text + " " * (wide * here[3] + here[3] - 1 - width(text))
            column += here[3]
        return drawn + (corner if ruled else bar)

    for row in range(rows + 1):
        lines.append(line(row, True))
        own = [cell for place, cell in owner.items() if place[0] == row and cell[0] == row]
        deep = max((-(-width(cell[2]) // (wide * cell[3])) for cell in own if cell[4] == 1), default=0)
        lines += [line(row, False) for _ in range(deep)]
    return lines


@pytest.mark.parametrize("wide", [8, 10, 14, 20])
@pytest.mark.parametrize("signs", ["+-|", "┼─│", "╬═║", "┼━┃"])
def test_cells_that_span_others(signs: str, wide: int) -> None:
    document = read(["2026年项目支出绩效目标表", *spanning(signs, wide), "填表人：陆某"])
    (table,) = document.tables
    assert document.layout == "drawn"
    assert table.project_name == "渡口栈桥维护"
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED
    assert not document.problems


@pytest.mark.parametrize("wide", [4, 5, 6, 9])
def test_a_row_a_band_however_narrow(wide: int) -> None:
    rule = "+".join(["", *["-" * (2 * wide + 2)] * 4, ""])
    lines = [rule]
    for row in ROWS:
        parts = [[cell[at : at + wide] for at in range(0, len(cell), wide)] for cell in row]
        lines += [
            "|".join(["", *[f" {own[n] if n < len(own) else ''} " for own in parts], ""])
            for n in range(max(map(len, parts)))
        ]
        lines.append(rule)
    document = read(["2026年项目支出绩效目标表", *lines])
    (table,) = document.tables
    assert (table.project_name, table.department) == ("渡口栈桥维护", "白渡县交通运输局")
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED


def test_rules_around_groups_of_rows() -> None:
    rule = "+".join(["", *["-" * 24] * 4, ""])
    lines = [rule]
    for number, row in enumerate(ROWS):
        lines.append("|".join(["", *[f" {cell} " for cell in row], ""]))
        lines += [rule] if number != 2 else []
    (table,) = read(["2026年项目支出绩效目标表", *lines]).tables
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED
