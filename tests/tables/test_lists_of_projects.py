"""Lists of projects as units print them: bands, boxes between rows, classes in rows of their own, pairs, regions, amounts in texts."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from perfgoals_lint.model import Document, Grid, TextBlock
from perfgoals_lint.tables.headings import box_field, column_role, counts_things, list_field
from perfgoals_lint.tables.named_values import name_and_value
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.tables.titles import named_amount
from tables.grid_drawing import draw, prose, source
from tables.grid_reading import rows

ROWS = """
|产出指标|数量指标|补种树苗|≥80株|
|产出指标|质量指标|树苗成活率|≥90%|
|满意度指标|服务对象满意度指标|林户满意度|≥85%|
"""
READ = [
    ("产出指标", "数量指标", "补种树苗", None, "≥80株"),
    ("产出指标", "质量指标", "树苗成活率", None, "≥90%"),
    ("满意度指标", "服务对象满意度指标", "林户满意度", None, "≥85%"),
]
HEADER = "|一级指标|二级指标|三级指标|指标值|"


def read(*blocks: Grid | TextBlock) -> Document:
    return recognise(source(*blocks))


def named(document: Document) -> list[tuple[str, Decimal | None]]:
    return [(table.project_name, table.budget_yuan) for table in document.tables]


BAND_MARKS = ("项目{}：{}（预算{}万元）", "{}、{}（预算金额{}万元）", "（{}）{}（{}万元）")
BOXES = (
    ("|项目名称|{}|预算金额（万元）|{}|", "|年度目标|育苗|<|<|"),
    ("|项目名称|{}|<|<|", "|预算金额（万元）|{}|年度目标|育苗|"),
)


@pytest.mark.parametrize("mark", BAND_MARKS)
def test_rows_that_name_a_project_begin_it_below_one_header(mark: str) -> None:
    bands = [
        f"|{mark.format(number, name, budget)}|<|<|<|{ROWS}"
        for number, name, budget in (("一", "苗圃补植", 12), ("二", "林道修整", 7))
    ]
    document = read(draw(f"|2031年项目绩效目标表|<|<|<|\n{HEADER}\n{bands[0].strip()}\n{bands[1].strip()}"))
    assert named(document) == [("苗圃补植", Decimal(120_000)), ("林道修整", Decimal(70_000))]
    assert [rows(table) for table in document.tables] == [READ, READ]
    assert not any(table.unread for table in document.tables)


@pytest.mark.parametrize(("first", "second"), BOXES)
def test_a_header_holds_for_the_boxes_of_every_project_below_it(first: str, second: str) -> None:
    parts = [
        f"{first}\n{second}".replace("{}", name, 1).replace("{}", str(budget), 1) + ROWS.rstrip()
        for name, budget in (("苗圃补植", 12), ("林道修整", 7))
    ]
    document = read(draw("\n".join([HEADER, *parts])))
    assert named(document) == [("苗圃补植", Decimal(120_000)), ("林道修整", Decimal(70_000))]
    assert [(table.annual_goal, rows(table)) for table in document.tables] == [("育苗", READ)] * 2


@pytest.mark.parametrize("wide", [False, True])
def test_numbered_names_stand_over_small_tables_with_their_fields(wide: bool) -> None:
    fields = "    预算金额：{}万元|<|<|<|" if wide else "|<|<|<|\n|预算金额：{}万元|<|<|<|"
    parts = [
        f"|{number}、{name}{fields.format(budget)}\n|年度目标：育苗|<|<|<|\n{HEADER}{ROWS.rstrip()}"
        for number, name, budget in (("一", "苗圃补植", 12), ("二", "林道修整", 7))
    ]
    document = read(draw("\n".join(["|青石林场2031年项目绩效目标|<|<|<|", *parts])))
    assert named(document) == [("苗圃补植", Decimal(120_000)), ("林道修整", Decimal(70_000))]
    assert [(table.annual_goal, rows(table)) for table in document.tables] == [("育苗", READ)] * 2


def test_classes_in_rows_of_their_own_are_no_indicators_of_a_list() -> None:
    document = read(
        draw("""
        |单位名称、项目名称|年度绩效目标|一级指标|二级指标|三级指标|指标值|
        |青石林场||||||
        |苗圃补植|育苗|||||
        |||产出指标||||
        ||||数量指标|||
        |||||补种树苗|≥80株|
        |||||修剪树苗|≥30株|
        ||||质量指标|||
        |||||树苗成活率|≥90%|
        """)
    )
    (table,) = document.tables
    assert (table.unit, table.project_name) == ("青石林场", "苗圃补植")
    assert [row[1:3] for row in rows(table)] == [
        ("数量指标", "补种树苗"),
        ("数量指标", "修剪树苗"),
        ("质量指标", "树苗成活率"),
    ]


def test_a_class_printed_without_an_indicator_stays() -> None:
    (table,) = read(draw(f"|项目名称|苗圃补植|<|<|\n{HEADER}\n|产出指标|成本指标|||{ROWS.rstrip()}")).tables
    assert rows(table) == [("产出指标", "成本指标", None, None, None), *READ]


@pytest.mark.parametrize("order", [("名称", "目标值", "单位"), ("名称", "单位", "目标值")])
def test_name_value_and_unit_stand_beside_each_other_under_each_class(order: tuple[str, ...]) -> None:
    heads = {"名称": "指标名称", "目标值": "目标值", "单位": "计量单位"}
    cells = [
        {"名称": "补种树苗", "目标值": "≥80", "单位": "株"},
        {"名称": "树苗成活率", "目标值": "≥90", "单位": "%"},
    ]
    printed = "|".join(cell[name] for cell in cells for name in order)
    (table,) = read(
        draw(f"""
        |项目名称|预算（万元）|产出指标|<|<|效益指标|<|<|
        |^|^|{"|".join(heads[name] for name in order * 2)}|
        |苗圃补植|12|{printed}|
        """)
    ).tables
    assert [(row.level1, row.level3, row.annual_value) for row in table.indicators] == [
        ("产出指标", "补种树苗", "≥80株"),
        ("效益指标", "树苗成活率", "≥90%"),
    ]


def test_a_row_of_names_over_a_row_of_values() -> None:
    (table,) = read(
        draw("""
        |项目名称|资金（万元）|产出指标|<|效益指标|
        |^|^|数量指标|质量指标|效益一|
        |苗圃补植|12|补种树苗|树苗成活率|护林收入|
        |^|^|≥80株|≥90%|≥5万元|
        """)
    ).tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [
        ("补种树苗", "≥80株"),
        ("树苗成活率", "≥90%"),
        ("护林收入", "≥5万元"),
    ]


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("key", ["市县", "县（市、区）", "受益地区", "乡镇名称"])
def test_a_list_of_regions_has_an_indicator_a_column(key: str, merged: bool) -> None:
    blank = "^" if merged else ""
    document = read(
        draw(f"""
        |{key}|补助资金（万元）|产出指标|{"<" if merged else ""}|满意度指标|
        |{blank}|{blank}|数量指标|质量指标|服务对象满意度指标|
        |{blank}|{blank}|补种树苗（株）|树苗成活率（%）|林户满意度（%）|
        |合计|20|140|||
        |青石县|12|80|90|≥85|
        |白鹭县|8|60|90|≥85|
        """)
    )
    assert named(document) == [("青石县", Decimal(120_000)), ("白鹭县", Decimal(80_000))]
    assert [total.total for total in document.totals] == [Decimal(200_000)]
    assert rows(document.tables[1])[0] == ("产出指标", "数量指标", "补种树苗（株）", None, "60")


def test_the_amounts_of_a_whole_department_stand_in_three_rows_of_names() -> None:
    for blank in ("^", ""):
        (table,) = read(
            draw(f"""
            |单位代码|单位名称|年度预算申请|{"|".join(["<" if blank else ""] * 4)}|整体绩效目标|年度绩效目标|{"|".join(["<" if blank else ""] * 3)}|
            |{blank}|{blank}|资金总额|按收入性质分|{"<" if blank else ""}|按支出性质分|{"<" if blank else ""}|{blank}|一级指标|二级指标|三级指标|指标值|
            |{blank}|{blank}|{blank}|一般公共预算|单位资金|基本支出|项目支出|{blank}|{blank}|{blank}|{blank}|{blank}|
            |3001|青石林场|12万元|10万元|2万元|9万元|3万元|育苗|产出指标|数量指标|补种树苗|≥80株|
            |||||||||产出指标|质量指标|树苗成活率|≥90%|
            """)
        ).tables
        assert (table.unit, table.budget_yuan, table.annual_goal) == ("青石林场", Decimal(120_000), "育苗")
        assert sum((table.funding_yuan or {}).values()) >= Decimal(120_000)
        assert rows(table) == READ[:2]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("资金来源及金额", "总额12万元，其中：财政拨款10万元，自筹资金2万元"),
        ("资金来源（万元）", "资金总额12万元，财政拨款10万元，自筹资金2万元"),
    ],
)
def test_amounts_that_a_text_says_are_read(head: str, cell: str) -> None:
    (table,) = read(
        draw(f"""
        |项目名称|{head}|绩效目标|一级指标|二级指标|三级指标|指标值|
        |苗圃补植|{cell}|育苗|产出指标|数量指标|补种树苗|≥80株|
        """)
    ).tables
    assert table.budget_yuan == Decimal(120_000)
    assert table.funding_yuan == {"财政拨款": Decimal(100_000), "自筹资金": Decimal(20_000)}


def test_a_sum_beside_years_is_none_of_the_years() -> None:
    (table,) = read(
        draw("""
        |项目名称|资金安排（万元）|<|<|<|绩效目标|一级指标|二级指标|三级指标|指标值|
        |^|总额|2031年|2032年|2033年|^|^|^|^|^|
        |苗圃补植|36|12|11|13|育苗|产出指标|数量指标|补种树苗|≥80株|
        """)
    ).tables
    assert table.budget_yuan == Decimal(120_000)


def test_columns_that_name_what_is_counted_are_indicators_where_no_class_is_printed() -> None:
    document = read(
        prose("2031年分项目绩效目标表"),
        draw("""
        |项目名称|项目单位|资金（万元）|补种树苗（株）|修整林道（公里）|树苗成活率（%）|
        |苗圃补植|青石林场|12|80|3|90|
        |林道修整|白鹭林场|7|20|5|90|
        """),
    )
    assert [[(row.level3, row.annual_value) for row in table.indicators] for table in document.tables] == [
        [("补种树苗（株）", "80"), ("修整林道（公里）", "3"), ("树苗成活率（%）", "90")],
        [("补种树苗（株）", "20"), ("修整林道（公里）", "5"), ("树苗成活率（%）", "90")],
    ]


def test_what_is_counted_has_a_unit_and_is_no_amount() -> None:
    names = ("改造泵站", "受益人口", "合格率")
    assert all(
        counts_things(f"{name}（{unit}）") for name, unit in product(names, ("座", "万人", "%", "元/人"))
    )
    assert not any(
        counts_things(f"{name}（{text}）") for name, text in product(names, ("万元", "元", "按期", "2031年"))
    )


def test_parallel_numbers_make_rows_also_where_a_value_begins_with_a_digit() -> None:
    (table,) = read(
        draw("""
        |项目名称|预算（万元）|产出指标|<|满意度指标|<|
        |^|^|指标名称|指标值|指标名称|指标值|
        |苗圃补植|12|1.补种树苗/2.补种时间|1.≥80株/2.2031年5月底前|1.林户满意度|1.≥85%|
        """)
    ).tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [
        ("补种树苗", "≥80株"),
        ("补种时间", "2031年5月底前"),
        ("林户满意度", "≥85%"),
    ]


def test_values_stand_in_brackets_behind_their_names() -> None:
    for name, value in product(("补种树苗", "补种时间"), ("≥80株", "2031年5月底前", "90%")):
        assert name_and_value(f"{name}（{value}）") == (name, value)
    assert name_and_value("补种树苗（含补植）") == ("补种树苗（含补植）", None)
    assert name_and_value("补种树苗（2031年）") == ("补种树苗（2031年）", None)


def test_a_bracket_that_says_what_kind_it_is_holds_no_value() -> None:
    orders = [
        f"{number}{unit}" for number, unit in product(("一", "2", "三", "一至四"), ("期", "级", "类", "档"))
    ]
    spans = [
        f"{number}{unit}" for number, unit in product(("九", "3", "24", "12"), ("年", "小时", "个月", "天"))
    ]
    ranks = ["两次", "35-64周岁", "60岁以上", "10千伏", "220V", "2", "三村"]
    shares = ["100元/人", "500元/月", "2次/人", "每村1个", "1.5万元/亩"]
    for text in (*orders, *spans, *ranks, *shares):
        assert name_and_value(f"补种树苗（{text}）") == (f"补种树苗（{text}）", None)
        assert name_and_value(f"补种（{text}）树苗") == (f"补种（{text}）树苗", None)
    for text in ("3栋", "12场", "300株", "500平方米", "约30亩", "95%", "3次/年", "80万元", "≥24小时", "≤2年"):
        assert name_and_value(f"补种树苗（{text}）") == ("补种树苗", text)


def test_a_part_without_a_sign_is_no_end_of_a_list() -> None:
    (table,) = read(
        draw("""
        |项目名称|预算（万元）|绩效目标|产出指标|
        |苗圃补植|12|育苗|补种树苗≥80株；树苗成活率≥90%；补种时间2031年5月底前；育苗成本≤9元|
        """)
    ).tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [
        ("补种树苗", "≥80株"),
        ("树苗成活率", "≥90%"),
        ("补种时间", "2031年5月底前"),
        ("育苗成本", "≤9元"),
    ]


def test_an_amount_behind_a_name_is_none_of_it() -> None:
    assert named_amount("苗圃补植（预算12万元）") == ("苗圃补植", "12万元")
    assert named_amount("苗圃补植（12.5万元）") == ("苗圃补植", "12.5万元")
    for name in ("苗圃补植（二期）", "苗圃补植（2031年）", "苗圃补植"):
        assert named_amount(name) == (name, None)


EACH = ("每人", "每户每月", "单价", "单价约", "不超过", "人均经费", "补助标准", "奖励标准", "最高", "约")


@pytest.mark.parametrize("amount", ["100元", "5万元", "1,200元"])
def test_a_price_or_limit_behind_a_name_is_no_budget(amount: str) -> None:
    for said in [*(f"{each}{amount}" for each in EACH), f"{amount}/人", f"{amount}以下", f"{amount}每户"]:
        assert named_amount(f"苗圃补植（{said}）") == (f"苗圃补植（{said}）", None)
    for said in (
        amount,
        *(
            f"{label}{mark}{amount}"
            for label in ("预算", "预算金额", "项目资金")
            for mark in ("", "：", "为")
        ),
    ):
        assert named_amount(f"苗圃补植（{said}）") == ("苗圃补植", amount)


@pytest.mark.parametrize("unit", ["平方米", "公里", "亩", "人"])
@pytest.mark.parametrize("at", [2, 3, 5])
def test_one_measure_of_a_project_is_no_indicator_and_no_amount(unit: str, at: int) -> None:
    head = ["项目名称", "项目单位", "预算（万元）", "其中：财政拨款", "主要指标"]
    cells = ["苗圃补植", "青石林场", "12", "12", "补种树苗：≥80株；林道修整：≥3公里"]
    head.insert(at, f"占用规模（{unit}）")
    cells.insert(at, "300")
    (table,) = read(draw(f"|{'|'.join(head)}|\n|{'|'.join(cells)}|")).tables
    assert [row.level3 for row in table.indicators] == ["补种树苗", "林道修整"]
    assert table.funding_yuan in ({"财政拨款": Decimal(120_000)}, {"fiscal": Decimal(120_000)})
    assert "300" in table.fields.values()


@pytest.mark.parametrize(
    "said", ["财政拨款10万元，自筹2万元", "资金总额12万元，其中：财政拨款10万元，自筹2万元", "总额12万元"]
)
def test_amounts_that_a_text_says_are_not_called_unread(said: str) -> None:
    document = read(
        draw(f"""
        |项目名称|资金安排|绩效目标|产出指标|满意度指标|
        |苗圃补植|{said}|育苗|补种树苗≥80株|林户满意度≥90%|
        |护林养护|若干|护林|补种树苗≥20株|林户满意度≥90%|
        |林道修整|约7万元|修路|修整林道≥3公里|林户满意度≥90%|
        """)
    )
    assert [p.args["text"] for p in document.problems if p.code == "PGX106"] == ["若干", "约7万元"]
    assert document.tables[0].budget_yuan == (None if said.startswith("财政") else Decimal(120_000))
    assert ("budget_yuan" in document.tables[0].unknown) == said.startswith("财政")


SIGNS = ("市", "县", "区", "州", "旗", "盟", "乡", "镇", "师", "街道")


def test_the_name_of_a_column_of_regions_is_made_of_their_signs() -> None:
    for one, two, three in product(SIGNS, SIGNS, SIGNS[:4]):
        for name in (
            f"{one}{two}",
            f"{one}（{two}、{three}）",
            f"{one}、{two}、{three}",
            f"{one}{two}（{three}）",
        ):
            assert list_field(name) == "unit"
            assert list_field(f"受益{name}") == "unit"
    for name in ("地区", "区域", "街道", "园区", "开发区", "地区（单位）", "乡镇名称"):
        assert list_field(name) == "unit"
    for name in ("县", "村（个）", "乡镇（个）", "市级", "县域经济", "项目区块", "林区道路"):
        assert list_field(name) != "unit"


def test_the_level_of_a_column_in_its_bracket_is_that_of_a_column() -> None:
    for number, level in zip("一二三", ("level1", "level2", "level3"), strict=True):
        for name in ("绩效指标", "指标", "绩效指标名称"):
            assert column_role(f"{name}（{number}级）") == level
            assert box_field(f"{name}（{number}级）") is None


def test_a_long_text_in_the_place_of_a_class_is_doubted() -> None:
    document = read(
        draw(f"|项目名称|苗圃补植|<|<|\n{HEADER}{ROWS.rstrip()}\n|以上各项由林场与护林站共同完成并报送||||")
    )
    assert any(problem.code == "PGX104" for problem in document.problems)
