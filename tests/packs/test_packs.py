"""A bureau's own rules: short rules and pages load only when their samples hold, and errors name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint import rulebook
from perfgoals_lint.engine import Engine
from perfgoals_lint.packs import PackError, load
from perfgoals_lint.samples import samples_of

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
    book = rulebook.load(packs=[str(EXAMPLE)])
    document = samples_of(TABLE)[0].document
    findings = Engine(book.find("QH001") + book.find("QH002")).check(document).findings
    assert [(f.rule, f.severity, f.indicator and f.indicator["level3"]) for f in findings] == [
        ("QH002", "warning", "补植乔木"),
        ("QH001", "error", "市民满意度"),
    ]
    assert findings[1].message == "满意度不得低于85%：“市民满意度”的指标值为“≥80%”"


def test_a_pack_is_a_file_or_a_directory(tmp_path: Path) -> None:
    path = write(tmp_path, RULE)
    assert [rule.code for rule in load(path)] == [rule.code for rule in load(str(tmp_path))] == ["QH003"]


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
        load(path)
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
        load(str(tmp_path))


def test_a_code_is_used_once(tmp_path: Path) -> None:
    first, second = write(tmp_path, RULE), tmp_path / "again.yaml"
    second.write_text(RULE, encoding="utf-8")
    with pytest.raises(ValueError, match="QH003 is used already"):
        rulebook.load(packs=[first, str(second)])


def test_a_missing_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such file"):
        load(str(tmp_path / "nothing"))
