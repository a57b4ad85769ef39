"""Months in the box of a period, against the dates and lengths of rows: a product of forms, dates and names."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint import read
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.rulebook import rules

TABLE = """项目支出绩效目标表（2025年度）
项目名称,沟渠清淤
主管部门,某县水务局
预算金额（万元）,50
{box}
年度目标,清淤沟渠12公里，改善排水。
一级指标,二级指标,三级指标,年度指标值
产出指标,数量指标,清淤沟渠长度,≥12公里
产出指标,质量指标,验收合格率,=100%
产出指标,时效指标,{name},{value}
效益指标,社会效益指标,积水点减少率,≥10%
满意度指标,服务对象满意度指标,群众满意度,≥90%
"""
BOXES = [
    "实施期限,2025年3月至2025年10月",
    "实施周期,2025年3月-10月",
    "项目实施期,2025.03-2025.10",
    "实施期,3月至10月",
    "起止时间,2025-03-01至2025-10-31",
    "起始时间,2025年3月,终止时间,2025年10月",
]
WRONG = [
    ("清淤完成时间", "2025年12月底前"),
    ("清淤完工时间", "11月底前"),
    ("清淤完成时间", "2025年1月底前"),
    ("清淤完工时间", "2月底前"),
    ("施工工期", "≤10个月"),
    ("清淤建设周期", "1年"),
]
RIGHT = [
    ("清淤完成时间", "10月底前"),
    ("清淤完成时间", "2025年6月"),
    ("清淤完成时间", "每月25日前"),
    ("竣工验收时间", "2025年12月底前"),
    ("资金支付时间", "12月底前"),
    ("方案审批时间", "2025年2月底前"),
    ("工程招标时间", "1月底前"),
    *(
        (f"{before}完成时间", "2月底前")
        for before in ("勘探", "可研编制", "环评", "征地拆迁", "合同订立", "中标公示", "选址", "测绘")
    ),
    ("施工工期", "≤8个月"),
    ("施工工期", "≤90天"),
    ("设备保修期限", "≥24个月"),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(rules.load())


def found(engine: Engine, box: str, name: str, value: str) -> set[str]:
    text = TABLE.format(box=box, name=name, value=value)
    findings = engine.check(read(text.encode(), "表.csv")).findings
    return {one.rule for one in findings if one.severity != "info"} & {"PGF411", "PGF414", "PGK607"}


@pytest.mark.parametrize(("box", "row"), list(product(BOXES, WRONG)))
def test_what_goes_beyond_the_months_is_asked_about(engine: Engine, box: str, row: tuple[str, str]) -> None:
    assert len(found(engine, box, *row)) == 1


@pytest.mark.parametrize(("box", "row"), list(product(BOXES, RIGHT)))
def test_what_keeps_to_them_or_follows_the_work_is_not(
    engine: Engine, box: str, row: tuple[str, str]
) -> None:
    assert found(engine, box, *row) == set()


@pytest.mark.parametrize(
    "box", ["实施期限,2025年", "实施期限,2025年3月", "实施期限,8个月", "实施期限,2025-2026年"]
)
@pytest.mark.parametrize("row", WRONG)
def test_without_both_months_nothing_is_said(engine: Engine, box: str, row: tuple[str, str]) -> None:
    assert found(engine, box, *row) == set()


def test_months_in_the_wrong_order(engine: Engine) -> None:
    assert found(engine, "实施期限,2025年12月至2025年1月", "清淤完成时间", "每月25日前") == {"PGF414"}
