"""Whatever way a table is printed on grids, the same project is read from it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Cell, GoalTable, Grid, Source
from perfgoals_lint.tables.reader import recognise
from tables.grid_generator import (
    FIELDS,
    Print,
    Project,
    Sheet,
    as_source,
    cut,
    print_form,
    print_header,
    print_rows,
    prints,
    projects,
    put_row,
)


def assert_read(table: GoalTable, project: Project, way: Print) -> None:
    """The table says what the project says, as far as the print shows it."""
    for name in FIELDS:
        assert getattr(table, name) == project.fields[name]
    assert table.budget_yuan == project.amount * Decimal(10_000)
    shown = [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators]
    assert shown == [(r.level1, r.level2, r.level3, r.value) for r in project.rows]
    for indicator, row in zip(table.indicators, project.rows, strict=True):
        assert indicator.cycle_value == (row.value if "cycle_value" in way.columns else None)
        for name in ("description", "basis", "weight"):
            assert getattr(indicator, name) == (row.texts[name] if name in way.columns else None)


@given(st.lists(st.tuples(projects(), prints()), min_size=1, max_size=3), st.booleans())
@settings(deadline=None, max_examples=120)
def test_forms_on_sheets(printed: list[tuple[Project, Print]], one_sheet: bool) -> None:
    grids = []
    sheet = Sheet(merges=True)
    for number, (project, way) in enumerate(printed):
        print_form(sheet, project, way)
        if not one_sheet:
            grids.append(sheet.grid(sheet=f"表{number}"))
            sheet = Sheet(merges=True)
    document = recognise(as_source(*grids) if grids else as_source(sheet.grid(sheet="表")))
    assert document is not None
    assert len(document.tables) == len(printed)
    for table, (project, way) in zip(document.tables, printed, strict=True):
        assert_read(table, project, way)


@given(projects(), prints(merges=False))
@settings(deadline=None, max_examples=80)
def test_forms_without_spans(project: Project, way: Print) -> None:
    sheet = Sheet(merges=False)
    print_form(sheet, project, way)
    document = recognise(as_source(sheet.grid(table=1), format_name="csv"))
    assert document is not None
    (table,) = document.tables
    assert_read(table, project, way)


@given(projects(), prints(), st.data())
@settings(deadline=None, max_examples=120)
def test_tables_continued_on_pages(project: Project, way: Print, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(project.rows)), label="rows on the first page")
    repeated = data.draw(st.booleans(), label="header repeated")
    way.ending, way.gaps = None, 0
    first = Sheet(merges=True)
    print_form(first, Project(project.fields, project.amount, project.rows[:cut]), way)
    pages = [first.grid(page=1)]
    rest = project.rows[cut:]
    if rest:
        second = Sheet(merges=True)
        if repeated:
            print_header(second, way, len(rest))
        elif way.side_label:
            second.put(0, "", len(rest))
        known = project.rows[cut - 1]
        lost = way.levels != "repeated" and (known.level1, known.level2) == (rest[0].level1, rest[0].level2)
        print_rows(second, rest, way, lost)
        pages.append(second.grid(page=2))
    document = recognise(as_source(*pages, format_name="pdf"))
    assert document is not None
    (table,) = document.tables
    assert_read(table, project, way)


@given(projects(), prints())
@settings(deadline=None, max_examples=60)
def test_places_are_the_cells_that_say_it(project: Project, way: Print) -> None:
    sheet = Sheet(merges=True)
    print_form(sheet, project, way)
    grid = sheet.grid(sheet="表")
    by_place = {grid.locate(cell).cell: cell for cell in grid.cells}
    document = recognise(as_source(grid))
    assert document is not None
    (table,) = document.tables
    for name in FIELDS:
        assert by_place[table.locations[name].cell].text == project.fields[name]
    for indicator, row in zip(table.indicators, project.rows, strict=True):
        for name in ("level1", "level2", "level3"):
            assert by_place[indicator.locations[name].cell].text == getattr(row, name)
        value = by_place[indicator.locations["annual_value"].cell].text
        assert value == (row.number if way.split_value else row.value)
        if way.split_value:
            assert by_place[indicator.locations["annual_value.operator"].cell].text == row.operator
            assert by_place[indicator.locations["annual_value.unit"].cell].text == row.unit


@given(st.lists(projects(), min_size=1, max_size=4), st.integers(1, 9), st.booleans(), st.data())
@settings(deadline=None, max_examples=60)
def test_list_rows_cut_by_a_page_end(
    listed: list[Project], lines: int, repeated: bool, data: st.DataObject
) -> None:
    names = ["项目名称", "总计", "绩效目标", "绩效指标"]
    broken = data.draw(st.integers(0, len(listed) - 1), label="project that is cut")
    pages = [Sheet(merges=True), Sheet(merges=True)]
    put_row(pages[0], names)
    if repeated:
        put_row(pages[1], names)
    for number, project in enumerate(listed):
        items = "".join(
            f"{n}、{row.level1}:{row.level3},年度指标值:{row.value}。"
            for n, row in enumerate(project.rows, 1)
        )
        texts = [project.fields["project_name"], str(project.amount), project.fields["annual_goal"], items]
        above, below = cut(texts, [4, 12, 7, 11], lines if number == broken else 10_000)
        put_row(pages[number > broken], above)
        if any(below):
            put_row(pages[1], below)
    printed = [page.grid(page=number) for number, page in enumerate(pages, 1) if page.cells]
    document = recognise(as_source(*printed, format_name="pdf"))
    assert document is not None
    assert [t.project_name for t in document.tables] == [p.fields["project_name"] for p in listed]
    for table, project in zip(document.tables, listed, strict=True):
        assert table.annual_goal == project.fields["annual_goal"]
        shown = [(row.level1, row.level3, row.annual_value) for row in table.indicators]
        assert shown == [(row.level1, row.level3, row.value) for row in project.rows]


texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "项目名称",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "绩效目标",
            "产出指标",
            "数量指标",
            "合计",
            "总计",
            "单位：万元",
        ]
    ),
)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 8), texts, st.integers(1, 2**31), st.integers(1, 2**31))
    )
)
@settings(deadline=None, max_examples=200)
def test_no_grid_raises(cells: list[tuple[int, int, str, int, int]]) -> None:
    grid = Grid("乙.xlsx", [Cell(*cell) for cell in cells], 13, 9, sheet="表")
    document = recognise(Source("乙.xlsx", "xlsx", [grid]))
    assert document is None or document.tables
