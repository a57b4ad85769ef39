"""Lists and forms in further shapes: blocks of classes, two levels of projects, projects beside each other, lists in rings and numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Document, Grid, Location, TextBlock
from perfgoals_lint.tables.named_values import named_values
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.grid_reading import rows

READ = [
    ("产出指标", "数量指标", "修补渠段", None, "≥14段"),
    ("产出指标", "质量指标", "渠段防渗合格率", None, "≥95%"),
    ("满意度指标", "服务对象满意度指标", "灌户满意度", None, "≥88%"),
]
ROWS = "\n".join(f"|{one}|{two}|{name}|{value}|" for one, two, name, _, value in READ)
HEADER = "|一级指标|二级指标|三级指标|指标值|"
PLACE = Location("甲.xlsx")
COUNTS = {
    "digits": ("1.", "2.", "3."),
    "brackets": ("（1）", "（2）", "（3）"),
    "rings": ("①", "②", "③"),
    "numerals": ("一、", "二、", "三、"),
    "bracketed numerals": ("（一）", "（二）", "（三）"),
}


def read(*blocks: Grid | TextBlock) -> Document:
    return recognise(source(*blocks))


def named(document: Document) -> list[tuple[str, Decimal | None]]:
    return [(table.project_name, table.budget_yuan) for table in document.tables]


@pytest.mark.parametrize("between", ["；", "\n", "", "；\n"])
@pytest.mark.parametrize("count", COUNTS)
def test_a_list_counts_in_digits_rings_or_numerals(count: str, between: str) -> None:
    wanted = [("修补渠段", "≥14段"), ("闸门检修", "≥3座"), ("第二批完工时间", "2031年9月底前")]
    items = ("修补渠段≥14段", "闸门检修≥3座", "第二批完工时间：2031年9月底前")
    text = between.join(f"{mark}{item}" for mark, item in zip(COUNTS[count], items, strict=True))
    if count == "numerals" and not between:
        return  # 段二、 may be a word of the name.
    assert [one[:2] for one in named_values((line, PLACE) for line in text.splitlines())] == wanted


ITEMS = [
    ("加固桥栏", "4处"),
    ("受理申诉件", "35件"),
    ("覆盖人次", "900人次"),
    ("返修率", "≤2%"),
    ("培训桥工", "60名桥工"),
    ("", "9月20日前完工"),
]


@pytest.mark.parametrize("count", [None, "digits"])
@pytest.mark.parametrize("between", ["；", "\n"])
@pytest.mark.parametrize("start", range(5))
def test_a_cell_of_figures_without_signs_is_a_list(start: int, between: str, count: str | None) -> None:
    wanted = ITEMS[start : start + 2] + ITEMS[-1:]
    marks = COUNTS[count] if count else [""] * 3
    text = between.join(f"{mark}{name}{value}" for mark, (name, value) in zip(marks, wanted, strict=True))
    assert [one[:2] for one in named_values((line, PLACE) for line in text.splitlines())] == wanted


@pytest.mark.parametrize(
    "text", ["抢修时限（小时）\n≤6", "桥灯亮灯\n率98%", "竣工时间2031年\n5月底前", "疏浚土方12\n00方"]
)
def test_a_broken_line_goes_on_with_its_indicator(text: str) -> None:
    assert len(list(named_values((line, PLACE) for line in text.splitlines()))) == 1


def test_numerals_inside_of_a_name_count_nothing() -> None:
    assert [one[:2] for one in named_values([("第一、二渠系检修≥3次", PLACE)])] == [
        ("第一、二渠系检修", "≥3次")
    ]


@pytest.mark.parametrize("upper", [False, True])
def test_blocks_of_classes_over_their_cells_are_indicators(upper: bool) -> None:
    heads = (
        "|产出指标|<|满意度指标|\n|数量指标|质量指标|服务对象满意度指标|"
        if upper
        else "|数量指标|质量指标|满意度指标|"
    )
    block = (
        "|项目名称|{}|<|\n|预算金额（万元）|{}|<|\n|绩效目标|修补渠段。|<|\n"
        + heads
        + "\n|修补渠段：≥14段|渠段防渗合格率：≥95%|灌户满意度：≥88%|"
    )
    document = read(
        draw(
            "|2031年项目绩效目标表|<|<|\n"
            + block.format("支渠修补", 31)
            + "\n"
            + block.format("斗渠修补", 12)
        )
    )
    assert named(document) == [("支渠修补", Decimal(310_000)), ("斗渠修补", Decimal(120_000))]
    for table in document.tables:
        assert [(row.level3, row.annual_value) for row in table.indicators] == [
            (one[2], one[4]) for one in READ
        ]
        assert not table.unread


def test_a_numbered_goal_beside_the_rows_is_a_column() -> None:
    lines = ROWS.splitlines()
    table = f"|目标名称{HEADER}\n|年度绩效目标1{lines[0]}\n|^{lines[1]}\n|年度绩效目标2{lines[2]}"
    document = read(
        draw(f"|项目名称|支渠修补|<|<|<|\n|年度绩效目标|修补渠段。|<|<|<|\n|年度绩效目标表|<|<|<|<|\n{table}")
    )
    assert [rows(one) for one in document.tables] == [READ]
    assert document.tables[0].annual_goal == "修补渠段。"


def test_the_amount_of_the_level_that_is_named_is_the_budget() -> None:
    for upper, lower in (("一级项目", "二级项目"), ("所属专项", "项目")):
        body = f"|渠系专项|60|支渠修补|31|修补渠段。{ROWS.splitlines()[0]}"
        head = f"|{upper}名称|{upper}预算（万元）|{lower}名称|{lower}预算（万元）|绩效目标{HEADER}"
        document = read(draw(f"{head}\n{body}"))
        assert named(document) == [("支渠修补", Decimal(310_000))]
        assert any(problem.code == "PGX123" for problem in document.problems)


def test_the_one_amount_of_a_list_is_its_budget() -> None:
    document = read(
        draw(f"|项目名称|财政拨款（万元）|年度目标{HEADER}\n|支渠修补|31|修补渠段。{ROWS.splitlines()[0]}")
    )
    assert named(document) == [("支渠修补", Decimal(310_000))]


def test_points_in_front_of_the_classes_are_those_of_the_rows() -> None:
    lines = [f"|{points}{line}" for points, line in zip((40, 30, 10), ROWS.splitlines(), strict=True)]
    body = f"|支渠修补|31{lines[0]}\n|^|^{lines[1]}\n|^|^{lines[2]}"
    (table,) = read(draw(f"|项目名称|预算（万元）|分值{HEADER}\n{body}")).tables
    assert [row.weight for row in table.indicators] == ["40", "30", "10"]
    assert not table.unread


def test_bands_of_classes_inside_of_a_list() -> None:
    line = "|{}|{}|{}|"
    body = [
        "|支渠修补|31|修补渠段。|产出指标|<|<|",
        *("|^|^|^" + line.format(*one[1:3], one[4]) for one in READ[:2]),
    ]
    body += ["|^|^|^|满意度指标|<|<|", "|^|^|^" + line.format(*READ[2][1:3], READ[2][4])]
    (table,) = read(
        draw("|项目名称|预算（万元）|绩效目标|二级指标|三级指标|指标值|\n" + "\n".join(body))
    ).tables
    assert rows(table) == READ


def test_projects_side_by_side_with_names_and_values_of_their_own() -> None:
    head = "|项目名称|<|支渠修补|<|斗渠修补|<|\n|预算金额（万元）|<|31|<|12|<|\n|年度目标|<|修补支渠。|<|修补斗渠。|<|"
    body = "\n".join(f"|{a}|{b}|{name}|{value}|斗渠{name}|{value}|" for a, b, name, _, value in READ)
    document = read(draw(f"{head}\n|一级指标|二级指标|三级指标|指标值|三级指标|指标值|\n{body}"))
    assert named(document) == [("支渠修补", Decimal(310_000)), ("斗渠修补", Decimal(120_000))]
    assert [table.annual_goal for table in document.tables] == ["修补支渠。", "修补斗渠。"]
    assert rows(document.tables[0]) == READ
    assert [row.level3 for row in document.tables[1].indicators] == [f"斗渠{one[2]}" for one in READ]


def test_a_name_over_the_levels_with_values_beside_it() -> None:
    head = "|绩效指标|<|<|年度指标值|监控情况|<|\n|一级指标|二级指标|三级指标|^|1-9月完成值|预计全年完成值|"
    body = "\n".join(f"{line}12|14|" for line in ROWS.splitlines())
    (table,) = read(
        draw(f"|项目名称|支渠修补|<|<|<|<|\n|年度目标|修补渠段。|<|<|<|<|\n{head}\n{body}")
    ).tables
    assert rows(table) == READ


def test_an_index_with_a_column_that_no_form_knows_is_joined_to_its_forms() -> None:
    index = draw(
        "|序号|项目名称|实施单位|资金总额（万元）|表号|\n|1|支渠修补|渠管站|31|附表1|\n|2|斗渠修补|渠管站|12|附表2|"
    )
    forms = [
        draw(f"|项目名称|{name}|<|<|\n|年度目标|修补渠段。|<|<|\n{HEADER}\n{ROWS}")
        for name in ("支渠修补", "斗渠修补")
    ]
    assert named(read(index, *forms)) == [("支渠修补", Decimal(310_000)), ("斗渠修补", Decimal(120_000))]
