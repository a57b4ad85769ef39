"""How a run ends, what it writes where, and what it understands of a slip of the pen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_lint.reports import sarif
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.rule import Rule
from suppression.helpers import VAGUE, goal_csv, run, write


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "表.csv", goal_csv())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("signs", "status"), [([signal.SIGTERM], 143), ([signal.SIGINT], 130), ([signal.SIGINT] * 2, 130)]
)
def test_a_signal_ends_the_run_and_its_processes(
    tmp_path: Path, signs: list[signal.Signals], status: int
) -> None:
    for number in range(400):
        write(tmp_path / f"表/{number}.csv", goal_csv(f"第{number}项"))
    command = [sys.executable, "-m", "perfgoals_lint", "表", "--no-cache", "--jobs", "2", "--format", "jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.readline()
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    for sign in signs:
        process.send_signal(sign)
        time.sleep(0.05)
    _, said = process.communicate(timeout=240)
    assert process.returncode == status
    assert b"Traceback" not in said
    for child in children.stdout.split():
        for _ in range(600):
            if not os.path.exists(f"/proc/{child}"):
                break
            time.sleep(0.1)
        assert not os.path.exists(f"/proc/{child}")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_that_comes_while_the_program_ends_changes_no_status(table: Path) -> None:
    """Interrupts in quick succession meet every step of ending, the interpreter's own included."""
    command = [sys.executable, "-m", "perfgoals_lint", table.name, "--no-cache", "--format", "jsonl"]
    process = subprocess.Popen(command, cwd=table.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.0005)
    _, said = process.communicate(timeout=240)
    assert process.returncode in (1, 130)  # whether the run was over or not
    assert b"Traceback" not in said


UNWOUND = """
import click
from perfgoals_lint.cli.main import cli
def run(*_, **__):
    try:
        signal.raise_signal(signal.{signal})
    finally:
        raise {error}
click.Group.main = run
cli()
"""
"""A run that fails while a signal unwinds it."""

ENDINGS = {
    "an interrupt that passed through code made at run time": (
        "try:\n    exec('signal.raise_signal(signal.SIGINT)')\nexcept KeyboardInterrupt:\n    sys.exit(130)",
        130,
    ),
    "an interrupt that nothing catches": ("signal.raise_signal(signal.SIGINT)", 130),
    "a request that nothing catches": ("signal.raise_signal(signal.SIGTERM)", 143),
    "an interrupt while what was to be run last is run": (
        "import atexit; atexit.register(signal.raise_signal, signal.SIGINT); sys.exit(1)",
        130,
    ),
    "a request then": (
        "import atexit; atexit.register(signal.raise_signal, signal.SIGTERM); sys.exit(1)",
        143,
    ),
    "two interrupts": (
        "try:\n    signal.raise_signal(signal.SIGINT)\nexcept KeyboardInterrupt:\n    signal.raise_signal(signal.SIGINT)",
        130,
    ),
    "an interrupt where errors are ignored": (
        "class Kept:\n    def __del__(self):\n        signal.raise_signal(signal.SIGINT)\nKept()\nsys.exit(1)",
        130,
    ),
    "an interrupt after all that": (
        "class Kept:\n    def __del__(self, end=signal.raise_signal):\n        end(2)\n"
        "sys.modules['kept'] = Kept()\nsys.exit(1)",
        1,
    ),
    "a pipe that is closed after a request": (
        UNWOUND.format(signal="SIGTERM", error="BrokenPipeError(32, 'x')"),
        143,
    ),
    "a complaint after a request": (
        UNWOUND.format(signal="SIGTERM", error="click.ClickException('x')"),
        143,
    ),
    "another status after a request": (UNWOUND.format(signal="SIGTERM", error="SystemExit(1)"), 143),
    "a pipe that is closed after an interrupt": (
        UNWOUND.format(signal="SIGINT", error="BrokenPipeError(32, 'x')"),
        130,
    ),
    "an error of the program": ("raise ValueError('x')", 1),
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signal_gives_one_status_wherever_it_meets_the_program(ending: str) -> None:
    code, status = ENDINGS[ending]
    start = "import signal, sys\nfrom perfgoals_lint.cli.signals import end_on_signals\nend_on_signals()\n"
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, check=False)
    assert done.returncode == status, done.stderr
    assert (b"Traceback" in done.stderr) is (ending == "an error of the program")


def test_a_closed_pipe_is_no_traceback(table: Path) -> None:
    command = f'"{sys.executable}" -m perfgoals_lint {table.name} -f json | true; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], cwd=table.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode in (1, 2)  # a short report may be written before the reader is gone
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("form", ["rich", "json", "jsonl", "concise"])
def test_a_reader_that_is_gone_before_the_report_is_silence_and_status_2(form: str, table: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "perfgoals_lint", table.name, "--no-cache", "-f", form]
    done = subprocess.run(command, cwd=table.parent, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert done.returncode == 2
    assert done.stderr == b""


def test_names_of_files_are_harmless_or_for_scripts(tmp_path: Path) -> None:
    names = ["甲\n乙.csv", "丙\x1b[31m.csv"]
    for name in names:
        write(tmp_path / name, goal_csv())
    shown = run("check", ".", "--show-files", cwd=tmp_path).stdout
    assert "\x1b" not in shown
    assert len(shown.splitlines()) == 2
    raw = run("check", ".", "--show-files", "-0", cwd=tmp_path).stdout
    assert sorted(Path(one).name for one in raw.split("\0") if one) == sorted(names)


def test_the_language_may_stand_anywhere(table: Path) -> None:
    for arguments in (
        ["--lang", "en", "check", table.name],
        ["--lang=en", table.name],
        ["check", table.name, "--lang", "en"],
    ):
        assert "goal table" in run(*arguments, "-f", "concise", cwd=table.parent).stdout


def test_without_a_path_the_working_directory_is_checked(table: Path) -> None:
    printed = json.loads(run("check", "-f", "json", cwd=table.parent).stdout)
    assert printed["summary"]["files"] == 1


def test_what_was_meant_is_asked(table: Path) -> None:
    assert "check" in run("chekc", table.name, cwd=table.parent).stderr
    assert "表.csv" in run("check", "表.xlsx", cwd=table.parent).stderr
    assert run("check", "-f", "concise", cwd=table.parent).stderr == ""


def test_findings_only_and_from_a_severity_on(table: Path) -> None:
    quiet = run("check", table.name, "-q", cwd=table.parent)
    everything = run("check", table.name, "-f", "concise", cwd=table.parent)
    assert (
        quiet.stdout.splitlines() == everything.stdout.splitlines()[:-2]
    )  # the counts of findings and of figures
    assert quiet.returncode == everything.returncode
    errors = run("check", table.name, "-f", "json", "--severity", "error", cwd=table.parent)
    assert {one["severity"] for one in json.loads(errors.stdout)["findings"]} <= {"error"}
    assert "低于“错误”" in errors.stderr
    assert errors.returncode == everything.returncode


def test_reading_problems_are_explained_and_chosen(tmp_path: Path) -> None:
    assert "PGX310 merge-conflict" in run("rule", "PGX310").stdout
    assert "PGX310" in run("rule", "merge-conflict", "--lang", "en").stdout
    write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "联系人.csv", "name,phone\n甲,1\n")
    for option, there in (("--select", True), ("--ignore", False)):
        printed = json.loads(run("check", ".", option, "PGX105", "-f", "json", cwd=tmp_path).stdout)
        codes = {one["rule"] for one in printed["findings"]}
        assert ("PGX105" in codes) is there
        assert (VAGUE in codes) is not there
    write(tmp_path / "坏.csv", "\0\1")
    assert run("check", "坏.csv", "--ignore", "PGX", cwd=tmp_path).returncode == 2


def test_all_rules_as_json() -> None:
    printed = json.loads(run("rule", "--all", "-f", "json").stdout)
    codes = {one["code"]: one for one in printed["rules"]}
    assert len(codes) > 110
    assert codes["PGF401"]["status"] == "stable"
    assert "PGX101" in codes


def test_former_codes_and_names_find_the_rule_of_today() -> None:
    book = rulebook.load()
    head = {
        **book.rules["PGF401"].as_data(),
        "code": "AB001",
        "name": "new-name",
        "formerly": ["AB000", "old-name"],
    }
    old = {
        **book.rules["PGF401"].as_data(),
        "code": "AB002",
        "name": "older",
        "status": "deprecated",
        "replaced_by": "AB001",
    }
    made = rulebook.load(more=[Rule.of(head, "a"), Rule.of(old, "a")])
    for selector in ("AB000", "ab000", "old-name"):
        assert [rule.code for rule in made.find(selector)] == ["AB001"]
        assert made.moved_from(selector)
    assert made.moved_from("AB001") is None
    assert not made.rules["AB002"].is_on
    with pytest.raises(ValueError, match="AB009"):
        rulebook.load(more=[Rule.of({**old, "replaced_by": "AB009"}, "a")])


def test_a_report_that_is_cut_says_so_and_can_be_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        write(tmp_path / f"表/{number:02}.csv", goal_csv(f"第{number}项"))
    monkeypatch.setattr(sarif, "MAX_RESULTS", 40)
    parts = [f"sarif.part{number}={number}.sarif" for number in (1, 2, 3, 9)]
    done = run(
        "check", "表", *(word for part in parts for word in ("-o", part)), "-o", "json=all.json", cwd=tmp_path
    )
    everything = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["findings"]
    order = ["error", "warning", "note"]
    results = []
    for number in (1, 2, 3):
        some = json.loads((tmp_path / f"{number}.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
        assert len(some) == 40
        results += some
    ranks = [order.index(one["level"]) for one in results]
    assert ranks == sorted(ranks)
    prints = [json.dumps(one["partialFingerprints"], sort_keys=True) for one in results]
    assert len(set(prints)) == len(prints)
    assert f"{len(everything) - 40} " in done.stderr
    assert "sarif.part2" in done.stderr
    last = json.loads((tmp_path / "9.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert last == [] or len(everything) > 320


def test_an_output_into_a_directory_that_is_not_there_names_the_directory(
    table: Path, tmp_path: Path
) -> None:
    done = run("check", table.name, "-o", f"json={tmp_path}/无此目录/结果.json", cwd=table.parent)
    assert done.returncode == 2
    assert f"{tmp_path}/无此目录" in done.stderr
    assert ".perfgoals-" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_before_signals_are_handled_prints_nothing() -> None:
    code = (
        "import signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'perfgoals_lint.cli.signals':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from perfgoals_lint.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


@pytest.mark.parametrize(
    ("alone", "partner"),
    [
        (["--null"], ["--show-files"]),
        (["-0"], ["--show-files"]),
        (["--backup"], ["--fix"]),
        (["--unsafe-fixes"], ["--diff"]),
        (["--unsafe-fixes"], ["--fix"]),
        (["--shared-cache", "共用"], ["--scheduler", "nowhere"]),
        (["--stdin-filename", "新.csv"], ["-"]),
    ],
)
def test_an_option_that_does_nothing_alone_is_refused(
    table: Path, alone: list[str], partner: list[str]
) -> None:
    before = table.read_bytes()
    for lang, words in (("zh", ("不起作用", "标准输入")), ("en", ("does nothing alone", "standard input"))):
        done = run("check", table.name, *alone, "--lang", lang, cwd=table.parent)
        assert done.returncode == 2
        assert done.stdout == ""
        assert any(word in done.stderr for word in words), done.stderr
        assert alone[0].lstrip("-") in done.stderr or alone == ["-0"]
    assert table.read_bytes() == before
    together = run("check", table.name, *alone, *partner, cwd=table.parent, stdin=goal_csv())
    assert "不起作用" not in together.stderr


def test_where_a_report_went_is_told_once(table: Path) -> None:
    reports = ["-o", "html=报告.html", "-o", "json=报告.json"]
    done = run("check", table.name, *reports, "--lang", "zh", cwd=table.parent)
    assert done.stderr.splitlines().count("已写入 报告.html、报告.json") == 1
    quiet = run("check", table.name, *reports, "-q", cwd=table.parent)
    assert "已写入" not in quiet.stderr
    for command in (
        ["extract", table.name, "-o", "表.json"],
        ["init", "--framework", "mof21", "-o", "空表.xlsx"],
    ):
        assert f"已写入 {command[-1]}" in run(*command, cwd=table.parent).stderr
