"""A table with the labels of a goal table that no layout reads is named, also beside tables that are read."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import Document
from perfgoals_lint.tables.recognise import recognise
from readers.written import docx
from tables.grid_drawing import draw, source
from tables.invented import doubts, source_of

READ = [
    ["项目名称", "渡口护栏更新", "", ""],
    ["年度目标", "更新护栏30处", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "更新护栏", "≥30处"],
]
LEFT = [
    ["事项", "归类", "甲", "乙"],
    ["路灯", "产出指标", "盏数", "九"],
    ["路灯", "效益指标", "亮灯", "多"],
]


def named(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.args["where"]) for problem in doubts(document)]


def test_a_sheet_that_is_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in (("表一", READ), ("表二", LEFT), ("说明", [["本表一式两份"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    path = tmp_path / "两表.xlsx"
    path.write_bytes(buffer.getvalue())
    document = extract_file(str(path), display=path.name)
    assert [table.project_name for table in document.tables] == ["渡口护栏更新"]
    assert named(document) == [("PGX103", "表二")]
    assert (document.problems[0].location.sheet, document.problems[0].location.cell) == ("表二", "B2")


def test_a_word_table_that_is_not_read(tmp_path: Path) -> None:
    def table(rows: list[list[str]]) -> str:
        cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        lines = ("".join(cell.format(text) for text in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl><w:p/>"

    path = tmp_path / "两表.docx"
    path.write_bytes(docx(table(READ) + table(LEFT)))
    document = extract_file(str(path), display=path.name)
    assert [table.project_name for table in document.tables] == ["渡口护栏更新"]
    assert named(document) == [("PGX103", "产出指标")]
    place = document.problems[0].location
    assert (place.table, place.row, place.column) == (2, 2, 2)


@pytest.mark.parametrize(
    "picture",
    [
        "|事项|归类|\n|路灯|产出指标|\n|路灯|满意度指标|",
        "|事项|归类|指标值|\n|路灯|数量指标|9|",
        "|事项|归类|\n|路灯|产出|\n|护栏|数量|",
    ],
)
def test_the_labels_of_goals_are_enough(picture: str) -> None:
    read = draw("\n".join(f"|{'|'.join(row)}|" for row in READ))
    assert named(recognise(source(read, draw(picture, sheet="另表")))) == [("PGX103", "另表")]


@pytest.mark.parametrize(
    "picture",
    [
        "|品名|数量|质量|成本|\n|路灯|9|好|3|",
        "|填表说明|\n|产出指标按年度填写|",
        "|事项|归类|\n|路灯|产出指标|",
    ],
)
def test_other_tables_are_passed_over(picture: str) -> None:
    read = draw("\n".join(f"|{'|'.join(row)}|" for row in READ))
    assert recognise(source(read, draw(picture, sheet="另表"))).problems == []


def test_a_grid_beside_a_list_in_text() -> None:
    text = "项目名称\t总计\t绩效目标\t绩效指标\n" + "".join(
        f"夜校讲座{n}\t10.00\t开课。\t1、产出指标:开课次数,年度指标值:6次。\n" for n in range(4)
    )
    left = draw("\n".join(f"|{'|'.join(row)}|" for row in LEFT), sheet=None, table=1)
    mixed = source_of(text)
    mixed.blocks.append(left)
    document = recognise(mixed)
    assert document.layout == "project-list"
    assert named(document) == [("PGX103", "产出指标")]
