"""``rules --explain-plan`` prints the function that is made of the conditions of the rules on rows."""

from __future__ import annotations

import ast
import json
import re

import pytest
from click.testing import CliRunner

from perfgoals_lint.cli.main import cli


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_plan_is_source_and_names_every_rule_once(lang: str) -> None:
    listed = CliRunner().invoke(cli, ["rules", "--lang", lang, "--format", "json"])
    codes = {rule["code"] for rule in json.loads(listed.stdout)["rules"]}
    run = CliRunner().invoke(cli, ["rules", "--explain-plan", "--lang", lang])
    assert run.exit_code == 0
    (function,) = ast.parse(run.stdout).body
    assert isinstance(function, ast.FunctionDef)
    comments = "\n".join(line for line in run.stdout.splitlines() if line.lstrip().startswith("#"))
    assert sorted(re.findall(r"PG[A-Z]\d+", comments)) == sorted(codes)


def test_the_plan_of_chosen_rules_as_json() -> None:
    run = CliRunner().invoke(cli, ["rules", "--select", "PGN505", "--explain-plan", "--format", "json"])
    plan = json.loads(run.stdout)["plan"]
    assert "# PGN505\n    if bits & 0x1 and not (" in plan
    assert "0x2" not in plan
