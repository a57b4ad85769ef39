"""A box may be printed as one text, ``label：content``, in a line or in a cell across the table, above or below the indicators."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.entries import KEPT
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.tables.words import is_note

CONTENT = "东岭片区安装闸门37座，另修便道4公里"
_HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
_ROWS = [
    ["产出指标", "数量指标", "疏浚沟渠长度", "≥12公里"],
    ["产出指标", "质量指标", "疏浚验收合格率", "≥98%"],
    ["效益指标", "社会效益指标", "受益人口", "≥900人"],
]
_HEAD = [
    "项目支出绩效目标表",
    "项目名称：沟渠疏浚",
    "年度预算（万元）：31.5",
    "年度目标：疏浚沟渠12公里，保障灌溉。",
]
_BOXES = {*KEPT, "purpose"} - {"indicators", "cycle_indicators"}  # behind these stand rows
_LABELS = [label for name in sorted(_BOXES) for label in framework_data("fields")["fields"][name]]


def _cells(rows: list[list[str]]) -> Grid:
    cells = [
        Cell(r, c, text, column_span=4 if len(row) == 1 else 3 if len(row) == 2 and c else 1)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Grid("表.xlsx", cells, len(rows), 4, sheet="表")


def _read(place: str, label: str, *, cell: bool, parted: bool = False) -> Document:
    said = [label, CONTENT] if parted else [f"{label}：{CONTENT}"]
    head = [[text] for text in _HEAD]
    at = {"top": 1, "middle": 3, "above": 4}.get(place)
    above = [*head[:at], said, *head[at:]] if at else head
    rows = [*above, _HEADER, *_ROWS, *([] if at else [said])]
    if cell:
        return recognise(Source("表.xlsx", "xlsx", [_cells(rows)]))
    lines = [Line(row[0], Location("表.html", line=number)) for number, row in enumerate(above, 1)]
    return recognise(Source("表.html", "html", [TextBlock(lines), _cells([_HEADER, *_ROWS])]))


def _content(document: Document) -> list[str]:
    (table,) = document.tables
    assert len(table.indicators) == len(_ROWS)
    return [*table.fields.values(), table.purpose or ""]


@pytest.mark.parametrize("place", ["top", "middle", "above", "below"])
@pytest.mark.parametrize("label", [one for one in _LABELS if not is_note(one) and ":" not in one])
def test_a_text_with_its_label_is_kept(place: str, label: str) -> None:
    documents = [_read(place, label, cell=True)]
    if place != "below":
        documents += [_read(place, label, cell=False), _read(place, label, cell=True, parted=True)]
    for document in documents:
        assert CONTENT in _content(document)
        assert not document.tables[0].unread


@pytest.mark.parametrize("label", ["绩效承诺", "管护责任", "受益范围"])
@pytest.mark.parametrize("parted", [True, False])
def test_a_label_that_no_form_knows_makes_no_indicator_below(label: str, parted: bool) -> None:
    document = _read("below", label, cell=True, parted=parted)
    kept, (table,) = _content(document), document.tables
    assert (CONTENT in kept) is parted
    assert parted or CONTENT in "".join(one.text for one in (*table.unread, *document.outside.first))


@pytest.mark.parametrize("second", ["整修闸门3座。", "疏浚沟渠15公里。"])
def test_a_second_text_of_a_field_is_kept_and_said(second: str) -> None:
    rows = [*([text] for text in _HEAD), [f"年度绩效目标：{second}"], _HEADER, *_ROWS]
    document = recognise(Source("表.xlsx", "xlsx", [_cells(rows)]))
    (table,) = document.tables
    assert table.annual_goal == "疏浚沟渠12公里，保障灌溉。"
    assert second in table.fields.values()


@pytest.mark.parametrize("figure", ["165.6万元", "48台", "7处"])
def test_a_cell_of_which_a_figure_is_missing_is_unread(figure: str) -> None:
    """Most of the words of the cell stand in the goal; its figure stands nowhere."""
    rows = [*([text] for text in _HEAD), _HEADER, *_ROWS, ["", "", "", f"疏浚沟渠12公里，保障灌溉{figure}"]]
    document = recognise(Source("表.xlsx", "xlsx", [_cells(rows)]))
    held = str([document.tables[0].indicators, document.tables[0].fields])
    assert figure in held or any(figure in one.text for one in document.tables[0].unread)
