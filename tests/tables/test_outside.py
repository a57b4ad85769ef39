"""Text that stands in no goal table: counted with its first places, so that nobody takes it for checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.lint.records import FileResult, pack, unpack
from perfgoals_lint.model import Document

TABLE = (
    "项目支出绩效目标表\n单位：万元\n项目名称\t渡口码头修缮\n用款单位\t清浦县航道管理所\n预算金额\t12\n年度目标\t修缮泊位4个。\n"
    "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修缮泊位\t≥4个\n产出指标\t质量指标\t验收合格率\t≥95%\n"
    "效益指标\t社会效益指标\t事故起数\t≤1起\n满意度指标\t服务对象满意度指标\t乘客满意度\t≥90%\n"
)


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "表.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(str(path))


@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_lines_before_a_table_are_counted(tmp_path: Path, number: int) -> None:
    lines = [f"各渡口第{n}段要按照批复的内容组织实施，不得擅自变更。" for n in range(number)]
    document = read(tmp_path, "".join(line + "\n\n" for line in lines) + TABLE)
    assert len(document.tables) == 1
    assert document.outside.count == number
    assert [one.text for one in document.outside.first] == lines[:3]
    assert [one.location.line for one in document.outside.first] == [1, 3, 5][:number]


@pytest.mark.parametrize("line", ["附件2", "表13", "第 3 页", "（单位：万元）", "2031年度"])
def test_marks_and_what_is_read_are_not_outside(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{line}\n{TABLE}").outside.count == 0


def test_it_survives_the_cache(tmp_path: Path) -> None:
    document = read(tmp_path, f"各渡口要按照批复的内容组织实施，不得擅自变更。\n\n{TABLE}")
    result = FileResult(DocumentInfo(document.path, "text", outside=document.outside))
    assert unpack(pack(result)).info.outside == document.outside
