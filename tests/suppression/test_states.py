"""A finding that is set aside is so everywhere: in the exit status, in every format, in what is counted and in what is
fixed; by whatever it was set aside."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals_lint.reports import FORMATS
from suppression.helpers import run
from suppression.states import FIXED, REASON, RULE, SET_ASIDE, STATES, VALUE, options, prepared

PEOPLE = ("rich", "concise", "grouped", "markdown", "html")
Reader = Callable[[str], list[bool]]
"""What of the one finding stands in an output: nothing, or whether it counts."""


def _plain(text: str) -> list[bool]:
    """Reports for people: a line for every finding with its code and its value; the state in words."""
    shown = "".join(re.sub(r"<[^>]+>|\\", "", text).split())
    aside = any(words in shown for words in (f"已豁免：{REASON}", "[此前已有]", "（此前已有）"))
    return [not aside] * shown.count(f"指标值“{VALUE}”用了不规范的比较符号")


def _json_findings(text: str) -> list[bool]:
    return [
        one["suppressed"] is None and one["baseline_state"] in (None, "new", "updated")
        for one in json.loads(text)["findings"]
    ]


def _jsonl(text: str) -> list[bool]:
    findings = [one for one in map(json.loads, text.splitlines()) if one["kind"] == "finding"]
    return _json_findings(json.dumps({"findings": findings}))


def _sarif(text: str) -> list[bool]:
    (told,) = json.loads(text)["runs"]
    return [
        not one.get("suppressions") and one.get("baselineState", "new") in ("new", "updated")
        for one in told["results"]
    ]


def _junit(text: str) -> list[bool]:
    (case,) = [one for one in ET.fromstring(text).iter("testcase") if one.attrib["name"].startswith(RULE)]
    return [one.tag == "failure" for one in case]


READERS: dict[str, Reader] = {
    **dict.fromkeys(PEOPLE, _plain),
    "json": _json_findings,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "github": lambda text: [True for line in text.splitlines() if line.startswith("::")],
    "gitlab": lambda text: [True for _ in json.loads(text)],
    "rdjson": lambda text: [True for _ in json.loads(text)["diagnostics"]],
    "rdjsonl": lambda text: [True for _ in text.splitlines()],
}
KEPT = ("json", "jsonl", "sarif")
"""Formats that hold every finding and say of each whether it counts; the others hold what counts."""


def test_every_format_is_read() -> None:
    assert sorted(READERS) == sorted(FORMATS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("form", FORMATS)
def test_a_check_shows_and_fails_on_what_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, state: str
) -> None:
    path = prepared(tmp_path, state)
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    done = run("check", path.name, *options(state), "--format", form, cwd=tmp_path)
    counts = state == "active"
    assert done.returncode == (1 if counts else 0), done.stderr
    assert ("警告" in done.stderr) == counts
    assert READERS[form](done.stdout) == ([counts] if counts or form in KEPT else [])
    if form == "github":
        assert _plain(page.read_text(encoding="utf-8")) == ([True] if counts else [])
    asked = run("check", path.name, *options(state), "--format", form, "--show-suppressed", cwd=tmp_path)
    assert asked.returncode == done.returncode
    assert READERS[form](asked.stdout) == ([counts] if counts or form in KEPT + PEOPLE else [])


@pytest.mark.parametrize("state", STATES)
def test_the_counts_say_what_became_of_it(tmp_path: Path, state: str) -> None:
    path = prepared(tmp_path, state)
    command = ("check", path.name, *options(state))
    summary = json.loads(run(*command, "--format", "json", cwd=tmp_path).stdout)["summary"]
    name = {"active": "findings", "inline": "suppressed", "external": "suppressed"}.get(state, "baselined")
    told = {key: summary[key] for key in ("findings", "suppressed", "baselined")}
    assert told == {key: int(key == name) for key in told}
    assert summary["warning"] == int(state == "active")
    words = {"findings": "1 个警告", "suppressed": "已豁免 1 个", "baselined": "此前已有 1 个"}
    for form in ("rich", "concise", "grouped", "markdown"):
        shown = run(*command, "--format", form, cwd=tmp_path).stdout
        assert {key: text in shown for key, text in words.items()} == {key: key == name for key in words}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("form", FORMATS)
def test_a_fix_is_made_to_what_counts(tmp_path: Path, form: str, state: str) -> None:
    path = prepared(tmp_path, state)
    before = path.read_text(encoding="utf-8")
    done = run("check", path.name, *options(state), "--fix", "--format", form, cwd=tmp_path)
    after = path.read_text(encoding="utf-8")
    counts = state == "active"
    assert after == (before.replace(VALUE, FIXED) if counts else before)
    assert done.returncode == 0
    assert READERS[form](done.stdout) == ([False] if not counts and form in KEPT else [])


@pytest.mark.parametrize("state", SET_ASIDE)
def test_a_baseline_takes_up_what_counts_or_stood_there(tmp_path: Path, state: str) -> None:
    """What somebody excepted with a reason is no debt; what the baseline itself or a revision knows is."""
    path = prepared(tmp_path, state)
    run("baseline", "write", path.name, "--baseline", "again.json", cwd=tmp_path)
    held = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))["findings"]
    assert [one["rule"] for one in held] == ([] if state in ("inline", "external") else [RULE])
