"""Memory by the number of files: no format may keep anything of each file of a run."""

from __future__ import annotations

import gc
import io
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.lint.records import FileResult, pack, unpack
from perfgoals_lint.reports import FORMATS, WITH_TABLES, writer
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
FEW, MANY = 1500, 4500
MOST = 120
"""Bytes that each file more may leave in memory; 90,000 files would take 10 MiB."""
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
    return pack(result)


def grown(form: str, number: int, packed: bytes, monkeypatch: pytest.MonkeyPatch, place: Path) -> int:
    """What a run over so many files has more in memory when its report is written than before it."""

    def results(_: Schedule, files: Any, plan_of: Any, collect: Any = None) -> Iterator[tuple[Any, FileResult]]:
        for found in files:
            result = unpack(packed.replace(_PLACE.encode(), found.shown.encode()))
            result.info.path = found.shown
            result.printed = result.printed if form in WITH_TABLES else ""
            yield plan_of(found.shown), result

    monkeypatch.setattr(Schedule, "results", results)
    settings = Settings(cache=False, printed=form in WITH_TABLES, lines=form == "concise")
    gc.collect()
    tracemalloc.start()
    files = Blocks(FoundFile(f"{at:07}.csv", False) for at in range(number))
    run = Run(files, settings)
    with (place / "report").open("w", encoding="utf-8") as out:
        writer(form)(run.report, out, Options())
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert run.report.summary.files == number
    return held


@pytest.mark.parametrize("form", FORMATS)
def test_each_file_more_leaves_nothing_behind(
    form: str, packed: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    few, many = (grown(form, number, packed, monkeypatch, tmp_path) for number in (FEW, MANY))
    print(form, few, many, (many - few) / (MANY - FEW))
    assert many - few <= MOST * (MANY - FEW)
