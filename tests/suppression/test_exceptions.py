"""Setting findings aside: comments in the document, exceptions beside it, and what is said when they do not hold."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from perfgoals_lint.config.layers import ConfigError
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run
from perfgoals_lint.suppression import exceptions_file
from suppression.helpers import ROWS, VAGUE, checked, found, goal_csv, run, write

PROJECT = "柳溪街道行道树修剪"
EXCEPTION = f"""\
exceptions:
  - rule: {VAGUE}
    project: {PROJECT}
    indicator: 社会效益指标 › 街区面貌
    quote: 提升
    reason: 面貌以照片验收
    person: 周敏
    date: 2026-01-10
    expires: 2026-06-30
"""


def codes(directory: Path, today: str = "2026-03-01", **settings: Any) -> dict[str, int]:
    """The codes that count, and how often, with an injected date."""
    values = Settings(today=datetime.date.fromisoformat(today), root=str(directory), **settings)
    counts: dict[str, int] = {}
    for finding in Run(list(find([str(directory)])), values).report.findings:
        if finding.suppressed is None:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return counts


def with_comment(comment: str, *, alone: bool) -> str:
    rows = list(ROWS)
    at = next(number for number, row in enumerate(rows) if row.endswith("提升"))
    if alone:
        rows.insert(at, comment)
    else:
        rows[at] += f",{comment}"
    return goal_csv(rows=tuple(rows))


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    "form", ["# perfgoals: ignore[{}] 照片验收", "<!-- perfgoals: ignore[{}] 照片验收 -->"]
)
def test_a_comment_in_a_csv_holds_for_its_row_or_the_next(tmp_path: Path, form: str, alone: bool) -> None:
    plain = checked(write(tmp_path / "a/表.csv", goal_csv()))
    path = write(tmp_path / "b/表.csv", with_comment(form.format(f"{VAGUE}, PGC101"), alone=alone))
    printed = checked(path)
    aside = [finding for finding in printed["findings"] if finding["suppressed"]]
    assert [(f["rule"], f["suppressed"]["kind"], f["suppressed"]["reason"]) for f in aside] == [
        (VAGUE, "inline", "照片验收")
    ]
    assert printed["summary"]["suppressed"] == 1
    assert found(printed) == found(plain) - {VAGUE}
    prints = [{f["fingerprint"] for f in one["findings"]} for one in (plain, printed)]
    assert prints[0] == prints[1]


MARKDOWN = """\
# 目标表

- 项目名称：{project}

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 |
|---|---|---|---|
| 产出指标 | 数量指标 | 修剪行道树数量 | ≥300棵 |
| 效益指标 | 社会效益指标 | 街区面貌 | 提升 {comment} |
| 满意度指标 | 服务对象满意度指标 | 沿街住户满意度 | ≥90% |
"""
HTML = """\
<html><body><table>
<tr><td>项目名称</td><td colspan="3">{project}</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>修剪行道树数量</td><td>≥300棵</td></tr>
{comment}
<tr><td>效益指标</td><td>社会效益指标</td><td>街区面貌</td><td>提升</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>沿街住户满意度</td><td>≥90%</td></tr>
</table></body></html>
"""


@pytest.mark.parametrize(("name", "text"), [("表.md", MARKDOWN), ("表.html", HTML)])
def test_a_comment_in_markdown_and_html(tmp_path: Path, name: str, text: str) -> None:
    def printed(comment: str) -> set[str]:
        return found(checked(write(tmp_path / name, text.format(project=PROJECT, comment=comment))))

    assert VAGUE in printed("")
    assert printed(f"<!-- perfgoals: ignore[{VAGUE}] 照片验收 -->") == printed("") - {VAGUE}


def test_a_comment_between_printed_lines(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples/form-dump-library.txt"
    lines = example.read_text(encoding="utf-8").splitlines()
    finding = next(f for f in checked(example)["findings"] if "line" in (f["location"] or {}))
    at = finding["location"]["line"]
    comment = f"# perfgoals: ignore[{finding['rule']}] 已核"
    path = write(tmp_path / example.name, "\n".join([*lines[: at - 1], comment, *lines[at - 1 :]]) + "\n")
    aside = [f for f in checked(path)["findings"] if f["suppressed"]]
    assert finding["fingerprint"] in {f["fingerprint"] for f in aside}


def test_comments_that_do_nothing_or_may_not_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", with_comment("# perfgoals: ignore[PGK601,PGF4O1] 误写", alone=True))
    assert {"PGX301", "PGX305", VAGUE} <= found(checked(path))
    write(tmp_path / "perfgoals.toml", f'mandatory = ["{VAGUE}"]\n')
    path = write(tmp_path / "表.csv", with_comment(f"# perfgoals: ignore[{VAGUE}] 不行", alone=True))
    assert {"PGX304", VAGUE} <= found(checked(path))


def test_no_exceptions_shows_everything(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", with_comment(f"# perfgoals: ignore[{VAGUE}] 已核", alone=True))
    assert VAGUE not in found(checked(path))
    printed = checked(path, "--no-exceptions")
    assert VAGUE in found(printed)
    assert printed["summary"]["suppressed"] == 0


def test_an_exception_is_found_beside_the_file_and_at_the_root(tmp_path: Path) -> None:
    write(tmp_path / "深/表.csv", goal_csv())
    assert VAGUE in codes(tmp_path)
    beside = write(tmp_path / "深/perfgoals-exceptions.yaml", EXCEPTION)
    assert VAGUE not in codes(tmp_path)
    beside.rename(tmp_path / "perfgoals-exceptions.yaml")
    assert VAGUE not in codes(tmp_path)
    assert not any(code.startswith("PGX3") for code in codes(tmp_path))


def test_an_exception_lapses_when_its_date_passes_or_its_text_changes(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "perfgoals-exceptions.yaml", EXCEPTION)
    assert VAGUE not in codes(tmp_path, "2026-06-30")
    assert {VAGUE, "PGX302"} <= codes(tmp_path, "2026-07-01").keys()
    write(path, goal_csv().replace(",提升", ",改善"))
    assert {VAGUE, "PGX303"} <= codes(tmp_path).keys()


def test_an_unused_exception_is_said_where_it_could_have_been_used(tmp_path: Path) -> None:
    write(tmp_path / "a/表.csv", goal_csv().replace(",提升", ",≥95%"))
    other = write(tmp_path / "b/别.csv", goal_csv("别的项目"))
    write(tmp_path / "perfgoals-exceptions.yaml", EXCEPTION)
    assert codes(tmp_path)["PGX301"] == 1
    alone = Settings(root=str(other.parent), exceptions=str(tmp_path / "perfgoals-exceptions.yaml"))
    assert "PGX301" not in {f.rule for f in Run(list(find([str(other)])), alone).report.findings}


def test_an_exception_may_be_written_in_chinese_and_bound_to_a_document(tmp_path: Path) -> None:
    for name in ("甲.csv", "乙.csv"):
        write(tmp_path / name, goal_csv())
    write(
        tmp_path / "perfgoals-exceptions.yaml",
        f"豁免:\n- 规则: [{VAGUE}]\n  文件: 甲.csv\n  原文: 提升\n  理由: 照片\n  批准人: 周敏\n  日期: 2026-01-10\n",
    )
    assert codes(tmp_path)[VAGUE] == 1


def test_a_mandatory_rule_is_not_excepted(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'mandatory = ["{VAGUE}"]\n')
    path = write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "perfgoals-exceptions.yaml", EXCEPTION.replace("2026-06-30", "2126-06-30"))
    assert {VAGUE, "PGX304"} <= found(checked(path))


def test_what_could_not_be_read_is_never_set_aside(tmp_path: Path) -> None:
    write(tmp_path / "空.csv", "")
    write(
        tmp_path / "perfgoals-exceptions.yaml",
        "- {rule: PGX003, document: 空.csv, reason: 稍后, person: 周敏, date: 2026-01-10}\n",
    )
    printed = checked(tmp_path)
    assert "PGX003" in found(printed)
    assert printed["summary"]["unreadable"] == 1


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [
        (("reason", "reasn"), 6, "config.unknown_key"),
        (("    person: 周敏\n", ""), 2, "exceptions.missing"),
        (("2026-06-30", "30.6.2026"), 2, "exceptions.no_date"),
        (("quote: 提升", "quote: [a]"), 5, "config.wrong_type"),
        (("exceptions:", "exceptions: ["), None, "config.syntax_yaml"),
    ],
)
def test_a_mistake_in_the_file_has_its_line(
    tmp_path: Path, change: tuple[str, str], line: int | None, key: str
) -> None:
    path = write(tmp_path / "e.yaml", EXCEPTION.replace(*change))
    with pytest.raises(ConfigError) as caught:
        exceptions_file.load(str(path))
    assert caught.value.key == key
    assert line is None or caught.value.line == line
    table = write(tmp_path / "表.csv", goal_csv())
    done = run("check", table, "--exceptions", path)
    assert done.returncode == 2
    assert "e.yaml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_schema_accepts_what_the_reader_does() -> None:
    schema = json.loads(run("schema", "exceptions").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    one = {"规则": VAGUE, "项目": PROJECT, "理由": "照片", "批准人": "周敏", "日期": "2026-01-10"}
    assert not list(validator.iter_errors({"exceptions": [one]}))
    assert list(validator.iter_errors([{**one, "理": "x"}]))
    assert list(validator.iter_errors([{"rule": VAGUE}]))


def test_sarif_says_who_set_a_finding_aside(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "perfgoals-exceptions.yaml", EXCEPTION.replace("2026-06-30", "2126-06-30"))
    results = json.loads(run("check", path, "--format", "sarif").stdout)["runs"][0]["results"]
    kinds = {r["ruleId"]: r["suppressions"][0]["kind"] for r in results if r.get("suppressions")}
    assert kinds == {VAGUE: "external"}
