"""Workflow commands and the job summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.samples import blank_path, many, nothing, render


def test_what_is_special_in_a_command_is_escaped() -> None:
    command = render("github", blank_path("zh"))
    assert command.startswith("::notice file=2024 年度/表13 (终稿)%2C 定%3A稿.txt,line=12,")
    assert command.count("\n") == 1


def test_the_summary_of_the_job_is_the_markdown_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.md"
    target.write_text("earlier step\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    commands = render("github", many("zh"))
    assert target.read_text(encoding="utf-8") == "earlier step\n" + render("markdown", many("zh"))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert render("github", many("zh")) == commands


def test_nothing_found_is_no_command() -> None:
    assert render("github", nothing("zh")) == ""
