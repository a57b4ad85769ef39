"""Sources that end inside of a table say so, and nothing is said to be missing that may stand behind the cut."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfgoals_lint

HEAD = [
    ("项目名称", "河道清淤整治"),
    ("主管部门", "青禾县水务局"),
    ("年度目标", "本年完成东河清淤12公里，保障行洪安全。"),
    ("一级指标", "二级指标", "三级指标", "年度指标值"),
]
ROWS = [
    ("产出指标", "数量指标", "清淤河道长度", "≥12公里"),
    ("产出指标", "质量指标", "验收合格率", "≥95%"),
    ("产出指标", "时效指标", "完成时间", "2026年10月底前"),
]
REST = [
    ("效益指标", "社会效益指标", "受益人口", "≥1万人"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
]


def bars(rows: list[tuple[str, ...]]) -> str:
    return "".join("| " + " | ".join((*row, "", "", "")[:4]) + " |\n" for row in rows)


def blanks(rows: list[tuple[str, ...]]) -> str:
    return "".join(" ".join(row) + "\n" for row in rows)


def cells(rows: list[tuple[str, ...]]) -> str:
    return "".join("\n".join(row) + "\n" for row in rows)


def checked(text: str, path: Path) -> tuple[list[bool], set[str]]:
    """Which tables are cut off, and the rules that found something."""
    file = path / "表.txt"
    file.write_text(text, encoding="utf-8")
    document = perfgoals_lint.read(str(file))
    results = perfgoals_lint.check([str(file)])
    rules = {finding.rule for result in results for finding in result.findings}
    return [table.truncated for table in document.tables], rules


@pytest.mark.parametrize("shape", [bars, blanks, cells])
@pytest.mark.parametrize("mark", ["...", "……（以下省略）", "（未完待续）", "展开全文"])
def test_a_last_line_that_says_that_the_text_goes_on(shape, mark, tmp_path):
    cut, rules = checked(shape(HEAD + ROWS) + mark + "\n", tmp_path)
    assert cut == [True]
    assert "PGX102" in rules
    assert not rules & {"PGC101", "PGC103", "PGC106"}


@pytest.mark.parametrize("shape", [bars, blanks, cells])
def test_a_whole_text_is_not_cut(shape, tmp_path):
    cut, rules = checked(shape(HEAD + ROWS + REST), tmp_path)
    assert cut == [False]
    assert "PGX102" not in rules
    assert "PGC101" in checked(shape(HEAD + ROWS), tmp_path)[1]


@pytest.mark.parametrize("lost", [4, 9, 14, 19])
def test_a_row_between_bars_that_is_not_closed(lost, tmp_path):
    text = bars(HEAD + ROWS).rstrip("\n")
    cut, rules = checked(text[:-lost], tmp_path)
    assert cut == [True]
    assert not rules & {"PGC101", "PGC103"}


def test_ellipses_that_a_template_prints_cut_nothing(tmp_path):
    dotted = [(*row[:2], "……", "") for row in ROWS]
    assert checked(cells(HEAD + ROWS + dotted), tmp_path)[0] == [False]
