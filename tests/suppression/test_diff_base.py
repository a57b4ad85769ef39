"""Only what a change brings: what stood at a git revision is known, wherever it stands now and whatever carries it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfgoals_lint.model import Finding
from perfgoals_lint.suppression.stood import Stood
from pipelines.helpers import commit_all
from suppression.helpers import ROWS, VAGUE, checked, found, goal_csv, run, write

VAGUE_ROW = "效益指标,社会效益指标,绿化水平,提升"
"""Another row with the fault that one row of ``ROWS`` has."""


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(directory), *arguments], check=True, capture_output=True)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A repository with one faulty table, committed."""
    write(tmp_path / "表/目标 表.csv", goal_csv())
    commit_all(tmp_path)
    return tmp_path


def since(directory: Path, *more: str) -> dict[str, Any]:
    """The rows' own faults; how much of a table is vague changes with every row."""
    return checked("表", "--diff-base", "HEAD", "--ignore", "PGF413", *more, cwd=directory)


def active(printed: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in printed["findings"] if one["baseline_state"] != "unchanged"]


def test_of_a_faulty_table_only_the_new_fault_counts(tables: Path) -> None:
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    printed = since(tables)
    assert [(one["rule"], one["indicator"]["level3"]) for one in active(printed)] == [(VAGUE, "绿化水平")]
    known = [one for one in printed["findings"] if one["baseline_state"] == "unchanged"]
    (old,) = [one for one in known if one["rule"] == VAGUE]
    assert old["indicator"]["level3"] == "街区面貌"
    assert (printed["summary"]["findings"], printed["summary"]["baselined"]) == (1, len(known))


def test_rows_put_in_above_make_nothing_new(tables: Path) -> None:
    rows = ("产出指标,数量指标,补种行道树数量,≥20棵", *ROWS)
    write(tables / "表/目标 表.csv", "\n\n" + goal_csv(rows=rows))
    printed = since(tables, "--no-cache")
    assert active(printed) == []
    plain = checked("表", "--ignore", "PGF413", cwd=tables)["findings"]
    assert VAGUE in {one["rule"] for one in plain}
    assert [one["fingerprint"] for one in printed["findings"]] == [one["fingerprint"] for one in plain]


def test_of_rows_that_bear_one_name_the_one_that_was_put_in_is_new(tmp_path: Path) -> None:
    """Only their values tell such rows apart; the new one stands first, so that all others move up."""
    rows = [f"效益指标,社会效益指标,街区面貌,{value}" for value in ("提升", "有效", "显著")]
    write(tmp_path / "表/表.csv", goal_csv(rows=(*ROWS[:3], *rows[:2], ROWS[4])))
    commit_all(tmp_path)
    write(tmp_path / "表/表.csv", goal_csv(rows=(*ROWS[:3], rows[2], *rows[:2], ROWS[4])))
    printed = since(tmp_path, "--select", VAGUE)
    assert [one["baseline_state"] for one in printed["findings"]] == ["new", "unchanged", "unchanged"]


def test_another_fault_of_the_same_rule_and_place_counts(tmp_path: Path) -> None:
    write(tmp_path / "表/表.csv", goal_csv(rows=ROWS[:3]))
    commit_all(tmp_path)
    write(tmp_path / "表/表.csv", goal_csv(rows=ROWS[4:]))
    (worse,) = [one for one in since(tmp_path)["findings"] if one["rule"] == "PGC101"]
    assert worse["baseline_state"] == "updated"


def test_what_weighs_more_than_it_did_counts() -> None:
    then = Finding("PGC101", "x", "warning", "完整性", "m", "a.csv", fingerprint="f", digest="d")
    stood = Stood()
    stood.add([then])
    states = {
        severity: stood.states([replace(then, severity=severity)])
        for severity in ("error", "warning", "info")
    }
    assert states == {"error": ["updated"], "warning": ["unchanged"], "info": ["unchanged"]}


def test_new_files_have_all_their_findings_and_deleted_ones_none(tables: Path) -> None:
    write(tables / "表/另一张.csv", goal_csv("枫桥路绿化"))
    write(tables / "表/已暂存.csv", goal_csv("杉木巷绿化"))
    git(tables, "add", "表/已暂存.csv")
    (tables / "表/目标 表.csv").unlink()
    printed = since(tables)
    assert {Path(one["document"]).name for one in printed["findings"]} == {"另一张.csv", "已暂存.csv"}
    assert active(printed) == printed["findings"]
    assert VAGUE in found(printed)


def test_a_workbook_has_no_lines_and_is_compared_all_the_same(tmp_path: Path) -> None:
    def save(rows: tuple[str, ...]) -> None:
        book = openpyxl.Workbook()
        for line in goal_csv(rows=rows).splitlines():
            book.active.append([cell or None for cell in line.split(",")])
        book.save(tmp_path / "表/表.xlsx")

    (tmp_path / "表").mkdir()
    save(ROWS)
    commit_all(tmp_path)
    save((VAGUE_ROW, *ROWS))
    printed = since(tmp_path)
    (new,) = active(printed)
    assert (new["rule"], new["indicator"]["level3"]) == (VAGUE, "绿化水平")
    assert new["location"]["cell"] == "D4"
    assert printed["summary"]["baselined"] > 0


def test_a_pdf_is_compared_wherever_its_rows_have_come_to_stand(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def save(rows: tuple[str, ...]) -> None:
        cells = [line.split(",") for line in goal_csv(rows=rows).splitlines()]
        style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
        table = Table([line + [""] * (4 - len(line)) for line in cells], style=style)
        SimpleDocTemplate(str(tmp_path / "表/表.pdf"), pagesize=landscape(A4)).build([table])

    (tmp_path / "表").mkdir()
    save(ROWS)
    commit_all(tmp_path)
    save((VAGUE_ROW, *ROWS))
    printed = since(tmp_path)
    (new,) = active(printed)
    assert (new["rule"], new["indicator"]["level3"]) == (VAGUE, "绿化水平")
    assert new["location"]["page"] == 1
    assert printed["summary"]["baselined"] > 0


def test_a_renamed_file_is_compared_with_what_it_was(tables: Path) -> None:
    git(tables, "mv", "表/目标 表.csv", "表/改名.csv")
    assert active(since(tables)) == []
    write(tables / "表/改名.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    assert [one["indicator"]["level3"] for one in active(since(tables))] == ["绿化水平"]


def test_what_was_no_file_then_is_no_earlier_state(tables: Path) -> None:
    """The content of a link is a path, and what it leads to is a file of its own."""
    (tables / "表/链接.csv").symlink_to("目标 表.csv")
    commit_all(tables)
    assert since(tables)["findings"] == []
    (tables / "表/链接.csv").unlink()
    write(tables / "表/链接.csv", goal_csv())
    printed = since(tables)
    assert active(printed) == printed["findings"] != []


def test_the_exit_status_is_that_of_what_is_new(tables: Path) -> None:
    options = ("表", "--diff-base", "HEAD", "--fail-on", "warning")
    write(tables / "表/目标 表.csv", "\n" + goal_csv())
    assert run("check", "表", "--fail-on", "warning", cwd=tables).returncode == 1
    assert run("check", *options, cwd=tables).returncode == 0
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    assert run("check", *options, cwd=tables).returncode == 1


def test_reports_treat_it_as_a_baselined_finding(tables: Path) -> None:
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    options = ("表", "--diff-base", "HEAD", "--select", VAGUE, "--format")
    log = json.loads(run("check", *options, "sarif", cwd=tables).stdout)
    assert sorted(one["baselineState"] for one in log["runs"][0]["results"]) == ["new", "unchanged"]
    shown = run("check", *options, "concise", cwd=tables).stdout
    assert "绿化水平" in shown
    assert "街区面貌" not in shown
    assert "街区面貌" in run("check", *options, "concise", "--show-suppressed", cwd=tables).stdout


def test_baseline_and_revision_each_know_something(tables: Path) -> None:
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    run("baseline", "write", "表", cwd=tables)
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW, "效益指标,社会效益指标,空气,改善")))
    printed = since(tables, "--baseline", "perfgoals-baseline.json", "--no-cache")
    assert [one["indicator"]["level3"] for one in active(printed)] == ["空气"]


def test_taking_a_comment_away_brings_the_finding_back(tmp_path: Path) -> None:
    hidden = [row.replace("提升", f"提升  # perfgoals: ignore[{VAGUE}] 待定") for row in ROWS]
    write(tmp_path / "表/表.csv", goal_csv(rows=tuple(hidden)))
    commit_all(tmp_path)
    write(tmp_path / "表/表.csv", goal_csv())
    assert VAGUE in found(since(tmp_path))


def test_a_note_on_a_comment_stays_known_when_it_moves(tmp_path: Path) -> None:
    unused = (ROWS[0] + "  # perfgoals: ignore[PGF401] 无", *ROWS[1:])
    write(tmp_path / "表/表.csv", goal_csv(rows=unused))
    commit_all(tmp_path)
    assert "PGX301" in found(checked("表", cwd=tmp_path))
    write(tmp_path / "表/表.csv", "\n" + goal_csv(rows=unused))
    assert active(since(tmp_path)) == []


def test_a_mandatory_rule_is_reported_whenever_its_table_changes(tables: Path) -> None:
    write(tables / "perfgoals.toml", f'mandatory = ["{VAGUE}"]\n')
    write(tables / "表/目标 表.csv", "\n" + goal_csv())
    assert VAGUE in found(since(tables))


def test_fixes_are_made_to_what_is_new_alone(tmp_path: Path) -> None:
    """One row with a look-alike sign stood there; another comes. Only the new one is the change's business."""
    old = tuple(row.replace("≥300", "≧300") for row in ROWS)
    path = write(tmp_path / "表/表.csv", goal_csv(rows=old))
    commit_all(tmp_path)
    write(path, goal_csv(rows=(*old, "产出指标,数量指标,补种行道树数量,≧20棵")))
    done = run("check", "表", "--diff-base", "HEAD", "--fix", cwd=tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "≧300棵" in text, done.stderr
    assert "≥20棵" in text


def test_standard_input_is_compared_with_the_file_of_its_name(tables: Path) -> None:
    """An editor asks about a text that is not saved yet: the file in the work tree has not changed."""
    options = (
        "-",
        "--stdin-filename",
        "表/目标 表.csv",
        "--diff-base",
        "HEAD",
        "--select",
        VAGUE,
        "--format",
        "json",
    )
    text = goal_csv(rows=(*ROWS, VAGUE_ROW))
    printed = json.loads(run("check", *options, cwd=tables, stdin=text).stdout)
    assert [one["indicator"]["level3"] for one in active(printed)] == ["绿化水平"]
    options = (
        "-",
        "--stdin-filename",
        "表/新表.csv",
        "--diff-base",
        "HEAD",
        "--select",
        VAGUE,
        "--format",
        "json",
    )
    printed = json.loads(run("check", *options, cwd=tables, stdin=text).stdout)
    assert active(printed) == printed["findings"] != []


@pytest.mark.parametrize("width", ["1", "2"])
def test_it_is_the_same_at_every_width_and_from_the_cache(tmp_path: Path, width: str) -> None:
    for number in range(4):
        write(tmp_path / f"表/{number}/表.csv", goal_csv(f"第{number}片区绿化"))
    commit_all(tmp_path)
    for number in range(4):
        write(
            tmp_path / f"表/{number}/表.csv",
            goal_csv(f"第{number}片区绿化", rows=(*ROWS, *[VAGUE_ROW] * (number % 2))),
        )
    cached = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):
        printed = checked("表", "--diff-base", "HEAD", "--jobs", width, cwd=tmp_path, env=cached)
        new = {Path(one["document"]).parent.name for one in active(printed)}
        assert new == {"1", "3"}


def test_nothing_of_the_earlier_state_is_left_behind_or_run(
    tables: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A repository may name programs for git to run over its files; what stood then is taken as git keeps it."""
    home = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    write(tables / ".gitattributes", "*.csv filter=spy diff=spy\n")
    mark = tables / "ran"
    for name in ("filter.spy.smudge", "diff.spy.textconv", "diff.spy.command"):
        git(tables, "config", name, f"touch '{mark}' && cat")
    git(tables, "config", "core.fsmonitor", f"touch '{mark}'; false")
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    assert len(active(since(tables, "--no-cache"))) == 1
    assert not mark.exists()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("revision", ["no-such-revision", "--output=x", "HEAD:表"])
def test_a_revision_that_is_none_is_said_in_one_line(tables: Path, revision: str) -> None:
    done = run("check", "表", f"--diff-base={revision}", cwd=tables)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"没有“{revision}”这个版本" in done.stderr
    assert not (tables / "x").exists()


def test_without_a_repository_it_is_said_in_one_line(tmp_path: Path) -> None:
    write(tmp_path / "表/表.csv", goal_csv())
    done = run("check", "表", "--diff-base", "HEAD", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"{tmp_path / '表'} 不在 git 仓库中" in done.stderr


def test_an_object_that_git_lost_is_said_in_one_line(tables: Path) -> None:
    shown = ["git", "-C", str(tables), "ls-tree", "-r", "HEAD"]
    name = subprocess.run(shown, check=True, capture_output=True, text=True).stdout.split()[2]
    (tables / ".git/objects" / name[:2] / name[2:]).unlink()
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, VAGUE_ROW)))
    done = run("check", "表", "--diff-base", "HEAD", cwd=tables)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert name in done.stderr
