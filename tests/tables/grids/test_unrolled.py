"""Tables on one line with blanks between their cells, as previews of documents print them."""

from __future__ import annotations

from perfgoals_lint.model import Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids.lines import unrolled
from perfgoals_lint.tables.recognise import recognise

HEAD = "项目名称 公交候车亭维修 主管部门 桐山县交通运输局 年度目标 维修候车亭36座。"
ROWS = (
    "一级指标 二级指标 三级指标 指标值 产出指标 数量指标 维修候车亭数量 ≥36座 更换站牌数量 ≥120块 质量指标 维修验收合格率"
    " ≥98% 满意度指标 服务对象满意度指标 乘客满意度 ≥90%"
)


def block(*lines: str) -> TextBlock:
    return TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])


def test_rows_and_their_places() -> None:
    text = f"{HEAD} {ROWS}"
    (table,) = recognise(Source("invented.txt", "text", [block("全文预览", text)])).tables
    assert [(row.level2, row.level3, row.annual_value) for row in table.indicators] == [
        ("数量指标", "维修候车亭数量", "≥36座"),
        ("数量指标", "更换站牌数量", "≥120块"),
        ("质量指标", "维修验收合格率", "≥98%"),
        ("服务对象满意度指标", "乘客满意度", "≥90%"),
    ]
    assert table.project_name == "公交候车亭维修"
    place = table.indicators[1].locations["annual_value"]
    assert (place.line, place.column) == (2, text.index("≥120块") + 1)


def test_labels_with_blanks_inside() -> None:
    spaced = ROWS.replace("二级指标", "二 级 指 标").replace("三级指标", "三级 指标")
    (table,) = recognise(Source("invented.txt", "text", [block(f"{HEAD} {spaced}")])).tables
    assert [row.annual_value for row in table.indicators] == ["≥36座", "≥120块", "≥98%", "≥90%"]


def test_rows_and_prose_stay_as_they_are() -> None:
    rows = block(
        "一级指标 二级指标 三级指标 指标值",
        "产出指标 数量指标 维修候车亭数量 ≥36座",
        "一级指标 反映 投入 二级指标 反映 过程 三级指标 反映 结果 指标值 为 数字 或者 日期",
    )
    assert unrolled(rows) == rows
