"""What counts as read: the words, amounts, years and numbers that the tables hold, however a cell prints them."""

from __future__ import annotations

import pytest

from growth import LINEAR, growth
from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.recognise import recognise

_ROWS = [
    ["产出指标", "数量指标", "疏浚沟渠长度", "≥12公里"],
    ["产出指标", "质量指标", "疏浚验收合格率", "≥98%"],
    ["效益指标", "社会效益指标", "受益人口", "≥900人"],
]


def _read(period: str, amount: str, numbers: tuple[str, ...] = ("1", "2", "3")) -> Document:
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称", "沟渠疏浚", "主管部门", "柳河县水务局"],
        ["实施期限", period, "资金总额（万元）", amount],
        ["年度目标", "疏浚沟渠12公里，保障灌溉。"],
        ["序号", "一级指标", "二级指标", "三级指标", "指标值"],
        *([number, *row] for number, row in zip(numbers, _ROWS, strict=True)),
    ]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), 5, sheet="表")]))


def _unread(document: Document) -> list[str]:
    return [cell.text for table in document.tables for cell in table.unread]


@pytest.mark.parametrize(
    "period",
    ["2026年", "2026年全年", "2026年1月1日开始，2028年底结束", "2026年12月起共18个月", "2026年第一季度至第四季度",
     "2026年1月起，长期", "2026-2028", "二〇二六年至二〇二八年"],
)  # fmt: skip
def test_periods_in_words_are_read(period: str) -> None:
    assert _unread(_read(period, "31.5")) == []


@pytest.mark.parametrize(
    "amount", ["31.50", "31.5万元", "315,000元", "31.5（其中：中央20、省级11.5）", "叁拾壹万伍仟元整"]
)
def test_amounts_are_read_in_any_print(amount: str) -> None:
    document = _read("2026年", amount)
    assert _unread(document) == []
    assert document.tables[0].budget_yuan == 315_000


@pytest.mark.parametrize(
    "numbers", [("01", "02", "03"), ("1", "2", "3"), ("（1）", "（2）", "（3）"), ("1.", "2.", "3.")]
)
def test_numbers_of_rows_are_read(numbers: tuple[str, ...]) -> None:
    assert _unread(_read("2026年", "31.5", numbers)) == []


def test_a_text_with_the_year_of_the_period_is_not_the_period() -> None:
    document = _read("2026年另修闸门三座", "31.5")
    assert _unread(document) == ["2026年另修闸门三座"]


@pytest.mark.parametrize("more", ["另记闸门三座", "另需7.5（万元）", "合同附件（万元）另存"])
@pytest.mark.parametrize("period", [True, False])
def test_a_line_written_below_what_is_read_is_told(more: str, period: bool) -> None:
    texts = (f"2026年\n{more}", "31.5") if period else ("2026年", f"31.5\n{more}")
    document = _read(*texts)
    told = [problem.args.get("text", "") for problem in document.problems]
    assert more in "".join(_unread(document)) or any(more[:3] in text for text in told)


@pytest.mark.parametrize("label", ["年度目标：", "年度绩效目标：", "项目年度总体目标："])
@pytest.mark.parametrize("first", ["", "疏浚沟渠12公里；"])
@pytest.mark.parametrize("rest", [["整修闸门3座。"], ["1.整修闸门3座；", "2.1200米护坡改造。"]])
def test_a_goal_of_several_lines_in_the_cell_of_its_label_is_whole(
    label: str, first: str, rest: list[str]
) -> None:
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称：沟渠疏浚"],
        ["年度资金总额：31.5万元"],
        ["\n".join([label + first, *rest])],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *_ROWS,
    ]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    document = recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), 4, sheet="表")]))
    (table,) = document.tables
    assert "".join((table.annual_goal or "").split()) == first + "".join(rest)
    assert (table.department, _unread(document), document.problems) == (None, [], [])


def test_seeking_is_linear() -> None:
    def calls(size: int) -> None:
        _read("2026年", "3" + "一" * size)

    assert growth(calls, 500) <= LINEAR
