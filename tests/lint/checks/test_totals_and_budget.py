"""The total of what a text lists is the budget, whatever the box, the word of the total and the marks of the list."""

from __future__ import annotations

import pytest

from lint.checks.drawn import found

LABELS = {
    "资金用途": "error",
    "测算依据": "error",
    "资金测算依据": "error",
    "年度目标": "warning",
}
"""The labels of texts with the severity of a wrong total there."""
LISTS = [
    "{0}165.6万元，{1}50.4万元，{2}",
    "1.{0}165.6万元；2.{1}50.4万元。{2}",
    "一是{0}165.6万元；二是{1}50.4万元。{2}",
]
TOTALS = ["合计{}万元", "共计{}万元", "总计{}万元", "以上合计{}万元", "资金合计{}万元"]


def _hits(label: str, text: str, budget: str, rule: str = "PGA301") -> list[str]:
    goal = [] if label == "年度目标" else ["- 年度目标：保洁河道12公里，保障行洪。"]
    lines = ("- 项目名称：河道管护", f"- 预算数：{budget} 万元", *goal, f"- {label}：{text}")
    return [hit.severity for hit in found(rule, *lines, "产出|数量|保洁河道长度|≥12公里")]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_the_budget(label: str, listed: str, total: str) -> None:
    text = listed.format("河道保洁", "设备运维", total.format("216") + "。")
    assert _hits(label, text, "216") == []
    assert _hits(label, text, "261") == [LABELS[label]]
    assert _hits(label, text, "180") == [LABELS[label]]


@pytest.mark.parametrize(
    "text",
    [
        "河道保洁165.6万元，设备运维50.4万元，合计216万元，其余为预备费。",
        "河道保洁165.6万元，设备运维50.4万元，合计216万元；另安排抢险45万元。",
        "上年支出河道保洁165.6万元、设备运维50.4万元，合计216万元。",
        "设备运维中，泵站合计50.4万元。",
        "河道保洁165.6万元，设备运维50.4万元。",
    ],
)
def test_what_is_no_total_of_all_is_no_budget(text: str) -> None:
    assert _hits("资金用途", text, "261") == []


@pytest.mark.parametrize(
    ("text", "budget", "severity"),
    [
        ("12期×50人×450元/人=27万元", "27", None),
        ("12期×50人×450元/人=27万元", "24", "warning"),
        ("培训费按人均450元标准，计划培训600人，小计27万元。", "24", "warning"),
        ("每月劳务费2.5万元，全年12个月共30万元", "35", "warning"),
        ("每月劳务费2.5万元，全年12个月共30万元，另付设备款。", "35", None),
        ("1.劳务费：每月2.5万元，全年30万元；2.设备按实际发生结算。", "35", None),
        ("日处理1500吨，单价2.30元/吨，全年按365天计，需125.93万元。", "125.92", None),
    ],
)
def test_the_only_calculation_of_a_box_about_money_is_the_budget(
    text: str, budget: str, severity: str | None
) -> None:
    assert _hits("测算依据", text, budget) == ([severity] if severity else [])
    assert _hits("年度目标", text, budget) == []


@pytest.mark.parametrize(
    ("text", "budget", "told"),
    [
        ("项目预算60万元，其中物业费40万元，保安费20万元，满意度达到90%。", "54", True),
        ("每年服务费60万元，每月巡查2次，维修3个月内完成。", "15", True),
        ("年服务费60万元，工期6个月。", "30", True),
        ("每年物业服务费120万元，3个月试运行。", "30", True),
        ("年服务费60万元，本年支付11个月。", "55", False),
        ("年服务费60万元，按11个月测算。", "55", False),
        ("年服务费60万元，2月至12月共11个月。", "55", False),
        ("年亏损240万元，市级补贴40%。", "96", False),
        ("项目投资240万元，申请市级资金占40%。", "96", False),
        ("项目投资240万元，市级按40%给予补助。", "96", False),
        ("项目投资240万元，其中40%由市级承担。", "96", False),
        ("合同价240万元，本年支付40%。", "96", False),
    ],
)
def test_a_share_or_months_that_are_paid_make_the_budget(text: str, budget: str, told: bool) -> None:
    assert bool(_hits("年度目标", text, budget)) is told


BESIDE = [
    "。{}加强日常监督，确保按期完成。",
    "，{}聘请监理1家。",
    "。{}安排专人值守。",
    "，{}开展宣传，加强资金监管。",
]


@pytest.mark.parametrize("word", ["另", "此外", "除此之外"])
@pytest.mark.parametrize("budget", ["100", "450"])
def test_only_money_beside_an_amount_leaves_it_open(word: str, budget: str) -> None:
    for behind in BESIDE:
        assert _hits("年度目标", f"项目总预算90万元{behind.format(word)}", budget) == ["error"]
    for behind in ["，{}需自筹资金20万元。", "。{}安排抢修资金，视情况使用。"]:
        assert _hits("年度目标", f"项目总预算90万元{behind.format(word)}", budget) == []


@pytest.mark.parametrize(
    "what", ["服务对象满意度达到", "验收合格率达到", "预算执行率", "道路覆盖", "服务对象满意度"]
)
@pytest.mark.parametrize("total", ["项目总预算{}万元", "项目总投资{}万元"])
@pytest.mark.parametrize(("amount", "rate"), [(200, 90), (100, 95), (500, 95)])
def test_a_rate_makes_no_budget(what: str, total: str, amount: int, rate: int) -> None:
    budget = str(amount * rate // 100)
    for tail in ("%", "%以上。"):
        assert _hits("年度目标", f"{total.format(amount)}，{what}{rate}{tail}", budget) == ["error"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目总预算{}万元，核减100万元。", False),
        ("项目总预算{}万元，评审后压缩100万元。", False),
        ("项目总预算{}万元，规模压缩六分之一。", False),
        ("本项目共需{}万元，中期已压减。", False),
        ("年度任务压减后，项目共需{}万元。", False),
        ("项目共需{}万元，2024年结转3个月工资。", False),
        ("项目共需{}万元，压缩3天的培训。", False),
        ("项目共需{}万元，办理时间由30天压缩到20天。", True),
        ("项目共需{}万元，审批压缩至3个工作日。", True),
        ("项目共需{}万元，响应时间压减15分钟。", True),
    ],
)
def test_what_was_changed_explains_an_amount_unless_it_is_a_time(text: str, told: bool) -> None:
    assert bool(_hits("年度目标", text.format(600), "500")) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", True),
        ("评审后调整如下：{}", False),
        ("调整后：{}", False),
        ("{}含上年结转。", False),
        ("{}申报100，压减至98。", False),
        ("{}办理时间压缩到20天。", True),
    ],
)
def test_what_was_changed_explains_a_list_unless_it_is_a_time(text: str, told: bool) -> None:
    listed = "1.设备购置40万元；2.软件开发50万元；3.培训费8万元。"
    assert bool(_hits("资金用途", text.format(listed), "100", "PGA314")) is told
