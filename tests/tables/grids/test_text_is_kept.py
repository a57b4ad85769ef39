"""Whatever way a form is printed as text, each of its words is read, or said not to be; wrapped cells are whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock, to_json
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.text import squeeze
from tables.grids.printing import BOXES, FORMS, ROWS, SHAPES, Table

TITLE = ["项目支出绩效目标表", "（2026年度）"]
NOTICES = {"PGX106", "PGX121", "PGX123"}
"""Problems that say nothing of words that were not read."""
LABELS = {*BOXES, "项目资金（万元）", "总体目标", "绩效指标"}


def wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def bars_broken(table: Table) -> list[str]:
    """Cells by bars, blank ones too, with the line ends that they have inside."""
    rows = [" | ".join("\n".join(wrapped(cell, 8)) for cell in row) for row in table.matrix()]
    return "\n".join(rows).split("\n")


def bars_broken_between(table: Table) -> list[str]:
    """The same with bars at both ends of a row."""
    rows = ["| " + " | ".join("\n".join(wrapped(cell, 8)) for cell in row) + " |" for row in table.matrix()]
    return "\n".join(rows).split("\n")


def tabs_broken(table: Table) -> list[str]:
    """Cells by tabs, blank ones too, with line ends inside."""
    return "\n".join("\t".join("\n".join(wrapped(cell, 8)) for cell in row) for row in table.matrix()).split(
        "\n"
    )


def _places(table: Table) -> list[int]:
    rows = table.matrix()
    widths = [max(4, *(min(2 * len(row[at]), 14) for row in rows)) for at in range(table.columns)]
    return [sum(widths[:at]) + 4 * at for at in range(table.columns + 1)]


def _columns(table: Table, in_characters: bool) -> Iterator[str]:
    places = _places(table)
    for row in range(table.rows):
        cells = [(c, t, w) for (at, c), (t, w, _) in sorted(table.cells.items()) if at == row]
        parts = [(places[c], wrapped(t, max((places[c + w] - places[c] - 4) // 2, 2))) for c, t, w in cells]
        for number in range(max((len(lines) for _, lines in parts), default=1)):
            line = ""
            for place, lines in parts:
                text = lines[number] if number < len(lines) else ""
                width = len(line) if in_characters else len(line) + sum(char > "\u2000" for char in line)
                line += " " * max(place - width, 3 * bool(line)) + text if text else ""
            yield line.rstrip()


def columns_in_em(table: Table) -> list[str]:
    """As programs print pages: each column at its place, two places a Chinese character, cells wrapped."""
    return list(_columns(table, in_characters=False))


def columns_in_characters(table: Table) -> list[str]:
    """The same with a place a character."""
    return list(_columns(table, in_characters=True))


BROKEN: dict[str, Callable[[Table], list[str]]] = {
    own.__name__: own for own in (bars_broken, bars_broken_between, tabs_broken)
}
COLUMNS = {own.__name__: own for own in (columns_in_em, columns_in_characters)}
ALL = {**SHAPES, **BROKEN, **COLUMNS}


def _below(table: Table) -> int:
    """How many rows a header has below its first."""
    return int(table.cells[table.header, 0][2] == 2)


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


@pytest.mark.parametrize(("form", "shape"), list(product(FORMS, ALL)))
def test_no_word_is_lost_without_a_word(form: str, shape: str) -> None:
    table = FORMS[form]()
    document = read([*TITLE, *ALL[shape](table)])
    said = squeeze(json.dumps(to_json(document), ensure_ascii=False).replace("\\n", ""))
    filled = (
        text for (row, _), (text, _, _) in table.cells.items() if not 0 <= row - table.header <= _below(table)
    )
    figures = {"86.4", "80", "6.4"}  # in yuan there
    lost = [text for text in filled if len(text) > 1 and squeeze(text) not in said]
    lost = [text for text in lost if text not in LABELS | figures]
    assert not lost or {problem.code for problem in document.problems} - NOTICES, lost


@pytest.mark.parametrize(("form", "shape"), list(product(FORMS, BROKEN)))
def test_cells_broken_over_lines_are_whole(form: str, shape: str) -> None:
    (table,) = read([*TITLE, *ALL[shape](FORMS[form]())]).tables
    assert table.project_name == BOXES["项目名称"]
    assert (squeeze(table.unit or ""), squeeze(table.annual_goal or "")) == (
        BOXES["实施单位"],
        BOXES["年度目标"],
    )
    assert [squeeze(row.level3 or "") for row in table.indicators] == [row[2] for row in ROWS]


@pytest.mark.parametrize("shape", COLUMNS)
def test_a_name_goes_on_below_itself_and_not_below_its_value(shape: str) -> None:
    document = read([*TITLE, *ALL[shape](FORMS["plain"]())])
    (table,) = document.tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [row[2:] for row in ROWS]


@pytest.mark.parametrize(
    ("gap", "label"), list(product((" ", "    ", "\u3000"), ("联系人", "合同编号", "建设地点")))
)
def test_a_body_ends_in_front_of_the_label_behind_it(gap: str, label: str) -> None:
    boxes = [
        ("项目名称", "渡口维护"),
        ("申报单位", "白石镇人民政府", label, "甲乙丙"),
        ("年度目标", "维护渡口3处。"),
    ]
    rows = [("一级指标", "二级指标", "三级指标", "指标值"), *ROWS]
    (table,) = read([*TITLE, *(gap.join(row) for row in [*boxes, *rows])]).tables
    assert table.unit == "白石镇人民政府"
    assert "甲乙丙" in table.fields.values()


@pytest.mark.parametrize(
    "bodies", [("白石县水利局", "白石县农业局", "白石县林业局"), ("白石县水利局", "及", "各乡镇")]
)
def test_bodies_beside_each_other_stay_in_their_box(bodies: tuple[str, ...]) -> None:
    boxes = [("项目名称", "渡口维护"), ("实施单位", *bodies), ("年度目标", "维护渡口3处。")]
    rows = [("一级指标", "二级指标", "三级指标", "指标值"), *ROWS]
    (table,) = read([*TITLE, *(" ".join(row) for row in [*boxes, *rows])]).tables
    assert table.unit == " ".join(bodies)


@pytest.mark.parametrize(
    ("outer", "heading"), list(product((False, True), ("二、第二个项目", "项目支出绩效目标表", "- 2 -")))
)
def test_a_heading_between_two_forms_ends_no_cell(outer: bool, heading: str) -> None:
    first = (bars_broken_between if outer else bars_broken)(FORMS["plain"]())
    document = read([*TITLE, *first, heading, *first])
    assert len(document.tables) == 2
    for table in document.tables:
        assert table.indicators[-1].annual_value == ROWS[-1][-1]


NARROW = [
    ("渡口绩效目标表", "", "", "", "", ""),
    ("项目名称", "渡口维护", "项目类型", "", "实施单位", "白石镇政府"),
    ("预算金额（万元）", "86.4", "财政拨款", "86.4", "其他资金", ""),
    ("年度目标", "维护渡口3处。", "", "", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值", "权重", "备注"),
    ("产出指标", "数量指标", "维护渡口处数", "3处", "20", ""),
    ("", "质量指标", "验收合格率", "≥95%", "20", "抽检"),
    ("效益指标", "社会效益指标", "出行安全", "提升", "20", ""),
    ("满意度指标", "", "群众满意度", "≥90%", "20", "问卷"),
]


@pytest.mark.parametrize(("width", "gap", "forms"), list(product((5, 6, 7), (" | ", "\t"), (1, 2))))
def test_a_line_between_two_rows_is_no_end_of_a_value_that_is_shorter(
    width: int, gap: str, forms: int
) -> None:
    """It begins the row below where that makes a label of it (满意度指 above 标)."""
    rows = [gap.join("\n".join(wrapped(cell, width)) for cell in row) for row in NARROW * forms]
    document = read("\n".join(rows).split("\n"))
    assert len(document.tables) == forms
    for table in document.tables:
        found = [(squeeze(row.level3 or ""), row.annual_value) for row in table.indicators]
        assert [row[2:4] for row in NARROW[5:]] == found[:4]
        assert (squeeze(table.unit or ""), table.budget_yuan) == ("白石镇政府", 864_000)
    said = squeeze(json.dumps(to_json(document), ensure_ascii=False).replace("\\n", ""))
    assert "问卷渡口" not in said


@pytest.mark.parametrize(("form", "bar"), list(product(FORMS, "｜│┃")))
def test_wide_bars_without_rules_part_cells(form: str, bar: str) -> None:
    (table,) = read([*TITLE, *(f" {bar} ".join(row) for row in FORMS[form]().matrix())]).tables
    assert [(row.level1, row.level2, row.level3) for row in table.indicators] == [row[:3] for row in ROWS]


def test_wide_bars_of_a_page_part_nothing() -> None:
    above = ["首页｜政务公开｜互动交流", "站内搜索｜无障碍"]
    document = read([*above, *TITLE, *SHAPES["cells"](FORMS["plain"]())])
    assert [row.level3 for row in document.tables[0].indicators] == [row[2] for row in ROWS]


@pytest.mark.parametrize("words", ["公开发布", "主动公开", "依申请公开", "删减后公开"])
def test_how_a_paper_is_made_public_is_no_value(words: str) -> None:
    document = read([*TITLE, *SHAPES["cells"](FORMS["plain"]()), f"（此件{words}）", "打印 关闭"])
    assert document.tables[0].indicators[-1].annual_value == ROWS[-1][-1]


@pytest.mark.parametrize("name", ["应急 电话 值守", "系统 备注 录入"])
def test_a_short_word_of_a_name_is_no_label(name: str) -> None:
    boxes = [
        ("项目名称", name),
        ("年度目标", "维护渡口3处。"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        *ROWS,
    ]
    (table,) = read([*TITLE, *(" ".join(row) for row in boxes)]).tables
    assert table.project_name == name
