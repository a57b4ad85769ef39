"""Where findings are marked in a text that a reader joins from several lines; the command without its extra."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")

from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.lsp.checked import Checked
from perfgoals_lint.model import Document, Finding, Location

TEXT = "年度目标 维护栈桥\n  三座，更换护栏\n 20米。\n"


def marked(quote: str, span: tuple[int, int] | None, line: int = 1, column: int | None = 6) -> str:
    """The text that is marked for a finding on a quoted text."""
    place = Location("a.txt", line=line, column=column)
    finding = Finding("T1", "t", "error", "", "", "a.txt", location=place, quote=quote, span=span)
    found = Checked(TEXT, "a.txt", Document("a.txt", "text")).span(finding)
    return TEXT[found.start : found.end]


def test_a_part_is_marked_on_the_line_where_it_stands() -> None:
    quote = "维护栈桥三座，更换护栏20米。"
    assert marked(quote, (11, 14)) == "20米"
    assert marked(quote, (4, 6)) == "三座"
    assert marked(quote, None) == "维护栈桥\n  三座，更换护栏\n 20米。"


def test_a_text_that_is_not_there_leaves_the_rest_of_the_line() -> None:
    assert marked("修缮码头", (0, 2)) == "维护栈桥"
    assert marked("", None, line=2, column=None) == "三座，更换护栏"


def test_a_finding_without_a_place_is_on_the_first_line_and_one_behind_the_end_on_the_last() -> None:
    checked = Checked(TEXT, "a.txt", Document("a.txt", "text"))
    assert checked.span(Finding("T1", "t", "error", "", "", "a.txt")) == TextSpan(0, 9)
    behind = Finding("T1", "t", "error", "", "", "a.txt", location=Location("a.txt", line=99))
    assert checked.span(behind) == TextSpan(len(TEXT), len(TEXT))


def test_without_the_extra_the_command_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['perfgoals-lint', 'lsp', '--lang', 'en']\n"
        "from perfgoals_lint.__main__ import main; main()"
    )
    env = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "perfgoals-lint[lsp]" in done.stderr
    assert "Traceback" not in done.stderr
