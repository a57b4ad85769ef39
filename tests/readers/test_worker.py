"""The worker process: kept between files, replaced when it dies, confined."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from perfgoals_lint.model import Grid, Source, TextBlock, packed, unpacked
from perfgoals_lint.readers import foreign, read
from perfgoals_lint.readers.limits import Limits
from readers.hostile_files import self_calling_form
from readers.written import docx, xlsx

LIMITS = Limits(seconds=119)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))
    return path


def pid() -> int:
    assert foreign._process is not None
    assert foreign._process.pid is not None
    return foreign._process.pid


def text_of(source: Source) -> str:
    block = source.blocks[0]
    assert isinstance(block, TextBlock)
    return block.lines[0].text


def test_one_process_reads_many_files(document: Path) -> None:
    processes = set()
    for _ in range(5):
        assert text_of(read(str(document), limits=LIMITS)) == "甲"
        processes.add(pid())
    assert len(processes) == 1


def test_a_killed_worker_is_a_problem_and_is_replaced(document: Path) -> None:
    read(str(document), limits=LIMITS)
    assert foreign._process is not None
    process = foreign._process._process
    assert process is not None
    process.kill()
    process.wait()
    assert text_of(read(str(document), limits=LIMITS)) == "甲"


def test_a_file_that_takes_too_long(tmp_path: Path, document: Path) -> None:
    limits = Limits(seconds=6, memory=4 << 30)
    read(str(document), limits=limits)  # the start of the process is not part of the test
    path = tmp_path / "slow.pdf"
    path.write_bytes(self_calling_form())
    source = read(str(path), limits=limits)
    assert [(p.code, p.args) for p in source.problems] == [("PGX014", {"seconds": "6"})]
    assert text_of(read(str(document), limits=limits)) == "甲"


def test_modules_beside_the_documents_are_not_imported(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lxml", "olefile", "zipfile", "perfgoals_lint"):
        (document.parent / f"{name}.py").write_text("open('run', 'w'); raise SystemExit")
    monkeypatch.chdir(document.parent)
    limits = Limits(seconds=118)
    assert text_of(read("a.docx", limits=limits)) == "甲"
    assert not Path("run").exists()


def test_threads_may_share_the_worker(document: Path) -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(text_of(read(str(document), limits=LIMITS))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["甲"] * 8


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_starts_its_own(document: Path) -> None:
    read(str(document), limits=LIMITS)
    child = os.fork()
    if child == 0:
        good = text_of(read(str(document), limits=LIMITS)) == "甲"
        assert foreign._process is not None
        foreign._process.close()
        os._exit(0 if good else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert text_of(read(str(document), limits=LIMITS)) == "甲"


def test_display_is_the_path_that_places_show(document: Path) -> None:
    source = read(str(document), "送审/a.docx", LIMITS)
    block = source.blocks[0]
    assert isinstance(block, TextBlock)
    assert (source.path, block.lines[0].location.path) == ("送审/a.docx", "送审/a.docx")


def test_what_crosses_the_pipe_is_equal() -> None:
    from readers.helpers import read_bytes

    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>前</w:t></w:r></w:p><w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    for data in (
        docx(body),
        xlsx("<sheetData><row hidden='1'><c><v>1</v></c><c><f>1</f></c></row></sheetData>"),
    ):
        source = read_bytes(data)
        assert unpacked(Source, packed(source)) == source
    assert isinstance(source.blocks[0], Grid)
