"""Fixing the files of a run: only what counts, and nothing is left to fix."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from cli.commands import EXAMPLES, run
from perfgoals_lint.cli.fixing import Fixed, fix, previewed
from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.prepare import Asked, prepare
from perfgoals_lint.model import Grid
from perfgoals_lint.readers import read

TABLE = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    "栈桥加固,产出指标,数量指标,加固栈桥,≧2座\n"
    "栈桥加固,产出指标,质量指标,验收合格率,≧95%\n"
    "栈桥加固,产出指标,时效指标,完工时间,2025年9月底前\n"
    "栈桥加固,满意度指标,服务对象满意度指标,游客满意度,≥90%\n"
)


def fixed(path: Path, unsafe: bool = False, **asked: list[str]) -> Fixed:
    return fix(prepare(Asked((str(path),), no_cache=True, jobs="1", **asked)), unsafe=unsafe)


def test_safe_fixes_are_made_once_and_for_all(tmp_path: Path) -> None:
    path = tmp_path / "栈 桥.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    assert fixed(tmp_path) == Fixed(applied=2, files=1)
    assert path.read_bytes().decode("gb18030") == TABLE.replace("≧", "≥")
    assert fixed(tmp_path) == Fixed()


def test_what_is_ignored_excepted_or_left_out_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    comment = "# perfgoals: ignore[PGN501] 原文如此\n"
    text = TABLE.replace("栈桥加固,产出指标,数量指标", comment + "栈桥加固,产出指标,数量指标")
    path.write_text(text, encoding="utf-8")
    assert fixed(tmp_path, ignore=["PGN501"]) == Fixed()
    assert fixed(tmp_path).applied == 1
    assert path.read_text(encoding="utf-8") == text.replace("≧95%", "≥95%")


def workbook(path: Path) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.save(path)
    return path.read_bytes()


def test_workbooks_are_fixed_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    before = workbook(path)
    assert fix(prepare(Asked((str(tmp_path),), no_cache=True, jobs="1")), backup=True) == Fixed(2, 1)
    assert (tmp_path / "a.xlsx.bak").read_bytes() == before
    texts = [cell.text for block in read(str(path)).blocks if isinstance(block, Grid) for cell in block.cells]
    assert texts == TABLE.replace("≧", "≥").replace("\n", ",").split(",")[:-1]
    assert fixed(tmp_path) == Fixed()


def test_a_preview_names_every_edit_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    before = workbook(path)
    lines = previewed(prepare(Asked((str(path),), no_cache=True, jobs="1")))
    assert [line.removeprefix(f"{path}:Sheet!") for line in lines] == ["E2: ≧2座 → ≥2座", "E3: ≧95% → ≥95%"]
    assert path.read_bytes() == before


def test_a_preview_leaves_archives_alone_and_shows_the_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    alone = previewed(prepare(Asked((str(tmp_path),), no_cache=True, jobs="1")))
    with ZipFile(tmp_path / "材料.zip", "w") as archive:
        archive.writestr("乙/a.csv", TABLE)
    assert previewed(prepare(Asked((str(tmp_path),), no_cache=True, jobs="1"))) == alone != []


def test_a_file_that_cannot_be_written_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(Path(__file__), tmp_path / "unrelated.py")
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(InputError, match="文件系统只读"):
        fixed(tmp_path)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == TABLE


def test_a_preview_has_one_line_a_cell_where_fixes_follow_each_other() -> None:
    """What a cell says now and what it will say, not what it would say in between."""
    done = run("check", EXAMPLES / "library.xlsx", "--diff", "--no-cache")
    lines = done.stdout.decode().splitlines()
    assert [line for line in lines if line.endswith("!E12: 预算执行率≧90% → ≥90%")]
    places = [line.partition(": ")[0] for line in lines]
    assert len(places) == len(set(places))
