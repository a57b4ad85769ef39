"""``facts``: every figure with its role and relations, in an account that loses none; and in every summary."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.commands import EXAMPLES, findings, run

FORM = """项目支出绩效目标表（2024年度）,,,
项目名称,柳湾泵站维护,,
预算金额（万元）,{budget},,
测算依据,{basis},,
年度目标,{goal},,
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,维护泵站数量,≥3座
"""


def written(directory: Path, basis: str, goal: str = "维护泵站3座，保障排涝。", budget: str = "50") -> Path:
    path = directory / "form.csv"
    quoted = {"basis": f'"{basis}"', "goal": f'"{goal}"'}
    path.write_text(FORM.format(budget=budget, **quoted), "utf-8")
    return path


def facts(path: Path) -> dict[str, Any]:
    done = run("facts", path, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    (document,) = json.loads(done.stdout)["documents"]
    (table,) = document["tables"]
    loaded: dict[str, Any] = table
    return loaded


def test_roles_and_relations(tmp_path: Path) -> None:
    table = facts(written(tmp_path, "水泵检修20万元、电气更换30万元，合计50万元。依据第12号文。"))
    box = [one for one in table["figures"] if one["scope"] == "测算依据"]
    assert [(one["text"], one["role"], one["status"]) for one in box] == [
        ("20万元", "part", "agree"),
        ("30万元", "part", "agree"),
        ("50万元", "total", "agree"),
        ("12", "name", "context"),
    ]
    assert box[2]["relations"] == [{"kind": "sum", "with": ["20万元", "30万元"], "holds": True}]


def test_a_broken_relation_contradicts(tmp_path: Path) -> None:
    path = written(tmp_path, "水泵检修20万元、电气更换30万元，合计55万元。", budget="55")
    assert facts(path)["account"]["contradict"] == 3
    assert [one["rule"] for one in findings(path) if one["field"] == "测算依据"] == ["PGK604"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_is_in_the_language_asked_for(tmp_path: Path, lang: str) -> None:
    done = run("facts", written(tmp_path, "每月支付4万元，全年48万元。"), "--lang", lang)
    text = done.stdout.decode()
    assert ("个相互印证" in text) is (lang == "zh")
    assert ("agrees" in text) is (lang == "en")


def test_no_table_is_said_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("没有表。", "utf-8")
    done = run("facts", path)
    assert done.returncode == 2
    assert "note.txt" in done.stderr.decode()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_no_figure_is_lost(path: Path) -> None:
    done = run("facts", path, "--format", "json")
    for document in json.loads(done.stdout)["documents"]:
        for table in document["tables"]:
            account = table["account"]
            assert account["figures"] == len(table["figures"])
            assert account["figures"] == sum(n for name, n in account.items() if name != "figures")


def test_the_account_stands_in_the_summary(tmp_path: Path) -> None:
    path = written(tmp_path, "水泵检修20万元、电气更换30万元，合计50万元。")
    report = json.loads(run("check", path, "--no-cache", "--format", "json").stdout)
    account = report["summary"]["account"]
    assert account == report["documents"][0]["account"]
    figures = facts(path)["account"]
    assert {name: account[name] for name in figures} == figures
    text = run("check", path, "--no-cache").stdout.decode()
    assert re.search(rf"{account['figures']} 个数：{account['agree']} 个相互印证", text)


def test_the_account_stands_in_every_output(tmp_path: Path) -> None:
    path = written(tmp_path, "水泵检修20万元、电气更换30万元，合计50万元。")
    figures = facts(path)["account"]
    said = f"{figures['figures']} 个数：{figures['agree']} 个相互印证"
    for form in ("concise", "grouped", "markdown"):
        assert said in run("check", path, "--no-cache", "--format", form, "--width", "200").stdout.decode()
    assert said in run("extract", path, "--format", "yaml").stdout.decode()
    (document,) = json.loads(run("extract", path).stdout)["documents"]
    account = document["account"]
    assert {name: account[name] for name in figures} == figures
    assert account["cells"]


def test_two_boxes_say_one_thing(tmp_path: Path) -> None:
    basis, goal = "在册帮扶家庭12户30人，按人发放。", "使12户{}人得到帮扶，生活得到改善。"
    right = written(tmp_path, basis, goal.format(30))
    assert not [one for one in findings(right) if one["rule"] == "PGK635"]
    wrong = written(tmp_path, basis, goal.format(32))
    assert [one["rule"] for one in findings(wrong) if one["rule"] == "PGK635"] == ["PGK635"]


def test_the_schema_fits(tmp_path: Path) -> None:
    import jsonschema

    schema = json.loads(run("schema", "facts").stdout)
    printed = json.loads(
        run("facts", written(tmp_path, "水泵检修30万元，电费20万元，合计50万元。"), "--format", "json").stdout
    )
    jsonschema.Draft202012Validator(schema).validate(printed)
    printed["documents"][0]["tables"][0]["figures"][0]["status"] = "unknown"
    assert not jsonschema.Draft202012Validator(schema).is_valid(printed)


CONTRADICTIONS = {
    "goal and row": (
        {"goal": "维护泵站5座，保障三个圩区的排涝。"},
        {"5座", "3"},
    ),
    "budget and sources": (
        {"budget": "50,财政拨款,30\n其他资金,10"},
        {"50 万元", "30 万元", "10 万元"},
    ),
    "text and budget": (
        {"goal": "申请70万元维护泵站3座，保障三个圩区的排涝。"},
        {"70万元", "50 万元"},
    ),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_what_a_finding_sets_against_each_other_contradicts(kind: str, tmp_path: Path) -> None:
    changed, figures = CONTRADICTIONS[kind]
    path = written(tmp_path, "水泵检修和电气更换，按实计算。", **changed)
    assert any(one["rule"][:3] in ("PGA", "PGK") and one["severity"] != "info" for one in findings(path))
    table = facts(path)
    assert {one["text"] for one in table["figures"] if one["status"] == "contradict"} == figures
    (document,) = json.loads(run("check", path, "--no-cache", "--format", "json").stdout)["documents"]
    assert document["account"]["contradict"] == table["account"]["contradict"] == len(figures)


def test_sources_and_tasks_are_figures_and_agree_with_the_budget(tmp_path: Path) -> None:
    path = written(tmp_path, "水泵检修和电气更换，按实计算。", budget="50,财政拨款,30\n其他资金,20")
    amounts = [one for one in facts(path)["figures"] if one["unit"] == "元"]
    assert [(one["text"], one["role"], one["status"]) for one in amounts] == [
        ("50 万元", "total", "agree"),
        ("30 万元", "part", "agree"),
        ("20 万元", "part", "agree"),
    ]
    assert all(one["location"]["row"] for one in amounts)
