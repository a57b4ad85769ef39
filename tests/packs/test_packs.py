"""A bureau's own rules: short rules and pages load only when their samples hold, and errors name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.packs.loading import load_pack, load_with
from perfgoals_lint.packs.samples import samples_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "pack" / "qinghe.yaml"
RULE = """\
pack: 青禾市财政局
rules:
  - code: QH003
    title: 数量不得写约数
    check: {kind: lexicon, field: value, words: [约, 左右]}
    bad: 产出 | 数量 | 走访商户 | 约50家
    good: 产出 | 数量 | 走访商户 | ≥50家
"""
TABLE = """## 反例

- 项目名称：城区绿化

| 一级 | 二级 | 三级 | 年度值 |
|---|---|---|---|
| 产出 | 数量 | 补植乔木 | ≥300 |
| 满意度 | 服务对象满意度 | 市民满意度 | ≥80% |
"""


def write(directory: Path, text: str) -> str:
    path = directory / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_officer_adds_two_rules_in_under_fifteen_lines() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 15
    book = load_with([str(EXAMPLE)])
    document = samples_of(TABLE)[0].document
    findings = Engine(book.find("QH001") + book.find("QH002")).check(document).findings
    assert [(f.rule, f.severity, f.indicator and f.indicator["level3"]) for f in findings] == [
        ("QH002", "warning", "补植乔木"),
        ("QH001", "error", "市民满意度"),
    ]
    assert findings[1].message == "满意度不得低于85%：“市民满意度”的指标值为“≥80%”"


def test_a_pack_is_a_file_or_a_directory(tmp_path: Path) -> None:
    path = write(tmp_path, RULE)
    assert (
        [rule.code for rule in load_pack(path)]
        == [rule.code for rule in load_pack(str(tmp_path))]
        == ["QH003"]
    )


def test_a_pack_may_be_named_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, RULE)
    monkeypatch.chdir(tmp_path)
    book = load_with([path, "own.yaml", str(tmp_path)])
    assert book.digest == load_with([path]).digest


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (
            ("bad: 产出 | 数量 | 走访商户 | 约50家", "bad: 产出 | 数量 | 走访商户 | 50家"),
            3,
            "without a finding",
        ),
        (("good: 产出 | 数量 | 走访商户 | ≥50家", "good: 产出 | 数量 | 走访商户 | 约50家"), 3, "unmarked"),
        (("code: QH003", "code: PGK999"), 3, "code"),
        (("    title: 数量不得写约数\n", ""), 3, "title"),
        (("kind: lexicon", "kind: lexikon"), 5, "kind"),
        (("    bad:", "    bed:"), 6, "bed"),
        (("    good: 产出 | 数量 | 走访商户 | ≥50家\n", ""), 3, "good"),
        (("pack: 青禾市财政局", "pack: [青禾市财政局"), None, "own.yaml"),
    ],
)
def test_a_pack_that_is_wrong_does_not_load_and_says_where(
    tmp_path: Path, change: tuple[str, str], line: int | None, words: str
) -> None:
    assert change[0] in RULE
    path = write(tmp_path, RULE.replace(*change))
    with pytest.raises(PackError) as raised:
        load_pack(path)
    message = str(raised.value)
    assert words in message
    assert "own.yaml" in message
    if line:
        assert f"own.yaml:{line}:" in message


def test_a_pack_cannot_run_code(tmp_path: Path) -> None:
    write(
        tmp_path,
        RULE.replace(
            "{kind: lexicon, field: value, words: [约, 左右]}", '{kind: python, function: "os:getcwd"}'
        ),
    )
    with pytest.raises(PackError):
        load_pack(str(tmp_path))


def test_a_code_is_used_once(tmp_path: Path) -> None:
    first, second = write(tmp_path, RULE), tmp_path / "again.yaml"
    second.write_text(RULE, encoding="utf-8")
    with pytest.raises(ValueError, match="QH003 is used already"):
        load_with([first, str(second)])


def test_a_missing_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such file"):
        load_pack(str(tmp_path / "nothing"))


KINDS = {
    "{kind: calculation, of: products, in: [annual_goal]}": (
        "table",
        "- 年度目标：走访商户40家，每家0.1万元，共5万元。\\n产出 | 数量 | 走访商户 | ≥40家",
        "- 年度目标：走访商户50家，每家0.1万元，共5万元。\\n产出 | 数量 | 走访商户 | ≥50家",
    ),
    "{kind: compare, left: annual_value, right: budget, relation: at_most, times: $factor}": (
        "row",
        "- 项目总额：10万元\\n成本 | 经济成本 | 总成本 | ≤16万元",
        "- 项目总额：10万元\\n成本 | 经济成本 | 总成本 | ≤15万元",
    ),
    "{kind: compare, left: fiscal_year, right: period, relation: within}": (
        "table",
        "- 预算年度：2027\\n- 起止年度：2024-2026\\n产出 | 数量 | 走访商户 | ≥50家",
        "- 预算年度：2026\\n- 起止年度：2024-2026\\n产出 | 数量 | 走访商户 | ≥50家",
    ),
    "{kind: forbidden, where: {value: {echo: $similarity}}}": (
        "row",
        "效益 | 社会效益 | 提升就业水平 | 有效提升就业水平",
        "效益 | 社会效益 | 提升就业水平 | 新增就业≥30人",
    ),
    "{kind: forbidden, where: {region: true, value: {counts: true}}}": (
        "row",
        "效益 | 经济效益 | 全市新增商户 | ≥30家",
        "效益 | 经济效益 | 全市商户覆盖率 | ≥30%",
    ),
    "{kind: forbidden, where: {column: 责任科室}}": (
        "row",
        "一级 | 二级 | 三级 | 年度值 | 责任科室\\n产出 | 数量 | 走访商户 | ≥50家 | 商务科",
        "一级 | 二级 | 三级 | 年度值 | 责任科室\\n产出 | 数量 | 走访商户 | ≥50家 | ",
    ),
    "{kind: forbidden, where: {column: {责任科室: {is: 商务科}}}}": (
        "row",
        "一级 | 二级 | 三级 | 年度值 | 责任科室\\n产出 | 数量 | 走访商户 | ≥50家 | 商务科",
        "一级 | 二级 | 三级 | 年度值 | 责任科室\\n产出 | 数量 | 走访商户 | ≥50家 | 财务科",
    ),
    "{kind: forbidden, where: {table: {box: 督办事项}}}": (
        "row",
        "- 督办事项：夜市整治\\n产出 | 数量 | 走访商户 | ≥50家",
        "产出 | 数量 | 走访商户 | ≥50家",
    ),
    "{kind: printed, features: [level2]}": (
        "document",
        "产出 | | 走访商户 | ≥50家",
        "产出 | 数量 | 走访商户 | ≥50家",
    ),
}


@pytest.mark.parametrize("check", KINDS)
def test_a_short_rule_may_ask_for_any_kind_with_its_own_parameters(tmp_path: Path, check: str) -> None:
    scope, bad, good = KINDS[check]
    text = f"""\
pack: 青禾市财政局
rules:
  - code: QH004
    title: 自定规则
    parameters: {{factor: 1.5, similarity: 0.85}}
    scope: {scope}
    check: {check}
    bad: "{bad}"
    good: "{good}"
"""
    assert [rule.code for rule in load_pack(write(tmp_path, text))] == ["QH004"]


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("{kind: compare, left: annual_value, right: budget, relation: at_most, times: $tenfold}", "tenfold"),
        ("{kind: compare, left: annual_value, right: budget, relation: above}", "above"),
        ("{kind: repeated, key: [colour]}", "colour"),
        ("{kind: calculation, of: quotients}", "quotients"),
    ],
)
def test_what_a_check_cannot_know_is_named(tmp_path: Path, check: str, words: str) -> None:
    path = write(tmp_path, RULE.replace("{kind: lexicon, field: value, words: [约, 左右]}", check))
    with pytest.raises(PackError, match=words):
        load_pack(path)


PROJECT = ("project_name", "annual_goal", "cycle_goal", "fiscal_year", "period")


@pytest.mark.parametrize("field", [*PROJECT, "年度目标", "budget"])
@pytest.mark.parametrize("kind", ["lexicon", "pattern", "sum", "duplicate", "compare"])
def test_a_field_of_the_project_is_no_field_of_a_row(tmp_path: Path, kind: str, field: str) -> None:
    checks = {
        "lexicon": f"{{kind: lexicon, field: {field}, words: [约]}}",
        "pattern": f"{{kind: pattern, field: {field}, matches: 约}}",
        "sum": f"{{kind: sum, field: {field}, equals: [100]}}",
        "duplicate": f"{{kind: duplicate, key: [{field}], same: [annual_value]}}",
        "compare": f"{{kind: compare, left: {field}, right: level3, relation: differ}}",
    }
    path = write(tmp_path, RULE.replace("{kind: lexicon, field: value, words: [约, 左右]}", checks[kind]))
    if (kind, field) == ("compare", "budget"):  # a row may be held against the budget
        return
    with pytest.raises(PackError, match=r"is a field of (the project|a row)"):
        load_pack(path)


def test_fields_of_the_project_are_compared_without_a_scope(tmp_path: Path) -> None:
    text = """\
pack: 青禾市财政局
rules:
  - code: QH003
    title: 年度目标不得照抄总体目标
    check: {kind: compare, left: 年度目标, right: cycle_goal, relation: differ}
    bad: "- 周期目标：修路\\n- 年度目标：修路\\n\\n产出 | 数量 | 修路里程 | ≥5公里"
    good: "- 周期目标：修路\\n- 年度目标：修路5公里\\n\\n产出 | 数量 | 修路里程 | ≥5公里"
"""
    (rule,) = load_pack(write(tmp_path, text))
    assert rule.scope == "table"


@pytest.mark.parametrize("text", ["", "# 说明\n", "[]", "QH001"])
def test_an_empty_pack_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(PackError, match="the pack is empty"):
        load_pack(write(tmp_path, text))


REPEATED = """\
---
code: QH005
name: recurring
title: {zh: 多个项目指标相同, en: One row in several projects}
severity: warning
scope: document
message: {zh: "“{name}”见于{count}个项目", en: "“{name}” stands in {count} projects"}
check: {kind: repeated, key: [name, number], least: 2, where: {class: output}}
---
## 反例

- 项目名称：东街改造

| 一级 | 二级 | 三级 | 年度值 | |
|---|---|---|---|---|
| 产出 | 数量 | 走访商户 | ≥50家 | ✗ warning |

- 项目名称：西街改造

| 一级 | 二级 | 三级 | 年度值 | |
|---|---|---|---|---|
| 产出 | 数量 | 走访商户 | 50家 | |

## 正例

- 项目名称：东街改造

| 一级 | 二级 | 三级 | 年度值 |
|---|---|---|---|
| 产出 | 数量 | 走访商户 | ≥50家 |

- 项目名称：西街改造

| 一级 | 二级 | 三级 | 年度值 |
|---|---|---|---|
| 产出 | 数量 | 走访商户 | ≥60家 |
"""


def test_a_page_of_a_pack_may_look_at_all_projects_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "QH005-recurring.md").write_text(REPEATED, encoding="utf-8")
    (rule,) = load_pack(str(tmp_path))
    document = samples_of(REPEATED.replace("≥60家", "≥50家"))[1].document
    (finding,) = Engine([rule]).check(document).findings
    assert finding.message == "“走访商户”见于2个项目"
    assert len(finding.related) == 1


# --- written by people -----------------------------------------------------------------------------------------------
