"""What ``rule`` tells of a problem of reading."""

from __future__ import annotations

from click.testing import CliRunner

from perfgoals_lint.cli.main import cli


def test_a_problem_is_told_without_the_names_of_its_parts() -> None:
    told = CliRunner().invoke(cli, ["rule", "PGX107"]).output
    assert "…" in told
    assert "{" not in told
