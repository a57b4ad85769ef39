"""Kinds of forms whose structure a text shows by little: each is the product of its parts, in lines of cells and by blanks."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import Document, GoalTable, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

TITLE = [["项目绩效目标表"]]
BOXES = [["项目名称", "渡口栈桥维护"], ["预算金额（万元）", "20.5"], ["年度目标", "维护栈桥3座，方便渡客。"]]
ROWS = [
    ("产出指标", "数量指标", "维护栈桥数量", "≥3座"),
    ("产出指标", "数量指标", "更换缆绳数量", "≥12根"),
    ("产出指标", "质量指标", "维护验收合格率", "=100%"),
    ("效益指标", "社会效益指标", "惠及渡客人次", "≥4.5万人次"),
    ("满意度指标", "服务对象满意度指标", "渡客满意度", "≥91%"),
]
SHAPES = ["lines", "blanks"]


def text_of(rows: list[list[str]], shape: str) -> list[str]:
    return [
        line
        for row in rows
        for line in ([" ".join(filter(None, row))] if shape == "blanks" else filter(None, row))
    ]


def read(rows: list[list[str]], shape: str) -> Document:
    lines = text_of(rows, shape)
    block = TextBlock([Line(text, Location("made.txt", line=n, column=1)) for n, text in enumerate(lines, 1)])
    return recognise(Source("made.txt", "text", [block]))


def only(rows: list[list[str]], shape: str) -> GoalTable:
    (table,) = read(rows, shape).tables
    return table


def found(table: GoalTable) -> list[tuple[str | None, ...]]:
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators]


def once(values: list[list[str]]) -> list[list[str]]:
    """The rows with each class printed once and their values."""
    printed: list[list[str]] = []
    for n, (first, second, name, _) in enumerate(ROWS):
        new_first, new_second = (not n or ROWS[n - 1][level] != (first, second)[level] for level in (0, 1))
        printed.append([first * new_first, second * new_second, name, *values[n]])
    return printed


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("ordinal", ["{}、", "（{}）", "{}."])
@pytest.mark.parametrize("digits", ["一二三", "123"])
def test_a_class_behind_a_number_heads_the_rows_below_it(shape: str, ordinal: str, digits: str) -> None:
    if ordinal == "{}." and digits != "123":
        pytest.skip("no form numbers so")
    rows = [*TITLE, *BOXES, ["二级指标", "三级指标", "指标值", "备注"]]
    for number, (first, own) in zip(
        digits, itertools.groupby(once([[row[3]] for row in ROWS]), _first()), strict=True
    ):
        rows += [[ordinal.format(number) + first], *(row[1:] for row in own)]
    assert found(only(rows, shape)) == ROWS


def _first():
    last = ""

    def first(row: list[str]) -> str:
        nonlocal last
        last = row[0] or last
        return last

    return first


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "parts",
    [
        ["一季度", "上半年", "前三季度", "全年"],
        ["1季度", "2季度", "3季度", "全年"],
        ["上半年", "全年"],
        ["东桥镇", "西渡镇", "合计"],
        ["甲村", "乙村", "丙村", "合计"],
    ],
)
def test_values_by_parts_have_their_sum_for_a_target(shape: str, parts: list[str]) -> None:
    values = [[f"≥{n}{row[3][2:]}" for n in range(1, len(parts))] + [row[3]] for row in ROWS]
    head = [["一级指标", "二级指标", "三级指标", "指标值"], parts]
    table = only([*TITLE, *BOXES, *head, *once(values)], shape)
    assert found(table) == ROWS
    assert table.indicators[0].columns[parts[0]] == values[0][0]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("other", ["调整前指标值", "调整前目标值", "修订前指标值"])
def test_a_value_that_was_changed_stands_beside_its_target(shape: str, other: str) -> None:
    own = "调整后指标值" if "调整" in other else "修订后指标值"
    values = [[f"{n + 2}{row[3].lstrip('≥=')[-1]}", row[3]] for n, row in enumerate(ROWS)]
    head = [["一级指标", "二级指标", "三级指标", other, own, "原因说明"]]
    assert found(only([*TITLE, *BOXES, *head, *once(values)], shape)) == ROWS


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("group", ["项目资金（万元）", "资金来源（万元）", ""])
@pytest.mark.parametrize(
    "sources",
    [["财政拨款", "其他资金"], ["其中：财政拨款", "其他资金"], ["财政拨款", "财政专户", "其他资金"]],
)
def test_amounts_below_their_labels(shape: str, group: str, sources: list[str]) -> None:
    amounts = ["16", "3.5", "1"][: len(sources)]
    total = str(sum(map(Decimal, amounts)))
    label = "资金总额" if group else "资金总额（万元）"
    boxes = [BOXES[0], [group, label, *sources], [total, *amounts], BOXES[2]]
    head = [["一级指标", "二级指标", "三级指标", "指标值"]]
    table = only([*TITLE, *boxes, *head, *once([[row[3]] for row in ROWS])], shape)
    assert table.budget_yuan == Decimal(total) * 10000
    assert list((table.funding_yuan or {}).values()) == [Decimal(amount) * 10000 for amount in amounts]
    assert found(table) == ROWS


@pytest.mark.parametrize("group", ["项目资金（万元）", "资金来源（万元）"])
@pytest.mark.parametrize("goals", ["总体目标", "绩效目标"])
def test_groups_that_stand_in_the_middle_of_their_rows(group: str, goals: str) -> None:
    above = [
        ["实施期资金总额", "61.5", "年度资金总额", "20.5"],
        [group, "其中：财政拨款", "48", "其中：财政拨款", "16"],
        ["其他资金", "13.5", "其他资金", "4.5"],
        ["实施期目标", "年度目标"],
        [goals],
        ["三年维护栈桥9座，渡运安全。", "维护栈桥3座，方便渡客。"],
    ]
    head = [["一级指标", "二级指标", "三级指标", "指标值"]]
    table = only([*TITLE, BOXES[0], *above, *head, *once([[row[3]] for row in ROWS])], "blanks")
    assert table.budget_yuan == Decimal("205000")
    assert table.funding_yuan == {"财政拨款": Decimal(160000), "其他资金": Decimal(45000)}
    assert (table.cycle_goal, table.annual_goal) == ("三年维护栈桥9座，渡运安全。", "维护栈桥3座，方便渡客。")


@pytest.mark.parametrize("parts", [["东桥镇", "西渡镇", "合计"], ["一季度", "上半年", "全年"]])
def test_the_name_over_parts_in_the_middle_of_a_header(parts: list[str]) -> None:
    head = [["指标值"], ["一级指标", "二级指标", "三级指标"], parts]
    rows = once([["≥1座", "≥2座", row[3]] for row in ROWS])
    assert found(only([*TITLE, *BOXES, *head, *rows], "blanks")) == ROWS


def test_the_name_over_values_in_the_middle_of_a_header() -> None:
    head = [["指标值"], ["一级指标", "二级指标", "三级指标"], ["三年目标", "2026年目标"]]
    table = only([*TITLE, *BOXES, *head, *once([["≥9座", row[3]] for row in ROWS])], "blanks")
    assert found(table) == ROWS
    assert {row.cycle_value for row in table.indicators} == {"≥9座"}


@pytest.mark.parametrize("sizes", list(itertools.product([1, 2, 3], repeat=2)))
def test_classes_of_one_level_in_the_middle_of_their_rows(sizes: tuple[int, ...]) -> None:
    if sizes[0] == 1 and sizes[1] % 2:
        pytest.skip("so would labels be printed in front of their rows")
    rows, wanted = [], []
    for first, size in zip(("产出指标", "效益指标"), sizes, strict=True):
        own = [[f"{first[:2]}事项{'甲乙丙'[n]}数量", f"≥{n + 2}项"] for n in range(size)]
        wanted += [(first, None, *row) for row in own]
        middle = size // 2
        rows += [*own[:middle], [first], *own[middle:]] if size % 2 == 0 else []
        rows += [*own[:middle], [first, *own[middle]], *own[middle + 1 :]] if size % 2 else []
    table = only([*TITLE, *BOXES, ["一级指标", "指标名称", "指标值", "备注"], *rows], "blanks")
    assert found(table) == wanted


@pytest.mark.parametrize("points", ["（{}分）", "（{}）", ""])
def test_classes_with_points_in_the_middle_of_their_rows(points: str) -> None:
    body = [
        ["栈桥维护数量", "≥2座"],
        ["数量指标"],
        ["缆绳更换数量", "≥5根"],
        ["产出指标" + points.format(50), "质量指标", "维护验收合格率", "=100%"],
        ["时效指标", "维护完工率", "≥95%"],
        ["成本指标", "每座维护成本", "≤6万元"],
        ["经济效益指标", "渡运收入", "≥30万元"],
        ["效益指标" + points.format(30)],
        ["社会效益指标", "惠及渡客人次", "≥4.5万人次"],
        ["满意度指标" + points.format(10), "服务对象满意度指标", "渡客满意度", "≥91%"],
    ]
    table = only([*TITLE, *BOXES, ["一级指标", "二级指标", "三级指标", "指标值"], *body], "blanks")
    firsts = ["产出指标" + points.format(50)] * 5 + ["效益指标" + points.format(30)] * 2
    assert [row.level1 for row in table.indicators] == [*firsts, "满意度指标" + points.format(10)]
    assert [row.level2 for row in table.indicators][:2] == ["数量指标", "数量指标"]


NAMED = {
    "数量指标": "维护栈桥数量≥3座",
    "时效指标": "维护完成时间：2026年9月底前",
    "成本指标": "每座维护成本≤6万元",
    "社会效益指标": "惠及渡客人次≥4.5万人次",
    "满意度指标": "渡客满意度≥91%",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("blank", [None, "数量指标", "社会效益指标"])
def test_names_tell_the_columns_of_a_list_without_its_blank_cells(shape: str, blank: str | None) -> None:
    rows = [["项目名称", "预算金额（万元）", "年度绩效目标", *NAMED]]
    for project, left_out in (("渡口栈桥维护", None), ("航标灯更新", blank)):
        cells = [text for label, text in NAMED.items() if label != left_out]
        rows.append([project, "20.5", f"完成{project}。", *cells])
    document = read([["项目绩效目标汇总表"], *rows], shape)
    assert [table.project_name for table in document.tables] == ["渡口栈桥维护", "航标灯更新"]
    told = [{row.level2 or row.level1: row.level3 for row in table.indicators} for table in document.tables]
    names = {label: text.split("≥")[0].split("≤")[0].split("：")[0] for label, text in NAMED.items()}
    assert told[0] == names
    assert told[1] == {label: name for label, name in names.items() if label != blank}


@pytest.mark.parametrize("mark", [" ", " | "])
@pytest.mark.parametrize("amounts", [["20.5", "36.8"], ["20", "36"]])
def test_numbered_lists_behind_single_amounts(mark: str, amounts: list[str], tmp_path: Path) -> None:
    listed = "".join(f"{n}、{row[0]}:{row[2]},年度指标值:{row[3]}。" for n, row in enumerate(ROWS, 1))
    lines = [mark.join(["项目名称", "实施单位", "年度预算（万元）", "绩效目标", "绩效指标"])]
    for name, amount in zip(("渡口栈桥维护", "航标灯更新"), amounts, strict=True):
        lines.append(mark.join([name, "某县渡运站", amount, "保障渡运安全。", listed]))
    path = tmp_path / "made.txt"
    framed = lines if mark == " " else [f"| {line} |" for line in lines]
    path.write_text("\n".join(["项目支出绩效目标公开表", *framed]) + "\n", encoding="utf-8")
    tables = extract_file(str(path)).tables
    assert [table.budget_yuan for table in tables] == [Decimal(amount) * 10000 for amount in amounts]
    assert all([row.level3 for row in table.indicators] == [row[2] for row in ROWS] for table in tables)
