"""The baseline: what was there stays silent, what is new counts, wherever its row has moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.suppression import baseline
from suppression.helpers import ROWS, VAGUE, checked, found, goal_csv, run, write


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A directory with one table, and a baseline of it."""
    write(tmp_path / "表/目标 表.csv", goal_csv())
    done = run("baseline", "write", "表", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def check(directory: Path) -> dict[str, Any]:
    return checked("表", "--baseline", "perfgoals-baseline.json", cwd=directory)


def test_nothing_is_new_after_writing(tables: Path) -> None:
    printed = check(tables)
    assert found(printed) == set()
    assert printed["summary"]["baselined"] == len(printed["findings"]) > 0
    assert run("baseline", "diff", "表", cwd=tables).returncode == 0


def test_it_survives_inserted_rows(tables: Path) -> None:
    rows = ("产出指标,数量指标,补种行道树数量,≥20棵", *ROWS)
    write(tables / "表/目标 表.csv", "\n" + goal_csv(rows=rows))
    assert VAGUE not in found(check(tables))


def test_one_fixed_and_another_of_the_same_rule_is_noticed(tables: Path) -> None:
    rows = tuple(row.replace("街区面貌,提升", "街区面貌投诉下降率,≥10%") for row in ROWS)
    write(tables / "表/目标 表.csv", goal_csv(rows=(*rows, "效益指标,社会效益指标,绿化水平,提升")))
    assert VAGUE in found(check(tables))
    done = run("baseline", "diff", "表", cwd=tables)
    assert done.returncode == 1
    assert any(line.startswith(f"+ {VAGUE}") for line in done.stdout.splitlines())
    assert any(line.startswith(f"- {VAGUE}") for line in done.stdout.splitlines())


def test_another_fault_of_the_same_rule_and_place_is_reported(tmp_path: Path) -> None:
    """Without the benefits first, without the outputs too later: one finding of one place, and it got worse."""
    write(tmp_path / "表/表.csv", goal_csv(rows=ROWS[:3]))
    run("baseline", "write", "表", cwd=tmp_path)
    assert found(check(tmp_path)) == set()
    write(tmp_path / "表/表.csv", goal_csv(rows=ROWS[4:]))
    printed = check(tmp_path)
    (worse,) = [one for one in printed["findings"] if one["rule"] == "PGC101"]
    assert worse["baseline_state"] == "updated"
    assert "PGC101" in found(printed)
    done = run("baseline", "diff", "表", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("~ PGC101")]
    assert "效益" in line.partition("（原为：")[2]
    assert "有变化 1 个" in done.stdout.splitlines()[-1]
    english = run("baseline", "diff", "表", "--lang", "en", cwd=tmp_path).stdout
    assert " (was: " in english
    assert "1 changed" in english


def diff(directory: Path, *options: str) -> dict[str, Any]:
    done = run("baseline", "diff", "表", "--format", "json", *options, cwd=directory)
    printed: dict[str, Any] = json.loads(done.stdout)
    assert printed["schema"] == "perfgoals-lint/baseline-diff/1"
    changed = printed["summary"]["new"] + printed["summary"]["updated"]
    assert done.returncode == (1 if changed else 0)
    return printed


def test_the_difference_as_json(tables: Path) -> None:
    assert diff(tables)["changes"] == []
    rows = tuple(row.replace("街区面貌,提升", "街区面貌,改善") for row in ROWS if "满意度" not in row)
    write(tables / "表/目标 表.csv", goal_csv(rows=(*rows, "效益指标,社会效益指标,绿化水平,提升")))
    printed = diff(tables)
    states = {(one["state"], one["rule"], one.get("indicator", "")) for one in printed["changes"]}
    assert ("new", VAGUE, "效益指标 › 社会效益指标 › 绿化水平") in states
    (updated,) = [one for one in printed["changes"] if one["state"] == "updated" and one["rule"] == VAGUE]
    assert "改善" in updated["message"]
    assert "提升" in updated["before"]["message"]
    assert updated["fingerprint"] == updated["before"]["fingerprint"]
    counted = [sum(one["state"] == state for one in printed["changes"]) for state in ("new", "updated")]
    assert counted == [printed["summary"]["new"], printed["summary"]["updated"]]
    write(tables / "表/目标 表.csv", goal_csv().replace(",提升", ",≥95%"))
    assert ("absent", VAGUE) in {(one["state"], one["rule"]) for one in diff(tables)["changes"]}


def test_a_finding_that_weighs_more_than_it_did_counts(tables: Path) -> None:
    write(tables / "perfgoals.toml", f'severity = {{{VAGUE} = "error"}}\n')
    assert VAGUE in found(check(tables))
    (updated,) = diff(tables)["changes"]
    assert (updated["state"], updated["severity"], updated["before"]["severity"]) == (
        "updated",
        "error",
        "warning",
    )
    assert "（原为：警告）" in run("baseline", "diff", "表", cwd=tables).stdout
    assert " (was: " in run("baseline", "diff", "表", "--lang", "en", cwd=tables).stdout
    write(tables / "perfgoals.toml", f'severity = {{{VAGUE} = "info"}}\n')
    assert diff(tables)["changes"] == []


def test_an_entry_without_a_severity_holds_at_any(tables: Path) -> None:
    path = tables / "perfgoals-baseline.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for line in data["findings"]:
        del line["severity"]
    write(path, json.dumps(data, ensure_ascii=False))
    write(tables / "perfgoals.toml", f'severity = {{{VAGUE} = "error"}}\n')
    assert VAGUE not in found(check(tables))


def test_the_same_place_with_another_value_is_reported(tables: Path) -> None:
    write(tables / "表/目标 表.csv", goal_csv().replace(",提升", ",改善"))
    assert VAGUE in found(check(tables))


def test_a_run_in_another_language_says_the_same(tables: Path) -> None:
    arguments = ("check", "表", "--baseline", "perfgoals-baseline.json", "--lang", "en", "-f", "json")
    printed = json.loads(run(*arguments, cwd=tables).stdout)
    assert {one["baseline_state"] for one in printed["findings"]} == {"unchanged"}


def test_a_baseline_without_digests_holds_whatever_is_said(tables: Path) -> None:
    path = tables / "perfgoals-baseline.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    digests = [line.pop("digest", None) for line in data["findings"]]
    assert any(digests)
    write(path, json.dumps(data, ensure_ascii=False))
    write(tables / "表/目标 表.csv", goal_csv().replace(",提升", ",改善"))
    assert found(check(tables)) == set()


def test_the_second_of_two_alike_moves_up_unchanged(tables: Path) -> None:
    row = "效益指标,社会效益指标,绿化水平,{}"
    both = (*ROWS, row.format("提升"), row.format("改善"))
    write(tables / "表/目标 表.csv", goal_csv(rows=both))
    run("baseline", "write", "表", cwd=tables)
    write(tables / "表/目标 表.csv", goal_csv(rows=(*ROWS, row.format("改善"))))
    assert VAGUE not in found(check(tables))


def test_prune_removes_what_is_gone_and_nothing_else(tables: Path) -> None:
    path = tables / "perfgoals-baseline.json"
    before = json.loads(path.read_text(encoding="utf-8"))["findings"]
    write(tables / "表/目标 表.csv", goal_csv().replace(",提升", ",≥95%"))
    assert run("baseline", "prune", "表", cwd=tables).returncode == 0
    after = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert VAGUE in {line["rule"] for line in before}
    assert VAGUE not in {line["rule"] for line in after}
    assert [line for line in before if line in after] == after


def test_entries_of_files_outside_the_run_stay(tables: Path) -> None:
    write(tables / "别/表.csv", goal_csv("别的项目"))
    text = (tables / "perfgoals-baseline.json").read_text(encoding="utf-8")
    run("baseline", "prune", "别", cwd=tables)
    assert (tables / "perfgoals-baseline.json").read_text(encoding="utf-8") == text


def test_one_finding_a_line_in_a_fixed_order(tables: Path) -> None:
    path = tables / "perfgoals-baseline.json"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()[1:-1]
    assert [json.loads(line.rstrip(","))["document"] for line in lines] == ["表/目标 表.csv"] * len(lines)
    run("baseline", "write", "表", cwd=tables)
    assert path.read_text(encoding="utf-8") == text


def test_the_configuration_may_name_it(tables: Path) -> None:
    write(tables / "perfgoals.toml", 'baseline = "perfgoals-baseline.json"\n')
    assert found(checked(tables / "表")) == set()


def test_mandatory_rules_are_never_in_it(tables: Path) -> None:
    write(tables / "perfgoals.toml", f'mandatory = ["{VAGUE}"]\n')
    assert found(check(tables)) == {VAGUE}
    run("baseline", "write", "表", cwd=tables)
    assert VAGUE not in (tables / "perfgoals-baseline.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "x", "findings": []}', '{"findings": 3}', "\ufffd"])
def test_a_file_that_is_no_baseline_is_one_clear_line(tables: Path, text: str) -> None:
    write(tables / "perfgoals-baseline.json", text)
    done = run("check", "表", "--baseline", "perfgoals-baseline.json", cwd=tables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_merging_two_baselines_line_by_line_keeps_both(tmp_path: Path) -> None:
    path = str(tmp_path / "b.json")
    lines = [{"fingerprint": f"{n:016x}", "rule": "PGC101", "document": "a"} for n in range(3)]
    assert baseline.write(path, [*lines, lines[0]]) == 3
    assert baseline.Baseline.load(path).lines == lines
