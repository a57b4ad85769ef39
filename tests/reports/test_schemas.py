"""The formats of other programs, held against what those programs' schemas demand."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from perfgoals_lint.reports.run import Reason, RuleAccount
from reports.samples import (
    SCENARIOS,
    crashed,
    many,
    nothing,
    operator,
    product,
    render,
    report,
    text_info,
    unreadable,
)

LINE = {"type": "integer", "minimum": 1}

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/|\./)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": LINE}},
                },
            },
        },
    },
}

POSITION = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": LINE, "column": LINE},
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": POSITION, "end": POSITION},
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "required": ["path"],
    "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
    "additionalProperties": False,
}
SOURCE = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": PLACE,
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "source": SOURCE,
        "code": {
            "type": "object",
            "required": ["value"],
            "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
        },
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "properties": {"range": RANGE, "text": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "original_output": {"type": "string"},
        "related_locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["location"],
                "properties": {"message": {"type": "string"}, "location": PLACE},
            },
        },
    },
}
RDJSON = {
    "type": "object",
    "required": ["diagnostics"],
    "properties": {
        "source": SOURCE,
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "diagnostics": {"type": "array", "items": DIAGNOSTIC},
    },
}

# JUnit as Jenkins reads it: element -> (attributes it must have, attributes it may have, elements it may hold).
OUTCOMES = {"skipped", "error", "failure", "system-out", "system-err"}
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"time", "classname", "group"}, OUTCOMES),
    "skipped": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
    "system-err": (set(), set(), set()),
}


def check_junit(element: ET.Element) -> None:
    """Raise ``AssertionError`` where an element has or holds what the schema does not allow."""
    required, optional, children = JUNIT[element.tag]
    names = set(element.attrib)
    assert required <= names <= required | optional, element.tag
    assert {child.tag for child in element} <= children, element.tag
    if children:
        assert not (element.text or "").strip(), element.tag
    for name in names & {"tests", "failures", "errors", "skipped"}:
        assert re.fullmatch(r"\d+", element.attrib[name])
    for child in element:
        check_junit(child)


def cases(text: str) -> dict[str, ET.Element]:
    """The test cases by name."""
    return {case.attrib["name"]: case for case in ET.fromstring(text).iter("testcase")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_schemas(scenario: str, lang: str) -> None:
    def made(form: str) -> Any:
        return json.loads(render(form, SCENARIOS[scenario](lang)))

    Draft202012Validator(GITLAB).validate(made("gitlab"))
    Draft202012Validator(RDJSON).validate(made("rdjson"))
    for line in render("rdjsonl", SCENARIOS[scenario](lang)).splitlines():
        Draft202012Validator(DIAGNOSTIC).validate(json.loads(line))
    check_junit(ET.fromstring(render("junit", SCENARIOS[scenario](lang))))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_counts_of_junit_are_those_of_its_cases(scenario: str) -> None:
    root = ET.fromstring(render("junit", SCENARIOS[scenario]("zh")))
    for suite in (root, *root):
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if attribute in suite.attrib:
                assert int(suite.attrib[attribute]) == len(list(suite.iter(element)))
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))


def test_a_case_is_a_rule_and_tells_what_became_of_it() -> None:
    quiet = cases(render("junit", nothing("zh")))
    assert [child.tag for child in quiet["PGK602 合计对不上"]] == ["skipped"]
    assert "没有合计或小计行" in quiet["PGK602 合计对不上"][0].attrib["message"]
    assert not list(quiet["PGC107 指标值为空"])
    busy = cases(render("junit", many("zh")))
    assert [child.tag for child in busy["PGC107 指标值为空"]] == ["failure"]
    assert [child.tag for child in busy["PGF401 只有笼统判断"]] == ["system-out"]
    strict = cases(render("junit", many("zh"), fail_on="warning"))
    assert [child.tag for child in strict["PGF401 只有笼统判断"]] == ["failure"]
    broken = cases(render("junit", crashed("zh")))
    assert [child.tag for child in broken["PGK602 合计对不上"]] == ["error"]
    assert [child.tag for child in broken["PGK605 年数乘积不符"]] == ["skipped"]
    assert [child.tag for child in cases(render("junit", unreadable("zh")))["预算/扫描件.pdf"]] == ["error"]


def test_junit_spells_out_only_so_many_findings_of_a_rule() -> None:
    found = [operator("zh", fingerprint=str(number)) for number in range(300)]
    text = (
        cases(render("junit", report("zh", found, [text_info("zh")])))["PGN509 用文字代替符号"][0].text or ""
    )
    assert len(text.splitlines()) == 201
    assert "100" in text.splitlines()[-1]


def test_junit_accounts_for_a_rule_that_crashed_in_one_table_and_found_in_another() -> None:
    made = report("zh", [product("zh")], [text_info("zh")])
    account = RuleAccount("crashed", {"found": 1, "crashed": 1}, [Reason("crashed", "KeyError")])
    made.accounting = {**made.accounting, "PGK605": account}
    case = cases(render("junit", made))["PGK605 年数乘积不符"]
    assert [child.tag for child in case] == ["error"]
    assert "三年应为9万元" in (case[0].text or "")


def test_fingerprints_of_gitlab_are_all_different() -> None:
    issues = json.loads(render("gitlab", many("zh")))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_reviewdog_is_told_bytes_and_a_fix() -> None:
    fixed = json.loads(render("rdjsonl", report("zh", [operator("zh")], [text_info("zh")])))
    assert fixed["location"]["range"]["start"] == {"line": 12, "column": 33}
    assert fixed["suggestions"][0]["text"] == ">20公里"
