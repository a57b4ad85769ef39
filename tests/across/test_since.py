"""Rules over all files of a run, and a revision to compare with: what touches a changed file and did not stand there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from across.test_across_and_against import FIELDS, JOBS, write
from pipelines.helpers import commit_all
from suppression.helpers import checked, run

CANAL = "产出指标:清淤沟渠长度,年度指标值:≥50公里"
OTHER = "效益指标:改善灌溉面积,年度指标值:≥3000亩"
Across = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def across(tmp_path: Path) -> Across:
    """Two files without fault, committed; gives what a check across the files says of outcomes claimed twice."""
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, OTHER])
    commit_all(tmp_path)

    def check(*options: str) -> list[dict[str, Any]]:
        told = checked(".", "--across", "--select", "PGR217", *options, cwd=tmp_path)
        findings: list[dict[str, Any]] = told["findings"]
        return findings

    return check


def places(finding: dict[str, Any]) -> list[str]:
    return [finding["document"], *(place["location"]["path"] for place in finding["related"])]


def test_a_finding_in_an_unchanged_file_counts_when_a_change_brought_it(
    tmp_path: Path, across: Across
) -> None:
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    (finding,) = across("--diff-base", "HEAD")
    assert [Path(path).name for path in places(finding)] == ["a.txt", "b.txt"]
    assert finding["baseline_state"] == "new"
    (plain,) = across()
    assert {**plain, "baseline_state": "new"} == finding
    printed = checked(".", "--across", "--select", "PGR217", "--diff-base", "HEAD", cwd=tmp_path)
    assert printed["summary"]["files"] == 1


def test_what_stood_there_between_two_files_is_known(tmp_path: Path, across: Across) -> None:
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    commit_all(tmp_path)
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, OTHER, JOBS])
    assert [one["baseline_state"] for one in across("--diff-base", "HEAD")] == ["unchanged"]


def test_what_touches_no_changed_file_is_not_told(tmp_path: Path, across: Across) -> None:
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    write(tmp_path / "c.txt", "泵站维修", ["产出指标:维修泵站数量,年度指标值:≥8座"])
    commit_all(tmp_path)
    write(tmp_path / "c.txt", "泵站维修", ["产出指标:维修泵站数量,年度指标值:≥9座"])
    assert len(across()) == 1
    assert across("--diff-base", "HEAD") == []


def test_when_nothing_changed_nothing_is_told(tmp_path: Path, across: Across) -> None:
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    commit_all(tmp_path)
    assert len(across()) == 1
    assert across("--diff-base", "HEAD") == []


def test_comparing_with_last_year_goes_on_beside_it(tmp_path: Path) -> None:
    before, now = tmp_path / "2024", tmp_path / "2025"
    write(before / "a.txt", "2024年农田管护", [FIELDS])
    write(now / "a.txt", "2025年农田管护", [FIELDS])
    commit_all(tmp_path)
    write(now / "a.txt", "2025年农田管护", ["产出指标:管护农田面积,年度指标值:≥5万亩"])
    options = ("--against", "2024", "--diff-base", "HEAD", "--select", "PGY701", "--across")
    found = checked("2025", *options, cwd=tmp_path)["findings"]
    assert [(one["rule"], one["baseline_state"]) for one in found] == [("PGY701", "new")]
    commit_all(tmp_path)
    write(now / "a.txt", "2025年农田管护", ["产出指标:管护农田面积,年度指标值:≥5万亩", JOBS])
    found = checked("2025", *options, cwd=tmp_path)["findings"]
    assert {one["rule"]: one["baseline_state"] for one in found}["PGY701"] == "unchanged"


def test_a_comment_that_goes_brings_back_what_it_silenced_and_one_that_stays_holds(tmp_path: Path) -> None:
    commented = "# perfgoals: ignore[PGR217] 同一批农户\n农田管护\t"
    path = tmp_path / "a.txt"
    write(path, "农田管护", [FIELDS, JOBS])
    plain = path.read_text(encoding="utf-8")
    path.write_text(plain.replace("农田管护\t", commented), encoding="utf-8")
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    commit_all(tmp_path)
    options = (".", "--across", "--select", "PGR217", "--diff-base", "HEAD")
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, OTHER, JOBS])
    (kept,) = checked(*options, cwd=tmp_path)["findings"]
    assert kept["suppressed"]["kind"] == "inline"
    path.write_text(plain, encoding="utf-8")
    (back,) = checked(*options, cwd=tmp_path)["findings"]
    assert (back["suppressed"], back["baseline_state"]) == (None, "new")


# --- setting aside what several files say together -------------------------------------------------------------------


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    write(tmp_path / "b.txt", "沟渠清淤", [CANAL, JOBS])
    return tmp_path


def check(directory: Path, *options: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    printed = checked(".", "--across", "--select", "PGR217", *options, cwd=directory)
    return printed["findings"], printed["summary"]


def test_a_baseline_knows_what_several_files_say_together(twice: Path) -> None:
    run("baseline", "write", ".", "--across", "--select", "PGR217", cwd=twice)
    (finding,), summary = check(twice, "--baseline", "perfgoals-baseline.json")
    assert finding["baseline_state"] == "unchanged"
    assert (summary["findings"], summary["baselined"]) == (0, 1)
    assert run("baseline", "diff", ".", "--across", "--select", "PGR217", cwd=twice).returncode == 0


def test_an_exception_holds_for_what_several_files_say_together(twice: Path) -> None:
    (plain,), _ = check(twice)
    about = {"rule": "PGR217", "project": "农田管护", "quote": plain["quote"]}
    said = {"exceptions": [{**about, "reason": "同一批农户", "person": "林", "date": "2026-01-10"}]}
    (twice / "perfgoals-exceptions.yaml").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    (finding,), summary = check(twice)
    assert finding["suppressed"]["kind"] == "external"
    assert (summary["findings"], summary["suppressed"]) == (0, 1)


def test_a_comment_holds_for_what_several_files_say_together(twice: Path) -> None:
    path = twice / "a.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("农田管护\t", "# perfgoals: ignore[PGR217] 同一批农户\n农田管护\t"), encoding="utf-8"
    )
    (finding,), summary = check(twice)
    assert finding["suppressed"] == {"kind": "inline", "reason": "同一批农户", "line": 8}
    assert (summary["findings"], summary["suppressed"]) == (0, 1)
    (alone,) = checked("a.txt", "--across", "--select", "PGR217", cwd=twice)["findings"]
    assert alone["rule"] == "PGX301"
