"""``init``: the empty form as a user gets it, and that ``check`` takes it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from cli.commands import error_line, findings, run
from perfgoals_lint import forms
from perfgoals_lint.rulebook import frameworks


def test_yaml_goes_to_standard_output() -> None:
    done = run("init", "--framework", "mof21")
    assert done.returncode == 0
    form = yaml.safe_load(done.stdout)
    assert {row["一级指标"] for row in form["绩效指标"]} >= {"成本指标", "产出指标", "效益指标", "满意度指标"}


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_every_form_is_one_project_without_reading_problems(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"表.{form}"
    assert run("init", "--framework", "gd", "-o", path).returncode == 0  # the extension names the format
    found = findings(path)
    assert [finding["rule"] for finding in found] == ["PGC120"]
    assert not [finding for finding in found if finding["rule"].startswith("PGX")]
    assert b"blank_form" not in run("check", path).stdout


def test_the_schema_for_editors_takes_every_form() -> None:
    schema = jsonschema.Draft202012Validator(json.loads(run("schema", "form").stdout))
    for name in frameworks.names():
        form = yaml.safe_load(forms.template(name, "yaml"))
        assert schema.is_valid(form), name
        assert not schema.is_valid({**form, "项目名": "甲"}), name


def test_csv_opens_in_spreadsheets() -> None:
    printed = run("init", "--framework", "mof21", "--format", "csv").stdout
    assert printed.startswith(b"\xef\xbb\xbf")
    assert printed.count(b"\r\n") == printed.count(b"\n") > 3


def test_a_file_is_written_over_only_when_forced(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_text("mine", encoding="utf-8")
    line = error_line(run("init", "--framework", "mof21", "-o", path))
    assert "--force" in line
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("init", "--framework", "mof21", "-o", path, "--force").returncode == 0
    assert "项目名称" in path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_needs_a_file() -> None:
    assert "-o" in error_line(run("init", "--framework", "mof21", "--format", "xlsx"))


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    assert "没有" in error_line(run("init", "--framework", "mof21", "-o", tmp_path / "没有" / "表.yaml"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_framework_names_the_known_ones(lang: str) -> None:
    line = error_line(run("init", "--framework", "mof12", "--lang", lang))
    assert all(name in line for name in frameworks.names())
    assert ("是否指" if lang == "zh" else "did you mean") in line


def test_no_framework_names_the_known_ones() -> None:
    """With their titles, one a line: who has no name in mind chooses by these."""
    done = run("init")
    assert (done.returncode, done.stdout) == (2, b"")
    _, *lines = done.stderr.decode().splitlines()
    assert [line.split()[0] for line in lines] == frameworks.names()
    assert [line.split(maxsplit=1)[1] for line in lines] == list(frameworks.titles("zh").values())
