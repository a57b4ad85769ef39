"""A placeholder that nothing is put in for is told, with the one that may be meant."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from cli.commands import EXAMPLES, run
from handback.made import WORDS
from perfgoals_lint.handback.opinions.context import context_of
from perfgoals_lint.handback.opinions.placeholders import unknown_placeholders
from perfgoals_lint.handback.opinions.subjects import Subject
from perfgoals_lint.rulebook.policy import rules_dir

FORMS = sorted(path for path in (rules_dir() / "opinions").iterdir() if path.suffix in (".docx", ".xlsx"))
NAMES = sorted(context_of([Subject("", "", "")], WORDS, ""))


def document(*lines: str, row: str = "{{问题.序号}}", header: str = "") -> bytes:
    made, out = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.add_table(1, 1).cell(0, 0).text = row
    made.sections[0].header.paragraphs[0].text = header
    made.save(out)
    return out.getvalue()


def workbook(*lines: str, row: str = "{{问题.序号}}", header: str = "") -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for line in (*lines, row, header):
        book.active.append([line])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_our_own_forms_use_known_names_only(path: Path) -> None:
    assert unknown_placeholders(path.read_bytes(), path.suffix, WORDS) == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_misspelt_name_is_told_wherever_it_stands(name: str) -> None:
    wrong = f"{name}甲"
    for ending, form in ((".docx", document), (".xlsx", workbook)):
        places = {
            "line": form(f"甲{{{{{wrong}}}}}乙"),
            "row": form(row=f"{{{{问题.{wrong}}}}}"),
            "list": form(row=f"{{{{{wrong}.序号}}}}"),
            "header": form(header=f"{{{{ {wrong} }}}}"),
        }
        if ending == ".docx":
            places["part"] = form(f"{{{{#{wrong}}}}}", "{{单位}}", f"{{{{/{wrong}}}}}")
        for place, made in places.items():
            told = unknown_placeholders(made, ending, WORDS)
            assert [one for one in told if wrong in one] == list(told) != [], (ending, place)
            if place == "line":
                assert told == {wrong: [name]}


def test_a_name_out_of_its_part_is_told() -> None:
    assert list(unknown_placeholders(document("{{项目编码}}"), ".docx", WORDS)) == ["项目编码"]
    assert unknown_placeholders(document("{{#项目}}", "{{项目编码}}", "{{/项目}}"), ".docx", WORDS) == {}


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    form, made = tmp_path / "本局.docx", tmp_path / "意见.docx"
    form.write_bytes(document("{{单魏}}", "{{单位}}"))
    done = run(
        "check", EXAMPLES / "small-form.txt", "-o", f"opinion={made}", "--opinion-form", form, "--no-cache"
    )
    (line,) = [one for one in done.stderr.decode().splitlines() if "{{" in one]
    assert all(part in line for part in ("本局.docx", "{{单魏}}", "{{单位}}"))
    assert docx.Document(str(made)).paragraphs[0].text == "{{单魏}}"
