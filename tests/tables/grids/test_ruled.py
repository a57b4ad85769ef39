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
