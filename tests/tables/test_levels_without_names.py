"""Forms that print no third level: 指标类型 over 产出指标, 指标名称 over 数量指标."""

from __future__ import annotations

from pathlib import Path

from perfgoals_lint.api import read

FORM = """项目名称,渡口趸船维护
年度目标,维护趸船四艘
指标类型,指标名称,指标值,指标描述
产出指标,数量指标,4艘,趸船
,质量指标,≥98%,验收
,时效指标,9月底前,完工
,成本指标,≤38万元,全部
效益指标,社会效益指标,≥90%,准点
满意度指标,服务对象或受益者满意度指标,≥90%,问卷
"""


def test_columns_are_levels_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(FORM, encoding="utf-8")
    rows = read(path).tables[0].indicators
    assert [(row.level1, row.level2) for row in rows][::5] == [
        ("产出指标", "数量指标"),
        ("满意度指标", "服务对象或受益者满意度指标"),
    ]
    assert {row.level3 for row in rows} == {None}
