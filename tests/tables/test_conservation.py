"""Every cell that is not blank has one use, and nothing that somebody filled in is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import Cell, Document, Grid, Source, to_json
from perfgoals_lint.tables.recognise import recognise

EXAMPLES = Path(__file__).parents[2] / "examples"
_CLASSES = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
_LABELS = ["主管部门", "实施单位", "项目编码", "责任科室", "联系人", "上报情况", "甲方栏", "实施内容"]
_COLUMNS = ["责任科室", "备注", "上年完成值", "某栏", "评分标准", "权重"]


def source_of(rows: list[list[str | None]]) -> Source:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text is not None]
    return Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), max(map(len, rows)), sheet="表")])


def balanced(document: Document) -> bool:
    """Do the uses of the cells add up to the cells?"""
    account = to_json(document.account)
    cells = account.pop("cells")
    return bool(cells == sum(account.values()))


@st.composite
def forms(draw: st.DrawFn) -> tuple[list[list[str | None]], list[str]]:
    """A form of boxes and rows, some of them under names that no form has, and all that is filled in."""
    count = iter(range(1, 1000))
    filled: list[str] = []

    def text(before: str = "", behind: str = "") -> str:
        filled.append(f"{before}{next(count):03d}{behind}")
        return filled[-1]

    rows: list[list[str | None]] = [["项目支出绩效目标表"], ["项目名称", text("水渠修补")]]
    labels = draw(st.lists(st.sampled_from(_LABELS), unique=True, max_size=5))
    two = draw(st.booleans())
    for first in range(0, len(labels), 2 if two else 1):
        row: list[str | None] = []
        for label in labels[first : first + (2 if two else 1)]:
            row += [label, text("第", "号内容")]
        rows.append(row)
    rows.append(["预算金额（万元）", text("", ".5")])
    rows.append(["年度目标", text("修补水渠", "米。")])
    extra = draw(st.lists(st.sampled_from(_COLUMNS), unique=True, max_size=3))
    rows.append(["一级指标", "二级指标", "三级指标", "指标值", *extra])
    for level1, level2 in _CLASSES[: draw(st.integers(1, len(_CLASSES)))]:
        others: list[str | None] = [text("附", "注") if column != "权重" else text() for column in extra]
        rows.append([level1, level2, text("完成", "项任务数"), text("≥", "米"), *others])
    if draw(st.booleans()):
        rows.append([None, None, None, None, None, None, text("旁边", "草稿")])
    return rows, filled


@given(forms())
def test_nothing_that_is_filled_in_is_lost_without_a_word(
    form: tuple[list[list[str | None]], list[str]],
) -> None:
    rows, filled = form
    document = recognise(source_of(rows))
    assert document.account is not None
    assert balanced(document)
    assert document.account.cells == sum(text is not None for row in rows for text in row)
    said = json.dumps(to_json(document), ensure_ascii=False)
    budget = next(text for text in filled if text.endswith(".5"))
    assert [text for text in filled if text not in said and text != budget] == []
    assert document.tables[0].budget_yuan is not None


@given(forms(), st.data())
def test_what_is_written_over_a_cell_or_behind_a_row_is_kept_or_said(
    form: tuple[list[list[str | None]], list[str]], data: st.DataObject
) -> None:
    rows, _ = form
    row = rows[data.draw(st.integers(1, len(rows) - 1))]
    at = data.draw(st.integers(0, len(row)))
    row[at : at + 1] = ["杂记七八九"]
    document = recognise(source_of(rows))
    said = json.dumps(to_json(document), ensure_ascii=False)
    assert balanced(document)
    assert "杂记七八九" in said or not document.tables


@pytest.mark.parametrize("path", sorted(p for p in EXAMPLES.rglob("*") if p.is_file()), ids=lambda p: p.name)
def test_the_cells_of_every_example_are_accounted_for(path: Path) -> None:
    document = extract_file(str(path))
    if document.account is not None:
        assert balanced(document)
    for table in document.tables:
        assert all(cell.text.strip() for cell in table.unread)
