"""Kinds of forms of other provinces, each as the product of its parts."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint import Content, check, extract
from perfgoals_lint.model import Grid
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, prose, source
from tables.grid_reading import only, read, rows

NAMES = [
    ("产出指标", "数量指标", "砌筑长度"),
    ("产出指标", "成本指标", "每米造价"),
    ("效益指标", "社会效益指标", "受益农户"),
]
FIRST, SECOND = ["≥120米", "≤900元", "≥310户"], ["≥360米", "≤880元", "≥930户"]
HEAD = "|项目名称|砌筑护坡|<|<|<|\n|年度目标|砌筑护坡120米。|<|<|<|"


def _with_columns(title: str, over: str, *columns: tuple[str, list[str]]) -> Grid:
    """A form whose indicators have these columns of values, under one name where ``over`` is not empty."""
    width = len(columns)
    heads = "|".join(name for name, _ in columns)
    span = "|<" * width
    lines = [f"|{title}|<|<{span}|", f"|项目名称|砌筑护坡|<{span}|"]
    if over:
        lines += [f"|一级指标|二级指标|三级指标|{over}{'|<' * (width - 1)}|", f"|^|^|^|{heads}|"]
    else:
        lines += [f"|一级指标|二级指标|三级指标|{heads}|"]
    lines += [
        f"|{'|'.join(name)}|{'|'.join(values[i] for _, values in columns)}|" for i, name in enumerate(NAMES)
    ]
    return draw("\n".join(lines))


@pytest.mark.parametrize("form", ["{}年目标", "{}年目标值", "{}年指标值", "{}年"])
@pytest.mark.parametrize("own", ["年度指标值", "当年目标值", "2026年目标值"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_one_later_year_beside_the_years_value_is_the_end_of_the_period(
    form: str, own: str, turned: bool
) -> None:
    columns = [(own, FIRST), (form.format(2028), SECOND)]
    table = only(_with_columns("项目支出绩效目标表（2026年度）", "", *(columns[::-1] if turned else columns)))
    assert [(row[3], row[4]) for row in rows(table)] == list(zip(SECOND, FIRST, strict=True))


@pytest.mark.parametrize("past", ["前三年实际值", "历史数据", "近三年完成值"])
def test_years_under_a_name_of_the_past_are_no_targets(past: str) -> None:
    picture = f"""
    |项目支出绩效目标表（2026年度）|<|<|<|<|<|
    |项目名称|砌筑护坡|<|<|<|<|
    |一级指标|二级指标|三级指标|{past}|<|2026年目标值|
    |^|^|^|2024年|2025年|^|
    |产出指标|数量指标|砌筑长度|95米|101米|≥120米|
    |效益指标|社会效益指标|受益农户|280户|290户|≥310户|
    """
    assert [row[3:] for row in rows(only(draw(picture)))] == [(None, "≥120米"), (None, "≥310户")]


@pytest.mark.parametrize("whole", ["三年累计", "三年合计", "2026-2028年合计"])
@pytest.mark.parametrize("year", [2026, 2027])
def test_the_sum_of_the_years_is_the_value_of_the_period(whole: str, year: int) -> None:
    grid = _with_columns(
        f"项目支出绩效目标表（{year}年度）",
        "指标值",
        ("2026年", FIRST),
        ("2027年", ["≥1", "≥2", "≥3"]),
        (whole, SECOND),
    )
    own = FIRST if year == 2026 else ["≥1", "≥2", "≥3"]
    assert [(row[3], row[4]) for row in rows(only(grid))] == list(zip(SECOND, own, strict=True))


def test_columns_of_values_of_other_years_are_kept_and_said() -> None:
    columns = [("2026年目标值", FIRST), ("2027年目标值", SECOND), ("2028年目标值", SECOND)]
    document = read(_with_columns("项目支出绩效目标表（2026年度）", "", *columns))
    (said,) = (problem for problem in document.problems if problem.code == "PGX123")
    assert "2027年目标值" in said.args["headings"]
    assert document.tables[0].indicators[0].columns == {"2027年目标值": "≥360米", "2028年目标值": "≥360米"}


@pytest.mark.parametrize("heads", [("三年合计", "2026年", "2027-2028年"), ("2026年", "2027年", "总计")])
def test_amounts_of_several_years_are_not_the_years(heads: tuple[str, str, str]) -> None:
    at = heads.index("2026年")
    amounts = ["90", "30", "60"] if at else ["30", "60", "90"]
    table = only(
        draw(f"""
        |项目绩效目标表（2026年度）|<|<|<|<|
        |项目名称|砌筑护坡|<|<|<|
        |预算（万元）|  |{"|".join(heads)}|
        |^|资金总额|{"|".join(amounts)}|
        |^|财政拨款|{"|".join(amounts)}|
        |年度目标|砌筑护坡120米。|<|<|<|
        |一级指标|二级指标|三级指标|指标值|<|
        |产出指标|数量指标|砌筑长度|≥120米|<|
        """)
    )
    assert table.budget_yuan == 300000
    assert table.funding_yuan == {"财政拨款": 300000}


@pytest.mark.parametrize("first", [2025, 2026])
def test_rows_of_years_under_sources_give_the_years_amounts(first: int) -> None:
    years = "\n".join(f"|^|{year}年|{n}0|{n}0|" for n, year in enumerate(range(first, first + 3), 1))
    table = only(
        draw(f"""
        |项目绩效目标表（2026年度）|<|<|<|
        |项目名称|砌筑护坡|<|<|
        |资金（万元）|年度|小计|财政拨款|
        {years}
        |年度目标|砌筑护坡120米。|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert table.budget_yuan == (2027 - first) * 100000
    others = {f"{year}年" for year in range(first, first + 3)} - {"2026年"}
    assert others <= table.fields.keys()
    assert not table.unread


@pytest.mark.parametrize("state", ["调整", "变更", "修订"])
def test_of_money_and_goals_before_and_after_a_change_the_later_counts(state: str) -> None:
    table = only(
        draw(f"""
        |项目名称|砌筑护坡|<|<|<|
        |项目资金（万元）||{state}前|{state}后|
        |^|资金总额|40|30|
        |^|财政拨款|40|30|
        |{state}后年度目标|砌筑护坡120米。|<|<|
        |一级指标|二级指标|三级指标|{state}后指标值|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert (table.budget_yuan, table.annual_goal) == (300000, "砌筑护坡120米。")


COUNTS = [
    ("一、", "二、", "（一）", "（二）"),
    ("1.", "2.", "（1）", "（2）"),
    ("（一）", "（二）", "1.", "2."),
]


@pytest.mark.parametrize("counts", COUNTS)
def test_a_class_of_either_level_is_of_the_one_that_counts_so(counts: tuple[str, ...]) -> None:
    first, _, one, two = counts
    table = only(
        draw(f"""
        {HEAD}
        |指标名称|目标值|计量单位|
        |{first}产出指标|||
        |{one}数量指标|||
        |砌筑长度|≥120|米|
        |{two}成本指标|||
        |每米造价|≤900|元|
        """)
    )
    assert [row[:3] for row in rows(table)] == NAMES[:2]


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("head", ["指标内容及目标值", "绩效指标及指标值"])
def test_a_cell_may_list_names_and_values(numbered: bool, head: str) -> None:
    cells = ["砌筑长度≥120米", "排水沟长度≥80米"]
    printed = "/".join(f"{i}.{cell}" if numbered else cell for i, cell in enumerate(cells, 1))
    document = recognise(
        source(
            draw(f"""
            |项目名称|砌筑护坡|<|
            |一级指标|二级指标|{head}|
            |产出指标|数量指标|{printed}|
            |产出指标|成本指标|{"1." if numbered else ""}每米造价≤900元|
            """)
        )
    )
    (table,) = document.tables
    assert [(row[2], row[4]) for row in rows(table)] == [
        ("砌筑长度", "≥120米"),
        ("排水沟长度", "≥80米"),
        ("每米造价", "≤900元"),
    ]


def test_names_behind_their_classes_are_told_apart() -> None:
    lines = "\n".join(
        f"|^|{second}：{name}|{value}|" for (_, second, name), value in zip(NAMES, FIRST, strict=True)
    )
    document = recognise(source(draw(f"|项目名称|砌筑护坡|<|\n|绩效指标|指标|目标值|\n{lines}")))
    assert [row[1:] for row in rows(document.tables[0])] == [
        (second, name, None, value) for (_, second, name), value in zip(NAMES, FIRST, strict=True)
    ]


@pytest.mark.parametrize("times", [("实施期", "年度"), ("三年", "2026年"), ("年度", "总体")])
def test_a_column_of_times_makes_two_rows_one_indicator(times: tuple[str, str]) -> None:
    lines = "\n".join(
        f"|{'|'.join(name)}|{times[0]}|{a}|\n|^|^|^|{times[1]}|{b}|"
        for name, a, b in zip(NAMES, FIRST, SECOND, strict=True)
    )
    table = only(draw(f"|项目名称|砌筑护坡|<|<|<|\n|一级指标|二级指标|三级指标|时段|指标值|\n{lines}"))
    values = zip(FIRST, SECOND, strict=True) if times[0] != "年度" else zip(SECOND, FIRST, strict=True)
    assert [(row[3], row[4]) for row in rows(table)] == list(values)


def test_tasks_in_front_of_the_classes_are_a_column() -> None:
    lines = "\n".join(f"|巡查|{'|'.join(name)}|{value}|" for name, value in zip(NAMES, FIRST, strict=True))
    table = only(draw(f"|部门名称|青禾局|<|<|<|\n|重点任务|一级指标|二级指标|三级指标|指标值|\n{lines}"))
    assert [row[:3] for row in rows(table)] == NAMES
    assert {i.columns["重点任务"] for i in table.indicators} == {"巡查"}


@pytest.mark.parametrize("label", ["实施单位", "预算金额（万元）"])
@pytest.mark.parametrize("apart", [False, True])
def test_numbered_names_over_forms_without_a_box_for_them(label: str, apart: bool) -> None:
    value = "护坡所" if label == "实施单位" else "30"

    def form(heading: str) -> str:
        own = "" if apart else f"|{heading}|<|<|<|\n"
        return own + "\n".join(
            [
                f"|{label}|{value}|<|<|",
                "|绩效目标|砌筑护坡120米。|<|<|",
                "|一级指标|二级指标|三级指标|指标值|",
                "|产出指标|数量指标|砌筑长度|≥120米|",
            ]
        )

    names = ["一、砌筑护坡", "二、整修水渠"]
    grids = [draw("\n".join(map(form, names)))]
    if apart:
        grids = list(itertools.chain.from_iterable((prose(name), draw(form(name))) for name in names))  # type: ignore[arg-type]
    tables = read(*grids).tables
    assert [table.project_name for table in tables] == ["砌筑护坡", "整修水渠"]
    assert [len(table.indicators) for table in tables] == [1, 1]


@pytest.mark.parametrize("mark", ["（续）", "（续表）", "(续)", "（续二）"])
def test_a_title_that_goes_on_begins_no_other_form(mark: str) -> None:
    lines = [f"|{'|'.join(name)}|{value}|" for name, value in zip(NAMES, FIRST, strict=True)]
    header = "|一级指标|二级指标|三级指标|指标值|"
    table = only(
        draw(
            "\n".join(
                [
                    "|项目绩效目标表|<|<|<|",
                    "|项目名称|砌筑护坡|<|<|",
                    header,
                    *lines[:2],
                    f"|项目绩效目标表{mark}|<|<|<|",
                    header,
                    *lines[2:],
                ]
            )
        )
    )
    assert [row[:3] for row in rows(table)] == NAMES


@pytest.mark.parametrize("levels", [1, 2])
@pytest.mark.parametrize("turned", [False, True])
def test_a_list_may_have_a_column_an_indicator(levels: int, turned: bool) -> None:
    projects = [("砌筑护坡", "20", *FIRST), ("整修水渠", "30", *SECOND)]
    heads = [["项目名称", "预算金额（万元）", *(name[0] for name in NAMES)]] if levels == 2 else []
    heads += [
        ["项目名称", "预算金额（万元）", *(name[1] for name in NAMES)],
        ["", "", *(name[2] for name in NAMES)],
    ]
    heads = [row if i == 0 else ["", "", *row[2:]] for i, row in enumerate(heads)]
    lines = [*heads, *(list(project) for project in projects)]
    if turned:
        lines = [list(column) for column in zip(*lines, strict=True)]
    document = recognise(source(draw("\n".join(f"|{'|'.join(line)}|" for line in lines))))
    assert [table.project_name for table in document.tables] == ["砌筑护坡", "整修水渠"]
    for table, values in zip(document.tables, (FIRST, SECOND), strict=True):
        assert [(row[2], row[4]) for row in rows(table)] == [
            (name[2], value) for name, value in zip(NAMES, values, strict=True)
        ]


@pytest.mark.parametrize("printed", ["20|30|40|10", "0.2|0.3|0.4|0.1"])
def test_a_plan_of_payments_in_money_is_no_plan_of_shares(printed: str) -> None:
    text = "项目名称,砌筑护坡,,,\n资金总额（万元）,100,,,\n用款计划（万元）,第一季度,第二季度,第三季度,第四季度\n"
    text += f",{printed.replace('|', ',')}\n年度目标,砌筑护坡120米。,,,\n"
    text += "一级指标,二级指标,三级指标,指标值,\n产出指标,数量指标,砌筑长度,≥120米,\n"
    (result,) = check(Content("甲.csv", text.encode()))
    assert "PGK620" not in {finding.rule for finding in result.findings}


@pytest.mark.parametrize("label", ["本次申请债券资金", "当年财政出资", "本年度省级补助"])
def test_the_one_amount_of_the_year_beside_what_all_costs_is_the_budget(label: str) -> None:
    table = only(
        draw(f"""
        |项目名称|砌筑护坡|<|<|
        |项目总投资（万元）|500|{label}（万元）|80|
        |年度目标|砌筑护坡120米。|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert table.budget_yuan == 800000


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("label", ["产出指标", "效益指标", "满意度指标"])
def test_a_class_beside_its_own_header_is_that_of_its_rows(label: str, count: int) -> None:
    lines = "\n".join(f"|^|质量指标|砌筑长度{i}|≥120米|" for i in range(count))
    table = only(draw(f"|项目名称|砌筑护坡|<|<|\n|{label}|二级指标|三级指标|目标值|\n{lines}"))
    assert [row[:2] for row in rows(table)] == [(label, "质量指标")] * count


def test_words_in_the_column_of_units_beside_no_figure_are_the_value() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|<|<|
        |一级指标|二级指标|三级指标|指标值|<|<|
        |^|^|^|符号|值|单位（文字描述）|
        |产出指标|数量指标|砌筑长度|≥|120|米|
        |产出指标|时效指标|完工时间|||2026年8月底前|
        |产出指标|质量指标|验收合格率|||%|
        """)
    )
    assert [row[4] for row in rows(table)] == ["≥120米", "2026年8月底前", None]


def test_lists_of_units_on_sheets_of_their_own_are_lists_of_their_own() -> None:
    def sheet(unit: str, name: str) -> Grid:
        return draw(
            f"""
            |单位名称：{unit}|<|<|<|
            |项目名称|预算金额（万元）|绩效目标|绩效指标|
            |{name}|20|砌筑护坡120米。|1.产出指标-数量指标-砌筑长度：≥120米|
            """,
            sheet=unit,
        )

    tables = read(sheet("护坡所", "砌筑护坡"), sheet("水渠站", "整修水渠")).tables
    assert [(table.unit, table.project_name) for table in tables] == [
        ("护坡所", "砌筑护坡"),
        ("水渠站", "整修水渠"),
    ]


@pytest.mark.parametrize("text", ["", "分段："])
def test_a_table_without_names_in_a_cell_is_its_text(text: str) -> None:
    inner = f"{text}<table><tr><td>上游段</td><td>80米</td></tr><tr><td>下游段</td><td>40米</td></tr></table>"
    head = "<tr><td>项目名称</td><td colspan=3>砌筑护坡</td></tr>"
    names = "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
    row = f"<tr><td>产出指标</td><td>数量指标</td><td>砌筑长度</td><td>{inner}</td></tr>"
    (document,) = extract(Content("甲.html", f"<table>{head}{names}{row}</table>".encode()))
    assert [i.annual_value for i in document.tables[0].indicators] == [f"{text}上游段 80米下游段 40米"]
    assert not document.tables[0].unread


@pytest.mark.parametrize("label", ["部门名称", "主管部门", "单位名称"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_list_of_departments_has_a_table_each(label: str, count: int) -> None:
    names = ["青禾局", "白溪局"][:count]
    lines = []
    for n, name in enumerate(names, 1):
        lines += [f"|{n}|{name}|{n}0|做好{name}工作。|{'|'.join(NAMES[0])}|{FIRST[0]}|"]
        lines += [
            f"|^|^|^|^|{'|'.join(row)}|{value}|" for row, value in zip(NAMES[1:], FIRST[1:], strict=True)
        ]
    title = f"|部门整体支出绩效目标表{'|<' * 7}|"
    head = f"|序号|{label}|预算金额（万元）|年度总体目标|一级指标|二级指标|三级指标|指标值|"
    tables = read(draw("\n".join([title, head, *lines]))).tables
    assert [table.department or table.unit for table in tables] == names
    assert [table.budget_yuan for table in tables] == [100000, 200000][:count]
    assert [table.annual_goal for table in tables] == [f"做好{name}工作。" for name in names]
    assert [[row[2] for row in rows(table)] for table in tables] == [[name[2] for name in NAMES]] * count
