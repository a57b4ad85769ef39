"""Labels in traditional characters, all of them or some, stand for what the listed ones stand for; the print is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perfgoals_lint.rulebook.labels import all_labels, classify, column_of, field_of, simplified
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.headings import box_field, column_role
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source

PAIRS = [(old, new) for old, new in framework_data("labels")["traditional"].split()]
TRADITIONAL = {new: old for old, new in reversed(PAIRS)}
ROWS = """
    |项目名称|渡口护栏更新|<|<|
    |年度资金总额（万元）|30|<|<|
    |年度绩效目标|更新护栏30处|<|<|
    |一级指标|二级指标|三级指标|指标值|
    |产出指标|数量指标|更新护栏|≥30处|
    |效益指标|社会效益指标|受益船员|≥60人|
    |满意度指标|服务对象满意度指标|船员满意度|≥90%|
    """


def listed() -> Iterator[str]:
    for kind in ("fields", "columns"):
        for names in framework_data("fields")[kind].values():
            yield from names
    for level in (1, 2):
        yield from all_labels(level)


def test_no_character_is_the_form_of_two_nor_of_itself() -> None:
    olds, known = [old for old, _ in PAIRS], set("".join(listed()))
    assert len(set(olds)) == len(olds)
    assert known.isdisjoint(olds)


def test_every_listed_name_is_known_in_traditional_print() -> None:
    table = str.maketrans(TRADITIONAL)
    for name in listed():
        printed = name.translate(table)
        assert simplified(printed) == name
        for ask in (field_of, column_of, box_field, column_role):
            assert ask(printed) == ask(name) or str(ask(printed)).startswith(f"{field_of(name)}:"), name
        for level in (1, 2):
            assert classify(printed, level) == classify(name, level), name


@pytest.mark.parametrize("every", [1, 2, 3], ids=["all", "every second", "every third"])
@pytest.mark.parametrize("start", [0, 1])
def test_a_form_is_read_as_in_simplified_print(every: int, start: int) -> None:
    used = [one for one in TRADITIONAL if one in ROWS][start::every]
    printed = ROWS.translate(str.maketrans({new: TRADITIONAL[new] for new in used}))
    document, plain = recognise(source(draw(printed))), recognise(source(draw(ROWS)))
    (table,), (other,) = document.tables, plain.tables
    assert (document.problems, document.account) == (plain.problems, plain.account)
    assert (table.budget_yuan, [row.level1_class for row in table.indicators]) == (
        other.budget_yuan,
        [row.level1_class for row in other.indicators],
    )
    assert [row.level3 for row in table.indicators] == [
        row.level3.translate(str.maketrans({new: TRADITIONAL[new] for new in used})) if row.level3 else None
        for row in other.indicators
    ]
