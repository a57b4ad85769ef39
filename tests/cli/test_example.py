"""The example that a first look is shown, and its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands import error_line, findings, run


@pytest.mark.parametrize("name", ["example", "examples"])
def test_the_table_and_its_report_are_shown(tmp_path: Path, name: str) -> None:
    done = run(name, cwd=tmp_path)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert said.index("渡口码头修缮") < said.index("≧4个") < said.index("PGK601") < said.index("结论")
    assert list(tmp_path.iterdir()) == []


def test_its_report_is_a_few_screens_at_most_and_in_english_too(tmp_path: Path) -> None:
    said = run("example", "--lang", "en", cwd=tmp_path).stdout.decode()
    assert len(said.splitlines()) < 80
    assert "perfgoals-lint example -o practice" in said


def test_a_directory_of_that_name_is_checked(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    done = run("examples", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有可检查的文件" in done.stderr.decode() or done.stdout == b""


def test_the_files_say_the_same(tmp_path: Path) -> None:
    assert run("example", "-o", "练习", cwd=tmp_path).returncode == 0
    told = [
        sorted((finding["rule"], finding["message"]) for finding in findings(path))
        for path in sorted((tmp_path / "练习").iterdir())
    ]
    assert len(told) == 3
    assert told[0] == told[1] == told[2]
    assert {"PGK601", "PGK603", "PGK615"} <= {rule for rule, _ in told[0]}
    assert "码头修缮.xlsx" in error_line(run("example", "-o", "练习", cwd=tmp_path))
    assert run("example", "-o", "练习", "--force", cwd=tmp_path).returncode == 0
