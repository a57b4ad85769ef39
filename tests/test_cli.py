"""The commands as a user meets them: output, exit status, one clear line for each bad input."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from perfgoals_lint.cli.main import COMMANDS

EXAMPLES = Path(__file__).parents[1] / "examples"
CLEAN = str(EXAMPLES / "small-form.txt")
FAULTY = str(EXAMPLES / "form-dump-library.txt")


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perfgoals_lint", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_default_command_checks_a_path() -> None:
    clean, faulty = run(CLEAN), run(FAULTY)
    assert (clean.returncode, faulty.returncode) == (0, 1)
    assert "自动检查未发现问题" in clean.stdout
    assert "PGK605" in faulty.stdout
    assert "三年合共36万元" in faulty.stdout


SUBCOMMANDS = {
    "config": ("show", "init"),
    "baseline": ("write", "diff", "prune"),
    "cache": ("clean", "dir"),
    "rules": ("new", "test"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_in_both_languages(
    command: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFGOALS_LANG", lang)
    for arguments in [[command], *([command, name] for name in SUBCOMMANDS.get(command, ()))]:
        shown = run(*arguments, "--help")
        assert shown.returncode == 0
        assert "perfgoals-lint" in shown.stdout.split("\n", 2)[2]
        assert ("例" in shown.stdout) is (lang == "zh")
        assert ("退出码：" if lang == "zh" else "Exit status: ") in shown.stdout
    other = {"zh": "en", "en": "zh"}[lang]
    asked = run(command, "--lang", other, "--help")
    assert asked.returncode == 0
    assert ("例" in asked.stdout) is (other == "zh")


def test_version() -> None:
    assert run("--version").stdout.startswith("perfgoals-lint 0.")


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["--version"], ["click", "pydantic", "lark", "rich", "yaml"]),
        (["--help"], ["pydantic", "lark", "rich", "yaml", "lxml"]),
        (["rule", "PGC101"], ["pydantic", "lark", "rich", "lxml"]),
        (["rules"], ["pydantic", "lark", "rich", "lxml"]),
        ([CLEAN], ["pydantic", "rich", "lxml", "pypdfium2"]),
    ],
)
def test_start_up_leaves_heavy_packages_alone(arguments: list[str], modules: list[str]) -> None:
    assert loaded(arguments, modules) == "[]"


def test_a_table_with_a_grid_needs_no_shapes_of_text_and_no_packers(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = "产出指标,数量指标,渠道清淤长度,≥12公里\n产出指标,质量指标,验收合格率,≥98%\n效益指标,社会效益指标,灌溉受益户数,≥300户\n"
    table.write_text("一级指标,二级指标,三级指标,指标值\n" + rows, encoding="utf-8")
    modules = ["perfgoals_lint.tables.grids", "bz2", "shutil", "sqlite3", "tempfile", "zipfile"]
    assert loaded([str(table), "--no-cache"], modules) == "[]"


def loaded(arguments: list[str], modules: list[str]) -> str:
    """Those of some modules that a run imports, as a list in Python."""
    run(*arguments)  # the index of the rules may have to be made first
    script = (
        "import sys, runpy\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try: runpy.run_module('perfgoals_lint', run_name='__main__')\n"
        "except SystemExit: pass\n"
        f"print([name for name in {modules!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1]


def bad_inputs(directory: Path) -> dict[str, str]:
    (directory / "empty.txt").touch()
    (directory / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (directory / "form.txt").write_text("一级指标\n三级指标\n指标值\n", encoding="utf-8")
    (directory / "nothing").mkdir()
    return {
        "missing": str(directory / "missing.txt"),
        "empty": str(directory / "empty.txt"),
        "binary": str(directory / "picture.xlsx"),
        "no table": str(directory / "form.txt"),
    }


@pytest.mark.parametrize("kind", ["missing", "empty", "binary", "no table"])
@pytest.mark.parametrize("command", ["check", "extract"])
def test_an_input_that_cannot_be_read_is_said_and_changes_the_status(
    tmp_path: Path, kind: str, command: str
) -> None:
    path = bad_inputs(tmp_path)[kind]
    arguments = ("--format", "concise") if command == "check" else ()
    done = run(command, path, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert Path(path).name in done.stdout
    assert "PGX" in done.stdout


def test_one_bad_file_does_not_stop_the_run(tmp_path: Path) -> None:
    done = run("check", bad_inputs(tmp_path)["binary"], FAULTY, "--format", "concise")
    assert done.returncode == 2
    assert "picture.xlsx: 错误 PGX" in done.stdout
    assert "PGK605" in done.stdout


def test_an_empty_directory_is_said(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_directory_is_walked_without_hidden_and_lock_files(tmp_path: Path) -> None:
    text = Path(CLEAN).read_text(encoding="utf-8")
    for name in ("a.txt", "b/c.txt", ".hidden/d.txt", ".e.txt", "~$f.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    summary = json.loads(run("check", str(tmp_path), "--format", "json").stdout)["summary"]
    assert (summary["files"], summary["tables"]) == (2, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", CLEAN, "--no-such-flag"],
        ["check", CLEAN, "--framework", "mars"],
        ["check", CLEAN, "--output", "sarif"],
        ["check", CLEAN, "--output", "json=/no/such/directory/x.json"],
        ["rule", "PGK9999"],
    ],
)
def test_wrong_usage_is_one_clear_message_and_status_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


@pytest.mark.parametrize("arguments", [["rule", "PGK60l"], ["check", CLEAN, "--select", "PGK60l"]])
def test_an_unknown_rule_gets_a_suggestion(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "PGK601" in done.stderr


def test_fail_on_and_exit_zero() -> None:
    only = ("--select", "PGN501", "--format", "concise")
    assert run("check", FAULTY, *only).returncode == 0
    assert run("check", FAULTY, *only, "--fail-on", "info").returncode == 1
    assert run("check", FAULTY, *only, "--fail-on", "info", "--exit-zero").returncode == 0


def test_several_outputs_in_one_run(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = run("check", FAULTY, "--format", "concise", "--output", f"json={target}")
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["summary"]["findings"] == len(written["findings"]) > 0
    assert "PGK605" in done.stdout


@pytest.mark.parametrize("name", ["check", "extract", "parse"])
def test_output_fits_its_schema(name: str) -> None:
    schema = json.loads(run("schema", name).stdout)
    arguments = {
        "check": ["check", FAULTY, CLEAN, "--format", "json"],
        "extract": ["extract", FAULTY, CLEAN],
        "parse": ["parse", "≥90%", "三年≥18家", "有效", "2025年12月底前", "", "--format", "json"],
    }[name]
    printed = json.loads(run(*arguments).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(printed)


def test_parse_explains_and_reads_standard_input() -> None:
    shown = run("parse", "三年≥18家", "--lang", "en").stdout
    assert "over 3 年: at least 18 家" in shown
    lines = json.loads(run("parse", "-", "--format", "json", stdin="≥90%\n15个\n").stdout)["constraints"]
    assert [(line["kind"], line["value"]) for line in lines] == [("quantity", "90"), ("quantity", "15")]


def test_escape_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    text = (
        Path(FAULTY).read_text(encoding="utf-8").replace("阅览室照明改造", "阅览室\x1b[31m\u202e照明\x07改造")
    )
    path = tmp_path / "evil.txt"
    path.write_text(text, encoding="utf-8")
    for form in ("rich", "concise", "grouped", "markdown", "github"):
        shown = run("check", str(path), "--format", form).stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(shown), form


def test_the_same_answer_every_time() -> None:
    first, second = (run("check", str(EXAMPLES), "--format", "json").stdout for _ in range(2))
    assert first == second


def test_a_directory_may_hold_other_things_than_tables(tmp_path: Path) -> None:
    (tmp_path / "table.txt").write_text(Path(CLEAN).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "README.md").write_text("# About\n\nHow we keep our tables.\n", encoding="utf-8")
    (tmp_path / "ci.yaml").write_text("on: push\njobs: {}\n", encoding="utf-8")
    (tmp_path / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    done = run("check", str(tmp_path), "--format", "concise")
    assert done.returncode == 0
    assert done.stdout.count("PGX105") == 3
    named = run("check", str(tmp_path / "README.md"))
    assert named.returncode == 0
    assert "PGX105" in named.stdout
    assert "什么都没有检查" in named.stdout


def test_accounting_lists_every_table_and_rule() -> None:
    printed = json.loads(run("check", FAULTY, "--format", "json", "--show-accounting").stdout)
    tables = printed["accounting"]["PGK605"]["tables"]
    assert [(entry["table_index"], entry["status"]) for entry in tables] == [(0, "passed"), (1, "found")]
    (whole,) = printed["accounting"]["PGK602"]["tables"]
    assert (whole["table_index"], whole["status"], whole["reason"]) == (
        None,
        "not_applicable",
        "没有合计或小计行",
    )
    assert not json.loads(run("check", FAULTY, "--format", "json").stdout)["accounting"]["PGK605"]["tables"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rule"], "缺少参数"),
        (["check", CLEAN, "--fromat", "json"], "--format"),
        (["check", CLEAN, "--format", "jsn"], "jsonl"),
        (["parse", "1", "--year", "abc"], "--year"),
    ],
)
def test_wrong_usage_is_said_in_one_line_of_the_users_language(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert done.stderr.startswith("perfgoals-lint: 错误: ")


def test_rule_prints_the_page_in_the_language_asked_for() -> None:
    chinese, english = (run("rule", "PGK605", "--lang", lang).stdout for lang in ("zh", "en"))
    assert "## 检查什么" in chinese
    assert "## What it checks" not in chinese
    assert "## What it checks" in english
    assert "## 检查什么" not in english
    assert "## 例外" not in english
    assert "✗" in english


@pytest.mark.parametrize(
    "arguments",
    [
        ["--baseline", "nowhere.json"],
        ["--config", "nowhere.toml"],
        ["--exceptions", "nowhere.yaml"],
        ["--password-file", "nowhere.txt"],
        ["-o", "sarif=nowhere/x.sarif"],
    ],
)
def test_what_the_system_refuses_is_said_in_the_language_asked_for(arguments: list[str]) -> None:
    chinese, english = (run("check", CLEAN, *arguments, "--lang", lang) for lang in ("zh", "en"))
    assert (chinese.returncode, english.returncode) == (2, 2)
    folder = "sarif=nowhere/x.sarif" in arguments
    assert ("没有这个目录" if folder else "找不到文件") in chinese.stderr
    assert ("no such directory" if folder else "No such file or directory").lower() in english.stderr.lower()


ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")
"""Three words in a row: a sentence of the library that reads the command line."""


@pytest.mark.parametrize(
    "arguments",
    [
        ["cache", "clena"],
        ["rule"],
        ["rule", "PGK605", "PGK606"],
        ["check", CLEAN, "--bogus"],
        ["check", CLEAN, "--fail-on", "never"],
        ["check", CLEAN, "--width", "narrow"],
        ["check", CLEAN, "--width", "3"],
        ["check", CLEAN, "--max-warnings", "-1"],
        ["check", CLEAN, "--against", "nowhere"],
        ["check", CLEAN, "--config"],
        ["check", CLEAN, "--across=yes"],
        ["rules", "new", "QH001", "-o", "."],
    ],
)
def test_wrong_usage_is_said_in_one_language(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert not ENGLISH.search(line.rpartition(" (")[0])


@pytest.mark.parametrize("command", ["", "rules", "config", "baseline", "cache", "check", "baseline write"])
def test_the_frame_of_a_help_page_is_in_the_language_asked_for(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for lang in ("zh", "en"):
        monkeypatch.setenv("PERFGOALS_LANG", lang)
        pages.append(run(*command.split(), "--help").stdout)
    chinese, english = pages
    frame = ("Usage:", "Options:", "[OPTIONS]")
    assert not [word for word in (*frame, "Commands:", "COMMAND", "Show ") if word in chinese]
    assert [word for word in frame if word in english] == list(frame)
