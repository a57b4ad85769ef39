"""The published documents as a whole: how much is read, and the faults that any reviewer would find in them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run


@pytest.fixture(scope="module")
def findings(corpus: Path) -> list[Any]:
    return list(Run(find([str(corpus)]), Settings()).report.findings)


def test_every_table_and_row_is_read(corpus: Path) -> None:
    documents = [extract_file(str(path)) for path in sorted(corpus.iterdir())]
    tables = [table for document in documents for table in document.tables]
    rows = [row for table in tables for row in table.indicators]
    assert len(tables) == 106
    assert (len(rows), sum(row.truncated for row in rows)) == (705, 2)


def test_extraction_is_exact(corpus: Path, samples: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "perfgoals_lint", "extract", str(corpus)]
    printed = tmp_path / "extracted.json"
    printed.write_text(
        subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout, "utf-8"
    )
    scorer = samples.parent / "tools" / "score_extraction.py"
    scored = subprocess.run(
        [sys.executable, str(scorer), str(printed), "--json", "--truth", str(samples / "extraction")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert json.loads(scored.stdout)["overall_f1"] >= 0.995


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("PGK602", ["716.35 万元"]),
        ("PGA301", ["57.2 万元", "53 万元"]),
        ("PGK605", ["3 万元", "9 万元", "18 万元"]),
        ("PGK610", ["3.5小时以内", "40小时以内"]),
        ("PGK615", ["≥320元"]),
        ("PGK607", ["4年", "3 年"]),
        ("PGK609", ["2023", "2024"]),
    ],
)
def test_a_known_fault_is_found(findings: list[Any], rule: str, words: list[str]) -> None:
    messages = [finding.message for finding in findings if finding.rule == rule]
    assert any(all(word in message for word in words) for message in messages), messages
