"""Boxes of forms of other provinces: labels over years, goals under times, options with ticks, amounts in words and figures, and
lists whose columns stand below names of several."""

from __future__ import annotations

import csv
import io

import pytest

from perfgoals_lint import Content, GoalTable, check, extract

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = [("产出指标", "数量指标", "整修闸门", "≥6扇"), ("", "质量指标", "整修验收合格率", "≥95%")]
GOAL = "年内整修闸门6扇，验收合格。"
WHOLE = "三年整修闸门18扇。"


def _content(*rows: tuple[str, ...]) -> Content:
    wide = max(len(row) for row in rows)
    csv.writer(out := io.StringIO()).writerows((*row, *("",) * (wide - len(row))) for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


def _tables(*rows: tuple[str, ...]) -> list[GoalTable]:
    (document,) = extract(_content(*rows))
    return document.tables


def _form(*rows: tuple[str, ...]) -> GoalTable:
    (table,) = _tables(("项目名称", "闸门整修"), *rows, HEAD, *ROWS)
    return table


def _sources(table: GoalTable) -> dict[str, str]:
    return {name: str(amount) for name, amount in (table.funding_yuan or {}).items()}


@pytest.mark.parametrize("first", [("主管部门", "某水务局"), ("主管部门", "")])
def test_years_below_the_labels_of_a_period_are_its_years(first: tuple[str, str]) -> None:
    labels = (first[0], "开始年度", "结束年度", "项目联系人")
    table = _form(labels, (first[1], "2031年", "2033年", "某甲"))
    assert table.period is not None
    assert (table.period.start, table.period.end) == (2031, 2033)
    assert (table.department or "") == first[1]


def test_years_below_no_label_of_theirs_head_amounts() -> None:
    heads = ("资金来源（万元）", "2031年", "2032年", "2033年")
    table = _form(("项目期限", ""), heads, ("财政拨款", "10", "20", "30"))
    assert _sources(table) == {"财政拨款": "100000"}
    assert table.fields["财政拨款（2033年）"] == "30"


@pytest.mark.parametrize("blank", ["", "—"])
def test_labels_over_their_values_may_have_blanks_between(blank: str) -> None:
    labels = ("项目编码", "", "项目类型", "主管部门", "用款单位", "")
    table = _form(labels, ("Z-7", blank, "延续项目", "某水务局", "某闸管所", blank))
    assert (table.project_code, table.project_type) == ("Z-7", "延续项目")
    assert (table.department, table.unit) == ("某水务局", "某闸管所")


@pytest.mark.parametrize(
    "times", [("实施期（2031-2033年）", "年度"), ("三年", "2031年"), ("年度（2031年）", "长期")]
)
def test_goals_may_stand_under_their_times_alone(times: tuple[str, str]) -> None:
    texts = (WHOLE, GOAL) if times[0][:1] != "年" else (GOAL, WHOLE)
    table = _form(("绩效目标", *times), ("", *texts))
    assert (table.cycle_goal, table.annual_goal) == (WHOLE, GOAL)


@pytest.mark.parametrize("number", ["", "1.", "10."])
def test_a_goal_of_the_year_may_be_numbered(number: str) -> None:
    table = _form(("总体目标", WHOLE), (f"{number}年度目标", GOAL))
    assert (table.cycle_goal, table.annual_goal) == (WHOLE, GOAL)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("☑新增项目\n□延续项目", "新增项目"),
        ("□ 新增项目 ☑ 延续项目", "延续项目"),
        ("新增项目□、延续项目√", "延续项目"),
        ("√新增项目", "新增项目"),
        ("□新增项目 □延续项目", "□新增项目 □延续项目"),
        ("☑新增项目 ☑延续项目", "☑新增项目 ☑延续项目"),
        ("1.新增项目√ 2.延续项目", "1.新增项目√ 2.延续项目"),
        ("√一次性项目　经常性项目", "一次性项目"),
        ("√ 一次性项目 经常性项目", "一次性项目"),
        ("一次性项目√　经常性项目", "一次性项目"),
        ("一次性项目 ☑经常性项目", "经常性项目"),
        ("√新增项目（第1年）", "新增项目（第1年）"),
        ("□一次性项目　经常性项目", "□一次性项目　经常性项目"),
        ("新增项目", "新增项目"),
    ],
)
def test_the_option_with_the_tick_is_the_value(printed: str, read: str) -> None:
    assert _form(("项目类型", printed)).project_type == read


def test_what_is_printed_around_a_tick_is_kept() -> None:
    assert _form(("项目类型", "□新增 ☑延续")).fields["项目类型"] == "□新增 ☑延续"


@pytest.mark.parametrize("between", ["", "："])
def test_amounts_in_words_have_the_unit_beside_them(between: str) -> None:
    said = (f"总额{between}95.6", f"其中：财政资金{between}80.6", f"其他资金{between}15")
    table = _form(("预算安排（万元）", *said))
    assert table.budget_yuan == 956000
    assert {name: float(amount) for name, amount in _sources(table).items()} == {
        "财政拨款": 806000,
        "其他资金": 150000,
    }


@pytest.mark.parametrize("box", ["人均补助1500", "120（其中设备费80）", "财政2031"])
def test_other_words_beside_a_unit_are_no_source(box: str) -> None:
    assert _form(("预算安排（万元）", box)).funding_yuan is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("财政拨款80万元，自筹资金20万元", {"财政拨款": "800000", "自筹资金": "200000"}),
        ("财政拨款80万元，其余由村民自筹", {}),
        ("财政拨款", {}),
        ("人员经费80万元，设备费20万元", {}),
    ],
)
@pytest.mark.parametrize("label", ["资金来源", "资金来源及金额", "资金渠道"])
def test_a_box_of_sources_may_say_their_amounts(label: str, text: str, read: dict[str, str]) -> None:
    table = _form((label, text), ("预算金额（万元）", "100"))
    assert _sources(table) == read
    assert read or table.fields[label] == text


def test_what_was_decided_and_its_part_stand_over_one_row_of_amounts() -> None:
    heads = ("项目预算（万元）", "申报金额", "核定金额", "其中：财政拨款")
    table = _form(heads, ("", "120", "100", "80"))
    assert (str(table.budget_yuan), _sources(table)) == ("1000000", {"财政拨款": "800000"})


def test_the_cost_in_all_and_what_was_given_stand_beside_the_amounts_of_the_year() -> None:
    heads = ("资金（万元）", "总投资", "已安排资金", "2031年申请")
    table = _form(
        heads, ("合计", "300", "100", "80"), ("财政拨款", "200", "60", "50"), ("自筹资金", "100", "40", "30")
    )
    assert str(table.budget_yuan) == "800000"
    assert _sources(table) == {"财政拨款": "500000", "自筹资金": "300000"}


@pytest.mark.parametrize("group", ["基本信息", "项目基本情况", "项目"])
def test_the_names_of_a_list_may_stand_below_one_over_several(group: str) -> None:
    over = (group, "", "资金（万元）", "", "年度目标", "绩效指标")
    names = ("项目名称", "主管部门", "总额", "财政拨款", "", *HEAD)
    rows = [("闸门整修", "某水务局", "30", "30", GOAL, *ROWS[0]), ("", "", "", "", "", *ROWS[1])]
    (table,) = _tables(over, names, *rows)
    assert (table.project_name, table.department, table.annual_goal) == ("闸门整修", "某水务局", GOAL)
    assert (str(table.budget_yuan), len(table.indicators)) == ("300000", 2)


def test_a_column_of_a_list_may_have_the_class_in_words_of_its_own() -> None:
    names = ("项目名称", "预算（万元）", "产出数量指标", "产出质量指标", "社会效益指标")
    rows = [
        ("闸门整修", "30", "整修闸门：≥6扇", "整修验收合格率：≥95%", "受益农户：≥300户"),
        ("渠段衬砌", "20", "衬砌渠段：≥4公里", "衬砌合格率：≥95%", "受益农户：≥200户"),
    ]
    tables = _tables(names, *rows)
    read = [(row.level2, row.level3, row.annual_value) for row in tables[0].indicators]
    assert read[0] == ("产出数量指标", "整修闸门", "≥6扇")
    assert [len(table.indicators) for table in tables] == [3, 3]
    (result,) = check(_content(names, *rows))
    assert not {"PGC101", "PGC103"} & {one.rule for one in result.findings}


@pytest.mark.parametrize(
    ("boxes", "bodies"),
    [
        (("申报部门", "某局", "申报单位", "某站"), ("某局", "某站")),
        (("申报部门", "某局", "申报科室", "某科"), (None, "某局")),
        (("责任部门", "某局"), (None, "某局")),
        (("责任部门", "财务科", "实施单位", "某站"), (None, "某站")),
        (("使用部门", "规划股", "使用单位", "某站"), (None, "某站")),
        (("责任部门", "某县重点工程建设处", "实施单位", "某站"), ("某县重点工程建设处", "某站")),
        (("使用部门", "某局", "主管部门", "某委"), ("某委", "某局")),
    ],
)
def test_a_department_beside_a_unit_is_one_where_no_other_is_named(
    boxes: tuple[str, ...], bodies: tuple[str | None, str]
) -> None:
    table = _form(boxes)
    assert (table.department, table.unit) == bodies


@pytest.mark.parametrize(
    ("boxes", "years"),
    [
        (("起", "2031-01", "止", "2033-12"), (2031, 2033)),
        (("自", "2031年1月", "至", "2033年12月"), (2031, 2033)),
        (("2031", "至", "2033"), (2031, 2033)),
    ],
)
def test_a_period_may_have_its_words_in_boxes_of_their_own(
    boxes: tuple[str, ...], years: tuple[int, int]
) -> None:
    (document,) = extract(_content(("项目名称", "闸门整修"), ("实施期限", *boxes), HEAD, *ROWS))
    (table,) = document.tables
    assert table.period is not None
    assert ((table.period.start, table.period.end), table.unread) == (years, [])


def test_amounts_of_years_may_be_called_parts() -> None:
    heads = ("经费预算（万元）", "三年合计", "其中：2031年", "其中：2032年", "其中：2033年")
    table = _form(heads, ("", "90", "30", "32", "28"))
    assert str(table.budget_yuan) == "300000"
    assert table.fields["经费预算（万元）（三年合计）"] == "90"


@pytest.mark.parametrize(
    ("times", "budget", "goals"),
    [
        (("实施期", "本年"), "300000", (WHOLE, GOAL)),
        (("三年", "2031年"), "300000", (WHOLE, GOAL)),
        (("三年合计", "财政拨款"), "900000", None),
    ],
)
def test_a_list_has_amounts_and_goals_of_the_period_beside_those_of_the_year(
    times: tuple[str, str], budget: str, goals: tuple[str, str] | None
) -> None:
    over = (
        "项目名称",
        "主管部门",
        "预算（万元）",
        "",
        *(("绩效目标", "") if goals else ("绩效目标",)),
        *HEAD,
    )
    under = ("", "", *times, *(times if goals else ("",)), "", "", "", "")
    row = ("闸门整修", "某局", "90", "30", *((WHOLE, GOAL) if goals else (GOAL,)), *ROWS[0])
    (table,) = _tables(over, under, row)
    assert str(table.budget_yuan) == budget
    assert (table.cycle_goal, table.annual_goal) == (goals or (None, GOAL))


@pytest.mark.parametrize("labels", [("总体目标", "年度目标"), ("整体目标", "本年度目标")])
def test_two_goals_may_stand_below_their_labels(labels: tuple[str, str]) -> None:
    table = _form(labels, (WHOLE, GOAL))
    assert (table.cycle_goal, table.annual_goal) == (WHOLE, GOAL)


def test_what_is_applied_for_this_time_is_the_amount_of_the_year() -> None:
    table = _form(
        ("项目总投资（万元）", "900", "其中：资本金（万元）", "620"), ("本次申请债券资金（万元）", "280")
    )
    assert str(table.budget_yuan) == "2800000"


@pytest.mark.parametrize("order", [1, -1])
def test_two_goals_below_their_labels_stand_in_either_order(order: int) -> None:
    pairs = [("总体目标", "整修闸门9扇。"), ("年度目标", "整修闸门3扇。")][::order]
    labels, texts = zip(*pairs, strict=True)
    table = _form(labels, texts)
    assert (table.cycle_goal, table.annual_goal) == ("整修闸门9扇。", "整修闸门3扇。")
    assert not table.unread


def test_a_year_behind_a_source_is_no_amount() -> None:
    assert _form(("资金总额（万元）", "财政资金2026")).funding_yuan is None
    assert _form(("资金总额（万元）", "财政资金260")).funding_yuan is not None
