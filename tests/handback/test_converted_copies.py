"""Copies of files that cannot bear marks, converted on request."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from cli.commands import EXAMPLES, run
from handback.hard import ROWS
from handback.made import converted
from handback.test_rounds import found
from perfgoals_lint.handback.copies import How, Order, copies_of
from perfgoals_lint.readers import convert, read


@pytest.mark.parametrize("ending", ["xls", "ods", "doc"])
def test_on_request_a_converted_copy_bears_the_marks(ending: str, tmp_path: Path) -> None:
    """Every finding that has a place in the old file is a comment in the same place of the new one."""
    source = EXAMPLES / "municipal.xlsx"
    if ending == "doc":
        source = tmp_path / "one.docx"
        document = docx.Document()
        table = document.add_table(len(ROWS), len(ROWS[0]))
        for line, texts in zip(table.rows, ROWS, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("填报人：周敏")  # the office program loses a table at the very end
        document.save(str(source))
    home = tmp_path / "目标表"
    home.mkdir()
    old = converted([source], ending, tmp_path)[0].rename(home / f"表.{ending}")
    assert run("annotate", home, "-o", tmp_path / "审核", "--no-cache", "--convert").returncode == 0
    assert (tmp_path / "审核" / old.name).read_bytes() == old.read_bytes()
    assert found(tmp_path / "审核") == found(home)
    listed = json.loads(run("check", ".", "--no-cache", "--format", "json", cwd=home).stdout)["findings"]
    places = {json.dumps(one["location"]) for one in listed if {"cell", "row"} & one["location"].keys()}
    made = tmp_path / "审核" / f"表.{ending}.审核.{'docx' if ending == 'doc' else 'xlsx'}"
    if ending == "doc":
        assert len(docx.Document(str(made)).comments) == len(places)
    else:
        noted = {
            (sheet.title, cell.coordinate)
            for sheet in openpyxl.load_workbook(made)
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        assert noted == {(place["sheet"], place["cell"]) for place in map(json.loads, places)}
    stripped = run("annotate", tmp_path / "审核", "-o", tmp_path / "还原", "--strip", "--no-cache")
    assert stripped.returncode == 0
    assert [path.name for path in (tmp_path / "还原").iterdir()] == [old.name]


def test_a_conversion_that_loses_something_is_not_handed_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came through is compared with what was there, cell by cell."""
    path = tmp_path / "表.fods"
    path.write_text(flat_sheet(), encoding="utf-8")
    content = (EXAMPLES / "library.xlsx").read_bytes()
    lossy = convert.Converted("xlsx", content, read(str(EXAMPLES / "library.xlsx")))
    monkeypatch.setattr(convert, "converted_copy", lambda *_: lossy)
    copies = copies_of(Order(str(path), "fods", []), How("zh", convert=True))
    assert [(one.name, one.reason) for one in copies] == [
        ("表.fods", None),
        ("表.fods.审核.xlsx", "not_converted"),
    ]


def flat_sheet() -> str:
    """The rows as an OpenDocument sheet in one XML file."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    return (
        f'<office:document xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document>'
    )


def test_without_the_office_program_it_is_said_that_nothing_was_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "表.fods").write_text(flat_sheet(), encoding="utf-8")
    empty = tmp_path / "bin"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    done = run("annotate", tmp_path / "表.fods", "-o", tmp_path / "审核", "--no-cache", "--convert")
    assert "没有安装 LibreOffice" in done.stderr.decode()
    assert (tmp_path / "审核" / "表.fods.审核.xlsx").is_file()
