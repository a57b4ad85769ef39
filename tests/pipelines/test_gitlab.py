"""The GitLab template: valid by GitLab's schema, and its script runs and leaves the reports that it names."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from lxml import etree

from pipelines.helpers import CLEAN, FAULTY, TOP, load, run, tool

TEMPLATE = "ci/gitlab-ci-template.yml"
JOB = load(TEMPLATE)["perfgoals-lint"]


def test_the_template_fits_the_schema_of_gitlab() -> None:
    checker = tool("check-jsonschema")
    schema = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = run(checker, *schema, TEMPLATE, cwd=TOP)
    assert done.returncode == 0, done.stdout


def test_every_report_is_kept_also_when_the_job_fails() -> None:
    artifacts = JOB["artifacts"]
    assert artifacts["when"] == "always"
    written = {part.split("=")[-1] for part in JOB["script"][0].split() if part.startswith("--output=")}
    assert set(artifacts["reports"].values()) == written == set(artifacts["paths"])


def test_the_script_writes_code_quality_and_junit(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "会见.txt")
    shutil.copy(FAULTY, tmp_path / "图书馆.txt")
    script = JOB["script"][0].replace(
        "/tmp/perfgoals/bin/perfgoals-lint", f'"{sys.executable}" -m perfgoals_lint'
    )
    variables = {name: str(value) for name, value in load(TEMPLATE)["variables"].items()}
    env = {
        **os.environ,
        **variables,
        "PYTHONPATH": str(TOP / "src"),
        "PERFGOALS_ARGS": "--select PGK605,PGC101",
    }
    done = run(tool("bash"), "-eo", "pipefail", "-c", script, cwd=tmp_path, env=env)
    assert done.returncode == 1, done.stderr
    issues = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {issue["check_name"] for issue in issues} == {"PGK605"}
    assert issues[0]["location"]["path"] == "图书馆.txt"
    suites = etree.parse(str(tmp_path / "perfgoals-junit.xml")).getroot()
    assert suites.xpath("//testcase[contains(@name, 'PGK605')]/failure")
