"""Printable forms: what is filled in is read back as it was, and the form has what a clerk expects of it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cli.commands import EXAMPLES, error_line, run
from perfgoals_lint.cli.init import filled_in
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.passes import plain
from perfgoals_lint.forms.printed import printed
from perfgoals_lint.rulebook import frameworks


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("framework", "name"),
    [
        ("gd", "library.xlsx"),
        ("mof21", "municipal.xlsx"),
        ("mof15", "municipal.docx"),
        ("tj", "described-form-port.txt"),
    ],
)
def test_what_is_filled_in_is_read_back(framework: str, name: str, fmt: str, tmp_path: Path) -> None:
    path = tmp_path / f"表.{fmt}"
    done = run("init", "--framework", framework, "--from", EXAMPLES / name, "-o", path)
    assert done.returncode == 0, done.stderr.decode()
    assert "请核对" not in done.stderr.decode()
    before, after = extract_file(str(EXAMPLES / name)), extract_file(str(path))
    assert [filled_in(plain(table)) for table in after.tables] == [
        filled_in(plain(table)) for table in before.tables
    ]
    assert after.problems == []


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
@pytest.mark.parametrize("framework", frameworks.names())
def test_every_empty_form_is_one_form_without_invented_content(
    framework: str, fmt: str, tmp_path: Path
) -> None:
    path = tmp_path / f"表.{fmt}"
    path.write_bytes(printed(framework, fmt))  # type: ignore[arg-type]
    tables = extract_file(str(path)).tables
    assert len(tables) <= 1
    for table in tables:
        assert (table.project_name, table.state) == ("", "blank_form")
        assert (table.budget_yuan, table.fiscal_year, table.annual_goal) == (None, None, None)
        assert not any(row.level3 or row.annual_value for row in table.indicators)
    assert printed(framework, fmt) == printed(framework, fmt)  # type: ignore[arg-type]


def test_the_workbook_offers_signs_units_and_classes_and_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(printed("mof21", "xlsx"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rules = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert any("≥" in rule for rule in rules)
    assert any("%" in rule for rule in rules)
    assert any("数量指标" in rule for rule in rules)
    assert any(rule.type == "custom" for rule in sheet.data_validations.dataValidation)
    assert sum(cell.comment is not None for row in sheet.iter_rows() for cell in row) >= 3
    assert sheet.page_setup.paperSize == 9
    assert "A1:F1" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_a_file_without_tables_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("没有表", encoding="utf-8")
    wrong = run("init", "--framework", "gd", "--from", tmp_path / "a.txt", "-o", tmp_path / "b.xlsx")
    assert "没有绩效目标表" in error_line(wrong)
