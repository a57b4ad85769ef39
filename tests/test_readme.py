"""What the README shows is what the tool prints, and its commands are there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals_lint.rulebook import rules as rulebook

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


@pytest.mark.parametrize("name", READMES)
def test_the_report_is_real(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ perfgoals-lint ([^\n]+)\n(.*?)```", text, re.DOTALL)
    assert blocks
    for arguments, shown in blocks:
        command = [sys.executable, "-m", "perfgoals_lint", *shlex.split(arguments)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=ROOT)
        assert done.stdout == shown


@pytest.mark.parametrize("name", READMES)
def test_the_rule_of_ones_own_is_the_example(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert f"```yaml\n{(ROOT / 'examples/pack/qinghe.yaml').read_text(encoding='utf-8')}```" in text


@pytest.mark.parametrize("name", READMES)
def test_the_number_of_rules_is_right(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    (count,) = re.findall(r"^(?:共 )?(\d+) (?:rules in|条规则，)", text, re.MULTILINE)
    assert int(count) == sum(not rule.code.startswith("PGY") for rule in rulebook.load())


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
