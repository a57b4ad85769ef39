"""Three hundred wordings of sums, products, periods, shares, counts and budgets, and forty kinds of contradiction
between the parts of a table: what is wrong is found, what is right stays silent."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.facts import promises
from perfgoals_lint.model import Finding
from perfgoals_lint.prose import scan
from perfgoals_lint.prose.tokens import tokenise
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run
from strategies.wordings import Case, cases

HARD = ("error", "warning")
FRAME = [
    ["产出指标", "质量指标", "工程验收合格率", "=100%", "=100%"],
    ["产出指标", "时效指标", "年度建设任务完成时间", "2026年12月底前", "2024年12月底前"],
    ["效益指标", "社会效益指标", "就诊投诉下降率", "≥12%", "≥4%"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥92%", "≥90%"],
]
CYCLE_GOAL = "通过三年实施，完善乡村医疗和饮水设施，改善群众生产生活条件，提升公共服务水平。"
ANNUAL_GOAL = "完成2024年乡村医疗和饮水设施建设任务，改善群众生产生活条件，提升公共服务水平。"
FORM_ONLY = {"PGC103", "PGC104", "PGC105", "PGC109", "PGC111", "PGF409", "PGF412", "PGF413"}
"""Rules of what a short table lacks."""


def checked(directory: Path) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in Run(find([str(directory)]), Settings()).report.findings:
        found[Path(finding.location.path or "").stem].append(finding)
    return found


@pytest.mark.parametrize("seed", ["", "again"])
def test_wordings(tmp_path: Path, seed: str) -> None:
    listed: list[Case] = cases(seed)
    assert len(listed) > 500
    for case in listed:
        (tmp_path / f"{case.name}.csv").write_text(case.table(), encoding="utf-8")
    found = checked(tmp_path)

    def hard(case: Case) -> list[str]:
        compared = (one for one in found[case.name] if one.rule[:3] in ("PGK", "PGA"))
        return [f"{one.rule} {one.message}" for one in compared if one.severity in HARD]

    false = [(case.name, case.text, hard(case)) for case in listed if not case.wrong and hard(case)]
    missed = [(case.name, case.text) for case in listed if case.wrong and not hard(case)]
    assert false == []
    assert missed == []


KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "consistency.yaml").read_text(encoding="utf-8")
)


def test_contradictions_between_parts(tmp_path: Path) -> None:
    for number, kind in enumerate(KINDS):
        for side in ("wrong", "right"):
            table = kind[side]
            lines: list[list[str]] = [
                ["项目绩效目标表（2024年度）"],
                ["项目名称", "青禾市设施提升项目"],
                ["主管部门", "青禾市市政局"],
                ["实施周期", "起始年度", "2024", "到期年度", "2026"],
                ["2024年预算金额（万元）", "90"],
                ["实施周期总目标", table.get("cycle_goal", CYCLE_GOAL)],
                ["2024年度目标", table.get("annual_goal", ANNUAL_GOAL)],
                ["一级指标", "二级指标", "三级指标", "实施周期指标值", "当年度指标值"],
                *FRAME,
                *table.get("rows", []),
            ]
            with (tmp_path / f"{number}-{side}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([*line, *[""] * (5 - len(line))] for line in lines)
    found = checked(tmp_path)

    def hard(number: int, side: str) -> set[str]:
        return {
            one.rule
            for one in found[f"{number}-{side}"]
            if one.severity in HARD and one.rule not in FORM_ONLY
        }

    numbered = list(enumerate(KINDS))
    assert [kind["kind"] for number, kind in numbered if hard(number, "right")] == []
    assert [kind["kind"] for number, kind in numbered if not hard(number, "wrong")] == []


def test_a_word_of_an_operator_without_a_number_in_front_is_read_over() -> None:
    for text in ("加上3万元", "约.3万5名万其中次0.5=三年加上3月", "乘以2", "×3"):
        assert isinstance(tokenise(text, 0, len(text)), list)


def test_rows_meet_counts_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred rows of one kind against two hundred counts are compared by what sets them apart."""
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.model import GoalTable, Indicator, Location

    places = [
        f"{one}{other}{third}"
        for one in "甲乙丙丁戊己"
        for other in "东南西北中"
        for third in "山水田林湖草沙"
    ]
    goal = "".join(f"{place}村新建水井{number + 2}口，" for number, place in enumerate(places[:200]))
    rows = [
        Indicator(
            level1="产出指标",
            level2="数量指标",
            level3=f"{place}村新建水井数量",
            annual_value=f"≥{number + 2}口",
        )
        for number, place in enumerate(places[:200])
    ]
    table = Table(None, 0, GoalTable(Location("t"), project_name="水井", indicators=rows))  # type: ignore[arg-type]
    compared = 0
    real = promises.common_stretch

    def counted(one: str, other: str, least: int) -> str | None:
        nonlocal compared
        compared += 1
        return real(one, other, least)

    monkeypatch.setattr(promises, "common_stretch", counted)
    text = scan(goal)
    cells = [(row, row.values[0]) for row in table.rows]
    matches = list(promises.matches(text, text.counts, cells))
    assert {match.row.index for match in matches if match.count.number == match.value.quantity.value} == set(
        range(200)
    )  # type: ignore[union-attr]
    assert compared <= 200 * 4 * promises._COMMON
