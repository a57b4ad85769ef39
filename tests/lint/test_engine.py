"""The engine: order among rules, accounting, suppression, crashes, fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.records import accounts_of
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Period
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.rule import Rule


def row(name: str, value: str | None, level1: str = "产出指标", level2: str = "数量指标") -> Indicator:
    indicator = Indicator(level1=level1, level2=level2, level3=name, annual_value=value)
    indicator.level1_class, indicator.level2_class = classify(level1, 1), classify(level2, 2)
    indicator.locations = {"level3": Location("t.txt", line=1)}
    return indicator


def document(*rows: Indicator, name: str = "河道保洁", **fields: Any) -> Document:
    table = GoalTable(Location("t.txt", line=1), project_name=name, indicators=list(rows), **fields)
    return Document("t.txt", "text", "sample", [table])


def rule(code: str, check: Any, scope: str = "row", **head: Any) -> Rule:
    texts = {"zh": f"{code} 有问题", "en": f"{code} is wrong"}
    base = {"code": code, "name": code.lower(), "title": texts, "message": texts, "severity": "warning"}
    made = Rule.of({**base, "scope": scope, "check": {"kind": "python", "function": "x.y"}, **head}, "test")
    made.bound = check
    return made


def every_row(row: Row, rule: Rule) -> Iterator[Violation]:
    yield Violation(row=row, field="annual_value")


def crash(row: Row, rule: Rule) -> Iterator[Violation]:
    yield Violation(row=row)
    raise ZeroDivisionError("boom")


def codes(engine: Engine, doc: Document) -> list[str]:
    return [finding.rule for finding in engine.check(doc).findings]


def test_of_rules_competing_for_a_cell_only_the_first_reports() -> None:
    rules = [rule("PGF402", every_row, cell_order=80), rule("PGF401", every_row, cell_order=10)]
    assert codes(Engine(rules), document(row("清淤长度", "有效"))) == ["PGF401"]


def test_a_rule_outside_the_order_may_add_a_finding() -> None:
    rules = [rule("PGF401", every_row, cell_order=10), rule("PGK615", every_row)]
    assert codes(Engine(rules), document(row("清淤长度", "有效"))) == ["PGF401", "PGK615"]


def test_a_rule_yields_to_another_on_the_same_row_only() -> None:
    def first_row(row: Row, rule: Rule) -> Iterator[Violation]:
        if row.index == 0:
            yield Violation(row=row)

    rules = [rule("PGR208", every_row, yields_to=["PGR207"]), rule("PGR207", first_row)]
    found = Engine(rules).check(document(row("甲", "1"), row("乙", "2"))).findings
    assert [(f.rule, f.indicator and f.indicator["level3"]) for f in found] == [
        ("PGR207", "甲"),
        ("PGR208", "乙"),
    ]


def test_a_rule_reports_a_row_once() -> None:
    def twice(row: Row, rule: Rule) -> Iterator[Violation]:
        yield Violation(row=row, field="annual_value")
        yield Violation(row=row, field="cycle_value")

    assert codes(Engine([rule("PGN501", twice)]), document(row("甲", "1"))) == ["PGN501"]


def test_a_crash_becomes_a_finding_and_the_run_goes_on() -> None:
    result = Engine([rule("PGC101", crash), rule("PGC107", every_row)]).check(document(row("甲", "1")))
    assert [(f.rule, f.severity) for f in result.findings] == [("PGX201", "error"), ("PGC107", "warning")]
    assert "ZeroDivisionError: boom" in result.findings[0].message
    assert result.accounts["PGC101"] == [("crashed", None)]


def test_a_rule_that_could_not_be_asked_says_why() -> None:
    rules = [
        rule("PGK606", every_row, needs=["cycle"]),
        rule("PGK627", every_row, needs=["fiscal_year"]),
        rule("PGN504", every_row, default=False),
        rule("PGC112", every_row, profiles=["heb"]),
        rule("PGC101", every_row),
    ]
    accounts = Engine(rules, framework="mof15").check(document(row("甲", "1"))).accounts
    assert {code: account[0] for code, account in accounts.items()} == {
        "PGK606": ("not_applicable", "cycle"),
        "PGK627": ("not_applicable", "fiscal_year"),
        "PGN504": ("not_applicable", "off"),
        "PGC112": ("not_applicable", "profile"),
        "PGC101": ("found", None),
    }


def test_a_rule_off_by_default_runs_when_named() -> None:
    off = rule("PGN504", every_row, default=False)
    assert codes(Engine([off], forced=frozenset({"PGN504"})), document(row("甲", "1"))) == ["PGN504"]


def test_a_withheld_project_is_left_alone_but_for_the_rule_about_it() -> None:
    rules = [rule("PGC101", every_row), rule("PGC115", every_row, withheld=True)]
    secret = document(row("甲", "1"), annual_goal="本项目涉密，绩效目标不予公开。")
    assert codes(Engine(rules), secret) == ["PGC115"]


def test_severity_may_depend_on_the_project() -> None:
    def project(table: Table, rule: Rule) -> Iterator[Violation]:
        yield Violation(table=table)

    conditional = [{"severity": "info", "where": {"project": ["@running"]}}]
    checked = rule("PGC101", project, "table", severity_when=conditional)
    severities = [
        Engine([checked]).check(document(row("甲", "1"), name=name)).findings[0].severity
        for name in ("河道保洁", "后勤工作经费")
    ]
    assert severities == ["warning", "info"]


@given(st.permutations(["甲", "乙", "丙", "丁"]), st.integers(0, 3))
def test_a_fingerprint_stays_when_rows_move_and_others_come_and_go(names: list[str], more: int) -> None:
    rules = [rule("PGC107", every_row)]

    def prints(*rows: str) -> dict[str, str]:
        found = Engine(rules).check(document(*(row(name, "1") for name in rows))).findings
        return {str(f.indicator and f.indicator["level3"]): f.fingerprint for f in found}

    before, after = prints("甲", "乙", "丙", "丁"), prints(*names, *[f"新{n}" for n in range(more)])
    assert before == {name: after[name] for name in before}


def test_rows_of_one_identity_have_fingerprints_of_their_own() -> None:
    found = Engine([rule("PGC107", every_row)]).check(document(row("甲", "1"), row("甲", "2"))).findings
    assert len({finding.fingerprint for finding in found}) == 2


_POOL = [
    row("清淤长度", "≥12公里"),
    row("清淤验收合格率", "≥95%", level2="质量指标"),
    row("清淤完成时间", "2026年11月底前", level2="时效指标"),
    row("清淤完成时间", "2019年3月", level2="时效指标"),
    row("每公里清淤成本", "≤30万元", level2="成本指标"),
    row("水质", "有效", "效益指标", "生态效益指标"),
    row("培训人次", "1000人", "效益指标", "社会效益指标"),
    row("三年保洁次数", "三年≥18次"),
    row("居民满意度", "≥90%", "满意度指标", "服务对象满意度指标"),
    row("", "≥90%", "满意度指标", ""),
]
_tables = st.builds(
    GoalTable,
    location=st.just(Location("t.txt", line=1)),
    project_name=st.sampled_from(["河道保洁", "河道清淤", "办公运行经费"]),
    period=st.sampled_from([None, Period(2025, 2027), Period(2018, 2020)]),
    fiscal_year=st.sampled_from([None, 2025, 2026]),
    budget_yuan=st.sampled_from([None, Decimal(300000), Decimal(90000000)]),
    annual_goal=st.sampled_from([None, "全年清淤12公里，每公里30万元。", "本项目涉密，不予公开。"]),
    indicators=st.lists(st.sampled_from(_POOL), max_size=7),
)


@given(st.lists(st.lists(_tables, max_size=3), min_size=2, max_size=4))
@settings(deadline=None)
def test_what_an_engine_has_seen_before_changes_nothing(drawn: list[list[GoalTable]]) -> None:
    experienced = Engine(rulebook.load())
    for number, tables in enumerate(drawn):
        made = Document(f"{number}.txt", "text", "sample", tables)
        again, fresh = experienced.check(made), Engine(rulebook.load()).check(made)
        assert again.findings == fresh.findings
        assert again.accounts == fresh.accounts
        assert list(accounts_of(again.accounts_text)) == list(accounts_of(fresh.accounts_text))


def test_a_rule_that_looks_at_the_table_is_asked_of_every_row_alike() -> None:
    def of_old_rivers(row: Row, rule: Rule) -> Iterator[Violation]:
        if row.table.title == "老河":
            yield Violation(row=row)

    engine = Engine([rule("PGC107", of_old_rivers)])
    assert codes(engine, document(row("甲", "1"), name="新河")) == []
    assert codes(engine, document(row("甲", "1"), name="老河")) == ["PGC107"]


def test_the_check_of_a_plug_in_is_asked_of_every_row() -> None:
    asked: list[str] = []

    def counting(row: Row, rule: Rule) -> Iterator[Violation]:
        asked.append(row.name)
        return iter(())

    foreign = replace(rule("QH001", counting), check={"kind": "python", "function": "package.module:check"})
    Engine([foreign]).check(document(row("甲", "1"), row("甲", "1")))
    assert asked == ["甲", "甲"]


def test_chinese_messages_have_no_blank_between_chinese_words() -> None:
    from perfgoals_lint.lint.finding import _joined, _Said

    said = _Said(total="24 万元", sum="20", name="张庄")
    assert (
        _joined("预算数 {total} 与来源之和 {sum} 不符：{name} 的", said)
        == "预算数 24 万元与来源之和 20 不符：张庄的"
    )
    assert _joined("{total} ≥ {sum}，见 {name}", said) == "24 万元 ≥ 20，见张庄"


def test_an_example_is_no_project_of_the_file() -> None:
    rows = [row("清淤长度", "≥9公里"), row("受益居民", "≥700户", "效益指标", "社会效益指标")]
    goal = "完成河道清淤9公里，受益居民700户，改善沿岸环境。"
    alone = document(*rows, annual_goal=goal)
    beside = document(*rows, annual_goal=goal)
    beside.tables += document(*rows, annual_goal=goal, name="××项目（示例）", state="example").tables
    engine = Engine(rulebook.load())
    assert codes(engine, beside) == sorted([*codes(engine, alone), "PGC120"])
    beside.tables[1].state = "filled"
    assert {"PGR217", "PGR230"} <= set(codes(engine, beside))
