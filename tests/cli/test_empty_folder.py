"""A folder without a file: the document of every format that is no terminal's is whole and empty, and the exit status tells."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from perfgoals_lint.cli.main import cli
from perfgoals_lint.reports import FOR_PEOPLE, FORMATS

FOR_PROGRAMS = sorted(FORMATS.keys() - FOR_PEOPLE)
PARSED = {"json": json.loads, "sarif": json.loads, "gitlab": json.loads, "rdjson": json.loads}


@pytest.mark.parametrize("form", FOR_PROGRAMS)
@pytest.mark.parametrize("written", [False, True])
def test_the_report_is_whole(form: str, written: bool, tmp_path: Path) -> None:
    folder, report = tmp_path / "空", tmp_path / "报告"
    folder.mkdir()
    asked = ["-o", f"{form}={report}"] if written else ["-f", form]
    told = CliRunner().invoke(cli, [str(folder), *asked, "--lang", "zh"])
    assert told.exit_code == 2
    assert "没有找到可检查的文件" in told.stderr
    text = report.read_text("utf-8") if written else told.stdout
    if form == "sarif":  # else uploading it would close every finding of a path that was mistyped
        (invocation,) = json.loads(text)["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
    elif form in PARSED:
        PARSED[form](text)
    elif form.endswith("jsonl"):
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif form == "junit":
        assert ElementTree.fromstring(text).get("failures") == "0"
    elif form == "html":
        assert text.rstrip().endswith("</html>")
        assert "没有可以检查的文件" in text
    elif form == "markdown":
        assert "没有可以检查的文件" in text
    else:
        assert not text


@pytest.mark.parametrize("command", ["extract", "facts"])
def test_what_documents_say(command: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, [command, str(tmp_path), "-f", "json"])
    assert told.exit_code == 2
    assert json.loads(told.stdout)["documents"] == []


@pytest.mark.parametrize("options", [(), ("--diff",), ("--fix",), ("-f", "concise"), ("--files",)])
def test_people_are_told_in_one_line(options: tuple[str, ...], tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, [str(tmp_path), *options])
    assert (told.exit_code, told.stdout) == (2, "")
    assert len(told.stderr.splitlines()) == 1
