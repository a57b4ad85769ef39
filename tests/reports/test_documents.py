"""What became of the files of a run, kept apart from memory."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.reports.documents import Documents
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run


def filled(number: int) -> tuple[Documents, list[DocumentInfo]]:
    plain = [
        DocumentInfo(f"{at:05}.csv", "csv", reason="甲" * (at % 7), account={"agrees": at})
        for at in range(number)
    ]
    documents = Documents()
    for one in plain:
        documents.append(replace(one))
    return documents, plain


@pytest.mark.parametrize("number", [0, 1, 255, 256, 257, 512, 1300])
def test_it_reads_like_a_list(number: int) -> None:
    documents, plain = filled(number)
    assert len(documents) == number
    assert list(documents) == plain == list(documents)
    assert list(reversed(documents)) == plain[::-1]
    assert documents[-3:] == plain[-3:]
    assert documents[::100] == plain[::100]
    assert [documents.of(one.path) for one in plain[::50]] == plain[::50]
    assert documents.of("elsewhere.csv") is None
    with pytest.raises(IndexError):
        documents[number]


def test_it_can_be_read_while_it_grows() -> None:
    documents, plain = filled(200)
    reading = iter(documents)
    seen = [next(reading) for _ in range(150)]
    for at in range(200, 700):
        plain.append(DocumentInfo(f"{at:05}.csv", "csv"))
        documents.append(plain[-1])
        seen.append(next(reading))
    assert seen + list(reading) == plain


def test_findings_that_come_late_are_counted() -> None:
    documents, _ = filled(600)
    for at in (3, 3, 300, 599):
        documents.add_finding(f"{at:05}.csv", "warning")
    counted = {one.path: one.warning for one in documents if one.warning}
    assert counted == {"00003.csv": 2, "00300.csv": 1, "00599.csv": 1}
    assert documents[3].warning == 2


def test_without_a_place_for_files_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no space")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    documents, plain = filled(900)
    assert list(documents) == plain


def test_a_run_keeps_no_document_in_memory_but_the_last_ones(tmp_path: Path) -> None:
    for at in range(300):
        (tmp_path / f"{at}.csv").write_text(f"序号,名称\n{at},无\n", encoding="utf-8")
    run = Run(list(find([str(tmp_path)])), Settings(cache=False))
    for _ in run.report.findings:
        pass
    assert run.report.summary.files == len(run.documents) == 300
    assert len(run.documents._last) == 300 - 256
