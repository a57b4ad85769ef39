"""The composite action: valid by its schema, and its shell steps run as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.helpers import CLEAN, FAULTY, TOP, load, run, tool

ACTION = load("action.yml")
STEPS: dict[str, Any] = {step["name"]: step for step in ACTION["runs"]["steps"]}


def test_the_action_fits_the_schema_of_actions() -> None:
    done = run(tool("check-jsonschema"), "--builtin-schema", "vendor.github-actions", "action.yml", cwd=TOP)
    assert done.returncode == 0, done.stdout


def test_every_shell_step_names_its_shell_and_takes_inputs_as_variables_only() -> None:
    for step in STEPS.values():
        if "run" in step:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]


def test_every_expression_names_an_input_or_step_that_exists() -> None:
    text = (TOP / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"inputs\.([a-z-]+)", text))
    assert used == set(ACTION["inputs"])
    identifiers = {step.get("id") for step in STEPS.values()}
    assert set(re.findall(r"steps\.([a-z-]+)\.", text)) <= identifiers


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The variables of a runner, with this checkout's command on the path."""
    program = tmp_path / "bin" / "perfgoals-lint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m perfgoals_lint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(TOP / "src"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATHS": "目标 表\n",
        "ARGS": "",
        "FAIL_ON": "",
        "PERFGOALS_LANG": "",
        "SARIF": "perfgoals.sarif",
    }


def check(work: Path, runner: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Run the step that checks; its output and what it set."""
    script = STEPS["Check goal tables"]["run"]
    done = run(tool("bash"), "-eo", "pipefail", "-c", script, cwd=work, env=runner)
    assert done.returncode == 0, done.stderr
    lines = Path(runner["GITHUB_OUTPUT"]).read_text(encoding="utf-8").splitlines()
    return done.stdout, dict(line.split("=", 1) for line in lines)


def test_findings_are_annotated_summed_up_and_written_as_sarif(
    tmp_path: Path, runner: dict[str, str]
) -> None:
    (tmp_path / "目标 表").mkdir()
    shutil.copy(FAULTY, tmp_path / "目标 表" / "图书馆.txt")
    shown, outputs = check(tmp_path, runner)
    assert outputs == {"status": "1", "sarif": "perfgoals.sarif"}
    assert re.search(r"^::error file=目标 表/图书馆\.txt,line=\d+", shown, re.MULTILINE)
    assert "PGK605" in Path(runner["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    sarif = json.loads((tmp_path / "perfgoals.sarif").read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert "PGK605" in {result["ruleId"] for result in sarif["runs"][0]["results"]}
    outcome = STEPS["Report the outcome"]["run"]
    ended = run(tool("bash"), "-c", outcome, cwd=tmp_path, env={**runner, "STATUS": outputs["status"]})
    assert ended.returncode == 1


def test_paths_and_options_come_one_a_line_and_no_text_becomes_a_command(
    tmp_path: Path, runner: dict[str, str]
) -> None:
    (tmp_path / "a b").mkdir()
    shutil.copy(CLEAN, tmp_path / "a b" / "会见.txt")
    shutil.copy(FAULTY, tmp_path / "$(touch owned).txt")
    runner |= {"PATHS": "a b\n\n$(touch owned).txt", "ARGS": "--select=PGC101\n--exit-zero"}
    _, outputs = check(tmp_path, runner)
    assert outputs["status"] == "0"
    assert not (tmp_path / "owned").exists()


def test_the_configuration_decides_where_the_action_is_not_asked(
    tmp_path: Path, runner: dict[str, str]
) -> None:
    shutil.copy(FAULTY, tmp_path / "a.txt")
    settings = 'lang = "en"\nfail-on = "warning"\n[severity]\nPGK605 = "warning"\n'
    (tmp_path / "perfgoals.toml").write_text(settings, encoding="utf-8")
    runner |= {"PATHS": "a.txt", "ARGS": "--select=PGK605"}
    shown, outputs = check(tmp_path, runner)
    assert outputs["status"] == "1"
    assert shown.startswith("::warning ")
    Path(runner["GITHUB_OUTPUT"]).unlink()
    assert check(tmp_path, runner | {"FAIL_ON": "error"})[1]["status"] == "0"


def test_wrong_usage_is_told_and_nothing_is_uploaded(tmp_path: Path, runner: dict[str, str]) -> None:
    shutil.copy(CLEAN, tmp_path / "会见.txt")
    runner |= {"PATHS": "会见.txt", "ARGS": "--select=PGZ999"}
    _, outputs = check(tmp_path, runner)
    assert outputs == {"status": "2"}
