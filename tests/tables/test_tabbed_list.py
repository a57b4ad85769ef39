"""Lists of projects with one indicator a row, dumped with a tab before every cell."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.tables.recognise import recognise
from tables.invented import source_of

HEAD = (
    "单位名称、项目名称",
    "年度预算",
    "项目年度绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
    "指标属性",
)
ROWS = [
    ("某县图书馆", "", "", "", "", "", "", "", "", ""),
    ("购置图书", "80.5", "采购新书", "产出指标", "数量指标", "新书册数", "≥", "5000", "册", "定量指标"),
    ("", "", "", "", "质量指标", "验收合格率", "=", "100", "%", "定量指标"),
    ("", "", "", "效益指标", "社会效益", "借阅更便利", "=", "好坏", "无", "定性指标"),
    ("阅读推广", "12", "举办活动", "产出指标", "数量指标", "活动场次", "≥", "12", "场", "定量指标"),
    ("", "", "", "满意度指标", "服务对象满意度", "读者满意度", "≥", "90", "%", "定量指标"),
]


def dumped(rows) -> str:
    return "\n".join("\n".join("\t" + cell for cell in row) + "\n" for row in rows)


def test_each_project_has_its_rows_and_its_money() -> None:
    document = recognise(
        source_of("2026年项目支出绩效目标表\n单位：万元\n" + dumped([HEAD, *ROWS]) + "注：一式两份\n")
    )
    assert document.layout == "tabs"
    first, second = document.tables
    assert (first.project_name, first.unit, first.annual_goal) == ("购置图书", "某县图书馆", "采购新书")
    assert (first.budget_yuan, second.budget_yuan) == (Decimal("805000.0"), Decimal(120_000))
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in first.indicators] == [
        ("产出指标", "数量指标", "新书册数", "≥5000册"),
        ("产出指标", "质量指标", "验收合格率", "=100%"),
        ("效益指标", "社会效益", "借阅更便利", "好坏"),
    ]
    assert [row.level3 for row in second.indicators] == ["活动场次", "读者满意度"]
    # Two lines above, the header with a blank line, the row of the unit with one, five cells of the row.
    assert first.indicators[0].locations["level3"].line == 2 + 11 + 11 + 6


def test_the_row_of_a_unit_may_be_one_merged_cell() -> None:
    document = recognise(source_of(dumped([HEAD, ("某县图书馆",), *ROWS[1:]])))
    assert [table.unit for table in document.tables] == ["某县图书馆", "某县图书馆"]


def test_rows_cut_short_at_their_end_keep_their_places() -> None:
    uneven = [row[: 10 - number % 4] for number, row in enumerate(ROWS[1:])]
    document = recognise(source_of(dumped([HEAD, *uneven])))
    # Tabs are one shape of text, whatever the length of the rows: no cell is shifted, none is taken for another.
    assert [
        (
            table.project_name,
            [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators],
        )
        for table in document.tables
    ] == [
        (
            "购置图书",
            [
                ("产出指标", "数量指标", "新书册数", "≥5000册"),
                ("产出指标", "质量指标", "验收合格率", "=100%"),
                ("效益指标", "社会效益", "借阅更便利", "好坏"),
            ],
        ),
        (
            "阅读推广",
            [
                ("产出指标", "数量指标", "活动场次", None),
                ("满意度指标", "服务对象满意度", "读者满意度", "≥90%"),
            ],
        ),
    ]
