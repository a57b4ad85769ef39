"""Form dumps: rows and boxes come back as they were printed, whatever the widths of the columns."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import LINEAR, TIMES, growth
from perfgoals_lint.model import Document, Line, Location, Source, TextBlock, to_json
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.text import squeeze
from tables import dumps

HEAD = "项目名称 柳溪区古树名木养护项目\n主管部门 柳溪区林业局\n预算金额（万元） 12.50\n年度目标\n完成养护任务。\n"
COLUMNS = "一级指标 二级指标 三级指标 实施周期指标值 年度指标值\n"


def source(text: str) -> Source:
    lines = [
        Line(line, Location("a.txt", line=number)) for number, line in enumerate(text.split("\n"), start=1)
    ]
    return Source("a.txt", "txt", [TextBlock(lines)])


def read(text: str) -> Document:
    document = recognise(source(text))
    assert document is not None
    return document


def cells_of(document: Document, names: tuple[str, ...]) -> list[Counter[tuple[str | None, ...]]]:
    return [
        Counter(
            (
                row.level1,
                row.level2,
                *(squeeze(text) if (text := getattr(row, name)) else None for name in names),
            )
            for row in table.indicators
        )
        for table in document.tables
    ]


def share_exact(document: Document, look: dumps.Style, forms: list[dumps.Form]) -> tuple[int, int]:
    """How many rows of the forms came back exactly, and how many there are."""
    names = tuple(name for _, name in look.columns)
    assert len(document.tables) == len(forms)
    right = total = 0
    for form, got in zip(forms, cells_of(document, names), strict=True):
        want = Counter((one, two, *texts) for one, two, texts in form.rows)
        right += (want & got).total()
        total += want.total()
    return right, total


def assert_boxes(document: Document, forms: list[dumps.Form]) -> None:
    for form, table in zip(forms, document.tables, strict=True):
        for _, name, content in [*form.boxes, *form.prose]:
            assert getattr(table, name) == content
        assert table.budget_yuan == Decimal(form.budget.replace(",", ""))


@pytest.mark.parametrize("described", [False, True])
def test_invented_forms_come_back(described: bool) -> None:
    right = total = 0
    for seed in range(100, 108):
        text, look, forms = dumps.document(seed, described)
        document = recognise(source(text))
        assert document is not None
        assert_boxes(document, forms)
        exact, rows = share_exact(document, look, forms)
        right, total = right + exact, total + rows
    assert right >= 0.97 * total


@pytest.mark.slow
@pytest.mark.parametrize("described", [False, True])
def test_many_invented_forms_come_back(described: bool, request: pytest.FixtureRequest) -> None:
    number = 300 if request.config.getoption("-m") == "slow" else 10
    right = total = 0
    for seed in range(1000, 1000 + number):
        text, look, forms = dumps.document(seed, described)
        document = recognise(source(text))
        assert document is not None
        exact, rows = share_exact(document, look, forms)
        right, total = right + exact, total + rows
    assert right >= 0.98 * total


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_forms_without_broken_cells_are_exact(seed: int, count: int) -> None:
    rng = random.Random(seed)
    look = dumps.style(rng)
    look.widths = [60.0] * len(look.columns)
    forms = [dumps.form(rng, look, number + 1) for number in range(count)]
    document = read(dumps.dump(rng, look, forms))
    right, total = share_exact(document, look, forms)
    assert right == total
    assert_boxes(document, forms)
    assert not [problem for problem in document.problems if problem.code == "PGX103"]


def test_boxes_and_places() -> None:
    table = read(HEAD + COLUMNS + "产出指标 数量指标 养护株数 三年≥60株 ≥20株\n").tables[0]
    assert table.project_name == "柳溪区古树名木养护项目"
    assert table.department == "柳溪区林业局"
    assert to_json(table.budget_yuan) == "125000.00"
    assert table.annual_goal == "完成养护任务。"
    assert table.locations["annual_goal"].line == 5
    row = table.indicators[0]
    assert (row.level3, row.cycle_value, row.annual_value) == ("养护株数", "三年≥60株", "≥20株")
    assert (row.level1_class, row.level2_class) == ("output", "quantity")
    assert {row.locations[name].line for name in ("level1", "level3", "annual_value")} == {7}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (HEAD, None),
        (HEAD.replace("预算金额（万元）", "2026年预算金额\n(万元)"), 2026),
        (HEAD.replace("年度目标", "2026年度目标"), 2026),
        ("项目绩效目标表\n（2026年度）\n" + HEAD, 2026),
    ],
)
def test_the_budget_year_is_taken_from_labels_and_title_only(text: str, year: int | None) -> None:
    table = read(text + COLUMNS + "产出指标 时效指标 完成时间 2025年底 2025年底\n").tables[0]
    assert table.fiscal_year == year
    assert table.budget_yuan == Decimal(125000)
    assert table.project_name == "柳溪区古树名木养护项目"


@pytest.mark.parametrize(
    ("unit", "yuan"),
    [("元", 12), ("千元", 12_500), ("万元", 125_000), ("人民币万元", 125_000), ("百万元", 12_500_000)],
)
def test_the_unit_of_amounts_is_the_printed_one(unit: str, yuan: int) -> None:
    (table,) = read(HEAD.replace("万元", unit) + COLUMNS + "产出指标 数量指标 养护古树 ≥30株 ≥10株\n").tables
    assert table.budget_yuan is not None
    assert int(table.budget_yuan) == yuan


def test_cells_broken_over_lines() -> None:
    rows = (
        "产出指标\n数量指标\n古树名木养护株数（含后\n续资源）\n三年≥60株 ≥20株\n"
        "质量指标 养护质量 符合技术规范 符合技术规范\n"
        "效益指标\n生态效益指\n标\n改善古树生长环境的情况\n生长环境得到明显改\n善\n生长环境得到明显改\n善\n"
        "社会效益\n指标 群众知晓率 ≥80% ≥80%\n"
    )
    indicators = read(HEAD + COLUMNS + rows).tables[0].indicators
    assert [row.level3 for row in indicators] == [
        "古树名木养护株数（含后续资源）",
        "养护质量",
        "改善古树生长环境的情况",
        "群众知晓率",
    ]
    assert indicators[2].annual_value == indicators[2].cycle_value == "生长环境得到明显改善"
    assert [row.level2 for row in indicators][2:] == ["生态效益指标", "社会效益指标"]


def test_labels_repeated_on_a_new_page_and_page_numbers() -> None:
    rows = (
        "产出指标\n数量指标 养护株数 ≥20株 ≥20株\n- 3 -\n绩效\n指标\n"
        + COLUMNS
        + "产出指标\n质量指标 合格率 ≥95% ≥95%\n"
    )
    document = read(HEAD + COLUMNS + rows)
    assert [row.level3 for row in document.tables[0].indicators] == ["养护株数", "合格率"]
    assert document.problems == []


def test_a_level_without_rows_is_kept() -> None:
    rows = "效益指标\n生态效益指标\n满意度指标\n服务对象满意度指标 游客满意度 ≥90% ≥90%\n"
    indicators = read(HEAD + COLUMNS + rows).tables[0].indicators
    assert [(row.level2, row.level3) for row in indicators] == [
        ("生态效益指标", None),
        ("服务对象满意度指标", "游客满意度"),
    ]


def test_cost_as_first_level() -> None:
    rows = "成本指标\n经济成本指标 养护成本 ≤2万元 ≤2万元\n产出指标\n数量指标 养护株数 ≥20株 ≥20株\n"
    indicators = read(HEAD + COLUMNS + rows).tables[0].indicators
    assert [row.level1_class for row in indicators] == ["cost", "output"]
    assert [row.level2_class for row in indicators] == ["economic_cost", "quantity"]


def test_a_blank_between_scripts_is_no_cell_border() -> None:
    head = HEAD.replace("完成养护任务。", "分 3 批完成 20 株的养护，每批 2 周。")
    rows = "产出指标\n数量指标 养护株数 三年合共 60 株 20 株\n时效指标 完成时间 2027 年 12 月底 2027 年 12 月底\n"
    indicators = read(head + COLUMNS + rows).tables[0].indicators
    assert [(row.cycle_value, row.annual_value) for row in indicators] == [
        ("三年合共 60 株", "20 株"),
        ("2027 年 12 月底", "2027 年 12 月底"),
    ]


def test_a_document_that_ends_in_a_row_is_truncated() -> None:
    rows = "产出指标\n数量指标 养护株数 ≥20株 ≥20株\n质量指标 合格率 ≥95% ≥95%\n时效指标 完成率 100%"
    document = read(HEAD + COLUMNS + rows)
    assert document.tables[0].truncated
    assert document.tables[0].indicators[-1].truncated
    assert "PGX102" in [problem.code for problem in document.problems]


def test_one_value_for_two_columns_is_told() -> None:
    rows = "产出指标\n数量指标 养护株数 ≥20株\n质量指标 合格率 ≥95% ≥95%\n"
    document = read(HEAD + COLUMNS + rows)
    assert [(problem.code, problem.location.line) for problem in document.problems] == [("PGX104", 8)]
    assert "养护株数 ≥20株" in document.problems[0].args["where"]


def test_a_form_without_rows_is_told() -> None:
    document = read(
        HEAD + COLUMNS + "产出指标 数量指标 养护株数 ≥20株 ≥20株\n" + HEAD.replace("古树", "行道树")
    )
    assert [table.project_name for table in document.tables][1] == "柳溪区行道树名木养护项目"
    assert "PGX103" in [problem.code for problem in document.problems]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "项目名称 甲\n年度目标\n乙",
        COLUMNS,
        "一级指标\t二级指标\t三级指标\t指标值\n",
        "今天天气晴。\n" * 50,
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert recognise(source(text)).layout is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"，。（甲乙1%≥ \n\t", *COLUMNS.split(), "产出指标\n", "数量指标\n", "项目名称", "绩效\n指标"]
        )
    )
)
def test_any_text_is_read_without_an_error(parts: list[str]) -> None:
    text = HEAD + COLUMNS + "".join(parts)
    recognise(source(text))


@pytest.mark.parametrize("piece", ["，\n", "甲， 乙， ", "1", COLUMNS])
def test_hostile_texts_cost_no_more_than_linear(piece: str) -> None:
    begin = HEAD + COLUMNS + "产出指标\n数量指标\n"
    assert growth(lambda size: recognise(source(begin + piece * size)), 4000 // len(piece) // TIMES) < LINEAR


def test_corpus_document(corpus: Path) -> None:
    found = sorted(corpus.glob("000_*.txt"))
    document = recognise(source(found[0].read_text(encoding="utf-8")))
    assert document is not None
    assert len(document.tables) == 15
    assert sum(len(table.indicators) for table in document.tables) == 154
    assert document.problems == []
    assert all(table.period and table.fiscal_year and table.budget_yuan for table in document.tables)
