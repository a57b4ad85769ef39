"""What stands in brackets, behind rings, beside a ditto mark, below classes and beside a whole is read as printed."""

from __future__ import annotations

import csv
import io

import pytest

from perfgoals_lint import Content, check, extract
from perfgoals_lint.model import SPENDING, Document, GoalTable

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROWS = [
    ["产出指标", "数量指标", "修补堤段", "≥7公里"],
    ["效益指标", "社会效益指标", "护岸农户", "≥640户"],
]
NAME = ["项目名称", "云岭堤段修补"]
LISTED = ["项目名称", "预算金额（万元）", "绩效目标"]


def _content(*rows: list[str]) -> Content:
    width = max(map(len, rows))
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


def _read(*rows: list[str]) -> Document:
    (document,) = extract(_content(*rows))
    return document


def _found(table: GoalTable) -> list[tuple[str | None, str | None, str | None]]:
    return [(row.level2, row.level3, row.annual_value) for row in table.indicators]


def _told(document: Document) -> set[str]:
    return {problem.code for problem in document.problems}


BRACKETS = ["3层", "三座", "5‰", "-18℃", "50兆瓦", "90天", "30分钟", "100元/人", "2级", "10千伏", "90-95%"]


@pytest.mark.parametrize("value", BRACKETS)
def test_a_bracket_is_the_value_of_a_name_without_another(value: str) -> None:
    listed = _read(
        [*LISTED, "绩效指标"],
        ["堤段修补", "12", "修补堤段。", f"数量指标：泵房（{value}）；质量指标：合格率（95%）"],
        ["林带补植", "9", "补植林带。", f"数量指标：泵房（{value}）；涵管（7处）；质量指标：合格率≥95%"],
    )
    pump, rate = ("数量指标", "泵房", value), ("质量指标", "合格率")
    assert _found(listed.tables[0]) == [pump, (*rate, "95%")]
    assert _found(listed.tables[1]) == [pump, ("数量指标", "涵管", "7处"), (*rate, "≥95%")]
    column = _read([*LISTED, "数量指标"], ["堤段修补", "12", "修补堤段。", f"泵房（{value}）"])
    assert _found(column.tables[0]) == [pump]


def test_an_item_without_a_value_drops_no_other() -> None:
    cell = "数量指标：泵房≥3座；质量指标：合格率≥95%；时效指标：堤段分批移交"
    document = _read([*LISTED, "绩效指标"], ["堤段修补", "12", "修补堤段。", cell])
    assert _found(document.tables[0])[:2] == [("数量指标", "泵房", "≥3座"), ("质量指标", "合格率", "≥95%")]
    assert len(document.tables[0].indicators) == 3


@pytest.mark.parametrize(
    "marks", ["①②③", ["1.", "2.", "3."], ["（一）", "（二）", "（三）"], ["一、", "二、", "三、"]]
)
@pytest.mark.parametrize("between", ["；", "\n"])
def test_numbers_of_any_style_stand_in_front_of_classes_and_names(marks: list[str], between: str) -> None:
    said = ["数量指标：泵房≥3座", "质量指标：合格率≥95%", "社会效益指标：护岸农户≥640户"]
    names = ["泵房≥3座", "涵管≥7处", "步道≥2公里"]
    document = _read(
        [*LISTED, "绩效指标"],
        ["堤段修补", "12", "修补堤段。", between.join(m + s for m, s in zip(marks, said, strict=True))],
        [
            "林带补植",
            "9",
            "补植林带。",
            "数量指标：" + "；".join(m + s for m, s in zip(marks, names, strict=True)),
        ],
    )
    first, second = document.tables
    assert [row.level3 for row in first.indicators] == ["泵房", "合格率", "护岸农户"]
    assert [row.level3 for row in second.indicators] == ["泵房", "涵管", "步道"]
    assert (first.unread, second.unread) == ([], [])


@pytest.mark.parametrize("word", ["不低于", "不少于", "大于等于", "达到", "不超过"])
@pytest.mark.parametrize("front", ["", "均", "床位数（", "满意度均"])
def test_a_word_for_a_sign_is_moved_whole_or_not_at_all(word: str, front: str) -> None:
    rows = [["产出指标", "数量指标", front + word, "50张"], ROWS[1]]
    assert _found(_read(NAME, HEAD, *rows).tables[0])[0] == ("数量指标", front + word, "50张")


@pytest.mark.parametrize("mark", ["同上", "〃"])
def test_a_ditto_mark_reaches_over_no_blank(mark: str) -> None:
    between = [["产出指标", "数量指标", "新修堤段", ""], ["产出指标", "数量指标", "改建堤段", mark]]
    found = _found(_read(NAME, HEAD, ROWS[0], *between, ROWS[1]).tables[0])
    assert [value for _, _, value in found] == ["≥7公里", None, mark, "≥640户"]


def test_a_mark_for_the_cell_beside_it_repeats_that() -> None:
    heads = ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值"]
    rows = [
        ["产出指标", "数量指标", "修补堤段", "≥9公里", "≥7公里"],
        ["同左", "质量指标", "合格率", "≥95%", "同左"],
        ["效益指标", "社会效益指标", "护岸农户", "≥640户", "≥640户"],
    ]
    row = _read(NAME, heads, *rows).tables[0].indicators[1]
    assert (row.level1, row.cycle_value, row.annual_value) == ("产出指标", "≥95%", "≥95%")


@pytest.mark.parametrize("sum_row", ["小计（云岭水务局）", "云岭水务局（小计）", "云岭水务局小计"])
def test_the_sum_of_a_body_names_it(sum_row: str) -> None:
    projects = [["堤段修补", "12", "修补堤段。", "数量指标：泵房≥3座"]]
    document = _read([*LISTED, "绩效指标"], [sum_row, "12"], *projects)
    assert [table.unit for table in document.tables] == ["云岭水务局"]


@pytest.mark.parametrize("total", ["80", None])
def test_the_kinds_of_spending_of_a_list_make_up_the_budget(total: str | None) -> None:
    columns = ["预算金额（万元）", "基本支出（万元）", "项目支出（万元）"][total is None :]
    amounts = [*([total] if total else []), "20", "60"]
    (table,) = _read(
        ["项目名称", *columns, "绩效目标", "绩效指标"],
        ["堤段修补", *amounts, "修补堤段。", "数量指标：泵房≥3座"],
    ).tables
    assert table.budget_yuan == 800_000
    assert list(table.funding_tree[SPENDING].values()) == [200_000, 600_000]
    assert (table.funding_yuan, table.fields) == (None, {})


@pytest.mark.parametrize(("column", "budget"), [("财政拨款（万元）", 120_000), ("其他资金（万元）", None)])
def test_the_only_amount_of_a_list_keeps_its_source(column: str, budget: int | None) -> None:
    (table,) = _read(
        ["项目名称", column, "绩效目标", "绩效指标"], ["堤段修补", "12", "修补堤段。", "数量指标：泵房≥3座"]
    ).tables
    assert (table.budget_yuan, list((table.funding_yuan or {}).values())) == (budget, [120_000])


@pytest.mark.parametrize(
    "boxes", [["项目支出", "300万元"], ["项目支出（万元）", "300"], ["基本支出（万元）", "300"]]
)
def test_the_only_kind_of_spending_of_a_form_is_its_budget(boxes: list[str]) -> None:
    (table,) = _read(NAME, boxes, HEAD, *ROWS).tables
    assert (table.budget_yuan, table.fields) == (3_000_000, {})


WHOLE = ["项目总投资（万元）", "800"]


@pytest.mark.parametrize("label", ["其中：本年预算", "其中：本年度申请财政资金"])
def test_the_year_beside_the_whole_is_the_budget(label: str) -> None:
    (table,) = _read(NAME, [*WHOLE, label, "200"], HEAD, *ROWS).tables
    assert table.budget_yuan == 2_000_000


def test_the_parts_of_the_whole_are_read_to_the_end_of_their_block() -> None:
    block = [[*WHOLE, "其中：财政拨款", "200"], ["其他资金", "600"]]
    (alone,) = _read(NAME, *block, HEAD, *ROWS).tables
    assert alone.budget_yuan == 8_000_000
    assert list((alone.funding_yuan or {}).values()) == [2_000_000, 6_000_000]
    (beside,) = _read(NAME, *block, ["预算金额（万元）", "100", "财政拨款", "100"], HEAD, *ROWS).tables
    assert (beside.budget_yuan, list((beside.funding_yuan or {}).values())) == (1_000_000, [1_000_000])


def test_rows_below_classes_go_on_until_another_shape() -> None:
    classes = [["产出指标", "", "效益指标", ""], ["数量指标", "质量指标", "社会效益指标", "生态效益指标"]]
    values = [
        ["泵房≥3座", "合格率≥95%", "护岸农户≥640户", "增绿≥5亩"],
        ["涵管≥7处", "达标率≥95%", "受益村≥5个", "节水≥3吨"],
        ["步道≥2公里", "", "受益店≥9家", ""],
    ]
    (table,) = _read(NAME, *classes, *values, ["备注", "无"], ["填报人：某甲", "电话：0123"]).tables
    printed = [cell for row in values for cell in row if cell]
    assert [f"{name}{value}" for _, name, value in _found(table)] == printed
    assert "备注" in table.fields


@pytest.mark.parametrize("label", ["绩效目标及指标", "目标及指标", "绩效目标及绩效指标"])
def test_a_goal_in_the_box_of_indicators_is_told(label: str) -> None:
    document = _read(NAME, [label, "修补堤段，改善护岸条件。"], HEAD, *ROWS)
    assert "PGX123" in _told(document)


def _merged(label: str, text: str) -> Document:
    rows = [[("项目名称", 1), ("云岭堤段修补", 3)], *([(cell, 1) for cell in row] for row in (HEAD, *ROWS))]
    cells = (
        "".join(f"<td colspan={width}>{cell}</td>" for cell, width in row)
        for row in [*rows, [(label, 1), (text, 3)]]
    )
    page = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    (document,) = extract(Content("表.html", page.encode()))
    return document


@pytest.mark.parametrize("label", ["总分", "自评得分", "得分合计", "约束性指标", "生态影响", "创新指标"])
def test_points_and_classes_below_are_no_boxes(label: str) -> None:
    document = _merged(label, "95")
    assert document.tables[0].fields == {}
    assert not {"PGX107", "PGX123"} & _told(document)
    assert "PGX123" in _told(_merged("汛期应对", "备用泵2台"))


def test_several_labels_in_one_cell_are_read() -> None:
    cell = "年度目标：修补堤段7公里。  完成时间：2026年12月\n单位：万元\n资金总额80万元"
    document = _read(NAME, [cell], HEAD, *ROWS)
    assert (document.tables[0].budget_yuan, document.tables[0].unread) == (800_000, [])
    (result,) = check(_content(NAME, [cell], HEAD, *ROWS))
    assert "PGX107" not in {finding.rule for finding in result.findings}
