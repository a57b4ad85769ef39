"""What tells the projects, values and headers of lists apart, and the account that says where a reading of one is wrong."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.headings import box_field
from perfgoals_lint.tables.recognise import recognise

ROWS = [
    ("产出指标", "数量指标", "架设灯杆", "≥30根"),
    ("产出指标", "质量指标", "亮灯率", "≥95%"),
    ("满意度指标", "服务对象满意度指标", "行人满意度", "≥95%"),
]
NAMES = ("巷道照明", "渡口护栏")


def read(rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Document:
    """The document of rows of texts; ``spans`` are the rows and columns that a cell reaches over."""
    cells = [
        Cell(r, c, text, *(spans or {}).get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    width = max(map(len, rows))
    return recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), width, sheet="表")]))


def values(document: Document) -> dict[str, list[tuple[str | None, ...]]]:
    return {
        table.project_name: [
            (one.level1, one.level2, one.level3, one.annual_value) for one in table.indicators
        ]
        for table in document.tables
    }


def codes(document: Document) -> set[str]:
    return {problem.code for problem in document.problems}


@pytest.mark.parametrize(
    ("gap", "heads"), [*product([0, 1], [("三级指标", "指标值"), ("指标名称", "目标值")])]
)
def test_two_lists_beside_each_other_are_two(gap: int, heads: tuple[str, str]) -> None:
    blank = [""] * gap
    head = ["项目名称", *heads]
    body = [[NAMES[0], name, value, *blank, NAMES[1], f"{name}二期", value] for _, _, name, value in ROWS]
    document = read([["项目绩效指标对照"], [*head, *blank, *head], *body])
    found = {name: [one[2:] for one in rows] for name, rows in values(document).items()}
    wanted = {
        NAMES[0]: [row[2:] for row in ROWS],
        NAMES[1]: [(f"{name}二期", value) for _, _, name, value in ROWS],
    }
    assert found == wanted or codes(document) & {"PGX104", "PGX107", "PGX123"}
    assert gap == 0 or found == wanted


_BESIDE = ["项目名称", "预算金额（万元）", "三级指标", "指标值"]
_LEFT = [["巷道照明", "30", "架设灯杆", "≥30根"], ["渡口护栏", "12", "护栏长度", "≥9米"]]
_RIGHT = [["沟渠疏浚", "20", "疏浚长度", "≥30米"], ["闸门安装", "5", "安装闸门", "≥9座"]]


def _beside(left: list[list[str]], right: list[list[str]], gap: int = 0) -> list[list[str]]:
    return [[*one, *[""] * gap, *other] for one, other in zip(left, right, strict=True)]


@pytest.mark.parametrize("gap", [0, 1])
def test_sums_of_lists_beside_each_other_are_of_their_own(gap: int) -> None:
    sums = [["合计", "42", "", ""], ["合计", "25", "", ""]]
    document = read(_beside([_BESIDE, *_LEFT, sums[0]], [_BESIDE, *_RIGHT, sums[1]], gap))
    assert [(total.first, total.last) for total in document.totals] == [(0, 1), (2, 3)]
    document = read(_beside([_BESIDE, *_LEFT], [_BESIDE, _RIGHT[0], ["合计", "62", "", ""]], gap))
    assert [(total.first, total.last) for total in document.totals] == [(0, 2)]


def test_lists_beside_each_other_have_years_and_numbers_of_their_own() -> None:
    years = [["2031年度", "", "", ""], ["2032年度", "", "", ""]]
    rows = _beside([years[0], _BESIDE, *_LEFT], [years[1], _BESIDE, *_RIGHT])
    document = read(rows, {(0, 0): (1, 4), (0, 4): (1, 4)})
    assert [table.fiscal_year for table in document.tables] == [2031, 2031, 2032, 2032]
    counted = [
        [["序号", *_BESIDE], *([str(n), *row] for n, row in enumerate(half))] for half in (_LEFT, _RIGHT)
    ]
    names = [table.project_name for table in read(_beside(*counted)).tables]
    assert names == [row[0] for row in (*_LEFT, *_RIGHT)]


def test_boxes_above_lists_beside_each_other_stay_together() -> None:
    form = ["项目名称", "夜行安全", "主管部门", "市政局", "实施单位", "路灯所", "预算（万元）", "42"]
    head, *body = _beside([_BESIDE, *_LEFT], [_BESIDE, *_RIGHT])
    document = read([["项目支出绩效目标表"], form, ["年度目标", "架设灯杆。"], head, *body])
    assert document.tables[0].unit == "路灯所"
    assert [table.project_name for table in document.tables[1:]] == [row[0] for row in (*_LEFT, *_RIGHT)]


@pytest.mark.parametrize("column", ["标段", "资金性质", "实施地点", "序号"])
def test_the_same_project_in_parts_is_right(column: str) -> None:
    head = ["项目名称", column, "年度绩效目标", "产出指标", "满意度指标"]
    rows = [[NAMES[0], n, "架设灯杆。", f"灯杆{n}：≥{n}根", "满意度：≥95%"] for n in ("1", "2")]
    assert "PGX104" not in codes(read([head, *rows]))


def test_the_same_project_twice_with_nothing_different_is_said() -> None:
    head = ["项目名称", "年度绩效目标", "产出指标", "满意度指标"]
    twice = [[NAMES[0], "架设灯杆。", f"灯杆{n}：≥{n}根", "满意度：≥95%"] for n in (30, 12)]
    other = [
        [name, "架设灯杆。", f"灯杆{n}：≥{n}根", "满意度：≥95%"]
        for n, name in zip((30, 12), NAMES, strict=True)
    ]
    assert "PGX104" in codes(read([head, *twice]))
    assert "PGX104" not in codes(read([head, *other]))


@pytest.mark.parametrize("last", ["分值", "备注", "评分标准", "数据来源"])
def test_a_column_behind_merged_values_is_read(last: str) -> None:
    rows = [
        ["项目名称", NAMES[0]],
        ["绩效指标", "", "", "指标值"],
        ["一级指标", "二级指标", "三级指标", "上半年", "全年", last],
        *([*row, row[3], "25"] for row in ROWS),
    ]
    (table,) = read(rows, {(1, 3): (1, 2)}).tables
    assert last in [column.text for column in table.header]
    assert [one.annual_value for one in table.indicators] == [row[3] for row in ROWS]
    assert table.unread == []


def test_of_two_names_below_merged_values_the_later_one_is_taken() -> None:
    rows = [
        ["项目名称", NAMES[0]],
        ["绩效指标", "", "", "指标值", "", "分值"],
        ["一级指标", "二级指标", "三级指标", "年初目标", "调整后目标"],
        *([*row[:3], "≥1根", row[3], "25"] for row in ROWS),
    ]
    (table,) = read(rows, {(1, 0): (1, 3), (1, 3): (1, 2)}).tables
    assert [one.annual_value for one in table.indicators] == [row[3] for row in ROWS]
    assert not table.indicators[0].unknown


def _below(spans: dict[tuple[int, int], tuple[int, int]] | None) -> dict[tuple[int, int], tuple[int, int]]:
    return {(r + 2, c): span for (r, c), span in (spans or {}).items()}


@pytest.mark.parametrize("parts", [("全市", "东河县"), ("甲片", "乙片")])
def test_of_two_values_below_one_merged_name_none_is_glued(parts: tuple[str, str]) -> None:
    rows = [
        ["项目名称", NAMES[0]],
        ["一级指标", "二级指标", "三级指标", "指标值", ""],
        ["", "", "", *parts],
        *([*row, "≥1根"] for row in ROWS),
    ]
    for spans in ({(1, 3): (1, 2)}, None):
        document = read(rows, spans)
        glued = [
            v
            for found in values(document).values()
            for *_, v in found
            if v and v.endswith("≥1根") and v != "≥1根"
        ]
        assert glued == []


def test_a_value_printed_beside_another_one_is_unread() -> None:
    rows = [
        ["项目名称", NAMES[0]],
        ["一级指标", "二级指标", "三级指标", "指标值", ""],
        *([*row, "≥7处"] for row in ROWS),
    ]
    document = read(rows, {(1, 3): (1, 2)})
    assert [one[3] for one in values(document)[NAMES[0]]] == [row[3] for row in ROWS]
    assert [cell.text for cell in document.tables[0].unread] == ["≥7处"] * len(ROWS)


@pytest.mark.parametrize(("outer", "inner"), [("专项名称", "子项名称"), ("项目名称", "子项目名称")])
def test_inner_names_with_classes_of_their_own_are_the_projects(outer: str, inner: str) -> None:
    head = [outer, inner, f"{inner[:-2]}金额（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [
        ["夜行安全", name, str(amount), *row] if first is row else ["", "", "", *row]
        for name, amount in zip(NAMES, (30, 12), strict=True)
        for first in ROWS[:1]
        for row in ROWS
    ]
    document = read([head, *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert [table.budget_yuan for table in document.tables] == [300_000, 120_000]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *product(
            ["项目名称"],
            ["一级项目名称", "所属专项名称", "专项资金名称", "政策名称", "项目全称", "转移支付名称"],
        ),
        ("二级项目名称", "一级项目名称"),
        ("项目名称", "子项目名称"),
    ],
)
def test_a_second_name_of_one_project_each_leaves_the_projects(first: str, second: str) -> None:
    head = [first, second, "预算金额（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [
        [*([name, "城建专项", "20"] if row is ROWS[0] else [""] * 3), *row] for name in NAMES for row in ROWS
    ]
    document = read([head, *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert {table.budget_yuan for table in document.tables} == {200_000}


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("part", [True, False])
def test_amounts_of_inner_projects_are_told_from_that_of_the_outer(filled: bool, part: bool) -> None:
    head = ["项目名称", "项目预算（万元）", "子项目名称", *(["子项目预算（万元）"] if part else [])]
    body = [
        [
            *(["夜行安全", "42"] if filled or (name, row) == (NAMES[0], ROWS[0]) else ["", ""]),
            *([name, *(["21"] if part else [])] if filled or row is ROWS[0] else [""] * (1 + part)),
            *row,
        ]
        for name in NAMES
        for row in ROWS
    ]
    document = read([[*head, "一级指标", "二级指标", "三级指标", "指标值"], *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert [table.budget_yuan for table in document.tables] == [210_000 if part else None] * 2


def test_an_amount_beside_each_inner_project_is_its_budget() -> None:
    head = ["项目名称", "子项目名称", "项目预算（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [
        [
            "夜行安全" if (name, row) == (NAMES[0], ROWS[0]) else "",
            *([name, "42"] if row is ROWS[0] else ["", ""]),
            *row,
        ]
        for name in NAMES
        for row in ROWS
    ]
    assert [table.budget_yuan for table in read([head, *body]).tables] == [420_000, 420_000]


def test_parts_of_a_project_leave_it_whole() -> None:
    head = [
        "项目名称",
        "项目总金额（万元）",
        "子项目名称",
        "子项目金额（万元）",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
    ]
    parts = [["一标段", "40"], ["", ""], ["二标段", "2"]]
    body = [
        [*([NAMES[0], "42"] if not n else ["", ""]), *part, *row]
        for n, (part, row) in enumerate(zip(parts, [ROWS[0], ROWS[0], ROWS[1]], strict=True))
    ]
    (table,) = read([head, *body]).tables
    assert (table.project_name, len(table.indicators)) == (NAMES[0], len(body))
    assert table.budget_yuan == 420_000
    assert table.fields["子项目名称"] == "一标段、二标段"
    assert table.unread == []


def test_what_a_row_says_is_said_of_the_project_below_it() -> None:
    head = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [
        row
        for name in NAMES
        for row in (
            [f"{name}（预算金额：42万元）"],
            [f"绩效目标：完成{name}。"],
            *([name if n == 0 else "", *one] for n, one in enumerate(ROWS)),
        )
    ]
    document = read([head, *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert [table.annual_goal for table in document.tables] == [f"完成{name}。" for name in NAMES]
    assert {table.budget_yuan for table in document.tables} == {420_000}
    assert {table.unit for table in document.tables} == {None}


HEAD = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]


def _rows(name: str, every: bool = False) -> list[list[str]]:
    return [[name if every or row is ROWS[0] else "", *row] for row in ROWS]


@pytest.mark.parametrize("total", [[], [["合计"]]])
def test_a_goal_below_its_project_is_that_projects(total: list[list[str]]) -> None:
    body = [row for name in NAMES for row in (*_rows(name), [f"绩效目标：完成{name}。"])]
    document = read([HEAD, *body, *total])
    assert [table.annual_goal for table in document.tables] == [f"完成{name}。" for name in NAMES]


def test_a_goal_between_two_projects_is_told() -> None:
    document = read([HEAD, *_rows(NAMES[0]), ["绩效目标：架设完成。"], *_rows(NAMES[1])])
    assert {table.annual_goal for table in document.tables} == {None}
    assert "PGX107" in codes(document)


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("lines", [["{}（预算金额：42万元）"], ["预算金额：42万元", "绩效目标：完成{}。"]])
def test_an_amount_above_a_project_is_its_budget(lines: list[str], every: bool) -> None:
    body = [row for name in NAMES for row in (*([one.format(name)] for one in lines), *_rows(name, every))]
    document = read([HEAD, *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert [(table.budget_yuan, table.unit) for table in document.tables] == [(420_000, None)] * 2
    assert [table.unread for table in document.tables] == [[], []]


@pytest.mark.parametrize(
    "heading", ["一、市政局（62万元）", "县级公路站（20万元）", "一、巷道照明（42万元）"]
)
def test_a_heading_with_an_amount_is_a_unit(heading: str) -> None:
    document = read([HEAD, [heading], *_rows(NAMES[0]), *_rows(NAMES[1])])
    assert {table.unit for table in document.tables} == {heading}
    assert codes(document) == set()


def test_an_expected_effect_is_a_class() -> None:
    rows = [["预期产出", "架设灯杆", "≥30根"], ["预期效果", "照明覆盖率", "≥90%"]]
    body = [[name if row is rows[0] else "", *row] for name in NAMES for row in rows]
    for table in read([["项目名称", "一级指标", "三级指标", "指标值"], *body]).tables:
        assert [(one.level1, one.level3) for one in table.indicators] == [(row[0], row[1]) for row in rows]
        assert table.annual_goal is None


@pytest.mark.parametrize("label", ["绩效指标", "年度绩效指标", "项目绩效指标", "绩\n效\n指\n标"])
def test_a_label_in_front_of_rows_without_a_header_is_read(label: str) -> None:
    rows = [["产出指标", "架设灯杆≥30根"], ["效益指标", "照明人口≥900人"], ["满意度指标", "行人满意度≥95%"]]
    form = [["项目支出绩效目标表"], ["项目名称", NAMES[0]], ["年度目标", "架设灯杆。"]]
    body = [[label if row is rows[0] else "", *row] for row in rows]
    assert codes(read([*form, *body], {(3, 0): (3, 1)})) == set()


def test_codes_of_indicators_are_read() -> None:
    head = ["序号", "指标编码", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [[str(n + 1), f"00{n}", *row] for n, row in enumerate(ROWS)]
    assert codes(read([["项目名称", NAMES[0]], ["年度目标", "架设灯杆。"], head, *body])) == set()


@pytest.mark.parametrize("label", ["绩效目标", "年度目标", "项目年度绩效目标"])
def test_a_goal_between_the_rows_is_no_indicator(label: str) -> None:
    head = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
    body = [row for name in NAMES for row in ([name, label, f"完成{name}。"], *(["", *one] for one in ROWS))]
    document = read([head, *body])
    assert values(document) == {name: [*ROWS] for name in NAMES}
    assert [table.annual_goal for table in document.tables] == [f"完成{name}。" for name in NAMES]


@pytest.mark.parametrize("count", ["1", "2", "3"])
@pytest.mark.parametrize("kind", ["类型", "类别"])
def test_a_class_stands_in_front_of_each_counted_pair(kind: str, count: str) -> None:
    numbers = range(1, int(count) + 2)
    head = ["项目名称", "绩效目标", *(f"指标{n}{part}" for n in numbers for part in (kind, "名称", "值"))]
    cells = [cell for n in numbers for cell in ("质量指标", f"灯杆{n}", f"≥{n}根")]
    (table,) = read([["项目指标表"], head, [NAMES[0], "架设灯杆。", *cells]]).tables
    assert [(one.level2, one.level3, one.annual_value) for one in table.indicators] == [
        ("质量指标", f"灯杆{n}", f"≥{n}根") for n in numbers
    ]


@pytest.mark.parametrize("end", ["值", "目标值"])
def test_a_value_is_headed_by_its_class(end: str) -> None:
    head = ["项目名称", "预算（万元）", "产出指标", f"产出指标{end}", "满意度指标", f"满意度指标{end}"]
    (table,) = read([head, [NAMES[0], "42", "架设灯杆", "≥30根", "行人满意度", "≥95%"]]).tables
    assert [(one.level1, one.level3, one.annual_value) for one in table.indicators] == [
        ("产出指标", "架设灯杆", "≥30根"),
        ("满意度指标", "行人满意度", "≥95%"),
    ]


@pytest.mark.parametrize("stop", ["。", "\n"])
def test_a_box_of_all_indicators_is_read_in_a_form(stop: str) -> None:
    text = stop.join(f"{second}：{name}{value}" for _, second, name, value in ROWS)
    document = read([["项目名称", NAMES[0]], ["绩效目标", "架设灯杆。"], ["绩效指标", text]])
    assert [one[1:] for one in values(document)[NAMES[0]]] == [row[1:] for row in ROWS]


def test_a_box_of_indicators_that_is_no_list_leaves_them_open() -> None:
    (table,) = read(
        [["项目名称", NAMES[0]], ["绩效目标", "架设灯杆。"], ["绩效指标", "灯杆架设完成后巷道更亮"]]
    ).tables
    assert "indicators" in table.unknown


def test_past_values_name_no_year_of_the_budget() -> None:
    head = ["项目名称", "一级指标", "二级指标", "三级指标", "2029年实际值", "2031年指标值"]
    (table,) = read([["项目指标表"], head, *([NAMES[0], *row[:3], "≥3", row[3]] for row in ROWS)]).tables
    assert table.fiscal_year == 2031


def test_the_value_of_a_year_before_is_that_of_the_last_one() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "2030年完成值"]
    (table,) = read(
        [
            ["项目支出绩效目标表"],
            ["（2031年度）"],
            ["项目名称", NAMES[0]],
            head,
            *([*row, "28"] for row in ROWS),
        ]
    ).tables
    assert [one.role for one in table.header][-1] == "last_year_value"


@pytest.mark.parametrize("label", ["一级项目名称", "险种名称", "基金险种"])
def test_a_form_names_its_programme_where_it_has_no_other_name(label: str) -> None:
    rows = [
        [label, NAMES[0]],
        ["年度目标", "架设灯杆。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *map(list, ROWS),
    ]
    assert read(rows).tables[0].project_name == NAMES[0]
    assert read([["项目名称", NAMES[1]], *rows]).tables[0].project_name == NAMES[1]


def test_income_alone_is_no_source() -> None:
    assert not (box_field("本年收入") or "").startswith("own_source")
    assert (box_field("事业收入") or "").startswith("own_source")


@pytest.mark.parametrize("label", ["到2026年底目标值", "基金总目标值"])
def test_the_one_column_of_values_is_the_years(label: str) -> None:
    rows = [
        ["项目支出绩效目标表"],
        ["（2026年度）"],
        ["项目名称", NAMES[0]],
        ["一级指标", "二级指标", "三级指标", label],
    ]
    (table,) = read([*rows, *map(list, ROWS)]).tables
    assert [one.annual_value for one in table.indicators] == [row[3] for row in ROWS]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("95%", "以上"),
        ("12月", "31日前"),
        ("2026年", "11月底前"),
        ("≥2次", "/月"),
        ("≥30根", "（含维修）"),
        ("100%", "完成"),
    ],
)
def test_a_value_in_two_cells_is_one(first: str, second: str) -> None:
    rows = [
        ["项目名称", NAMES[0]],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *([*row[:3], first, second] for row in ROWS),
    ]
    (table,) = read(rows, {(1, 3): (1, 2)}).tables
    assert {one.annual_value for one in table.indicators} == {first + second}


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("无", False),
        ("/", False),
        ("质量达标，按期完成，群众满意。", True),
        ("数量指标：灯杆≥30根。质量指标：亮灯率≥95%。其余指标由镇街另行设定。", True),
        ("一级指标：产出指标 二级指标：数量指标 三级指标：架设灯杆 指标值：≥30根", True),
    ],
)
def test_prose_in_the_box_of_indicators_makes_no_rows(text: str, open_: bool) -> None:
    document = read([["项目名称", NAMES[0]], ["绩效目标", "架设灯杆。"], ["绩效指标", text]])
    (table,) = document.tables
    assert not table.indicators
    assert ("indicators" in table.unknown) is open_
    assert "PGX123" in codes(document)


def test_points_of_every_sum_row_are_kept_and_no_budget() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "分值"]
    body = [[*ROWS[0], "40"], ["小计", "", "", "", "40"], [*ROWS[1], "60"], ["小计", "", "", "", "60"]]
    (table,) = read([["项目名称", NAMES[0]], head, *body, ["合计", "", "", "", "100"]]).tables
    assert list(table.fields.values()) == ["40", "60", "100"]
    assert table.budget_yuan is None


def test_a_line_a_class_in_front_of_a_pair_is_a_row_each() -> None:
    head = [
        "项目名称",
        "绩效目标",
        *(f"指标{n}{part}" for n in (1, 2) for part in ("类型", "名称", "值")),
    ]
    cells = ["产出指标\n产出指标", "灯杆\n灯具", "≥30根\n≥12盏", "产出指标", "亮灯率", "≥95%"]
    (table,) = read([["项目指标表"], head, [NAMES[0], "架设灯杆。", *cells]]).tables
    assert [(one.level1, one.level2, one.level3, one.annual_value) for one in table.indicators] == [
        ("产出指标", None, "灯杆", "≥30根"),
        ("产出指标", None, "灯具", "≥12盏"),
        ("产出指标", None, "亮灯率", "≥95%"),
    ]
