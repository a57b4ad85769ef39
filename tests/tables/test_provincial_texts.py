"""Forms as provinces and counties print them, after their cells became text: with tabs, or a row or a cell a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import GoalTable, Period
from perfgoals_lint.tables.recognise import recognise
from tables.invented import source_of

TITLE = "2026年项目支出绩效目标申报表"
STATED = [
    ("填报单位：（盖章） 单位：万元",),
    ("项目支出名称", "渡槽维修", "预算部门", "灌区管理站"),
    ("年度本级预算金额", "36万", "该项目支出上级资金", "0"),
    ("项目支出实施期", "2026.03-2027.02"),
    ("实施期绩效目标", "用两年时间修好三处渡槽，恢复下游灌溉。"),
    ("本年度绩效目标", "今年修好一处渡槽，更换全部槽板。"),
]
RESTING = [
    ("本年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"),
    ("", "产出指标", "数量指标", "维修渡槽", "1处", "计划标准"),
    ("", "", "", "更换槽板", "≥40块", "行业标准"),
    ("", "", "质量指标", "验收合格率", "100%", "行业标准"),
    ("", "效益指标", "社会效益指标", "受益农户", "≥900户", "历史标准"),
    ("", "", "社会公众或服务对象满意度指标", "灌区农户满意度", "≥90%", "历史标准"),
    ("财政部门审核意见", ""),
]
ROWS = [
    ("产出指标", "数量指标", "维修渡槽", None, "1处"),
    ("产出指标", "数量指标", "更换槽板", None, "≥40块"),
    ("产出指标", "质量指标", "验收合格率", None, "100%"),
    ("效益指标", "社会效益指标", "受益农户", None, "≥900户"),
    ("效益指标", "社会公众或服务对象满意度指标", "灌区农户满意度", None, "≥90%"),
]


def tabbed(*lines: tuple[str, ...]) -> str:
    """Each cell on a line of its own behind a tab, blank ones too, rows parted by blank lines."""
    return "\n".join("\n".join("\t" + cell for cell in line) + "\n" for line in lines)


def spaced(*lines: tuple[str, ...]) -> str:
    """Each row a line."""
    return "\n".join(" ".join(cell for cell in line if cell) for line in lines)


def stacked(*lines: tuple[str, ...]) -> str:
    """Each cell a line, blank ones lost."""
    return "\n".join(cell for line in lines for cell in line if cell)


EVERY = pytest.mark.parametrize("printed", [tabbed, spaced, stacked])


def read(title: str, text: str) -> GoalTable:
    (table,) = recognise(source_of(f"{title}\n{text}\n填表人：某某 联系电话：5550")).tables
    return table


def rows(table: GoalTable) -> list[tuple[str | None, ...]]:
    return [(i.level1, i.level2, i.level3, i.cycle_value, i.annual_value) for i in table.indicators]


@pytest.mark.parametrize("printed", [tabbed, spaced])
def test_value_with_unit_beside_what_it_rests_on(printed) -> None:
    table = read(TITLE, printed(*STATED, *RESTING))
    assert (table.project_name, table.department, table.unit) == ("渡槽维修", "灌区管理站", None)
    assert (table.budget_yuan, table.fiscal_year) == (Decimal(360_000), 2026)
    assert table.period == Period(2026, 2027)
    assert table.cycle_goal == "用两年时间修好三处渡槽，恢复下游灌溉。"
    assert table.annual_goal == "今年修好一处渡槽，更换全部槽板。"
    assert rows(table) == ROWS
    assert [row.basis for row in table.indicators][:2] == ["计划标准", "行业标准"]


@EVERY
def test_a_whole_department_with_marks_kinds_and_units(printed) -> None:
    table = read(
        "青石县水文站2026年度整体绩效目标表",
        printed(
            ("部门（单位）名称", "青石县水文站"),
            ("*部门（单位）职责", "负责监测全县雨情和水情"),
            ("*年度总体绩效目标", "做好汛期监测，预报准确及时。"),
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值类型",
                "*指标值",
                "计量单位",
                "*指标解释",
                "*评（扣）分标准",
            ),
            ("产出指标", "数量指标", "新建雨量站", "定量", "12", "个", "考察建站数量", "未达指标值酌情扣分"),
            ("", "质量指标", "监测数据完整率", "定量", "98", "%", "考察数据完整程度", "未达指标值酌情扣分"),
            (
                "效益指标",
                "社会效益指标",
                "预警信息送达率",
                "定量",
                "95",
                "%",
                "考察预警能力",
                "未达指标值酌情扣分",
            ),
            (
                "满意度指标",
                "服务对象满意度指标",
                "沿河群众满意度",
                "定量",
                "90",
                "%",
                "考察群众评价",
                "未达指标值酌情扣分",
            ),
        ),
    )
    assert (table.form, table.project_name) == ("department", "青石县水文站")
    assert table.annual_goal == "做好汛期监测，预报准确及时。"
    assert [(row.level1, row.level3, row.annual_value, row.description) for row in table.indicators] == [
        ("产出指标", "新建雨量站", "12个", "考察建站数量"),
        ("产出指标", "监测数据完整率", "98%", "考察数据完整程度"),
        ("效益指标", "预警信息送达率", "95%", "考察预警能力"),
        ("满意度指标", "沿河群众满意度", "90%", "考察群众评价"),
    ]


@pytest.mark.parametrize("printed", [tabbed, spaced])
def test_two_levels_and_a_budget_that_is_a_sum(printed) -> None:
    table = read(
        "云岭市2026年市直部门预算项目支出绩效目标表",
        printed(
            ("项目名称", "培训基地运行"),
            ("立项依据", "市培训基地三定方案"),
            ("项目预算", "成本构成", "金额", "测算（公式）依据", "2025年实际执行数"),
            ("", "保洁费", "45", "招标文件", "45"),
            ("", "维修费", "120.5", "据实结算", "110.3"),
            ("", "合计", "165.5", "", "155.3"),
            ("绩效目标", "以服务学员为中心，保障基地平稳运行。"),
            ("绩效指标", "一级指标", "二级指标", "绩效标准", "当年预期实现值"),
            ("", "数量指标", "设施巡检次数", "反映巡检情况", "≥280次"),
            ("", "", "接待培训班次", "反映接待情况", "60期"),
            ("", "质量指标", "维修验收合格率", "反映维修质量", "≥95%"),
            ("保障绩效目标实现措施", "健全制度，按月检查。"),
        ),
    )
    assert (table.budget_yuan, table.fiscal_year) == (Decimal("1655000.0"), 2026)
    assert (table.purpose, table.annual_goal) == (
        "市培训基地三定方案",
        "以服务学员为中心，保障基地平稳运行。",
    )
    assert rows(table) == [
        (None, "数量指标", "设施巡检次数", None, "≥280次"),
        (None, "数量指标", "接待培训班次", None, "60期"),
        (None, "质量指标", "维修验收合格率", None, "≥95%"),
    ]
    assert [row.level1_class for row in table.indicators] == ["output"] * 3


@EVERY
def test_sources_that_the_standard_form_does_not_have(printed) -> None:
    table = read(
        "项目支出绩效目标表",
        printed(
            ("转移支付（项目）名称", "灌溉设施改造"),
            ("中央主管部门", "水利部门"),
            ("年度金额：", "3200"),
            ("其中：中央补助", "2600"),
            ("地方资金", "600"),
            ("年度目标", "改造灌区渠道一百二十公里，恢复灌溉。"),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "改造渠道长度", "≥120公里"),
            ("效益指标", "社会效益指标", "受益农户", "≥900户"),
        ),
    )
    assert (table.project_name, table.budget_yuan) == ("灌溉设施改造", Decimal(32_000_000))
    assert table.funding_yuan == {"中央补助": Decimal(26_000_000), "地方资金": Decimal(6_000_000)}


def test_goals_side_by_side_and_period_and_year_below_each_other_in_tabbed_cells() -> None:
    table = read(
        "项目绩效目标申报表",
        tabbed(
            ("项目名称", "草场修复"),
            ("项目绩效目标", "长期目标", "年度目标"),
            ("", "恢复草原植被", "补播三千亩"),
            ("长期绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"),
            ("", "产出指标", "数量指标", "补播面积", "9000亩", ""),
            ("", "效益指标", "生态效益指标", "盖度提高", "≥20%", ""),
            ("年度绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"),
            ("", "产出指标", "数量指标", "补播面积", "3000亩", ""),
            ("", "", "时效指标", "完成时间", "10月底前", ""),
            ("", "效益指标", "生态效益指标", "盖度提高", "≥8%", ""),
        ),
    )
    assert (table.cycle_goal, table.annual_goal) == ("恢复草原植被", "补播三千亩")
    assert rows(table) == [
        ("产出指标", "数量指标", "补播面积", "9000亩", "3000亩"),
        ("效益指标", "生态效益指标", "盖度提高", "≥20%", "≥8%"),
        ("产出指标", "时效指标", "完成时间", None, "10月底前"),
    ]


def test_value_and_unit_side_by_side_are_two_columns_of_a_dump() -> None:
    table = read(
        "项目绩效目标表",
        spaced(
            ("项目名称", "渡槽维修"),
            ("年度目标", "今年修好一处渡槽，更换全部槽板。"),
            ("一级指标", "二级指标", "三级指标", "指标值", "单位"),
            ("产出指标", "数量指标", "维修渡槽", "1", "处"),
            ("产出指标", "质量指标", "验收合格率", "100", "%"),
        ),
    )
    assert [row.annual_value for row in table.indicators] == ["1处", "100%"]


SELF = [
    ("项目名称", "公路养护"),
    ("年度总体目标", "预期目标", "实际完成情况"),
    ("", "养护农村公路六十公里，路况良好。", "已完成养护六十公里。"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值（包含数字及文字描述）", "分值"),
    ("", "产出指标（50分）", "数量指标", "养护里程", "≥60公里", "30"),
    ("", "", "质量指标", "养护合格率", "≥95百分比", "20"),
    ("", "效益指标（30分）", "社会效益指标", "出行便利程度", "明显改善", "30"),
    ("总分", "", "", "", "", "80"),
]


@pytest.mark.parametrize("printed", [tabbed, spaced])
def test_expected_goal_beside_what_came_of_it_and_points_behind_the_classes(printed) -> None:
    table = read("项目支出绩效自评表", printed(*SELF))
    assert (table.cycle_goal, table.annual_goal) == (None, "养护农村公路六十公里，路况良好。")
    assert [(row.level1_class, row.level3, row.annual_value, row.weight) for row in table.indicators] == [
        ("output", "养护里程", "≥60公里", "30"),
        ("output", "养护合格率", "≥95百分比", "20"),
        ("benefit", "出行便利程度", "明显改善", "30"),
    ]


@pytest.mark.parametrize("printed", [tabbed, spaced])
def test_two_goals_side_by_side(printed) -> None:
    table = read(
        "某省部门预算项目支出绩效目标表（2026年度）",
        printed(
            ("项目名称", "民宿奖补"),
            ("绩效目标", "实施期目标", "当年绩效目标"),
            ("", "三年培育精品民宿九十家", "当年培育精品民宿三十家"),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "培育民宿数量", "≥30家"),
        ),
    )
    assert (table.fiscal_year, table.cycle_goal, table.annual_goal) == (
        2026,
        "三年培育精品民宿九十家",
        "当年培育精品民宿三十家",
    )


def test_a_goal_in_two_parts_below_a_label_of_both_is_one_goal() -> None:
    table = read(
        "区域绩效目标表",
        spaced(
            ("项目名称", "灌溉设施改造"),
            ("总体目标", "年度目标"),
            ("目标1：改造灌区渠道。", "目标2：新增节水能力。"),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "改造渠道长度", "≥120公里"),
        ),
    )
    assert table.annual_goal == "目标1：改造灌区渠道。 目标2：新增节水能力。"


def test_the_unit_above_the_name_on_the_same_row() -> None:
    table = read(
        "项目支出绩效目标表\n预算年度：2026 单位：万元",
        tabbed(
            ("预算单位", "某县林管站", "项目名称", "退耕还林管护"),
            ("项目资金", "88.6", "", ""),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "管护面积", "≥5200亩"),
        ),
    )
    assert (table.unit, table.project_name, table.fiscal_year) == ("某县林管站", "退耕还林管护", 2026)


@EVERY
def test_a_project_named_behind_the_programme_that_it_belongs_to(printed) -> None:
    table = read(
        "省级部门预算项目支出绩效目标表\n（2026年度）",
        printed(
            ("一级项目名称", "文物保护专项", "二级项目名称", "石窟监测补助"),
            ("资金用途", "业务类项目", "主管部门", "云岭市文物局"),
            ("项目开始日期", "2026-01-01", "项目完成日期", "2026-12-31"),
            ("预算申报数", "35万元", "资金性质", "一般公共预算"),
            ("年度绩效目标", "进一步提高石窟监测水平。"),
            ("一级指标", "二级指标", "三级指标", "指标目标值"),
            ("产出指标", "数量指标", "监测天数", "=300天"),
            ("产出指标", "质量指标", "数据有效率", "=100百分比"),
        ),
    )
    assert (table.project_name, table.department, table.purpose) == (
        "石窟监测补助",
        "云岭市文物局",
        "业务类项目",
    )
    assert (table.budget_yuan, table.period) == (Decimal(350_000), Period(2026, 2026))
    assert [row.annual_value for row in table.indicators] == ["=300天", "=100百分比"]
