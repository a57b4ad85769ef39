"""Memory by the number of files: no format keeps what it is told of each file of a run.

What a format may hold at most (a block, the tables of a page, the results of a file) is made small, so that few files fill it.
"""

from __future__ import annotations

import gc
import io
import itertools
import os
import shutil
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files import blocks
from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.lint.records import FileResult, pack, unpack
from perfgoals_lint.reports import FORMATS, WITH_TABLES, html, junit, markdown, sarif, writer
from perfgoals_lint.reports.run import Options
from perfgoals_lint.runner.discover import FoundFile
from perfgoals_lint.runner.jobs import Checker, CheckOptions, Job
from perfgoals_lint.runner.run import Run
from perfgoals_lint.runner.schedule import Schedule

TABLE = """项目名称,社区长者食堂运营
主管部门,青岚区民政局
年度目标,为长者提供就餐服务
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,供餐人次,≥5000人次
产出指标,质量指标,食品合格率,≥120%
效益指标,社会效益指标,就餐便利度,提升
满意度指标,服务对象满意度指标,长者满意度,≥90%
"""
FEW, MANY = 160, 800
MOST = 150
"""Bytes that each file more may take; 90,000 files more would take 13 MiB."""
_PLACE = "0000000.csv"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The result of one table with findings, with its cells as they are printed."""
    home = tmp_path_factory.mktemp("one")
    (home / _PLACE).write_text(TABLE, encoding="utf-8")
    run = Run([], Settings(cache=False))
    checker = Checker(run.plans.books, CheckOptions(printed=True))
    before = os.getcwd()
    os.chdir(home)
    try:
        result = checker.check(Job(_PLACE, _PLACE), run.plans.of(_PLACE))
    finally:
        os.chdir(before)
    assert {finding.severity for finding in result.findings} >= {"error", "warning"}
    some = {finding.severity: finding for finding in result.findings}
    return pack(replace(result, findings=list(some.values())))


class Watched(io.TextIOWrapper):
    """A file of text beside whose writing garbage is cleared."""

    def write(self, text: str, /) -> int:
        cleared()
        return super().write(text)


_CALLS = itertools.count()


def cleared() -> None:
    """Clear garbage now and then: when that is done by itself says nothing of what is held."""
    if not next(_CALLS) % 50:
        gc.collect()


def grown(form: str, number: int, packed: bytes, monkeypatch: pytest.MonkeyPatch, place: Path) -> int:
    """What a run over so many files takes at most, with its report."""

    def results(
        _: Schedule, files: Any, plan_of: Any, collect: Any = None
    ) -> Iterator[tuple[Any, FileResult]]:
        for found in files:
            cleared()
            result = unpack(packed.replace(_PLACE.encode(), found.shown.encode()))
            result.info.path = found.shown
            result.printed = result.printed if form in WITH_TABLES else ""
            yield plan_of(found.shown), result

    monkeypatch.setattr(Schedule, "results", results)
    settings = Settings(cache=False, printed=form in WITH_TABLES, lines=form == "concise")
    gc.collect()
    gc.freeze()
    tracemalloc.start()
    files = Blocks(FoundFile(f"{at:07}.csv", False) for at in range(number))
    run = Run(files, settings)
    with (place / "report").open("wb") as file, Watched(file, encoding="utf-8") as out:
        writer(form)(run.report, out, Options())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert run.report.summary.files == number
    return most


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_more_takes_no_memory(
    form: str, packed: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(blocks, "_TOGETHER", 16)
    monkeypatch.setattr(shutil, "COPY_BUFSIZE", 1000)
    monkeypatch.setattr(markdown, "_IN_MEMORY", 1000)
    monkeypatch.setattr(junit, "_MAX_LINES", 50)
    monkeypatch.setattr(sarif, "MAX_RESULTS", 100)
    monkeypatch.setattr(html, "_MOST_FINDINGS", 100)
    monkeypatch.setattr(html, "_MOST_TABLES", 100)
    grown(form, 10, packed, monkeypatch, tmp_path)  # what is made once

    def more() -> int:
        few, many = (grown(form, number, packed, monkeypatch, tmp_path) for number in (FEW, MANY))
        return many - few

    # What other threads of the process take meanwhile is counted too; what a run keeps is there every time.
    assert any(more() <= MOST * (MANY - FEW) for _ in range(3))
