"""Rows of indicators whose header is not printed are no text of the box above them: they are named as unread."""

from __future__ import annotations

import pytest

from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source

GOAL = "疏浚沟渠12公里，保障沿线农田灌溉。"
ROWS = (
    ("产出指标", "数量指标", "疏浚沟渠长度", "≥12公里"),
    ("产出指标", "质量指标", "疏浚验收合格率", "≥95%"),
    ("效益指标", "社会效益指标", "受益农户", "≥300户"),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "≥90%"),
)


@pytest.mark.parametrize("label", ["年度目标", "总体目标", "年度绩效目标", "项目概况", "立项依据"])
@pytest.mark.parametrize("levels", [(0, 1), (0,), (1,)], ids=["both", "first", "second"])
@pytest.mark.parametrize("beside", ["|", "|绩效指标|", "|^|"], ids=["blank", "named", "covered"])
@pytest.mark.parametrize("sheet", ["表", None])
@pytest.mark.parametrize("again", ["", "^"], ids=["lost", "merged"])
def test_rows_below_a_text_without_a_header(
    label: str, levels: tuple[int, ...], beside: str, sheet: str | None, again: str
) -> None:
    printed = [[row[i] for i in levels] for row in ROWS]
    printed[1] = [again if one == above else one for one, above in zip(printed[1], printed[0], strict=True)]
    lines = ["|".join([*own, row[2], row[3]]) for own, row in zip(printed, ROWS, strict=True)]
    width = len(levels) + 1
    front = ["^" if beside == "|^|" else beside.strip("|"), *(["^"] * 3 if beside != "|" else [""] * 3)]
    form = [
        f"|项目名称|沟渠疏浚{'|<' * width}|",
        f"|年度资金总额（万元）|30{'|<' * width}|",
        f"|{label}|{GOAL}{'|<' * width}|",
        *(f"|{first}|{line}|" for first, line in zip(front, lines, strict=True)),
    ]
    document = recognise(source(draw("\n".join(form), sheet=sheet, table=None if sheet else 1)))
    (table,) = document.tables
    texts = [table.annual_goal, table.cycle_goal, table.purpose, *table.fields.values()]
    assert not any("疏浚沟渠长度" in text for text in texts if text), texts
    read = {cell for row in table.indicators for cell in (row.level3, row.annual_value)}
    unread = {cell.text for cell in table.unread}
    assert all({row[2], row[3]} <= read | unread for row in ROWS)
    assert not unread or "indicators" in table.unknown
