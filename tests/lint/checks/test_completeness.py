"""What goal tables leave out: the cases that go beyond the rule pages' own samples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lint.checks.drawn import CYCLE, drawn, found, names
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Location
from perfgoals_lint.rulebook import rules as rulebook

OUTPUT = "产出|数量|修剪行道树|≥900株"
BENEFIT = "效益|社会效益|树木倒伏投诉下降率|≥20%"
PRUNING = "- 项目名称：行道树修剪"


def test_cut_off_list_is_not_told_of_missing_parts() -> None:
    lines = [PRUNING, "- 截断：是", OUTPUT, "满意度|服务对象满意度||"]
    for code in ("PGC101", "PGC102", "PGC103", "PGC105", "PGC106", "PGC107", "PGC111"):
        assert not found(code, *lines), code
    assert len(found("PGC116", *lines)) == 1


def test_cut_off_row_is_named() -> None:
    document = drawn(PRUNING, OUTPUT, "满意度|||")
    document.tables[0].indicators[-1].truncated = True
    document.tables[0].indicators[-1].level3 = "居民满"
    result = Engine(rulebook.load().find("PGC116")).check(document)
    assert ["居民满" in finding.message for finding in result.findings] == [True]


def test_not_applicable_rows_neither_fill_nor_miss() -> None:
    lines = [
        PRUNING,
        OUTPUT,
        "效益|生态效益|无|",
        "效益|经济效益|间接效益|不适用",
        "满意度|服务对象满意度||无",
    ]
    assert len(found("PGC101", *lines)) == 1
    assert len(found("PGC102", *lines)) == 1
    assert not found("PGC106", *lines)
    assert not found("PGC107", *lines)


def test_none_is_an_answer_to_a_question() -> None:
    lines = [PRUNING, OUTPUT, "效益|社会效益|有无高空坠落事故|无"]
    assert not found("PGC101", *lines)
    assert found("PGC101", PRUNING, OUTPUT, "效益|社会效益|是否涉及古树|不适用")


def test_satisfaction_inside_benefit_is_no_benefit() -> None:
    lines = [PRUNING, OUTPUT, "效益|服务对象满意度|居民满意度|≥90%"]
    assert len(found("PGC101", *lines, framework="hub")) == 1
    assert not found("PGC102", *lines, framework="hub")


def test_running_costs_are_named_or_typed_so() -> None:
    def severity(name: str, kind: str = "特定目标类") -> str:
        return found("PGC101", f"- 项目名称：{name}", f"- 项目类型：{kind}", OUTPUT)[0].severity

    assert severity("绿化所工作经费") == "warning"
    assert severity("办公区墙面维护") == "warning"
    assert severity("园区厂房", "其他运转类") == "warning"
    assert severity("办公楼外立面亮灯") == "error"


def test_department_forms_have_their_own_classes() -> None:
    for code in ("PGC101", "PGC102", "PGC105", "PGC111"):
        assert not found(code, PRUNING, "履职效能|履职效果|修剪行道树|≥900株", framework="dept"), code


def test_a_table_without_level2_in_a_document_with_it_is_not_told_of_missing_classes() -> None:
    other = "- 项目名称：路灯更换"
    for code in ("PGC103", "PGC104"):
        assert {f.project_name for f in found(code, PRUNING, "产出||修剪行道树|≥900株", other, OUTPUT)} == {
            "路灯更换"
        }


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("灌溉泵采购", "warning"),
        ("灌溉泵采购补助", "info"),
        ("文艺下乡", "info"),
        ("渠首闸门修缮工程", "warning"),
    ],
)
def test_cost_is_asked_for_more_firmly_where_something_is_bought(name: str, severity: str) -> None:
    assert [f.severity for f in found("PGC105", f"- 项目名称：{name}", OUTPUT)] == [severity]


def test_a_spending_rate_counts_as_a_cost_row() -> None:
    assert not found("PGC105", PRUNING, "产出|成本|预算执行率|≥95%")
    assert not found("PGC105", PRUNING, "产出||资金支出进度|≥95%", framework="gd-gz")


def test_pair_of_values() -> None:
    period = "- 起止年度：2024-2024"
    lines = [
        PRUNING,
        period,
        "产出|数量|修剪行道树|修剪行道树|修剪行道树≥900株",
        "满意度|服务对象满意度|居民满意度||≥90%",
    ]
    findings = found("PGC108", *lines, framework="gd-dg", header=CYCLE)
    assert names(findings) == ["修剪行道树", "居民满意度"]
    assert findings[0].fix is not None
    assert [(edit.old, edit.new) for edit in findings[0].fix.edits] == [("修剪行道树", "修剪行道树≥900株")]
    assert not findings[0].fix.safe


def test_pair_of_values_in_a_blank_column() -> None:
    rows = ["产出|数量|修剪行道树||≥900株", "满意度|服务对象满意度|居民满意度||≥90%"]
    other = ["- 项目名称：路灯更换", "产出|数量|更换路灯|≥90盏|≥30盏"]
    assert not found(
        "PGC108", PRUNING, "- 起止年度：2024-2024", *rows, *other, framework="gd-dg", header=CYCLE
    )
    assert (
        len(found("PGC108", PRUNING, "- 起止年度：2023-2025", *rows, *other, framework="gd-dg", header=CYCLE))
        == 2
    )


def test_pair_of_different_words_is_left_to_other_rules() -> None:
    assert not found("PGC108", PRUNING, "产出|时效|修剪进度|长期|≥90%", framework="gd-dg", header=CYCLE)


def goals(*texts: str) -> list[str]:
    lines = [
        line
        for n, text in enumerate(texts)
        for line in (f"- 项目名称：项目{n}", f"- 年度目标：{text}", OUTPUT)
    ]
    return [f"{f.project_name} {f.severity}" for f in found("PGC109", *lines)]


WHOLE = "全年修剪行道树九百株，清运枝条三十车，减少大风天气的倒伏和折断。"
OPEN = WHOLE.rstrip("。")


def test_goal_may_end_in_an_amount_a_bracket_or_a_quote() -> None:
    endings = ["，全年合计45万", "，共需资金12.5万元", "（含清运）", "，做到“一树一档”"]
    assert goals(WHOLE, WHOLE, *(WHOLE.rstrip("。") + end for end in endings)) == []


def test_goal_may_begin_with_a_word_that_only_looks_torn() -> None:
    assert (
        goals(
            *(
                start + WHOLE
                for start in ("及时", "和谐社区建设，", "与时俱进，", "“一树一档”", "（一）", "1.")
            )
        )
        == []
    )


def test_torn_goals() -> None:
    assert goals(WHOLE, WHOLE, "的树木" + WHOLE, "、清运枝条" + WHOLE) == ["项目2 info", "项目3 info"]
    assert goals(WHOLE, WHOLE, WHOLE.rstrip("。") + "，减少") == ["项目2 info"]


@pytest.mark.parametrize("what", ["学生", "河道", "污水", "农户", "电站", "产品", "孩子"])
@pytest.mark.parametrize("becomes", ["达标", "通航", "获奖", "脱贫", "平整", "上市", "入学"])
def test_what_something_becomes_is_a_whole_end(what: str, becomes: str) -> None:
    assert goals(*[OPEN] * 4, OPEN + f"，使{what}{becomes}") == []


@pytest.mark.parametrize("end", ["使用道路", "使用设备", "使命区域"])
def test_what_is_used_is_a_whole_end(end: str) -> None:
    assert goals(*[OPEN] * 4, OPEN + f"，{end}") == []


TORN = ["居民用水", "沿河群众", "渔港水域", "水质", "路面", "农田", "校园", "企业", "乡村道路"]


@pytest.mark.parametrize("what", TORN)
def test_what_is_to_become_something_is_a_torn_end(what: str) -> None:
    assert goals(*[OPEN] * 4, OPEN + f"，使{what}") == ["项目4 info"]


def test_open_ends_prove_nothing_where_they_are_the_custom() -> None:
    assert goals(*[WHOLE.rstrip("。")] * 4) == []


def test_missing_goal_is_milder_where_goals_are_cut() -> None:
    assert goals(WHOLE, "") == ["项目1 warning"]
    assert goals(WHOLE, "", "，" + WHOLE) == ["项目1 info", "项目2 info"]


def test_one_finding_for_a_document_without_any_period() -> None:
    lines = ["- 项目名称：甲", "产出|数量|修剪|≥9株|≥3株", "- 项目名称：乙", "产出|数量|修剪|≥9株|≥3株"]
    findings = found("PGC110", *lines, framework="gd", header=CYCLE)
    assert [len(finding.related) for finding in findings] == [1]


def test_work_on_classified_things_declares_nothing() -> None:
    goal = "- 年度目标：完成涉密载体销毁六百公斤，对涉密岗位人员开展两次保密教育。"
    assert not found("PGC115", PRUNING, goal, OUTPUT)
    assert found("PGC101", PRUNING, goal, OUTPUT)


def test_withheld_project_is_left_alone_by_every_other_rule() -> None:
    lines = [PRUNING, "- 年度目标：涉密项目，绩效目标不予公开。", "产出|数量|工作内容|不公开绩效指标设定情况"]
    findings = Engine(rulebook.load()).check(drawn(*lines)).findings
    assert [f.rule for f in findings if f.project_name] == ["PGC115"]


def test_leak_counts_only_real_figures() -> None:
    goal = "- 年度目标：本项目为涉密项目，按规定不予公开。"
    assert [f.severity for f in found("PGC115", PRUNING, goal, "产出|数量|工作内容|按规定执行")] == ["info"]
    assert [f.severity for f in found("PGC115", PRUNING, goal, "产出|数量|购置终端|≥12台")] == ["error"]


def test_findings_have_places() -> None:
    document = drawn(PRUNING, OUTPUT, "效益|生态效益||")
    for finding in Engine(rulebook.load().find("PGC")).check(document).findings:
        assert isinstance(finding.location, Location)


EXPECTED = {
    "PGC101": 6,
    "PGC106": 2,
    "PGC107": 3,
    "PGC108": 2,
    "PGC113": 15,
    "PGC114": 3,
    "PGC115": 1,
    "PGC116": 2,
}


def test_published_documents(corpus: Path) -> None:
    rules = [rule for code in EXPECTED for rule in rulebook.load().find(code)]
    counts: Counter[str] = Counter()
    for path in sorted(corpus.glob("*.txt")):
        counts.update(
            f.rule for f in Engine(rules).check(extract_file(str(path))).findings if f.rule in EXPECTED
        )
    assert counts == EXPECTED


@pytest.mark.parametrize(
    "box", ["", "- 预算数：60 万元", "- 主管部门：青禾县交通局", "- 预算数：", "- 年度目标："]
)
def test_names_and_indicators_alone_are_no_form_without_a_goal(box: str) -> None:
    hits = found("PGC109", PRUNING, *([box] if box else []), OUTPUT, BENEFIT)
    assert [hit.severity for hit in hits] == ["warning" if box else "info"]
    assert ("没有核对" in hits[0].message) == (not box)


def test_indicator_that_is_called_like_a_box_is_no_box(tmp_path: Path) -> None:
    path = tmp_path / "指标.csv"
    path.write_text(
        "项目名称,一级指标,二级指标,三级指标,指标值\n"
        "渡口修缮,产出指标,数量指标,修缮渡口数量,≥3处\n"
        "渡口修缮,产出指标,时效指标,项目开工时间,2025年3月底前\n",
        encoding="utf-8",
    )
    table = extract_file(str(path)).tables[0]
    assert "period" not in table.labels
