"""The head of a rule page is checked key by key when the page is read, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.rule import Rule, faults

PAGE = """---
code: QH001
name: no-vague-value
title: {zh: 目标值含糊, en: vague value}
severity: warning
message: {zh: 含糊, en: vague}
check: {kind: bound, value: "≥1"}
---
## 检查什么
"""
WRONG: list[tuple[str, str, int]] = [
    ("severity: warning", "severity: fatal", 5),
    ("title: {zh: 目标值含糊, en: vague value}", "title: 目标值含糊", 4),
    ("message: {zh: 含糊, en: vague}", "message: {zh: 含糊}", 6),
    ("check: {kind: bound", "check: {kin: bound", 7),
    ("severity: warning", "severity: warning\nneeds: budget", 6),
    ("severity: warning", "severity: warning\ncell_order: first", 6),
    ("severity: warning", "severity: warning\nscope: cell", 6),
    ("severity: warning", "severity: warning\nseverty: error", 6),
    ("severity: warning", "severity: warning\nfix_safe: 1", 6),
    ("severity: warning", "severity: warning\ncases: {lost: {severity: bad}}", 6),
    ("severity: warning", "severity: warning\nseverity_when: [{frameworks: [mof21]}]", 6),
]


@pytest.mark.parametrize(("old", "new", "line"), WRONG)
def test_a_wrong_key_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    page = tmp_path / "QH001.md"
    page.write_text(PAGE.replace(old, new), encoding="utf-8")
    with pytest.raises(policy.PageError) as caught:
        policy.page_head(page)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"{page}:{line}: ")


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    page = tmp_path / "QH001.md"
    page.write_text(PAGE.replace("name: no-vague-value\n", ""), encoding="utf-8")
    with pytest.raises(policy.PageError, match="name is missing"):
        policy.page_head(page)


DOUBLED = [
    ("a: 1\nb: 2\na: 3\n", 3),
    ("a: 1\nb:\n  c: 1\n  d: {e: 1}\n  c: 2\n", 5),
    ("a:\n- {b: 1}\n- b: 1\n  c: &x {d: 1}\n  b: *x\n", 5),
    ("a: &x {d: 1}\nb: {<<: *x, d: 2}\nc: {b: {d: 1}}\n1: a\n'1': b\n", 0),
    ("", 0),
]


@pytest.mark.parametrize(("text", "line"), DOUBLED)
def test_a_key_that_is_there_twice_is_named_with_its_line(text: str, line: int) -> None:
    page = Path("words.yaml")
    if not line:
        policy.load_yaml(text, page)
        return
    with pytest.raises(policy.PageError) as caught:
        policy.load_yaml(text, page)
    assert str(caught.value).startswith(f"{page}:{line}: ")


@pytest.mark.parametrize("code", sorted(policy.index()["rules"]))
def test_a_rule_is_its_head_and_gives_it_again(code: str) -> None:
    head: dict[str, Any] = policy.index()["rules"][code]
    assert not list(faults(head))
    rule = Rule.of(head, "here")
    data = rule.as_data()
    assert {key: data[key] for key in head if key in data} == {key: head[key] for key in head if key in data}
    assert Rule.of(data, "here") == rule
