"""Period and cycle columns are held against each other wherever they are printed, whatever edition the form is of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.commands import run

FORM = """项目绩效目标表（{year}年度）,,,,
项目名称,苇塘排灌站改造,,,
主管部门,柳湾县水利局,,,
实施周期,起始年度,2025,到期年度,2027
{year}年预算金额（万元）,90,,,
实施周期总目标,三年改造排灌站18座，受益农田3.6万亩，设备完好率达到98%。,,,
{year}年度目标,本年改造排灌站6座，受益农田1.2万亩，设备完好率达到98%。,,,
一级指标,二级指标,三级指标,实施周期指标值,当年度指标值
产出指标,数量指标,改造排灌站,≥18座,≥6座
产出指标,数量指标,整修闸门,≥30扇,{annual}
产出指标,质量指标,设备完好率,≥98%,{rate}
产出指标,时效指标,完工时间,2027年11月底前,{year}年11月底前
成本指标,经济成本指标,改造总成本,≤270万元,≤90万元
效益指标,社会效益指标,受益农田面积,≥3.6万亩,≥1.2万亩
满意度指标,服务对象满意度指标,农户满意度,≥90%,≥90%
"""
RIGHT = {"year": "2025", "annual": "≥10扇", "rate": "≥98%"}


def codes(directory: Path, **wrong: str) -> set[str]:
    path = directory / "form.csv"
    path.write_text(FORM.format(**{**RIGHT, **wrong}), "utf-8")
    report = json.loads(run("check", path, "--format", "json", "--no-cache").stdout)
    assert [one["framework"] for one in report["documents"]] == ["mof21"]
    return {one["rule"] for one in report["findings"] if one["severity"] != "info"}


def test_what_agrees_is_silent(tmp_path: Path) -> None:
    assert codes(tmp_path) == set()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"annual": "≥45扇"}, "PGK611"), ({"rate": ""}, "PGC108"), ({"year": "2028"}, "PGK627")],
)
def test_what_contradicts_is_reported(tmp_path: Path, wrong: dict[str, str], code: str) -> None:
    assert code in codes(tmp_path, **wrong)
