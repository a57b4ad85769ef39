"""What holds for every format: the same findings, nothing harmful, streaming, suppression."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.lint.finding import Writer, problem_title
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Finding, GoalTable, Indicator, Location, Problem
from perfgoals_lint.reports import FOR_PEOPLE, FORMATS
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.github import MOST
from perfgoals_lint.reports.run import RuleAccount
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.policy import index
from reports.samples import (
    SCENARIOS,
    TEXT,
    judgement,
    operator,
    product,
    render,
    report,
    row,
    suppressed,
    text_info,
    unreadable,
)

MACHINE = ("json", "jsonl", "sarif")
ACTIVE_ONLY = tuple(form for form in FORMATS if form not in MACHINE)


def parsed(form: str, text: str) -> object:
    """The output read back by a parser of its format, where it has one."""
    if form in ("json", "sarif", "gitlab", "rdjson"):
        return json.loads(text)
    if form in ("jsonl", "rdjsonl"):
        return [json.loads(line) for line in text.splitlines()]
    return ET.fromstring(text) if form == "junit" else None


@pytest.mark.parametrize("form", FORMATS)
@given(text=st.text(st.characters(), max_size=50))
@settings(max_examples=25, deadline=None)
def test_no_text_of_a_document_breaks_a_format(form: str, text: str) -> None:
    path = "a" + text.replace("\0", "")
    hostile = operator(
        "zh",
        document=path,
        message=text,
        advice=text,
        project_name=text,
        indicator=row(text, text),
        quote=text,
        location=Location(path, line=2, column=2),
        fix=None,
        evidence={"expression": text},
    )
    documents = [text_info("zh"), DocumentInfo(path, "pdf", unreadable=True, reason=text)]
    made = report("zh", [hostile], documents, line_text=lambda *_: "x" + text)
    output = render(form, made)
    assert output.encode()
    assert visible(output.replace("\n", "")) == output.replace("\n", "")
    parsed(form, output)


@pytest.mark.parametrize("form", FORMATS)
def test_findings_are_gone_through_once_and_need_not_be_kept(form: str) -> None:
    alive = 0

    def stream() -> Iterator[Finding]:
        nonlocal alive
        for number in range(50):
            alive += 1
            yield operator("zh", fingerprint=f"f{number}", document=f"{number}.txt", fix=None)

    made = replace(report("zh", [], [text_info("zh")]), findings=stream())
    output = render(form, made, verbose=True)
    assert alive == 50
    assert output.count("修缮道路长度") >= (MOST if form == "github" else 50)


@pytest.mark.parametrize("form", MACHINE)
def test_suppressed_findings_stay_in_machine_output(form: str) -> None:
    assert render(form, suppressed("zh")).count("指标值“有效”无法打分") == 2
    assert "局里已同意按原样保留" in render(form, suppressed("zh"))


@pytest.mark.parametrize("form", ACTIVE_ONLY)
def test_suppressed_and_baselined_findings_are_left_out_elsewhere(form: str) -> None:
    output = "".join(render(form, suppressed("zh")).split())
    assert "应写成比较符号" not in output
    assert output.count("指标值“有效”无法打分") == 1


@pytest.mark.parametrize("form", ["rich", "concise", "grouped", "markdown"])
def test_they_are_shown_with_the_reason_when_asked_for(form: str) -> None:
    output = "".join(render(form, suppressed("zh"), show_suppressed=True).split())
    assert "已豁免：局里已同意按原样保留" in output
    assert "此前已有" in output


@pytest.mark.parametrize("form", FORMATS)
def test_an_unreadable_file_is_never_passed_over(form: str) -> None:
    output = render(form, unreadable("zh"), base=Path.cwd())
    assert "文件有密码，打不开" in output
    assert "扫描件.pdf" in output or "%E6%89%AB%E6%8F%8F%E4%BB%B6.pdf" in output


def test_json_is_the_data_contract() -> None:
    data = json.loads(render("json", report("zh", [product("zh"), judgement("zh")], [text_info("zh")])))
    assert data["schema"] == "perfgoals-lint/check/1"
    assert data["version"] == "1.2.3"
    assert data["ruleset"] == "0a1b2c3d"
    assert data["summary"] == {
        "files": 1,
        "tables": 1,
        "indicators": 6,
        "findings": 2,
        "error": 1,
        "warning": 1,
        "info": 0,
        "suppressed": 0,
        "baselined": 0,
        "unreadable": 0,
        "not_goal_tables": 0,
        "not_looked_at": 0,
        "account": {},
    }
    first = data["findings"][0]
    assert first["location"] == {"path": TEXT, "line": 8, "column": 6}
    assert first["related"] == [{"message": "预算金额为12万元", "location": {"path": TEXT, "line": 3}}]
    assert first["evidence"] == {"expression": "3 × 3 = 9 万元 ≠ 18 万元"}
    assert first["indicator"] is None
    assert data["accounting"]["PGK605"]["status"] == "found"


def test_the_status_of_a_rule_is_the_most_telling_one() -> None:
    assert RuleAccount.of([], []).status == "not_applicable"
    found = [
        ("crashed", "KeyError", 1),
        ("found", None, 1),
        ("not_applicable", "没有合计", 2),
        ("passed", None, 1),
    ]
    assert RuleAccount.of(found[2:], []).status == "passed"
    assert RuleAccount.of(found[1:], []).status == "found"
    account = RuleAccount.of(found, [])
    assert account.status == "crashed"
    assert account.counts == {"passed": 1, "not_applicable": 2, "found": 1, "crashed": 1}
    assert [(reason.text, reason.count) for reason in account.reasons] == [("KeyError", 1), ("没有合计", 2)]


@pytest.mark.parametrize("form", FORMATS)
def test_a_console_in_another_encoding_gets_the_report_all_the_same(form: str) -> None:
    script = (
        "import sys; from reports.samples import astral; from perfgoals_lint.reports import writer\n"
        "from perfgoals_lint.reports.run import Options\n"
        f"writer({form!r})(astral('zh'), sys.stdout, Options(verbose=True))"
    )
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root / "src"), str(root / "tests")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env=environment, check=True
    ).stdout
    if form in FOR_PEOPLE:
        assert "\\U00020bb7野村" in output.decode("gbk")
    else:
        assert "𠮷野村" in output.decode()
        parsed(form, output.decode())


@pytest.mark.parametrize("form", ["rich", "markdown", "junit", "github"])
@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "未识别到绩效目标表"), ("en", "no goal table recognised")]
)
def test_a_reading_problem_has_the_title_of_the_language(form: str, lang: str, title: str) -> None:
    text = render(form, SCENARIOS["whole_file"](lang))
    assert f"PGX101 {title}" in text
    assert "no-table-recognised" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reading_problem_has_a_title(lang: str) -> None:
    messages = index()["messages"]
    codes = [code for group in ("reading", "formats", "gate") for code in messages[group]]
    assert codes
    assert [code for code in codes if not problem_title(code, lang)] == []


def test_every_field_has_a_name_in_both_languages() -> None:
    inner = {"location", "locations", "places", "blank", "headings", "truncated", "unknown"}
    names = [f.name for kind in (GoalTable, Indicator) for f in fields(kind) if f.name not in inner]
    assert [name for name in names if Words("zh").name("field", name).isascii()] == []
    assert [name for name in names if "_" in Words("en").name("field", name)] == []


def test_the_kind_of_a_file_is_named_in_the_language_of_the_run() -> None:
    def said(lang: str, code: str, **args: str) -> str:
        return Writer(lang).problem(Problem(code, Location(TEXT), args), TEXT).message

    for kind in ("archive", "binary", "pptx", "elf", "exe", "riff", "sqlite"):
        assert kind not in said("zh", "PGX006", looks_like=kind)
    assert "压缩包" in said("zh", "PGX006", looks_like="archive")
    assert "archive" in said("en", "PGX006", looks_like="archive")
    assert "磁盘已满" in said("zh", "PGX042", reason="ENOSPC")
    assert "no space left" in said("en", "PGX042", reason="ENOSPC")
    assert "返回码 77" in said("zh", "PGX042", case="failed", status="77")
    assert "within 60 seconds" in said("en", "PGX042", case="late", seconds="60")
    assert "没有给出" in said("zh", "PGX042", case="nothing", format="xlsx")


def test_every_kind_of_file_that_no_reader_reads_has_words() -> None:
    from perfgoals_lint.readers.dispatch import PACKAGE_READERS
    from perfgoals_lint.readers.sniff import _ZIP_PARTS
    from perfgoals_lint.readers.text import _BINARY

    kinds = {name for _, name in (*_BINARY, *_ZIP_PARTS)} - PACKAGE_READERS.keys() | {"archive", "binary"}
    assert kinds <= set(index()["messages"]["reading"]["PGX006"]["words"]["looks_like"])


def test_a_message_has_no_empty_brackets() -> None:
    for code, emptied in (("PGX101", {"seen": ""}), ("PGX301", {"line": "3", "rules": "all", "target": ""})):
        for lang in ("zh", "en"):
            message = Writer(lang).problem(Problem(code, Location(TEXT), emptied), TEXT).message
            assert "（" not in message
            assert "(" not in message
