"""Fixes as a user meets them: only what was asked for changes, byte by byte, and a second time there is nothing to do."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.apply import apply, fix_text
from perfgoals_lint.fixes.contents import fix_file
from perfgoals_lint.fixes.passes import Outcome, stored_as, wanted
from perfgoals_lint.model import Edit, Finding, Fix

TEXT = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    "渡口𠮷码头修缮,产出指标,数量指标,修缮泊位,≧4个\n"
    '渡口𠮷码头修缮,产出指标,质量指标,"验收,合格率",≧95%\n'
    "渡口𠮷码头修缮,满意度指标,服务对象满意度指标,乘客满意度,≥90%\n"
)
PIPES = (
    "| 项目名称 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 |\n|---|---|---|---|---|\n"
    "| 渡口码头修缮 | 产出指标 | 数量指标 | 修缮泊位 | ≧4个 |\n"
    "| 渡口码头修缮 | 产出指标 | 质量指标 | 验收合格率 | ≧95% |\n"
)
PAGE = (
    "<html><body><table>\n<tr><td>项目名称</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td></tr>\n"
    "<tr><td>渡口码头修缮</td><td>产出指标</td><td>数量指标</td><td>修缮泊位</td><td>≧4个</td></tr>\n"
    "<tr><td>渡口码头修缮</td><td>产出指标</td><td>质量指标</td><td>验收合格率</td><td>≧95%</td></tr>\n"
    "</table></body></html>\n"
)
YAML = (
    "项目名称: 渡口码头修缮\n年度目标: 修缮泊位\n指标:\n"
    '  - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 修缮泊位, 年度指标值: "≧4个"}\n'
    "  - {一级指标: 产出指标, 二级指标: 质量指标, 三级指标: 验收合格率, 年度指标值: ≧95%}\n"
)


def checker(
    path: str, change: Callable[[str], str], safe: bool = True
) -> Callable[[str | bytes], tuple[str, list[Finding]]]:
    """A check that finds every annual value that a function would change."""

    def check(text: str | bytes) -> tuple[str, list[Finding]]:
        with stored_as(text, path) as name:
            document = extract_file(name, path)
        found = []
        for table in document.tables:
            for row in table.indicators:
                old = row.annual_value or ""
                if change(old) != old:
                    edit = Edit(row.locations["annual_value"], "annual_value", old, change(old))
                    fix = Fix(safe, [edit])
                    found.append(
                        Finding("T1", "sign", "warning", "", "", path, location=edit.location, fix=fix)
                    )
        return document.format, found

    return check


def sign(text: str) -> str:
    return text.replace("≧", "≥")


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", TEXT), ("a.md", PIPES), ("a.html", PAGE), ("a.yaml", YAML)]
)
def test_in_every_carrier_only_the_values_change_and_nothing_is_left_to_fix(name: str, text: str) -> None:
    first = fix_text(text, name, checker(name, sign))
    assert first.content == text.replace("≧", "≥")
    assert len(first.applied) == 2
    assert first.refused == []
    second = fix_text(first.content, name, checker(name, sign))
    assert (second.content, second.applied) == (first.content, [])


def test_an_unsafe_fix_waits_until_it_is_asked_for() -> None:
    check = checker("a.csv", sign, safe=False)
    assert fix_text(TEXT, "a.csv", check).content == TEXT
    assert fix_text(TEXT, "a.csv", check, unsafe=True).content == TEXT.replace("≧", "≥")


@pytest.mark.parametrize("state", [{"suppressed": {"kind": "inline"}}, {"baseline_state": "unchanged"}])
def test_what_is_suppressed_or_in_the_baseline_is_not_fixed(state: dict[str, object]) -> None:
    form, findings = checker("a.csv", sign)(TEXT)
    for name, value in state.items():
        setattr(findings[0], name, value)
    outcome = apply(TEXT, form, wanted(findings, unsafe=False), "a.csv")
    assert outcome.applied == findings[1:]
    assert outcome.content.count("≧") == 1


def test_a_fix_that_would_break_the_row_is_refused_and_the_others_are_made() -> None:
    def change(text: str) -> str:
        return "≥4,个" if text == "≧4个" else sign(text)

    outcome = fix_text(TEXT, "a.csv", checker("a.csv", change))
    assert "≧4个" in outcome.content
    assert "≥95%" in outcome.content
    assert (len(outcome.applied), len(outcome.refused)) == (1, 1)


def test_a_text_that_is_not_there_as_said_is_left_alone() -> None:
    form, findings = checker("a.csv", sign)(TEXT)
    outcome = apply(TEXT.replace("≧4个", "≧5个"), form, findings[:1], "a.csv")
    assert outcome == Outcome(TEXT.replace("≧4个", "≧5个"), [], findings[:1])


def test_a_fix_that_goes_back_and_forth_ends() -> None:
    def flip(text: str) -> str:
        return text.replace("≧", "≥") if "≧" in text else text.replace("≥", "≧")

    assert fix_text(TEXT, "a.csv", checker("a.csv", flip)).content.count("≧") in (1, 2)


@pytest.mark.parametrize(
    ("encoding", "mark", "end"),
    [("gb18030", b"", "\r\n"), ("utf-8", codecs.BOM_UTF8, "\n"), ("utf-16-le", codecs.BOM_UTF16_LE, "\r\n")],
)
def test_a_file_keeps_its_encoding_line_ends_and_permissions(
    tmp_path: Path, encoding: str, mark: bytes, end: str
) -> None:
    path = tmp_path / "码 头.csv"
    text = TEXT.replace("\n", end)
    path.write_bytes(mark + text.encode(encoding))
    path.chmod(0o640)
    outcome = fix_file(str(path), checker(str(path), sign))
    assert outcome is not None
    assert path.read_bytes() == mark + sign(text).encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["码 头.csv"]


def test_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    data = TEXT.encode() + b"\xff\n"
    path.write_bytes(data)
    assert fix_file(str(path), checker(str(path), sign)) is None
    assert path.read_bytes() == data


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT, encoding="utf-8")

    def fail(*_: Sequence[str]) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        fix_file(str(path), checker(str(path), sign))
    assert path.read_text(encoding="utf-8") == TEXT
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_fix_that_brings_a_new_error_is_refused() -> None:
    """The first row's new value breaks another rule, the second's does not: only that one is changed."""
    inner = checker("a.md", sign)

    def check(text: str) -> tuple[str, list[Finding]]:
        format_name, found = inner(text)
        broken = [Finding("T2", "broken", "error", "", "", "a.md")] if "≥4个" in text else []
        return format_name, [*found, *broken]

    outcome = fix_text(PIPES, "a.md", check)
    assert "≧4个" in outcome.content
    assert "≥95%" in outcome.content
    assert len(outcome.applied) == 1
    assert len(outcome.refused) == 1
