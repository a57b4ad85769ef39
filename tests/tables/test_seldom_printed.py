"""What forms print seldom, each read in all the ways in which it may be printed."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint import read
from perfgoals_lint.model import Document, Period
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source

ROWS = (
    ("产出指标", "数量指标", "加固堤段", "≥6处"),
    ("产出指标", "质量指标", "加固合格率", "≥95%"),
    ("效益指标", "社会效益指标", "受益农户", "≥300户"),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "≥90%"),
)
HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
LISTED = ("1.数量指标：加固堤段≥6处；2.质量指标：加固合格率≥95%", "1.数量指标：新栽行道树≥120株")
BOXES = ("项目名称", "堤段加固", "", "")


def _csv(*rows: tuple[str, ...]) -> Document:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return read("\n".join(lines).encode(), "表.csv")


def _text(*lines: str) -> Document:
    return read("\n".join(("项目支出绩效目标表", *lines)).encode(), "表.txt")


def _rows(document: Document, table: int = 0) -> list[tuple[str | None, ...]]:
    return [
        (one.level1, one.level2, one.level3, one.annual_value) for one in document.tables[table].indicators
    ]


@pytest.mark.parametrize(
    "tabbed", [mask for mask in product((True, False), repeat=len(ROWS)) if 0 < sum(mask) < len(ROWS)]
)
def test_tabs_between_the_cells_of_some_rows_and_blanks_in_others(tabbed: tuple[bool, ...]) -> None:
    rows = (("\t" if mark else "   ").join(row) for row, mark in zip(ROWS, tabbed, strict=True))
    boxes = "\t".join(("项目名称", "堤段加固", "预算金额（万元）", "80"))
    document = _text(boxes, "   ".join(HEADER), *rows)
    assert document.tables[0].project_name == "堤段加固"
    codes = {problem.code for problem in document.problems}
    unread = sum(tabbed) > 1 and "PGX107" in codes  # then nothing of it is
    assert _rows(document) == ([] if unread else list(ROWS))


@pytest.mark.parametrize("middle", ["分项指标", "所属类别"])
def test_a_text_whose_second_level_has_a_name_of_its_own(middle: str) -> None:
    document = _text("项目名称  堤段加固", "  ".join((HEADER[0], middle, *HEADER[2:])), *map("  ".join, ROWS))
    assert _rows(document) == list(ROWS)
    assert not document.problems


def test_a_text_with_names_below_the_heading_of_the_second_level() -> None:
    rows = [(first, name, value) for first, _, name, value in ROWS]
    lines = ["  ".join(row[row[0] == "产出指标" and number > 0 :]) for number, row in enumerate(rows)]
    document = _text("项目名称  堤段加固", "  ".join((*HEADER[:2], HEADER[3])), *lines)
    assert _rows(document) == [(first, None, name, value) for first, name, value in rows]


@pytest.mark.parametrize("heading", ["甲乙", "事项", "考核点", "要求"])
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], (*ROWS[:2], (*ROWS[1][:3], "≥90%"), *ROWS[2:])])
@pytest.mark.parametrize("levels", [1, 2])
def test_names_stand_behind_their_classes_whatever_their_heading(
    heading: str, rows: tuple[tuple[str, ...], ...], levels: int
) -> None:
    """Also where one name is printed twice, or a table has one row."""
    header = (*HEADER[:levels], heading, HEADER[3])
    document = _csv(BOXES, header, *((*row[:levels], *row[2:]) for row in rows))
    assert [row[2:] for row in _rows(document)] == [row[2:] for row in rows]


@pytest.mark.parametrize("name", ["堤段加固", "GIS平台", "GIS\ndata平台"])
@pytest.mark.parametrize("amount", ["（80万元）", "（预算80万元）", "(资金80万元)"])
def test_an_amount_behind_the_name_of_a_project_of_a_list(name: str, amount: str) -> None:
    document = _csv(
        ("项目名称", "预算金额（万元）", "绩效目标", "绩效指标"),
        (name + amount, "", "加固堤段。", LISTED[0]),
        ("行道树补栽（35万元）", "", "补栽行道树。", LISTED[1]),
    )
    assert [(table.project_name, int(table.budget_yuan or 0)) for table in document.tables] == [
        (name.replace("\n", " "), 800_000),
        ("行道树补栽", 350_000),
    ]


@pytest.mark.parametrize("nothing", ["无", "1.无\n2.无", "/", "1.无\n2.完工时间：2026年5月底前"])
def test_a_class_without_an_indicator_has_none(nothing: str) -> None:
    document = _csv(
        ("项目名称", "预算金额（万元）", "绩效目标", "数量指标", "时效指标"),
        ("堤段加固", "80", "加固堤段。", "加固堤段：≥6处", nothing),
        ("行道树补栽", "35", "补栽行道树。", "新栽行道树：≥120株", "完工时间：2026年6月底前"),
    )
    own = [row for row in _rows(document) if row[1] == "时效指标"]
    assert own == ([(None, "时效指标", "完工时间", "2026年5月底前")] if "完工" in nothing else [])


@pytest.mark.parametrize("label", ["绩效总目标", "总体绩效目标"])
def test_the_goal_of_all_years_in_a_list(label: str) -> None:
    """Alone it is the goal of the year, beside one of the year that of the whole period."""
    header = ("项目名称", "预算金额（万元）", label, "年度绩效目标", "绩效指标")
    rows = (
        ("堤段加固", "80", "三年内加固全部堤段。", "加固6处。", LISTED[0]),
        ("行道树补栽", "35", "三年内补齐行道树。", "补栽120株。", LISTED[1]),
    )
    both = _csv(header, *rows)
    assert [(t.cycle_goal, t.annual_goal) for t in both.tables] == [(row[2], row[3]) for row in rows]
    alone = _csv((*header[:3], header[4]), *((*row[:3], row[4]) for row in rows))
    assert [(t.cycle_goal, t.annual_goal) for t in alone.tables] == [(None, row[2]) for row in rows]
    assert not both.problems + alone.problems


@pytest.mark.parametrize("parts", [("财政拨", "款"), ("财政", "拨款"), ("本年预", "算")])
def test_a_label_above_and_below_the_line_of_its_value(parts: tuple[str, str]) -> None:
    boxes = ("项目名称 堤段加固", parts[0], "80万元", parts[1])
    document = _text(*boxes, " ".join(HEADER), *map(" ".join, _with_centred_class()))
    assert int(document.tables[0].budget_yuan or 0) == 800_000
    assert _rows(document) == list(ROWS)


@pytest.mark.parametrize("parts", [("年度绩", "效目标"), ("年度总", "体目标")])
def test_a_label_of_two_lines_beside_a_text_of_two_lines(parts: tuple[str, str]) -> None:
    boxes = ("项目名称 堤段加固", f"{parts[0]} 加固堤段六处并通过验收，", f"{parts[1]} 沿岸农户受益。")
    document = _text(*boxes, " ".join(HEADER), *map(" ".join, _with_centred_class()))
    assert document.tables[0].annual_goal == "加固堤段六处并通过验收，沿岸农户受益。"
    assert _rows(document) == list(ROWS)


def _with_centred_class() -> list[tuple[str, ...]]:
    """The rows with the class of the first two between them, as a merged cell of a page."""
    return [ROWS[0][1:], ROWS[0][:1], ROWS[1][1:], *ROWS[2:]]


@pytest.mark.parametrize("words", ["按计划", "见附件", "以批复为准"])
def test_the_period_is_that_of_the_label_with_years(words: str) -> None:
    document = _csv(
        ("项目名称", "堤段加固"), ("实施期限", words, "实施期限", "2026年至2028年"), HEADER, *ROWS
    )
    assert document.tables[0].period == Period(2026, 2028)
    assert document.tables[0].fields == {"实施期限": words}


def test_goals_that_are_counted_are_one_text() -> None:
    goals = [(f"年度目标{number}", text, "", "") for number, text in ((1, "加固堤段；"), (2, "补栽行道树。"))]
    document = _csv(BOXES, *goals, HEADER, *ROWS)
    assert document.tables[0].annual_goal == "加固堤段；补栽行道树。"
    assert not document.problems


@pytest.mark.parametrize("second", ["质量指标", "时效指标", "数量指标"])
@pytest.mark.parametrize("heading", ["产出指标", "产出"])
def test_a_class_of_either_level_in_a_column_of_its_own_class(heading: str, second: str) -> None:
    """成本指标 in front of others of the column's class is of the second level as they are, and so are they."""
    cells = f"成本指标：加固成本：≤80万元；{second}：加固情况：≥95%"
    document = _csv(
        ("项目名称", heading, "效益指标", "预算金额（万元）"),
        ("堤段加固", cells, "社会效益指标：受益农户：≥300户", "80"),
        ("行道树补栽", cells, "社会效益指标：受益居民：≥900户", "35"),
    )
    for table in document.tables:
        rows = [(row.level1, row.level2, row.level3) for row in table.indicators[:2]]
        assert rows == [(heading, "成本指标", "加固成本"), (heading, second, "加固情况")]


@pytest.mark.parametrize(
    "payers", [("省级财政", "市级财政"), ("中央财政", "县级财政"), ("市级财政：", "区级财政：")]
)
def test_who_pays_in_front_of_its_amount(payers: tuple[str, str]) -> None:
    """No label of a form says so much: the amount behind it does."""
    document = _csv(
        BOXES, ("预算金额（万元）", "100", "", ""), (payers[0], "80", payers[1], "20"), HEADER, *ROWS
    )
    (table,) = document.tables
    paid = {name.rstrip("："): int(amount) for name, amount in (table.funding_yuan or {}).items()}
    assert paid == dict(zip((name.rstrip("：") for name in payers), (800_000, 200_000), strict=True))
    assert not document.problems


@pytest.mark.parametrize("columns", [3, 61, 90])
def test_projects_beside_each_other_are_projects_however_many(columns: int) -> None:
    names = [f"第{number}段堤加固" for number in range(1, columns + 1)]
    rows = (
        ("项目名称", *names),
        ("预算金额（万元）", *(str(80 + number) for number in range(columns))),
        ("年度目标", *(f"加固{number}处" for number in range(1, columns + 1))),
        ("数量指标", *(f"加固堤段：≥{number}处" for number in range(1, columns + 1))),
    )
    document = _csv(*rows)
    assert [table.project_name for table in document.tables] == names
    assert [_rows(document, n) for n in (0, columns - 1)] == [
        [(None, "数量指标", "加固堤段", f"≥{n}处")] for n in (1, columns)
    ]


@pytest.mark.parametrize("blanks", [1, 3, 12])
@pytest.mark.parametrize("name", [("年度", "指标值"), ("预期", "目标值"), ("年度指", "标值")])
@pytest.mark.parametrize("behind", range(2))
def test_the_name_of_values_around_the_line_of_its_header(
    blanks: int, name: tuple[str, str], behind: int
) -> None:
    """What stands in the columns tells which it names, wherever its two parts stand."""
    upper, lower = (" " * (40 + 20 * behind) + part for part in name)
    gap = " " * blanks
    remarks = ("主河道", "全部堤段", "沿岸各村", "沿岸各户")
    rows = [gap.join((*row, remark)) for row, remark in zip(ROWS, remarks, strict=True)]
    document = _text("项目名称 堤段加固", upper, gap.join((*HEADER[:3], "备注")), lower, *rows)
    assert _rows(document) == list(ROWS)
    assert [row.columns for row in document.tables[0].indicators] == [{"备注": text} for text in remarks]


@pytest.mark.parametrize(
    ("parts", "held"),
    [
        (("中央资金", "省级资金"), True),
        (("中央财政", "市级财政"), True),
        (("中央", "县级"), True),
        (("设备", "人工"), False),
        (("一般公共预算", "中央资金"), False),
    ],
)
@pytest.mark.parametrize("amounts", [(50, 30), (50, 20)])
def test_the_parts_of_a_source_in_brackets_behind_its_amount(
    parts: tuple[str, str], held: bool, amounts: tuple[int, int]
) -> None:
    """What adds up is parts of it, and so is what is named as sources are: that it does not add up is for a rule to say."""
    said = "、".join(f"{name}{amount}" for name, amount in zip(parts, amounts, strict=True))
    document = _csv(
        BOXES,
        ("预算金额（万元）", "100", "", ""),
        ("财政拨款（万元）", f"80（其中：{said}）", "其他资金（万元）", "20"),
        HEADER,
        *ROWS,
    )
    (table,) = document.tables
    assert {name: int(amount) for name, amount in (table.funding_yuan or {}).items()} == {
        "财政拨款": 800_000,
        "其他资金": 200_000,
    }
    tree = {name: [int(one) for one in inner.values()] for name, inner in table.funding_tree.items()}
    kept = held or sum(amounts) == 80
    assert tree == ({"财政拨款": [amount * 10_000 for amount in amounts]} if kept else {})
    assert kept or table.fields["财政拨款（万元）"] == f"80（其中：{said}）"
    assert {*table.fields} <= {"财政拨款（万元）", *parts}


@pytest.mark.parametrize(
    ("headings", "budget", "kept"),
    [
        (("项目总投资（万元）", "申请专项债券额度（万元）"), 1, 0),
        (("申请专项债券额度（万元）", "项目总投资（万元）"), 0, 1),
        (("项目总投资（万元）",), 0, None),
        (("项目总投资（万元）", "项目实施期限"), None, 0),
    ],
)
def test_the_amount_of_a_list_without_a_column_of_the_budget(
    headings: tuple[str, ...], budget: int | None, kept: int | None
) -> None:
    """What is asked for is the budget, else what the whole costs, but not over a period of its own."""
    own = [("180", "80"), ("95", "35")]
    if "项目实施期限" in headings:
        own = [("180", "2026年至2028年"), ("95", "2026年至2027年")]
    rows = [
        (name, *cells[: len(headings)], "加固。", listed)
        for name, cells, listed in zip(("堤段加固", "行道树补栽"), own, LISTED, strict=True)
    ]
    document = _csv(("项目名称", *headings, "绩效目标", "绩效指标"), *rows)
    amounts = [table.budget_yuan and int(table.budget_yuan) for table in document.tables]
    assert amounts == [None if budget is None else int(cells[budget]) * 10_000 for cells in own]
    others = [table.fields for table in document.tables]
    assert others == [{} if kept is None else {headings[kept]: cells[kept]} for cells in own]


@pytest.mark.parametrize("heading", ["完成时限", "完成时间", "实施期限"])
def test_a_time_behind_the_indicators_is_theirs(heading: str) -> None:
    rows = [("堤段加固", "80", *row, f"2026年{6 + number}月") for number, row in enumerate(ROWS)]
    (table,) = _csv(("项目名称", "预算金额（万元）", *HEADER, heading), *rows).tables
    assert table.period is None
    assert [row.level3 for row in table.indicators] == [row[2] for row in ROWS]


@pytest.mark.parametrize(
    ("label", "first"), [("社会效益指标", None), ("生态效益指标", None), ("时效指标", "产出指标")]
)
def test_a_class_of_the_second_level_merged_over_both_columns(label: str, first: str | None) -> None:
    """It stands below the class above only where it is one of that class."""
    drawn = draw(f"""
        |项目名称|堤段加固|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|加固堤段|≥6处|
        |^|质量指标|加固合格率|≥95%|
        |{label}|<|沿岸情况|≥300户|
        |满意度指标|服务对象满意度指标|农户满意度|≥90%|
        """)
    document = recognise(source(drawn))
    assert _rows(document) == [*ROWS[:2], (first, label, "沿岸情况", "≥300户"), ROWS[3]]


@pytest.mark.parametrize(
    "fields", [(), ("年度目标：加固并补栽。",), ("预算金额：80万元", "年度目标：加固并补栽。")]
)
@pytest.mark.parametrize("numbers", [("", ""), ("一、", "二、")])
def test_projects_between_the_rows_of_a_table_with_their_fields(
    fields: tuple[str, ...], numbers: tuple[str, str]
) -> None:
    rows = [HEADER]
    for number, name in zip(numbers, ("堤段加固", "行道树补栽"), strict=True):
        rows += [(text, "", "", "") for text in (number + name, *fields)] + list(ROWS)
    document = _csv(("项目支出绩效目标表", "", "", ""), *rows)
    assert [table.project_name for table in document.tables] == ["堤段加固", "行道树补栽"]
    for table in document.tables:
        assert table.annual_goal == ("加固并补栽。" if fields else None)
        assert table.budget_yuan == (800_000 if len(fields) > 1 else None)
        assert len(table.indicators) == len(ROWS)


@pytest.mark.parametrize("valued", range(4))
def test_names_without_values_stay_whole_where_few_go_on_with_one(valued: int) -> None:
    """A column of names in which most end with a value holds both; one such name is a name."""
    names = [f"{row[2]}：{row[3]}" if number < valued else row[2] for number, row in enumerate(ROWS)]
    rows = [(*row[:2], name) for row, name in zip(ROWS, names, strict=True)]
    document = _csv(("项目名称", "堤段加固", ""), HEADER[:3], *rows)
    parted = 3 * valued >= 2 * len(ROWS)
    assert [row[2] for row in _rows(document)] == ([row[2] for row in ROWS] if parted else names)


@pytest.mark.parametrize("name", ["合计", "总计", "小计"])
@pytest.mark.parametrize("box", ["", "见合计"])
def test_a_sum_below_the_sources_is_the_budget_of_an_empty_box(name: str, box: str) -> None:
    sources = (("财政拨款（万元）", "80", "", ""), ("其他资金（万元）", "20", "", ""))
    (table,) = _csv(
        BOXES, ("预算金额（万元）", box, "", ""), *sources, (name, "", "100", ""), HEADER, *ROWS
    ).tables
    assert table.budget_yuan == 1_000_000
    assert {source: int(amount) for source, amount in (table.funding_yuan or {}).items()} == {
        "财政拨款": 800_000,
        "其他资金": 200_000,
    }


@pytest.mark.parametrize("amount", ["约八十", "八十余万", "待定80"])
def test_the_amount_of_a_task_that_is_no_number_is_told(amount: str) -> None:
    document = _csv(
        ("部门整体支出绩效目标表", "", "", ""),
        ("部门名称", "某某堤防局", "", ""),
        ("年度主要任务", "任务名称", "主要内容", "预算金额（万元）"),
        ("", "堤段加固", "加固6处", amount),
        ("", "行道树补栽", "补栽120株", "35"),
        ("年度目标", "完成任务。", "", ""),
        HEADER,
        *ROWS,
    )
    (table,) = document.tables
    assert [task.amount_yuan and int(task.amount_yuan) for task in table.tasks or ()] == [None, 350_000]
    assert [problem.code for problem in document.problems] == ["PGX106"]
