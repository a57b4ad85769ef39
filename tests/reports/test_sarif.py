"""SARIF: what code scanning needs, and Microsoft's own validator where it is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.reports import sarif
from perfgoals_lint.reports.run import Report
from reports.samples import (
    SCENARIOS,
    astral,
    blank_path,
    crashed,
    empty,
    judgement,
    many,
    operator,
    product,
    render,
    report,
    suppressed,
    text_info,
    unreadable,
)
from suppression.helpers import goal_csv, run, write


def run_of(made: Report, **options: Any) -> dict[str, Any]:
    """The one run of a log."""
    (run,) = json.loads(render("sarif", made, **options))["runs"]
    return dict(run)


def result_of(made: Report, **options: Any) -> dict[str, Any]:
    """The first result."""
    return dict(run_of(made, **options)["results"][0])


def test_addresses_are_relative_and_percent_encoded(tmp_path: Path) -> None:
    place = result_of(blank_path("zh"))["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {
        "uri": "2024%20%E5%B9%B4%E5%BA%A6/%E8%A1%A813%20%28%E7%BB%88%E7%A8%BF%29%2C%20%E5%AE%9A%3A%E7%A8%BF.txt"
    }
    inside = operator("zh", document=str(tmp_path / "表" / "甲.txt"), fix=None)
    made = report("zh", [inside], [text_info("zh")])
    place = result_of(made, base=tmp_path)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "%E8%A1%A8/%E7%94%B2.txt"}


def test_a_name_that_is_no_unicode_is_an_address_all_the_same() -> None:
    for name, uri in (("\udcff.txt", "%FF.txt"), ("\ud800.txt", "%5Cud800.txt")):
        made = report("zh", [operator("zh", document=name, fix=None)], [text_info("zh")])
        assert result_of(made)["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_columns_are_utf16_units() -> None:
    assert run_of(astral("zh"))["columnKind"] == "utf16CodeUnits"
    region = result_of(astral("zh"))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 16, "endColumn": 18}


def test_a_workbook_has_no_line_but_an_address() -> None:
    result = result_of(report("zh", [empty("zh")], [text_info("zh")]))
    (location,) = result["locations"]
    assert "startLine" not in location["physicalLocation"]["region"]
    assert [logical["fullyQualifiedName"] for logical in location["logicalLocations"]] == [
        "乡村书屋更新 › 更新图书册数",
        "'表 1'!E7",
    ]
    assert result["message"]["text"].startswith("'表 1'!E7，乡村书屋更新 › 更新图书册数：")


def test_fingerprints() -> None:
    """Each finding has its own line hash, as its fingerprint is its own in the document (:class:`Writer` numbers them)."""
    known = ["pgn5090123456789", "pgn5090123456789-2", "other"]
    found = [operator("zh", fingerprint=one) for one in known]
    prints = [
        entry["partialFingerprints"] for entry in run_of(report("zh", found, [text_info("zh")]))["results"]
    ]
    lines = [entry["primaryLocationLineHash"] for entry in prints]
    assert all(re.fullmatch(r"[0-9a-f]{16}:1", line) for line in lines)
    assert len(set(lines)) == len(known)
    assert [entry["perfgoalsFingerprint/v1"] for entry in prints] == known


def test_suppressions_and_baseline() -> None:
    waived, known, new = sorted(
        run_of(suppressed("zh"))["results"], key=lambda entry: "suppressions" not in entry
    )
    assert waived["suppressions"] == [{"kind": "inSource", "justification": "局里已同意按原样保留"}]
    assert {known["baselineState"], new["baselineState"]} == {"unchanged", "new"}
    outside = operator("zh", suppressed={"kind": "external"})
    assert result_of(report("zh", [outside], []))["suppressions"] == [{"kind": "external"}]


def test_what_was_not_checked_is_a_notification() -> None:
    (invocation,) = run_of(unreadable("zh"))["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert notification["level"] == "error"
    assert "文件有密码，打不开" in notification["message"]["text"]
    uri = notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "%E9%A2%84%E7%AE%97/%E6%89%AB%E6%8F%8F%E4%BB%B6.pdf"
    rules = [
        entry["associatedRule"]["id"]
        for entry in run_of(crashed("zh"))["invocations"][0]["toolExecutionNotifications"]
    ]
    assert rules == ["PGK602", "PGK605"]


def test_rules_carry_help_precision_and_level() -> None:
    run = run_of(many("zh"))
    rule = run["tool"]["driver"]["rules"][0]
    assert rule["id"] == "PGC107"
    assert rule["help"]["markdown"].startswith("# PGC107")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["precision"] == "high"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_safe_fix_is_offered_where_its_text_stands() -> None:
    (fix,) = result_of(report("zh", [operator("zh")], [text_info("zh")]))["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 12, "startColumn": 13, "endColumn": 19},
        "insertedContent": {"text": ">20公里"},
    }


def test_the_worst_come_first() -> None:
    levels = [result["level"] for result in run_of(many("zh"))["results"]]
    assert levels == ["error", "error", "error", "warning", "note"]


def test_a_big_run_stays_under_the_limit_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_BYTES", 300_000)
    found = [judgement("zh", fingerprint=f"w{number}") for number in range(400)]
    found += [replace(product("zh"), fingerprint=f"e{number}") for number in range(60)]
    text = render("sarif", report("zh", found, [text_info("zh")]))
    run = json.loads(text)["runs"][0]
    assert len(text.encode()) < 300_000
    levels = [result["level"] for result in run["results"]]
    assert levels.count("error") == 60
    assert 0 < levels.count("warning") < 400
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert str(400 - levels.count("warning")) in notification["message"]["text"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_run_without_a_file_was_no_success(lang: str) -> None:
    (invocation,) = run_of(report(lang, [], []))["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert (invocation["executionSuccessful"], notification["level"]) == (False, "error")
    assert run_of(report(lang, [], [text_info(lang)]))["invocations"][0]["executionSuccessful"] is True


def test_many_unreadable_files_stay_under_the_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_BYTES", 300_000)
    broken = [
        DocumentInfo(f"目录/扫描件{number}.pdf", "pdf", unreadable=True, reason="加密")
        for number in range(2000)
    ]
    found = [product("zh") for _ in range(1000)]
    text = render("sarif", report("zh", found, broken))
    notes = json.loads(text)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert len(text.encode()) < 300_000
    assert str(2000 - (len(notes) - 2)) in notes[-1]["message"]["text"]
    assert json.loads(text)["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_what_is_suppressed_comes_last() -> None:
    waived = replace(product("zh"), suppressed={"kind": "inline"})
    results = run_of(report("zh", [waived, operator("zh")], [text_info("zh")]))["results"]
    assert [result["level"] for result in results] == ["note", "error"]


def validator() -> list[str] | None:
    """The command of Microsoft's validator: named by ``SARIF_MULTITOOL``, or installed for npx. ``None``: there is none."""
    named = os.environ.get("SARIF_MULTITOOL")
    if named:
        return [named]
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = [npx, "--no-install", "@microsoft/sarif-multitool"]
    try:
        found = (
            subprocess.run([*command, "--version"], capture_output=True, timeout=60, check=False).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return None
    return command if found else None


PACK = """\
pack: 枫桥镇
sources:
  枫1号: {title: 枫桥镇办法（枫财〔2025〕1号）, from: 2025}
rules:
  - code: FQ001
    title: 满意度不得低于95%
    basis: [枫1号]
    check: {kind: bound, where: {class: 满意度}, value: "≥95%"}
    bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
    good: 满意度 | 服务对象满意度 | 群众满意度 | ≥95%
  - code: FQ002
    title: {zh: 面貌不得写提升。, en: No mere improvement}
    name: no-mere-improvement
    severity: info
    advice: 写明数量
    check: {kind: lexicon, field: value, words: [提升], whole: true}
    bad: 效益 | 社会效益 | 街区面貌 | 提升
    good: 效益 | 社会效益 | 街区面貌 | ≥60%
"""


def of_a_pack(home: Path, lang: str, *more: str) -> str:
    """The log of a run with a pack, exceptions and all that was found."""
    write(home / "own.yaml", PACK)
    write(home / "表.csv", goal_csv())
    write(home / "坏.xlsx", "none")
    exception = "{rule: FQ002, project: 柳溪街道行道树修剪, quote: 提升, reason: 暂定, person: 周敏, date: 2026-01-10}"
    write(home / "perfgoals-exceptions.yaml", f"- {exception}\n")
    done = run("check", ".", "--pack", "own.yaml", "--lang", lang, "-f", "sarif", *more, cwd=home)
    return done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_of_a_pack_is_described_like_any_other(tmp_path: Path, lang: str) -> None:
    """The name of a rule is never its code, and every sentence ends once."""
    (log,) = json.loads(of_a_pack(tmp_path, lang))["runs"]
    rules = {rule["id"]: rule for rule in log["tool"]["driver"]["rules"]}
    assert "name" not in rules["FQ001"]
    assert rules["FQ002"]["name"] == "NoMereImprovement"
    assert all(rule.get("name", "").upper() != code for code, rule in rules.items())
    assert {result["ruleId"] for result in log["results"]} >= {"FQ001", "FQ002"}
    for result in log["results"]:
        if "ruleIndex" in result:
            assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    texts = [rule[key]["text"] for rule in rules.values() for key in ("shortDescription", "fullDescription")]
    assert [text for text in texts if not text.endswith(("。", ".")) or text.endswith(("。。", ".."))] == []


def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    command = validator()
    if command is None:
        pytest.skip(
            "no SARIF validator: set SARIF_MULTITOOL or install the npm package @microsoft/sarif-multitool"
        )
    # The npm wrapper hands its arguments to a shell, so the list of rule kinds must be quoted for it.
    kinds = "Sarif;Gh;Ghas" if os.environ.get("SARIF_MULTITOOL") else '"Sarif;Gh;Ghas"'
    logs = tmp_path / "logs"
    logs.mkdir()
    for name, made in SCENARIOS.items():
        (logs / f"{name}.sarif").write_text(render("sarif", made("zh")), encoding="utf-8")
    for lang in ("zh", "en"):
        made_with_pack = of_a_pack(tmp_path / "pack", lang)
        (logs / f"pack.{lang}.sarif").write_text(made_with_pack, encoding="utf-8")
    verdict = tmp_path / "verdict.sarif"
    options = [
        "--rule-kind",
        kinds,
        "--output",
        str(verdict),
        str(logs / "*.sarif"),
        "--log",
        "ForceOverwrite",
    ]
    done = subprocess.run(
        [*command, "validate", *options],
        capture_output=True,
        text=True,
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", **os.environ},
        timeout=300,
        check=False,
    )
    assert f"{len(SCENARIOS) + 2} files scanned" in done.stdout
    # The exit status is 0 even with errors: only the output file tells. A missing level means "warning".
    (validation,) = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"]
    assert validation["invocations"][0]["executionSuccessful"]
    assert [entry for entry in validation["results"] if entry.get("level") != "note"] == []
