"""From when to when documents, forms and rules are in force: a finding cites the edition of the year of its table."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from pathlib import Path

import jsonschema
import pytest
import yaml

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, GoalTable, Location
from perfgoals_lint.packs import schema as pack_schema
from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.packs.loading import load_pack
from perfgoals_lint.rulebook import editions, frameworks, rules
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.rule import Rule
from suppression.helpers import ROWS, goal_csv, run, write

PACK = """\
pack: 枫桥镇
sources:
  枫1号: {title: 枫桥镇办法（枫财〔2022〕1号）, from: 2022, to: 2024-12-31, succeeded_by: 枫9号}
  枫9号: {title: 枫桥镇办法（枫财〔2025〕9号）, from: 2025-01-01}
rules:
  - code: FQ001
    title: 满意度不得低于95%
    from: 2023-07
    to: 2026
    basis: [枫1号]
    check: {kind: bound, where: {class: 满意度}, value: "≥95%"}
    bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
    good: 满意度 | 服务对象满意度 | 群众满意度 | ≥95%
"""
FIRST, SECOND = "枫桥镇办法（枫财〔2022〕1号）", "枫桥镇办法（枫财〔2025〕9号）"


def of_year(year: int | None) -> str:
    return (f"预算年度,{year},,\n" if year else "") + goal_csv()


def found(home: Path, *more: str) -> dict[str, str]:
    """The bases of FQ001's findings, by file."""
    done = run("check", ".", "--pack", "own.yaml", "--format", "json", *more, cwd=home)
    printed = json.loads(done.stdout)["findings"]
    return {Path(one["document"]).stem: one["basis"] for one in printed if one["rule"] == "FQ001"}


def test_a_rule_is_asked_of_the_years_in_which_it_is_in_force(tmp_path: Path) -> None:
    """Every day of a year counts for the whole of it, and a table that prints no year is asked."""
    write(tmp_path / "own.yaml", PACK)
    for year in (None, *range(2021, 2029)):
        write(tmp_path / f"表{year}.csv", of_year(year))
    bases = found(tmp_path)
    assert sorted(bases) == ["表2023", "表2024", "表2025", "表2026", "表None"]
    assert [bases[f"表{year}"] for year in (2023, 2024, 2025, None)] == [FIRST, FIRST, SECOND, SECOND]
    done = run("check", "表2022.csv", "--pack", "own.yaml", "--format", "json", cwd=tmp_path)
    account = json.loads(done.stdout)["accounting"]["FQ001"]
    assert account["status"] == "not_applicable"
    assert account["reasons"][0]["text"] == "该年度规则不在施行期"


@pytest.mark.parametrize(
    ("years", "asked"),
    [([2024], False), ([2025], True), ([2024, 2025], True), ([None], True), ([2023, 2024], False)],
)
def test_a_rule_on_documents_is_asked_where_one_table_is_of_its_years(
    years: list[int | None], asked: bool
) -> None:
    head = {**rules.load().rules["PGK601"].as_data(), "from": "2025"}
    tables = [
        GoalTable(
            project_name=f"清渠{n}",
            fiscal_year=year,
            budget_yuan=Decimal(120),
            funding_yuan={"财政拨款": Decimal(100)},
            location=Location("表.csv", line=n + 1),
        )
        for n, year in enumerate(years)
    ]
    found = Engine([Rule.of(head, "own")]).check(Document("表.csv", "csv", None, tables))
    assert bool(found.findings) is asked
    assert [account[0] for account in found.accounts["PGK601"]] == ["found" if asked else "not_applicable"]


def write_pack(home: Path, text: str) -> str:
    return str(write(home / "own.yaml", text))


def test_editions_follow_each_other_without_a_gap_or_a_circle() -> None:
    """Over chains of up to four editions, with and without open ends: the edition cited is in force in the year whenever
    one of the chain is, and says that it is not otherwise."""
    for starts in product((2015, 2018), (2019, 2021), (2022, 2025)):
        ends = [*(start - 1 for start in starts[1:]), None]
        own = {
            f"第{n}版": {
                "zh": f"办法{n}",
                "en": f"edition {n}",
                "from": str(start),
                **({"to": f"{end}-12-31", "succeeded_by": f"第{n + 1}版"} if end else {}),
            }
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        }
        for year in range(2013, 2028):
            held = [
                one["zh"]
                for one in own.values()
                if int(one["from"]) <= year <= int(one.get("to", "9999")[:4])
            ]
            cited = editions.cited(["第0版"], year, "zh", own)
            assert cited == held or (not held and cited[0].startswith("办法0（") and str(year) in cited[0])
    ring = {"甲": {"zh": "甲", "en": "A", "to": "2020", "succeeded_by": "乙"}}
    ring["乙"] = {"zh": "乙", "en": "B", "to": "2020", "succeeded_by": "甲"}
    assert editions.cited(["甲"], 2024, "zh", ring)[0].startswith("乙（施行至2020年")


def test_a_document_of_later_years_is_cited_as_a_guide(tmp_path: Path) -> None:
    rows = (*ROWS[:3], "效益指标,社会效益指标,街区面貌,有效", ROWS[4])
    for year in (2018, 2024):
        write(tmp_path / f"表{year}.csv", f"预算年度,{year},,\n" + goal_csv(rows=rows))
    done = run("check", ".", "--select", "PGF401", "--format", "json", "--lang", "en", cwd=tmp_path)
    bases = {one["document"][-8:-4]: one["basis"] for one in json.loads(done.stdout)["findings"]}
    assert bases["2018"].endswith("(in force from 2021; for 2018 a guide only)")
    assert "guide only" not in bases["2024"]


def test_the_report_says_which_edition_was_applied(tmp_path: Path) -> None:
    """In JSON with its days, on the screen by its title; a named form of later years is said to be one."""
    write(tmp_path / "表.csv", of_year(2018))
    printed = json.loads(
        run("check", "表.csv", "--framework", "mof21", "--format", "json", cwd=tmp_path).stdout
    )
    document = printed["documents"][0]
    assert document["framework_title"] == frameworks.titles("zh")["mof21"]
    assert document["framework_in_force"] == {"from": "2021"}
    assert document["framework_reason"] == "由参数或配置指定（2021年起施行，对2018年度供参照）"
    said = [one for one in printed["findings"] if one["rule"] == "PGX130"]
    assert [one["severity"] for one in said] == ["info"]
    assert "2018" in said[0]["message"]
    recognised = json.loads(run("check", "表.csv", "--format", "json", cwd=tmp_path).stdout)
    assert not [one for one in recognised["findings"] if one["rule"] == "PGX130"]
    shown = run("check", "表.csv", "-f", "rich", cwd=tmp_path).stdout
    assert frameworks.titles("zh")[recognised["documents"][0]["framework"]] in shown


@pytest.mark.parametrize(
    ("day", "near"), [("2026-13", "YYYY"), ("next year", "YYYY"), ("26", "YYYY"), ("2027", "from 2027")]
)
def test_a_wrong_day_is_named_with_its_line(day: str, near: str, tmp_path: Path) -> None:
    text = PACK.replace("from: 2023-07", f"from: {day}")
    with pytest.raises(PackError, match=near) as raised:
        load_pack(write_pack(tmp_path, text))
    assert "own.yaml:" in str(raised.value)
    wrong = PACK.replace("succeeded_by", "succeded_by")
    with pytest.raises(PackError, match="succeeded_by"):
        load_pack(write_pack(tmp_path, wrong))


def test_packs_with_days_fit_the_schema() -> None:
    for lang in ("zh", "en"):
        text = PACK.replace("2024-12-31", '"2024-12-31"').replace("2025-01-01", '"2025-01-01"')
        jsonschema.validate(yaml.safe_load(text), pack_schema.json_schema(lang))


def test_no_rule_of_the_book_rests_on_what_has_ended() -> None:
    """A document that has ended has a successor, or its rules go."""
    sources = lexicon("sources")
    for rule in rules.load():
        named = [sources[name] for name in rule.basis if name in sources]
        assert not named or any("to" not in one or "succeeded_by" in one for one in named), rule.code
