"""What was not read keeps its part of the verdict, whatever a setting leaves out of the list."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from suppression.helpers import VAGUE, goal_csv, run, write

SETTINGS = {
    "severity": (("--severity", "error"), ""),
    "all": (("--ignore", "PGX"), ""),
    "code": (("--ignore", "PGX107"), ""),
    "configured": ((), 'ignore = ["PGX1"]\n'),
    "a remark": ((), '[severity]\nPGX107 = "info"\n'),
    "per file": ((), '[per-file."*.csv"]\nignore = ["PGX107"]\n'),
}


def torn(directory: Path) -> Path:
    """A table with a cell below its rows that nobody understands."""
    return write(directory / "表.csv", goal_csv() + ",,,,,1.2.0\n")


@pytest.mark.parametrize(("setting", "form"), list(product(SETTINGS, ("rich", "markdown", "html"))))
def test_no_setting_clears_what_was_not_read(tmp_path: Path, setting: str, form: str) -> None:
    path = torn(tmp_path)
    assert "不能放心提交" in run("check", path, "--ignore", VAGUE, "-f", form).stdout
    options, configured = SETTINGS[setting]
    write(tmp_path / "perfgoals.toml", configured)
    said = run("check", path, "-f", form, *options)
    assert "不能放心提交：有 1 处没有读清楚" in said.stdout
    assert "按设置没有列出" in said.stdout


@pytest.mark.parametrize(("fails_on", "listed"), list(product(("error", "warning", "info"), repeat=2)))
def test_what_is_not_listed_counts(tmp_path: Path, fails_on: str, listed: str) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    whole = run("check", path, "--fail-on", fails_on).stdout.splitlines()[-1]
    assert run("check", path, "--fail-on", fails_on, "--severity", listed).stdout.splitlines()[-1] == whole


def test_no_file_is_called_clean_whose_findings_are_not_listed(tmp_path: Path) -> None:
    for number in range(2):
        write(tmp_path / f"{number}.csv", goal_csv())
    said = run(
        "check", tmp_path, "--fail-on", "warning", "--severity", "error", "--select", "PGC101,PGX"
    ).stdout
    assert "未发现问题的文件" not in said
