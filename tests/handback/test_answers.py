"""What units write into the letter that they get comes back to its finding, whatever program saved it."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import docx
import pytest

from cli.commands import EXAMPLES, run
from handback.made import converted
from perfgoals_lint.handback.answers import answers_of_file, told
from perfgoals_lint.handback.opinions.fill import fill_document
from perfgoals_lint.handback.xlsx.review_sheet import STATES, Answer
from perfgoals_lint.rulebook.policy import index

BOOK = EXAMPLES / "municipal.xlsx"


@pytest.mark.parametrize("state", STATES)
def test_the_handling_and_the_reason_are_told_apart(state: str) -> None:
    """However people set one off from the other; what begins with no handling is a remark."""
    words = index()["messages"]["handback"][f"state.{state}"].values()
    for word, mark, reason in product(
        words, ("", "：", ":", "，", "；", " ", "\n", "（"), ("", "上级文件如此", "见附件（二）")
    ):
        closed = reason + "）" if mark == "（" and reason else reason
        assert told(f"{word}{mark}{closed}") == (word, reason), (word, mark, reason)
    assert told("上级文件如此") == ("", "上级文件如此")
    assert told("") == ("", "")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "意见.docx"
    output = f"opinion={path}"
    run("check", BOOK, "-o", output, "--opinion-form", "letter", "--no-cache")
    return path


def rows(document: Any) -> list[Any]:
    return list(document.tables[0].rows)[1:]


def answer(path: Path) -> None:
    """Write an answer into three rows, as a unit would."""
    document = docx.Document(str(path))
    for row, text in zip(rows(document), ("有理由不改：上级文件如此", "已修改", "请电话联系"), strict=False):
        row.cells[6].text = text
    document.save(str(path))


def fingerprints() -> list[str]:
    done = run("check", BOOK, "--format", "json", "--no-cache")
    return [one["fingerprint"] for one in json.loads(done.stdout)["findings"]]


def test_every_row_of_the_letter_is_known_again(letter: Path) -> None:
    document = docx.Document(str(letter))
    for number, row in enumerate(rows(document)):
        row.cells[6].text = f"已修改：{number}"
    document.save(str(letter))
    found = answers_of_file(str(letter))
    assert set(found) == set(fingerprints())
    assert len({one.remark for one in found.values()}) == len(rows(document)) == len(found)


@pytest.mark.parametrize("saved_by", ["python-docx", "LibreOffice"])
def test_answers_survive_another_program(saved_by: str, letter: Path, tmp_path: Path) -> None:
    answer(letter)
    if saved_by == "LibreOffice":
        (tmp_path / "o").mkdir()
        letter = converted([letter], "docx", tmp_path / "o")[0]
    assert sorted(answers_of_file(str(letter)).values(), key=lambda one: one.state) == [
        Answer("", "请电话联系"),
        Answer("已修改", ""),
        Answer("有理由不改", "上级文件如此"),
    ]


def test_compare_reads_the_letter(letter: Path, tmp_path: Path) -> None:
    first = docx.Document(str(letter))
    assert "有理由不改" in "".join(paragraph.text for paragraph in first.paragraphs)
    answer(letter)
    arguments = ("compare", BOOK, BOOK, "--answers", letter, "--no-cache")
    done = run(*arguments, "--format", "json")
    states = [
        "explained" if one["suppressed"] else one["baseline_state"]
        for one in json.loads(done.stdout)["findings"]
    ]
    assert states.count("explained") == 1
    assert set(states) == {"explained", "unchanged"}
    text = run(*arguments).stdout.decode()
    assert "有理由不改：上级文件如此" in text
    assert "请电话联系" in text


def test_a_letter_among_the_tables_is_no_table(letter: Path, tmp_path: Path) -> None:
    """Whoever puts the letter beside the tables of the second round gets no finding about it."""
    answer(letter)
    second = tmp_path / "第二次"
    second.mkdir()
    (second / BOOK.name).write_bytes(BOOK.read_bytes())
    letter.rename(second / letter.name)
    done = run("compare", BOOK, second, "--format", "json", "--no-cache")
    printed = json.loads(done.stdout)["findings"]
    assert {Path(one["document"]).name for one in printed} == {BOOK.name}
    assert [one["rule"] for one in printed if one["suppressed"]]


def test_bookmarks_are_numbered_once(tmp_path: Path) -> None:
    """Those of the form itself stay, and a finding that stands twice has two names."""
    form = docx.Document()
    table = form.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "{{问题.问题}}"
    item = {"问题": "甲", "标识": "0123456789abcdef-2"}
    path = tmp_path / "form.docx"
    form.save(str(path))
    made = fill_document(path.read_bytes(), {"问题": [item, item]})
    path.write_bytes(made)
    xml = docx.Document(str(path)).element.body.xml
    assert xml.count("_perfgoals_0123456789abcdef_2") == 2
    assert xml.count("_perfgoals_0123456789abcdef_2__2") == 1
    assert answers_of_file(str(path)) == {}
    (tmp_path / "bad.docx").write_bytes(b"none")
    assert answers_of_file(str(tmp_path / "bad.docx")) == {}
