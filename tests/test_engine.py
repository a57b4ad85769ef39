"""The engine: order among rules, accounting, suppression, crashes, fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.engine import Engine
from perfgoals_lint.hits import Hit
from perfgoals_lint.labels import classify
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.rulebook import Rule
from perfgoals_lint.view import Row, Table


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
    return Rule(
        {**base, "scope": scope, "check": {"kind": "python", "function": "x.y"}, **head}, "test", {}, check
    )


def every_row(row: Row, rule: Rule) -> Iterator[Hit]:
    yield Hit(row=row, field="annual_value")


def crash(row: Row, rule: Rule) -> Iterator[Hit]:
    yield Hit(row=row)
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
    def first_row(row: Row, rule: Rule) -> Iterator[Hit]:
        if row.index == 0:
            yield Hit(row=row)

    rules = [rule("PGR208", every_row, yields_to=["PGR207"]), rule("PGR207", first_row)]
    found = Engine(rules).check(document(row("甲", "1"), row("乙", "2"))).findings
    assert [(f.rule, f.indicator and f.indicator["level3"]) for f in found] == [
        ("PGR207", "甲"),
        ("PGR208", "乙"),
    ]


def test_a_rule_reports_a_row_once() -> None:
    def twice(row: Row, rule: Rule) -> Iterator[Hit]:
        yield Hit(row=row, field="annual_value")
        yield Hit(row=row, field="cycle_value")

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
    def project(table: Table, rule: Rule) -> Iterator[Hit]:
        yield Hit(table=table)

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
