"""The verdict of a file depends on the file: not on what else is named, nor in which order."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from suppression.helpers import ROWS, VAGUE, checked, goal_csv, run, write

VALUES = ("≥300棵", "≥30", "及时", "100%", "≧7座")
CONFIGURATIONS = (
    f'fail-on = "warning"\nselect = ["{VAGUE}", "PGN501"]\n',
    'lang = "en"\nfail-on = "info"\n',
    f'severity = {{{VAGUE} = "info"}}\n',
    'baseline = "known.json"\n',
    'packs = ["own.yaml"]\nrequire-reason = true\n',
    f'mandatory = ["{VAGUE}"]\n',
    f'["per-file"."*7*.csv"]\nignore = ["{VAGUE}"]\n',
    "",
)
PACK = """\
pack: 枫桥镇
rules:
  - code: FQ001
    title: 满意度不得低于95%
    check: {kind: bound, where: {class: 满意度}, value: "≥95%"}
    bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
    good: 满意度 | 服务对象满意度 | 群众满意度 | ≥95%
"""
EXCEPTIONS = f"""\
- {{rule: {VAGUE}, project: 树3, quote: 提升, reason: 暂定, person: 周敏, date: 2026-01-10}}
"""


def told(printed: dict[str, Any], document: str) -> list[Any]:
    """All that is said of a document."""
    return [
        {key: value for key, value in one.items() if key != "document"}
        for one in printed["findings"]
        if Path(one["document"]) == Path(document)
    ]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Two hundred tables in eight directories, each with a configuration of its own; two bear every name."""
    home = tmp_path_factory.mktemp("tree")
    draw = random.Random(15)
    names: list[str] = []
    for number in range(200):
        place = f"局{number % 8}"
        value = draw.choice(VALUES)
        rows = (f"产出指标,数量指标,修剪行道树数量,{value}", *ROWS[1:])
        if number % 5 == 0:
            comment = draw.choice(("ignore[PGF401] 暂定", "ignore[PGF401]", "disable[PGF401] x"))
            rows = (*rows[:3], f"# perfgoals: {comment}", *rows[3:])
        name = f"{place}/附件{number // 16}{'a' * (number % 16 > 7)}.csv"
        write(home / name, goal_csv(f"树{number % 4}", rows))
        names.append(name)
    for number, text in enumerate(CONFIGURATIONS):
        write(home / f"局{number}/perfgoals.toml", text)
        write(home / f"局{number}/own.yaml", PACK)
        if number % 2:
            write(home / f"局{number}/perfgoals-exceptions.yaml", EXCEPTIONS)
    run("baseline", "write", "局3/附件0.csv", "局3/附件3.csv", "--baseline", "局3/known.json", cwd=home)
    return home, sorted(names)


def test_what_is_said_of_a_file_does_not_depend_on_the_others(tree: tuple[Path, list[str]]) -> None:
    """Each of 200 files alone, in any subset and in any order; the exit status is the worst of theirs."""
    home, names = tree
    alone: dict[str, tuple[int, list[Any]]] = {}
    for name in names:
        done = run("check", name, "--format", "json", cwd=home)
        alone[name] = done.returncode, told(json.loads(done.stdout), name)
    assert len({status for status, _ in alone.values()}) > 1
    draw = random.Random(16)
    for size in (2, 3, 7, 40, 200):
        some = draw.sample(names, size)
        done = run("check", *some, "--format", "json", cwd=home)
        printed = json.loads(done.stdout)
        for name in some:
            assert told(printed, name) == alone[name][1], name
        assert done.returncode == max(alone[name][0] for name in some)
    whole = checked(*(f"局{number}" for number in range(7, -1, -1)), cwd=home)
    assert all(told(whole, name) == alone[name][1] for name in names)


def test_the_configuration_of_the_file_says_when_to_fail(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name / "表.csv", goal_csv())
        write(tmp_path / name / "perfgoals.toml", f'select = ["{VAGUE}"]\n')
    write(tmp_path / "a/perfgoals.toml", f'fail-on = "warning"\nselect = ["{VAGUE}"]\n')
    for paths in (["a/表.csv"], ["a/表.csv", "b/表.csv"], ["b/表.csv", "a/表.csv"], ["."]):
        assert run("check", *paths, cwd=tmp_path).returncode == 1
    assert run("check", "b/表.csv", cwd=tmp_path).returncode == 0
    assert run("check", ".", "--fail-on", "error", cwd=tmp_path).returncode == 0


def test_rules_of_a_pack_hold_wherever_the_run_starts(tmp_path: Path) -> None:
    """A pack that a nested configuration names judges the files below it, and ``config show`` says so."""
    for name in ("a", "b"):
        write(tmp_path / name / "表.csv", goal_csv())
    write(tmp_path / "a/own.yaml", PACK)
    write(tmp_path / "a/perfgoals.toml", 'packs = ["own.yaml"]\n')
    for paths in (["a/表.csv"], ["a"], ["."], ["a", "b"], ["b", "a"]):
        found = [one for one in checked(*paths, cwd=tmp_path)["findings"] if one["rule"] == "FQ001"]
        assert [Path(one["document"]).as_posix() for one in found] == ["a/表.csv"], paths
    shown = {name: run("config", "show", f"{name}/表.csv", cwd=tmp_path).stdout for name in ("a", "b")}
    assert "own.yaml" in shown["a"]
    assert "own.yaml" not in shown["b"]
    assert shown["a"].splitlines()[-1] != shown["b"].splitlines()[-1]  # the number of rules that are in force


def test_warnings_are_counted_by_configuration(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name / "表.csv", goal_csv())
        write(tmp_path / name / "perfgoals.toml", f'max-warnings = 1\nselect = ["{VAGUE}"]\n')
    assert run("check", ".", cwd=tmp_path).returncode == 0
    assert run("check", ".", "--max-warnings", "1", cwd=tmp_path).returncode == 1


def test_what_only_a_run_can_follow_is_said_of_a_nested_file(tmp_path: Path) -> None:
    write(tmp_path / "a/表.csv", goal_csv())
    write(tmp_path / "a/perfgoals.toml", "jobs = 2\n")
    done = run("check", ".", cwd=tmp_path)
    assert "perfgoals.toml:1" in done.stderr
    assert "jobs" in done.stderr
    assert run("check", "a", cwd=tmp_path).stderr == ""


def test_comparing_files_and_years_are_keys(tmp_path: Path) -> None:
    row = "效益指标,社会效益指标,带动周边农户就业,≥2000人"
    for name in ("甲", "乙"):
        write(tmp_path / f"2026/{name}.csv", goal_csv(name * 4, (*ROWS[:3], row, ROWS[4])))
    assert "PGR217" not in {one["rule"] for one in checked("2026", cwd=tmp_path)["findings"]}
    write(tmp_path / "2026/perfgoals.toml", 'across = true\nagainst = "../2025"\n')
    write(tmp_path / "2025/甲.csv", goal_csv("甲" * 4, (*ROWS[:3], row, ROWS[4])))
    printed = checked("2026", cwd=tmp_path)
    assert "PGR217" in {one["rule"] for one in printed["findings"]}
    assert any(
        rule.startswith("PGY")
        for rule, account in printed["accounting"].items()
        if account["counts"].get("passed") or account["counts"].get("found")
    )


def test_across_goes_through_the_cache_and_the_processes(tmp_path: Path) -> None:
    row = "效益指标,社会效益指标,带动周边农户就业,≥2000人"
    for number in range(6):
        write(tmp_path / f"表/{number}.csv", goal_csv(f"第{number}项工程", (*ROWS[:3], row, ROWS[4])))
    kept = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    arguments = ("check", "表", "--across", "--format", "json")
    outputs = {
        run(*arguments, *more, cwd=tmp_path, env=kept).stdout
        for more in (("--no-cache",), (), (), ("--no-cache", "--jobs", "2"))
    }
    (output,) = outputs
    assert "PGR217" in {one["rule"] for one in json.loads(output)["findings"]}


# --- mandatory rules -------------------------------------------------------------------------------------------------


def test_a_mandatory_rule_keeps_its_thresholds(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv().replace("全年修剪行道树300棵，改善街区面貌。", "修树。"))
    write(tmp_path / "base.toml", 'mandatory = ["PGC109"]\n')
    write(tmp_path / "perfgoals.toml", 'extends = "base.toml"\nrules.PGC109.least = 1\n')
    assert "PGC109" in {one["rule"] for one in checked("表.csv", cwd=tmp_path)["findings"]}
    assert "rules.PGC109" not in run("config", "show", "表.csv", cwd=tmp_path).stdout
    write(tmp_path / "base.toml", 'mandatory = ["PGC109"]\nrules.PGC109.least = 2\n')
    assert "rules.PGC109.least = 2" in run("config", "show", "表.csv", cwd=tmp_path).stdout


def test_a_nested_configuration_leaves_mandatory_rules_only_aloud(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'mandatory = ["{VAGUE}"]\nexclude = ["归档/**"]\n')
    write(tmp_path / "归档/表.csv", goal_csv())
    write(tmp_path / "a/表.csv", goal_csv())
    write(tmp_path / "a/弃.csv", goal_csv())
    write(tmp_path / "a/perfgoals.toml", f'ignore = ["{VAGUE}"]\nexclude = ["弃.csv"]\n')
    printed = checked(".", cwd=tmp_path)
    notes = {one["rule"]: one for one in printed["findings"] if one["rule"].startswith("PGX")}
    assert set(notes) == {"PGX308", "PGX309"}
    assert VAGUE in notes["PGX308"]["message"]
    assert {Path(one["document"]).as_posix() for one in notes.values()} == {"a/perfgoals.toml"}
    assert VAGUE in run("config", "show", "a/表.csv", cwd=tmp_path).stdout
    write(tmp_path / "a/perfgoals.toml", 'extends = "../perfgoals.toml"\n')
    assert not [one for one in checked(".", cwd=tmp_path)["findings"] if one["rule"] == "PGX308"]
