"""Public value cases and hand labels, where they are at hand: how many are read exactly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shared_data import DATA

SCORER = DATA / "tools" / "score_values.py"


def _score(path: Path, *options: str) -> None:
    if not (SCORER.is_file() and path.is_file()):
        pytest.skip(f"the value cases are not at {path}")
    command = [sys.executable, str(SCORER), str(path), "-v", *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("suite", ["recognizers", "jionlp", "cn2an"])
def test_every_tier_a_case_of_the_public_suites(suite: str) -> None:
    _score(DATA / "cases" / f"{suite}.jsonl", "--tier", "A", "--min", "1")


def test_hand_labels() -> None:
    _score(DATA / "samples" / "values.jsonl", "--min", "0.98")
