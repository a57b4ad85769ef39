"""Consoles as they are: with and without colour, dumb, and without the characters that a report is written in."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Literal

import pytest

from perfgoals_lint.console import set_up
from perfgoals_lint.reports.styled import StyledPage, is_coloured
from suppression.helpers import ROWS, forget_language, goal_csv, write

TOP = Path(__file__).parents[2]
NAME = "𠮷野村é水渠"
"""A name with characters that GBK and most fonts lack."""


class Stream(io.StringIO):
    """A stream that is a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize("standard", [True, False])
@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("asked", ["auto", "always", "never"])
def test_colour_follows_the_command_line_then_the_environment_then_the_terminal(
    standard: bool,
    terminal: bool,
    asked: Literal["auto", "always", "never"],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Over every combination; what is written agrees with what was decided."""
    from perfgoals_lint.reports.run import Options

    for none, force, term in product((None, "", "1"), (None, "", "0", "1", "3"), ("xterm", "dumb", None)):
        for name, value in (("NO_COLOR", none), ("FORCE_COLOR", force), ("TERM", term), ("COLORTERM", None)):
            monkeypatch.delenv(name, raising=False)
            if value is not None:
                monkeypatch.setenv(name, value)
        out = Stream(terminal)
        if standard:
            monkeypatch.setattr(sys, "stdout", out)
        wanted = terminal and term != "dumb"
        if standard and force in ("1", "3"):
            wanted = True
        if none:
            wanted = False
        if asked != "auto":
            wanted = asked == "always"
        assert is_coloured(out, asked) is wanted, (none, force, term)
        StyledPage(out, Options(asked)).line(("错误", "bold red"))
        assert ("\x1b[" in out.getvalue()) is wanted, (none, force, term)
        assert "错误" in out.getvalue()


def environment(**given: str) -> dict[str, str]:
    gone = ("NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONUTF8", "PYTHONIOENCODING", "COLORTERM")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "PYTHONPATH": str(TOP / "src"), **given}


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("given", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_a_real_terminal(given: dict[str, str], coloured: bool, tmp_path: Path) -> None:
    import pty

    path = write(tmp_path / "表.csv", goal_csv())
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "perfgoals_lint", "check", str(path)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment(**given)) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert running.returncode == 0
    assert (b"\x1b[" in shown) is coloured
    assert "街区面貌" in shown.decode()


def test_forced_colour_does_not_reach_files(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    command = [sys.executable, "-m", "perfgoals_lint", "check", "表.csv", "-o", "rich=报告.txt"]
    done = subprocess.run(
        command, env=environment(FORCE_COLOR="1", TERM="dumb"), cwd=tmp_path, capture_output=True, check=False
    )
    assert b"\x1b[" in done.stdout
    assert "\x1b" not in (tmp_path / "报告.txt").read_text(encoding="utf-8")


PEOPLE = [
    ["check", "."],
    ["check", ".", "-f", "concise"],
    ["check", ".", "-f", "grouped"],
    ["check", ".", "--show-files"],
    ["check", f"没有{NAME}.csv"],
    ["check", ".", "--fix", "--diff"],
    ["rule", "PGK601"],
    ["rules"],
    ["parse", f"≥300棵{NAME} ✗"],
    ["facts", "."],
    ["explain", "表.csv"],
    ["compare", ".", "."],
    ["config", "show", "."],
    ["baseline", "diff", ".", "--baseline", "known.json"],
    ["annotate", ".", "-o", "审核"],
    ["--help"],
]
PROGRAMS = [
    ["check", ".", "-f", "json"],
    ["check", ".", "-f", "markdown"],
    ["compare", ".", ".", "-f", "json"],
    ["rule", "PGK601", "-f", "json"],
    ["rules", "-f", "json"],
    ["parse", f"≥300棵{NAME} ✗", "--format", "json"],
    ["facts", ".", "--format", "json"],
    ["extract", "."],
    ["schema", "pack"],
    ["config", "init", "-"],
    ["baseline", "diff", ".", "--baseline", "known.json", "--format", "json"],
    ["rules", "new", "QH001", "--kind", "bound"],
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("gbk")
    rows = tuple(row.replace("行道树", f"{NAME}行道树").replace("≥300棵", "≧300棵") for row in ROWS)
    write(home / "表.csv", goal_csv(NAME, rows))
    write(home / f"{NAME}.csv", goal_csv(NAME, rows))
    write(home / "known.json", '{"schema": "perfgoals-lint/baseline/1", "findings": []}')
    return home


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_a_report_fits_any_console(encoding: str, lang: str, home: Path) -> None:
    """In one process, as a console that has few characters: no command for people fails, and nothing is lost without a
    sign of it."""
    failed = [
        (words, output)
        for words in PEOPLE
        if (
            output := shown(
                [*words[:1], "--lang", lang, *words[1:]] if words[0] != "--help" else words, encoding, home
            )
        )
        is None
    ]
    assert failed == []


@pytest.mark.parametrize("words", PROGRAMS, ids=lambda words: "-".join(words[:2]))
def test_what_programs_read_is_utf_8_on_any_console(words: list[str], home: Path) -> None:
    output = shown(words, "gbk", home)
    assert output is not None
    text = output.decode("utf-8")
    assert any("一" <= char <= "鿿" for char in text)
    assert "\\U0002" not in text


def shown(words: list[str], encoding: str, home: Path) -> bytes | None:
    """What a command writes to a console of an encoding, ``None`` when it fails with anything but a message."""
    from perfgoals_lint.cli.main import cli

    buffers = [io.BytesIO(), io.BytesIO()]
    streams = [io.TextIOWrapper(buffer, encoding=encoding) for buffer in buffers]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        patch.chdir(home)
        set_up()
        forget_language()
        patch.setattr(sys, "argv", ["perfgoals-lint", *words])
        try:
            cli(words, prog_name="perfgoals-lint")
        except SystemExit as end:
            if end.code not in (0, 1, 2, None):
                return None
        except UnicodeError:
            return None
        finally:
            for stream in streams:
                stream.flush()
            forget_language()
    return buffers[0].getvalue()


def test_the_command_itself_sets_the_console_up() -> None:
    """The rule pages hold characters that GBK lacks."""
    done = subprocess.run(
        [sys.executable, "-m", "perfgoals_lint", "rule", "PGK601"],
        env=environment(PYTHONIOENCODING="gbk", PYTHONUTF8="0"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "资金来源" in done.stdout.decode("gbk")
