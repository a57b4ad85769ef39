"""A table of calculations below a goal table, or on the sheet behind it, is none of its rows, and is said to be unchecked."""

from __future__ import annotations

import io
import itertools

import openpyxl
import pytest

from perfgoals_lint import Content, check, extract

FORM = [
    ("项目名称", "河道清淤", "", ""),
    ("预算金额（万元）", "90", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "清淤河道长度", "≥12公里"),
    ("", "质量指标", "断面验收合格率", "≥95%"),
    ("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥90%"),
]
HEADS = {
    "numbered": ("序号", "内容", "单价（万元）", "数量", "金额（万元）"),
    "plain": ("支出内容", "单价（元）", "数量", "小计（元）"),
    "count first": ("费用名称", "数量", "标准（元）", "合计（元）"),
    "cost": ("事项", "数量", "成本（万元）"),
}


def _calculation(head: tuple[str, ...]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [head]
    for number, (name, price, many) in enumerate((("挖泥", 3, 20), ("运泥", 2, 15)), 1):
        said: dict[str, object] = {"序": number, "数": many, "单": price, "标": price}
        first = 1 if head[0] == "序号" else 0
        cells = [said.get(one[0], price * many) for one in head]
        cells[first] = name
        rows.append(tuple(cells))
    return [*rows, ("合计", *("",) * (len(head) - 2), 90)]


def _book(head: tuple[str, ...], where: str, titled: bool, gap: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in FORM:
        sheet.append([text or None for text in row])
    if where == "sheet":
        sheet = book.create_sheet("测算")
    else:
        for _ in range(gap):
            sheet.append([])
    for row in ([("经费测算明细表",)] if titled else []) + _calculation(head):
        sheet.append([None if text == "" else text for text in row])
    book.save(out := io.BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("where", "titled"), list(itertools.product(("sheet", "below"), (True, False))))
@pytest.mark.parametrize("gap", [1, 3])
def test_calculations_are_no_indicators(head: str, where: str, titled: bool, gap: int) -> None:
    book = Content("表.xlsx", _book(HEADS[head], where, titled, gap))
    (document,) = extract(book)
    assert [row.level3 for row in document.tables[0].indicators] == [row[2] for row in FORM[3:]]
    assert document.outside.count
    (result,) = check(book)
    found = {one.rule for one in result.findings}
    assert not found & {"PGX102", "PGX104", "PGC116", "PGN502", "PGN505", "PGN512", "PGN523"}
