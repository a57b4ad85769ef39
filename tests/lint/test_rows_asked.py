"""Asking rules of the rows alone that they may be about changes no finding."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import cycle, product
from typing import Any

import pytest

from perfgoals_lint.lint.applicability import TableCase
from perfgoals_lint.lint.binding import function_of
from perfgoals_lint.lint.context import DocumentView, Row
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.kinds.kinds import _filled
from perfgoals_lint.lint.kinds.selector import row_selector
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Period
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.labels import classify

LEVELS = [
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"), ("成本指标", "社会成本指标"),
    ("效益指标", "经济效益指标"), ("效益指标", "社会效益指标"), ("效益指标", "生态效益指标"), ("满意度指标", "服务对象满意度指标"), ("其他", None), (None, None),
]  # fmt: skip
NAMES = (
    "修剪苗木数量", "苗木成活率", "完成时间", "养护成本控制率", "空气质量优良率", "游客投诉率", "经费投入金额", "居民满意度", "宣传活动场次", "GDP增速", "质量指标",
    "提升绿化水平", "维修及时率（%）", "预算执行率", "xx数量", "",
)  # fmt: skip
VALUES = (
    "≥120株", "95%", "≤3万元", "100%", "≥0%", "2026年9月底前", "长期", "有效提升", "较好", "显著", "较上年增长5%", "无", "不适用", "涉密", "每年约30场",
    "≥5个，≥3次", "120", "l00%", "及时", "修剪苗木数量", "≥ 90 %", "100万", None, "",
)  # fmt: skip


def _rows(seed: int, number: int) -> list[Indicator]:
    dice = random.Random(seed)
    made = []
    for index in range(number):
        level1, level2 = dice.choice(LEVELS)
        row = Indicator(
            level1=level1, level2=level2, level3=dice.choice(NAMES), annual_value=dice.choice(VALUES),
            cycle_value=dice.choice([None, *VALUES]), description=dice.choice([None, "较上年有所提高", "按月统计"]),
            basis=dice.choice([None, "行业标准"]), truncated=dice.random() < 0.05,
        )  # fmt: skip
        row.level1_class, row.level2_class = classify(level1, 1), classify(level2, 2)
        row.locations = {
            "level3": Location("x", line=index + 2),
            "annual_value": Location("x", line=index + 2),
        }
        made.append(row)
    return made


def _document(seed: int, number: int = 40) -> Document:
    goal = GoalTable(Location("x", line=1), "绿地养护", indicators=_rows(seed, number))
    goal.annual_goal, goal.fiscal_year = "修剪苗木120株，每株30元，共3600元。", 2026
    return Document("x", "text", "made-up", [goal])


def _view(document: Document) -> list[Row]:
    return DocumentView.of(document).tables[0].rows


SELECTORS: list[Mapping[str, Any]] = [
    _filled(rule.check["where"], rule.parameters)
    for rule in rulebook.load()
    if rule.scope == "row" and isinstance(rule.check.get("where"), Mapping)
]


def _guarded() -> list[tuple[Any, Any, Any, Any]]:
    """Each Python check of rows with its page's conditions: its own, which the page alone says, and all."""
    made = []
    for rule in rulebook.load():
        where = rule.check.get("where", {}) if rule.check["kind"] == "python" else {}
        if rule.scope == "row" and where:
            filled = _filled(where, rule.parameters)
            implied = ["value", "name", "head", *([] if "class" in str(filled.get("any")) else ["any"])]
            own = {key: given for key, given in filled.items() if key not in implied}
            made.append((rule, function_of(rule), row_selector(own), row_selector(filled)))
    return made


GUARDED = _guarded()
TOLD = (
    "培训人数（≥300人）", "保洁、巡查频次", "是否发生火灾", "救助人数", "水费收缴率", "职工满意度", "差错率", "垃圾清运吨数≥80吨", "道路长度", "资金使用率", "有无投诉", "设备成本", "全省GDP增速", "外地订单金额", "漏报率",
)  # fmt: skip
ASKED = (
    "参训学员≥200人", "不低于上年", "不低于2023年水平", "≤20公里", "是", "无", "≥85", "0.9", "2019年底前", "≥3万元", "居民满意度≥80%", "发生", "5吨", "≥30名", "巡查2次", "≤5%", "每年2次", "东岸泵房=50万元，西岸泵房=20万元", "甲镇卫生院=50万元，乙镇卫生院=20万元", "≥0.6万元", "≤30小时",
)  # fmt: skip


def test_a_python_check_finds_nothing_in_rows_that_its_page_does_not_select() -> None:
    dice = random.Random(77)
    document = _document(seed=78, number=1500)
    pairs = cycle(product((*TOLD, *NAMES), ASKED))
    for row, pair in zip(document.tables[0].indicators, pairs, strict=False):
        row.level3, row.annual_value = pair
        row.cycle_value = dice.choice((row.cycle_value, "9次", "≤4小时", None))
        row.direction = dice.choice((None, "higher", "lower"))
        row.description = dice.choice((row.description, "统计无漏报率"))
    document.tables[0].period = Period(2025, 2026)
    document.tables[0].budget_yuan = Decimal(30000)
    silent = {rule.code for rule, *_ in GUARDED}
    for row in _view(document):
        for rule, function, own, select in GUARDED:
            if own(row) and list(function(row, rule)):
                silent.discard(rule.code)
                assert select(row) is not None, (rule.code, row.indicator)
    assert silent == set()


@pytest.mark.parametrize("seed", range(3, 9))
def test_findings_are_those_of_asking_every_rule(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document(seed, number=120)
    book = list(rulebook.load())
    forced = frozenset(rule.code for rule in book)
    narrow = Engine(book, forced=forced).check(document)
    monkeypatch.setattr(TableCase, "about", lambda case, row: case.of_rows)
    wide = Engine(book, forced=forced).check(document)
    assert narrow.findings == wide.findings
    assert narrow.accounts == wide.accounts


def _names_of_the_rules() -> list[str]:
    """Every word and every literal run of a pattern that a selector writes, as names of indicators."""
    found: set[str] = set()

    def gather(spec: object) -> None:
        if isinstance(spec, str):
            found.update(re.findall(r"[\u4e00-\u9fff]+", spec))
        elif isinstance(spec, dict):
            list(map(gather, spec.values()))
        elif isinstance(spec, list):
            list(map(gather, spec))

    list(map(gather, SELECTORS))
    return sorted(found)


@pytest.mark.parametrize("seed", range(3))
def test_findings_are_those_of_asking_every_rule_of_names_made_of_its_words(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, words = random.Random(seed), _names_of_the_rules()
    documents = []
    for number in range(4):
        rows = _rows(10 * seed + number, 60)
        for row in rows:
            row.level3 = "".join(dice.choices(words, k=dice.randint(1, 2)))
        goal = GoalTable(Location("x", line=1), "绿地养护", indicators=rows)
        documents.append(Document("x", "text", "made-up", [goal]))
    book = list(rulebook.load())
    forced = frozenset(rule.code for rule in book)
    engine = Engine(book, forced=forced)
    narrow = [engine.check(document) for document in documents]
    monkeypatch.setattr(TableCase, "about", lambda case, row: case.of_rows)
    engine = Engine(book, forced=forced)
    for made, document in zip(narrow, documents, strict=True):
        wide = engine.check(document)
        assert made.findings == wide.findings
        assert made.accounts == wide.accounts
