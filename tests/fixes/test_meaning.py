"""Safe fixes against every rule, in tables made of parts: no new error, the same meaning, no class left empty.

The values are products of bounds, numbers and units of all writings that a rule mends; the rows stand in an ordinary
table whose classes they alone fill, so that a fix that takes a content away is seen by the rules of completeness.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from perfgoals_lint import values
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.apply import fix_text
from perfgoals_lint.fixes.passes import is_worse, stored_as
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, Finding
from perfgoals_lint.rulebook import rules as rulebook

SEEDS = 24
KEPT = ("kind", "op", "value", "low", "high", "low_op", "high_op", "unit_standard", "per", "approx", "reference", "change")  # fmt: skip
BOUNDS = ["≥{}", "≧{}", ">={}", "≤{}", "≦{}", "<={}", "＞{}", "＜{}", "={}", "＝{}", "{}以上", "{}以内", "{}及以上", "不低于{}", "不少于{}", "不超过{}", "大于{}", "小于{}", "大于等于{}", "小于等于{}", "达到{}", "≥≥{}", "≥≧{}", "约{}", "{}左右", "{}", "至少{}", "最多{}", "超过{}", "低于{}", "高于{}", "不足{}", "控制在{}以内", "﹥={}", "每年≥{}", "每月不少于{}", "{}（含）以上", "较上年增长≥{}", "较上年下降{}以上"]  # fmt: skip
NUMBERS = ["3", "12", "0.5", "95", "97.5", "100", "600", "1,200", "2026", "3.6", "３０", "二十", "0.97", "1"]
UNITS = ["", "个", "次", "人次", "台", "%", "％", "百分之", "万元", "万", "元", "亿", "天", "小时", "分钟", "公里", "万人次", "元/套", "次/年", "处", "分", "个百分点", "‰"]  # fmt: skip
ROWS = {
    ("产出指标", "数量指标"): ["巡查次数", "新增泊位", "更换浮标数量", "渡船检修率", "培训船员人次", "维护航标座数", "A01-清理航道长度", "编印手册（册）"],
    ("产出指标", "质量指标"): ["验收合格率", "设施完好率（%）", "航标失常率", "水深保证率指标", "返修率", "优良品率"],
    ("产出指标", "时效指标"): ["故障响应时间", "任务完成及时率", "抢修到场时间", "疏浚工期", "完工时间"],
    ("产出指标", "成本指标"): ["浮标单价", "疏浚费用", "项目总成本", "每公里养护成本", "船员补贴标准"],
    ("效益指标", "社会效益指标"): ["服务人口", "渡运投诉件数", "货运量增长率", "事故发生起数", "候船时间缩短"],
    ("满意度指标", "服务对象满意度指标"): ["渡客满意度", "沿江群众满意率", "船东好评率", "满意度"],
}  # fmt: skip


def _table(dice: random.Random) -> str:
    lines = [
        "项目名称,渡口维护,,",
        "预算年度,2026,,",
        "年度目标,2026年维护渡口12个，设施完好率达到96%以上。,,",
        "一级指标,二级指标,三级指标,年度指标值",
    ]
    for (level1, level2), names in ROWS.items():
        for name in dice.sample(names, dice.randint(1, 2)):
            amount = dice.choice(NUMBERS)
            unit = dice.choice(UNITS)
            figure = f"百分之{amount}" if unit == "百分之" else f"{amount}{unit}"
            value = dice.choice(BOUNDS).format(figure)
            if dice.random() < 0.15:
                value = f"{name}{value}"
            lines.append(f'{level1},{level2},{name},"{value}"')
    return "\n".join(lines) + "\n"


def _read(text: str) -> Document:
    with stored_as(text, "渡口.csv") as name:
        return extract_file(name, "渡口.csv")


def _said(text: str | None, name: str | None) -> list[dict[str, Any]]:
    """What a value says: of each part the comparator, the figures, the unit and what they are said of."""
    found = values.parse(text or "", name=name, year=2026).model_dump("json")
    parts = found.get("parts") or [found]
    return [{key: part.get(key) for key in KEPT} for part in parts]


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Does a value say after a fix what it said before? A unit may be added, and a rate of at least 100% be 100%."""
    old, new = dict(before), dict(after)
    if (old["op"], new["op"], new["value"], new["unit_standard"]) == (">=", "=", old["value"], "%"):
        new["op"] = ">=" if Decimal(str(old["value"])) == 100 else new["op"]
    if old["unit_standard"] is None:
        old["unit_standard"] = new["unit_standard"]
    return old == new


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(rulebook.load())


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_safe_fixes_nothing_new_is_wrong_and_every_value_says_the_same(
    engine: Engine, seed: int
) -> None:
    def check(text: str) -> tuple[str, list[Finding]]:
        document = _read(text)
        return document.format, list(engine.check(document).findings)

    text = _table(random.Random(seed))
    outcome = fix_text(text, "渡口.csv", check)
    before, after = check(text)[1], check(outcome.content)[1]
    assert not is_worse(before, after)
    rows = zip(_read(text).tables[0].indicators, _read(outcome.content).tables[0].indicators, strict=True)
    changed = []
    for one, two in rows:
        old, new = _said(one.annual_value, one.level3), _said(two.annual_value, one.level3)
        for part in old:
            # What the name says as well (每公里养护成本) is still said when the value no longer repeats it.
            part["per"] = [per for per in part["per"] or [] if f"每{per['unit']}" not in (one.level3 or "")]
        for part in new:
            part["per"] = part["per"] or []
        if len(old) != len(new) or not all(map(_same, old, new)):
            changed.append((one.level3, one.annual_value, two.annual_value))
    assert changed == []
