"""What a project's form breaks its money down into, and amounts beside one label: read from drawn grids, and added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source

ITEMS = """
|渡船|3艘|20|60|
|码头|12座|20|240|
|合计|||300|
"""


def form(rows: str, *, head: str = "|支出内容|数量|单价|金额|", budget: str = "300") -> Document:
    """A form in 万元 with rows between its budget and its goal."""
    return recognise(
        source(
            draw(f"""
            |渡口整修绩效目标申报表|<|<|<|
            |单位：万元|<|<|<|
            |项目名称|渡口整修|预算金额|{budget}|
            {head}
            {rows.strip()}
            |年度目标|整修渡口3处。|<|<|
            |一级指标|二级指标|三级指标|指标值|
            |产出指标|数量指标|整修渡口数量|3处|
            """)
        )
    )


def messages(code: str, document: Document) -> list[str]:
    """What one rule says of a document."""
    findings = Engine(rulebook.load().find(code)).check(document).findings
    return [one.message for one in findings if one.rule == code]


def test_items_are_tasks_with_their_cells_and_their_sum() -> None:
    document = form(ITEMS)
    (table,) = document.tables
    assert [(one.name, one.content, one.amount_yuan) for one in table.tasks or ()] == [
        ("渡船", "数量：3艘；单价：20", Decimal(600_000)),
        ("码头", "数量：12座；单价：20", Decimal(2_400_000)),
    ]
    assert table.fields["合计（金额）"] == "300"
    assert not table.unread
    assert not messages("PGK651", document)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [("|60|", "|80|", "“渡船”"), ("|240|", "|204|", "“码头”"), ("|300|", "|330|", "印出的合计")],
)
def test_products_and_sums_of_items_are_checked(right: str, wrong: str, said: str) -> None:
    assert any(said in one for one in messages("PGK651", form(ITEMS.replace(right, wrong, 1))))


@pytest.mark.parametrize(
    "rows",
    [
        "|甲、渡船|||60|\n|渡船|3艘|20|60|\n|乙、码头|||240|\n|码头|12座|20|240|\n|合计|||300|",
        "|渡船|3艘|20|60|\n|小计|||60|\n|码头|12座|20|240|\n|小计|||240|\n|合计|||300|",
        "|值守|5人|1|60|\n|码头|12座|20|240|\n|总计（万元）|||300|",
        "|渡船|3艘|20.33|61|\n|码头|12座|19.92|239|\n|合计|||300|",
        "|甲、渡船|||60|\n|渡船|3艘|20|60|\n|乙、码头|||240|",
    ],
)
def test_groups_further_factors_and_rounding_are_right(rows: str) -> None:
    assert not messages("PGK651", form(rows))


@pytest.mark.parametrize(
    ("above", "head", "figures"),
    [
        ("|单位：元|<|<|<|", "|支出内容|数量|单价|金额|", ("200000", "600000", "240", "3000000")),
        (
            "|购置清单|<|<|<|\n|金额单位：元|<|<|<|",
            "|支出内容|数量|单价|金额|",
            ("200000", "600000", "240", "3000000"),
        ),
        ("", "|支出内容（单位：元）|数量|单价|金额|", ("200000", "600000", "240", "3000000")),
        ("", "|支出内容|数量|单价（元）|金额|", ("200000", "60", "240", "300")),
    ],
)
def test_the_nearest_unit_is_that_of_the_items(above: str, head: str, figures: tuple[str, ...]) -> None:
    price, boats, piers, total = figures
    piers = piers if total == "300" else "2400000"
    rows = f"|渡船|3艘|{price}|{boats}|\n|码头|12座|{price}|{piers}|\n|合计|||{total}|"
    document = form(rows, head=f"{above}\n{head}".strip())
    (table,) = document.tables
    assert table.budget_yuan == Decimal(3_000_000)
    assert [one.amount_yuan for one in table.tasks or ()] == [Decimal(600_000), Decimal(2_400_000)]
    assert not messages("PGK651", document)


def test_a_sum_with_the_figure_of_the_budget_in_another_unit_is_left_and_said() -> None:
    (table,) = form(ITEMS, head="|单位：元|<|<|<|\n|支出内容|数量|单价|金额|").tables
    assert not table.tasks
    assert {one.text for one in table.unread} >= {"码头", "240"}


@pytest.mark.parametrize(
    "remark", ["与邻站合用，承担一半", "旧船抵扣10万元", "余款下年支付", "扣除质保金后支付", "按季", "含运费"]
)
def test_a_remark_on_an_item_may_say_why_it_is_no_product(remark: str) -> None:
    rows = f"|渡船|3艘|20|31|{remark}|\n|码头|12座|20|240||\n|栈桥|1座|29|29||\n|合计|||300||"
    assert not messages("PGK651", form(rows, head="|支出内容|数量|单价|金额|备注|"))
    assert messages("PGK651", form(rows.replace(remark, "无"), head="|支出内容|数量|单价|金额|备注|"))
    named = rows.replace("|渡船|", f"|渡船（{remark}）|").replace(f"|31|{remark}|", "|31||")
    assert not messages("PGK651", form(named, head="|支出内容|数量|单价|金额|备注|"))


def test_what_an_item_is_does_not_keep_it_from_being_a_product() -> None:
    rows = "|渡船|铝合金|3|艘|20|80|\n|码头|浮式|12|座|20|240|\n|泵|潜水|1|台|2|2|"
    found = messages("PGK651", form(rows, head="|支出内容|规格型号|数量|单位|单价|金额|"))
    assert len(found) == 1
    assert "“渡船”" in found[0]


@pytest.mark.parametrize(
    "heading",
    [
        "上年支出情况",
        "现有资产情况",
        "三年支出明细",
        "其中：政府采购",
        "2024-2026年支出明细",
        "二、以前年度购置",
        "资产状况",
    ],
)
def test_items_of_other_times_assets_and_parts_are_not_the_years(heading: str) -> None:
    document = form(ITEMS, head=f"|{heading}|<|<|<|\n|支出内容|数量|单价|金额|")
    (table,) = document.tables
    assert not [*(table.tasks or ()), *table.unread]
    assert table.purpose is None
    assert table.fields[f"{heading}：渡船（金额）"] == "60"
    for own in ("支出明细", "资产购置明细", "固定资产采购"):
        assert form(ITEMS, head=f"|{own}|<|<|<|\n|支出内容|数量|单价|金额|").tables[0].tasks


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("|渡船|3艘|20|60|\n|浮标|10个|||\n|码头|12座|20|240|\n|合计|||300|", "渡船 浮标 码头"),
        ("|一、设备|||\n|渡船|3艘|20|60|\n|二、工程|||\n|码头|12座|20|240|\n|合计|||300|", "渡船 码头"),
        ("|设备|<|<|<|\n|渡船|3艘|20|60|\n|工程|<|<|<|\n|码头|12座|20|240|\n|合计|||300|", "渡船 码头"),
        ("|渡船|3艘|20|60|\n|^|1艘|20|20|\n|码头|11座|20|220|\n|合计|||300|", "渡船 渡船 码头"),
        (
            "|渡船|3艘|20|60|\n|船类小计|||60|\n|码头|12座|20|240|\n|其他小计|||240|\n|合计|||300|",
            "渡船 码头",
        ),
        (
            "|一、设备|||60|\n|（一）船|||60|\n|渡船|3艘|20|60|\n|二、工程|||240|\n|码头|12座|20|240|\n|合计|||300|",
            "渡船 码头",
        ),
        ("|设备|||60|\n|其中：渡船|2艘|20|40|\n|码头|12座|20|240|\n|合计|||300|", "设备 码头"),
        (
            "|设备|||60|\n|其中：渡船|2艘|20|40|\n|浮标|2个|10|20|\n|码头|12座|20|240|\n|合计|||300|",
            "设备 码头",
        ),
        ("|会议费|||20|\n|培训|1期|20|20|\n|码头|13座|20|260|\n|合计|||300|", "会议费 培训 码头"),
        ("|合计|||300|\n|渡船|3艘|20|60|\n|码头|12座|20|240|", "渡船 码头"),
    ],
)
def test_items_are_told_from_groups_sums_and_parts(rows: str, names: str) -> None:
    document = form(rows)
    (table,) = document.tables
    assert [one.name for one in table.tasks or ()] == names.split()
    assert table.sum_of_tasks is not None
    assert table.sum_of_tasks.amount_yuan == Decimal(3_000_000)
    assert not table.unread
    assert not messages("PGK651", document)


@pytest.mark.parametrize("head", ["类别|内容|数量|单价|金额", "内容|规格|数量|单价|金额"])
def test_a_name_that_goes_on_below_itself_without_a_merged_cell(head: str) -> None:
    """A row without a name may be an item more; a sum of some of the rows is held against nothing."""
    rows = "|渡船|木|3艘|20|60|\n||铁|1艘|20|20|\n|码头|石|11座|20|220|\n|合计||||300|"
    document = form(rows, head=f"|{head}|")
    assert [one.name for one in document.tables[0].tasks or ()] == ["渡船", "渡船", "码头"]
    assert not messages("PGK651", document)
    summed = form(rows.replace("|合计||||300|", "|||15|20|300|"), head=f"|{head}|")
    assert len(summed.tables[0].tasks or ()) == 3
    assert "300" in {one.text for one in summed.tables[0].unread}
    pending = rows.replace("|铁|1艘|20|20|", "浮标|铁|1艘|待定|待定|")
    assert not messages("PGK651", form(pending, head=f"|{head}|"))


def test_every_printed_sum_is_kept_and_one_above_the_items_is_checked() -> None:
    rows = "|渡船|3艘|20|60|\n|小计|||60|\n|码头|12座|20|240|\n|小计|||240|\n|合计|||300|"
    assert form(rows).tables[0].fields["小计（金额）"] == "60；240"
    assert messages("PGK651", form("|合计|||330|\n|渡船|3艘|20|60|\n|码头|12座|20|240|"))


def test_boxes_behind_items_are_none() -> None:
    (table,) = form("|渡船|3艘|20|60|\n|码头|12座|20|240|\n|受益对象|群众|受益人数|3000人|").tables
    assert len(table.tasks or ()) == 2
    assert table.fields["受益人数"] == "3000人"


def test_a_unit_in_a_row_of_its_own_is_that_of_the_form() -> None:
    drawn = """
    |渡口整修绩效目标申报表|<|<|<|
    |项目名称|渡口整修|<|<|
    |单位：万元|<|<|<|
    |预算金额|300|其中：财政拨款|300|
    |一级指标|二级指标|三级指标|指标值|
    |产出指标|数量指标|整修渡口数量|3处|
    """
    document = recognise(source(draw(drawn)))
    assert document.tables[0].budget_yuan == Decimal(3_000_000)
    assert not [one for one in document.problems if one.code == "PGX121"]


BLOCK = """
|投资构成|总投资|960|
|^|建筑工程费|520|
|^|设备费|300|
|^|预备费|140|
"""


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (BLOCK, 0),
        (BLOCK.replace("520", "250"), 1),
        (BLOCK.replace("960", "690"), 1),
        (BLOCK.replace("|^|预备费|140|", ""), 0),
        (BLOCK.replace("|^|预备费|140|", "|^|其中：材料费|140|\n|^|预备费|140|"), 0),
    ],
)
def test_a_slip_among_amounts_beside_one_label_is_told(rows: str, count: int) -> None:
    drawn = f"""
    |渡口整修绩效目标表|<|<|
    |单位：万元|<|<|
    |项目名称|渡口整修|<|
    {rows.strip()}
    |年度目标|整修渡口3处。|<|
    |一级指标|三级指标|指标值|
    |产出指标|整修渡口数量|3处|
    """
    assert len(messages("PGK601", recognise(source(draw(drawn))))) == count


@pytest.mark.parametrize(
    ("said", "value", "count"),
    [
        ("漏损率由15%降到11%", "≤13%", 1),
        ("漏损率由15%降到11%", "≤11%", 0),
        ("漏损率到2030年由15%降到9%", "≤13%", 0),
        ("漏损率由15%下降4个百分点", "≤11%", 0),
    ],
)
def test_the_end_of_a_change_is_what_a_row_asks_for(said: str, value: str, count: int) -> None:
    drawn = f"""
    |2025年管网整修绩效目标表|<|
    |项目名称|管网整修|
    |年度目标|整修管网3公里，管网{said}。|
    |三级指标|指标值|
    |管网漏损率|{value}|
    """
    assert len(messages("PGK635", recognise(source(draw(drawn))))) == count
