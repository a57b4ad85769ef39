"""Hostile files: each is one clear problem, and the next file is read as if nothing had happened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfgoals_lint.lint.finding import problem_entry
from perfgoals_lint.model import Grid, TextBlock
from perfgoals_lint.readers import read
from perfgoals_lint.readers.limits import MEGABYTE, Limits
from readers.hostile_files import READ, REFUSED
from readers.written import docx

LIMITS = Limits(memory=512 * MEGABYTE, seconds=20)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.docx"
    path.write_bytes(docx("<w:p><w:r><w:t>年度目标</w:t></w:r></w:p>"))
    return str(path)


@pytest.mark.parametrize("name", REFUSED)
def test_is_one_clear_problem_and_the_next_file_is_read(name: str, tmp_path: Path, good: str) -> None:
    make, codes = REFUSED[name]
    path = tmp_path / "bad"
    path.write_bytes(make())
    source = read(str(path), limits=LIMITS)
    assert [problem.code for problem in source.problems] == [
        next(iter(codes & {source.problems[0].code}), codes)
    ]
    assert not source.blocks
    entry = problem_entry(source.problems[0].code)
    assert entry["severity"] == "error"
    for language in ("zh", "en"):
        assert "{" not in entry["message"][language].format(**source.problems[0].args)
    block = read(good, limits=LIMITS).blocks[0]
    assert isinstance(block, TextBlock)
    assert block.lines[0].text == "年度目标"
    assert sorted(os.listdir(tmp_path)) == ["bad", "good.docx"]


@pytest.mark.parametrize("name", READ)
def test_odd_but_harmless_files_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "odd"
    path.write_bytes(READ[name]())
    source = read(str(path), limits=LIMITS)
    assert not source.problems
    assert all(isinstance(block, Grid) and block.cells for block in source.blocks)
    assert source.blocks


def test_an_outside_file_does_not_leak(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    prologue = f'<!DOCTYPE x [<!ENTITY j SYSTEM "file://{secret}">]>'
    path = tmp_path / "x.docx"
    path.write_bytes(docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", prologue))
    assert "geheim" not in repr(read(str(path), limits=LIMITS))
