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
