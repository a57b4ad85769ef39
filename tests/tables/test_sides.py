"""Forms that do not stand below each other: side by side, and tables with an indicator a column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw
from tables.grid_reading import only, read, rows


def _form(number: int) -> list[list[str]]:
    return [
        ["项目名称", f"第{number}段河堤加固", "", ""],
        ["预算金额（万元）", f"{number}0", "", ""],
        ["年度目标", f"加固河堤{number}公里", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "加固长度", f"≥{number}公里"],
        ["效益指标", "社会效益指标", "受益人口", f"≥{number}00人"],
    ]


@given(st.integers(1, 4), st.integers(0, 2))
def test_forms_side_by_side_are_forms_of_their_own(count: int, gap: int) -> None:
    forms = [_form(number) for number in range(1, count + 1)]
    lines: list[list[str]] = [[] for _ in forms[0]]
    for form in forms:
        for line, cells in zip(lines, form, strict=True):
            line += cells + [""] * gap
    cells = [Cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line) if text]
    grid = Grid("甲.xlsx", cells, len(lines), len(lines[0]), sheet="表")
    document = recognise(Source("甲.xlsx", "xlsx", [grid]))
    assert [table.project_name for table in document.tables] == [form[0][1] for form in forms]
    for number, table in enumerate(document.tables, 1):
        assert table.budget_yuan == number * 100_000
        assert rows(table) == [
            ("产出指标", "数量指标", "加固长度", None, f"≥{number}公里"),
            ("效益指标", "社会效益指标", "受益人口", None, f"≥{number}00人"),
        ]
        # The places are those of the sheet.
        assert table.indicators[0].locations["annual_value"].cell is not None
    last = document.tables[-1].indicators[0].locations["level1"].cell
    assert last is not None
    assert ord(last[0]) - ord("A") == (count - 1) * (4 + gap) if (count - 1) * (4 + gap) < 26 else True


def test_boxes_beside_each_other_are_one_form() -> None:
    table = only(
        draw("""
        |一级项目名称|水利建设|项目名称|河堤加固|
        |预算金额（万元）|30|项目编码|A07|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|加固长度|≥3公里|
        """)
    )
    assert (table.project_name, table.project_code) == ("河堤加固", "A07")


def test_a_table_with_an_indicator_a_column() -> None:
    document = read(
        draw("""
        |项目名称|河堤加固|<|<|
        |年度目标|加固河堤3公里|<|<|
        |一级指标|产出指标|<|效益指标|
        |二级指标|数量指标|质量指标|社会效益指标|
        |三级指标|加固长度|合格率|受益人口|
        |指标值|≥3公里|100%|≥900人|
        |填表人：赵某|<|<|<|
        """)
    )
    (table,) = document.tables
    assert rows(table) == [
        ("产出指标", "数量指标", "加固长度", None, "≥3公里"),
        ("产出指标", "质量指标", "合格率", None, "100%"),
        ("效益指标", "社会效益指标", "受益人口", None, "≥900人"),
    ]
    assert table.indicators[1].locations["annual_value"].cell == "C6"
    assert document.problems == []
