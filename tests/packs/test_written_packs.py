"""Packs as people write them by the guide: rules hold, faults are all told with near names."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from packs.test_packs import RULE, write
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.kinds import selector, texts
from perfgoals_lint.lint.kinds.kinds import KINDS as KNOWN_KINDS
from perfgoals_lint.packs import guide, keys, loading
from perfgoals_lint.packs import schema as pack_schema
from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.packs.loading import load_pack
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.runner import jobs
from perfgoals_lint.runner.discover import FoundFile
from perfgoals_lint.runner.run import Run
from suppression.helpers import run

TOP = Path(__file__).parents[2]


SIX = """\
pack: 柳溪街道
rules:
  - {code: LX001, title: 成本不得高于90万元, check: {kind: bound, where: {class: 成本}, value: "≤90万元"}, bad: 产出 | 成本 | 设备购置费 | ≤95万元, good: 成本 | 经济成本 | 设备购置费 | ≤80万元}
  - {code: LX002, title: 成本不得高于90万元, check: {kind: bound, where: {class: cost}, value: "≤90万元"}, bad: 成本 | 成本 | 设备购置费 | ≤95万元, good: 产出 | 成本 | 设备购置费 | ≤80万元}
  - {code: LX003, title: 时效必须写明日期, check: {kind: forbidden, where: {class: 时效, value: {kind_not: [deadline, period]}}}, bad: 产出 | 时效 | 完成时间 | 及时, good: 产出 | 时效 | 完成时间 | 2026年6月底前}
  - {code: LX004, title: 满意度必须是百分比, check: {kind: unit, where: {class: 满意度}, units: ["%"]}, bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥90, good: 满意度 | 服务对象满意度 | 群众满意度 | ≥90%}
  - {code: LX005, title: 社会效益不得只写有效, check: {kind: lexicon, field: annual_value, where: {class: 社会效益}, words: [有效], whole: true}, bad: 效益 | 社会效益 | 改善环境 | 有效, good: 效益 | 社会效益 | 改善环境 | ≥60%}
  - {code: LX006, title: 数量不得为零, check: {kind: bound, where: {class: 数量}, value: "≥1"}, bad: 产出 | 数量 | 走访商户 | ≥0家, good: 产出 | 数量 | 走访商户 | ≥5家}
"""


def test_six_rules_written_by_the_guide_hold(tmp_path: Path) -> None:
    path = tmp_path / "six.yaml"
    path.write_text(SIX, encoding="utf-8")
    assert [rule.code for rule in load_pack(str(path))] == [f"LX00{number}" for number in range(1, 7)]


def test_all_that_is_wrong_is_said_at_once_with_near_names(tmp_path: Path) -> None:
    wrong = (
        SIX.replace("class: 成本", "class: 成夲")
        .replace("title: 时效", "titel: 时效")
        .replace("whole:", "hwole:")
        .replace("LX006", "LX001")
    )
    wrong = wrong.replace("kind: unit", "kind: unti").replace("kind_not", "kindnot")
    path = tmp_path / "six.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(str(path))
    said = {lang: caught.value.said(lang).splitlines() for lang in ("zh", "en")}
    assert len(said["zh"]) == len(said["en"]) >= 6
    for word, near in (("titel", "title"), ("hwole", "whole"), ("unti", "unit"), ("kindnot", "kind_not")):
        (line,) = [line for line in said["en"] if f"“{word}”" in line]
        assert f"did you mean {near}" in line
        (line,) = [line for line in said["zh"] if f"“{word}”" in line]
        assert f"是否指 {near}" in line
    assert any("LX001 已经用过" in line and f"{path}:3" in line for line in said["zh"])
    assert any("成夲" in line and line.startswith(f"{path}:3:") for line in said["zh"])


def test_a_code_that_is_used_twice_does_not_pass(tmp_path: Path) -> None:
    path = tmp_path / "six.yaml"
    path.write_text(SIX.replace("LX002", "LX001"), encoding="utf-8")
    with pytest.raises(PackError, match="LX001 is used already"):
        load_pack(str(path))
    done = run("rules", "test", path, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "six.yaml:4: the code LX001 is used already" in done.stderr


@pytest.mark.parametrize(
    "check",
    [
        "{kind: unit, where: {class: 时效}}",
        '{kind: bound, where: {class: [timeliness]}, value: "≤12月"}',
        '{kind: direction, where: {class: 时效}, must: "<="}',
    ],
)
def test_a_check_of_numbers_for_a_value_in_words_says_what_to_write(check: str, tmp_path: Path) -> None:
    rule = next(line for line in SIX.splitlines() if "LX003" in line)
    mended = "{kind: forbidden, where: {class: 时效, value: {kind_not: [deadline, period]}}}"
    path = tmp_path / "words.yaml"
    path.write_text(f"pack: 柳溪街道\nrules:\n{rule.replace(mended, check)}\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(str(path))
    for lang in ("zh", "en"):
        said = caught.value.said(lang)
        assert said.startswith(f"{path}:3: LX003")
        written = said[said.index("{kind: forbidden") : said.rindex("}") + 1]
        path.with_name(f"{lang}.yaml").write_text(
            f"pack: 柳溪街道\nrules:\n{rule.replace(mended, written)}\n", encoding="utf-8"
        )
        assert [one.code for one in load_pack(str(path.with_name(f"{lang}.yaml")))] == ["LX003"]


@pytest.mark.parametrize("kind", guide.with_samples())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sample_of_every_kind_holds(kind: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = guide.sample_pack(kind, "LX001", "柳溪街道", lang)
    path.write_text(text, encoding="utf-8")
    assert [rule.code for rule in load_pack(str(path))] == ["LX001"]
    jsonschema.validate(yaml.safe_load(text), pack_schema.json_schema(lang))


ODD_VALUES = (3, "x", [], [3], ["x"], {"a": 1}, True, None)


@pytest.mark.parametrize("kind", guide.with_samples())
def test_no_value_of_a_key_is_too_strange(kind: str, tmp_path: Path) -> None:
    sample = yaml.safe_load(guide.sample_pack(kind, "LX001", "柳溪街道", "zh"))
    for key in (*keys.table()["kinds"][kind]["keys"], "where"):
        rules = []
        for number, odd in enumerate(ODD_VALUES, 1):
            (rule,) = yaml.safe_load(yaml.safe_dump(sample["rules"]))
            rules.append({**rule, "code": f"LX00{number}", "check": {**rule["check"], key: odd}})
        with pytest.raises(PackError) as caught:
            load_pack(write(tmp_path, yaml.safe_dump({"pack": "柳溪街道", "rules": rules})))
        for lang in ("zh", "en"):
            lines = caught.value.said(lang).splitlines()
            assert len(lines) >= 2, (key, lines)
            assert all(line.split("own.yaml:")[1][0].isdigit() for line in lines)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("年度指标值", "annual_value"),
        ("实施周期指标值", "cycle_value"),
        ("三级指标", "level3"),
        ("绩效指标描述", "description"),
        ("权重", "weight"),
        ("计量单位", "unit"),
    ],
)
def test_fields_go_by_what_tables_print(name: str, field: str, tmp_path: Path) -> None:
    for written in (name, field):
        path = write(tmp_path, RULE.replace("field: value", f"field: [{written}, value]"))
        (rule,) = load_pack(path)
        assert rule.check["field"] == [field, "value"]
    with pytest.raises(PackError) as caught:
        load_pack(write(tmp_path, RULE.replace("field: value", f"field: {name[:-1]}某")))
    assert all(one in caught.value.said("zh") for one in (f"没有“{name[:-1]}某”", "annual_value"))


def test_one_word_is_a_list_of_one(tmp_path: Path) -> None:
    (rule,) = load_pack(write(tmp_path, RULE.replace("[约, 左右]", "约")))
    assert rule.check["words"] == ["约"]


def test_a_key_like_no_other_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no key “词语”; there are field, words"):
        load_pack(write(tmp_path, RULE.replace("words:", "词语:")))


def test_the_guide_tells_of_every_kind_and_key() -> None:
    assert set(keys.table()["kinds"]) == set(KNOWN_KINDS)
    for what, model in (("rule", pack_schema.ShortRule), ("source", pack_schema.SourceDocument)):
        names = {field.alias or name for name, field in model.model_fields.items()}
        assert set(keys.table()[what]) == names - {"line"}
    assert set(keys.table()["selector"]) == set(selector._ROW) | set(selector.FIELDS) | {
        "value",
        "any",
        "none",
    }
    assert set(keys.table()["value"]) == set(selector._VALUE) | {"field", "first", "without"} | set(
        texts.CONDITIONS
    )
    for name, lang in (("packs.md", "en"), ("packs.zh-CN.md", "zh")):
        assert (TOP / "docs" / name).read_text(encoding="utf-8") == guide.guide(lang)


def test_a_pattern_that_never_ends_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its samples the pack is refused; on a table the rule fails, and the others are asked."""
    slow = SIX.replace(
        "kind: lexicon, field: annual_value, where: {class: 社会效益}, words: [有效], whole: true",
        'kind: pattern, field: level3, matches: "(a+)+$", where: {class: 社会效益}',
    ).replace("改善环境 | 有效", "a | 有效")
    path = tmp_path / "six.yaml"
    path.write_text(
        slow.replace("改善环境 | ≥60%", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | ≥60%"), encoding="utf-8"
    )
    monkeypatch.setattr(loading, "_MOST_SECONDS", 0.3)
    with pytest.raises(PackError, match="LX005: its samples take longer"):
        load_pack(str(path))
    path.write_text(slow, encoding="utf-8")
    monkeypatch.setattr(loading, "_MOST_SECONDS", 10.0)
    monkeypatch.setattr(jobs, "RULE_SECONDS", 0.3)
    table = tmp_path / "表.csv"
    table.write_text(
        "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
        "栈桥加固,产出指标,数量指标,加固栈桥,≥0座\n"
        f"栈桥加固,效益指标,社会效益指标,{'a' * 40}b,≥60%\n",
        encoding="utf-8",
    )
    findings = list(
        Run([FoundFile(str(table), True)], Settings(packs=[str(path)], select=["LX"])).report.findings
    )
    assert {"PGX201", "LX006"} <= {finding.rule for finding in findings}


def test_every_kind_has_a_sample_and_every_key_of_the_rulebook_is_told_of() -> None:
    assert set(guide.with_samples()) == set(KNOWN_KINDS)
    for rule in rulebook.load().rules.values():
        if rule.check["kind"] != "python":
            wrong = keys.faults(rule.check, (), rule.scope)
            # what parameters of a page hold need not stand in its check
            assert [one for one in wrong if one.key != "missing"] == [], rule.code


FROM_THE_PAGE = """\
pack: 沙溪县财政局
rules:
  - code: SX001
    title: 走访类数量指标只用户、人次
    check: {kind: unit, where: {class: 数量, name: 走访}, units: [户, 人次]}
    bad: 产出 | 数量 | 走访困难群众 | ≥50次
    good: 产出 | 数量 | 走访困难群众 | ≥50户
  - code: SX002
    title: 每个项目至少有两条效益指标
    severity: error
    check: {kind: count, where: {class: 效益}, rows: "≥2"}
    bad: 效益 | 社会效益 | 政策知晓率 | ≥80%
    good: |
      效益 | 社会效益 | 政策知晓率 | ≥80%
      效益 | 经济效益 | 带动就业 | ≥30人
  - code: SX003
    title: 采购项目必须有成本指标
    check:
      kind: required
      where: {table: {project: 采购}}
      groups: [{label: 成本, where: {class: 成本}}]
    bad: |
      - 项目名称：办公设备采购
      产出 | 数量 | 采购台式电脑 | ≥20台
    good: |
      - 项目名称：办公设备采购
      产出 | 数量 | 采购台式电脑 | ≥20台
      产出 | 成本 | 设备采购成本 | ≤12万元
  - code: SX004
    title: 权重合计必须是100
    check: {kind: sum, field: weight, equals: [100]}
    bad: |
      一级 | 二级 | 三级 | 年度值 | 权重
      产出 | 数量 | 采购电脑 | ≥20台 | 50
      满意度 | 服务对象满意度 | 群众满意度 | ≥90% | 40
    good: |
      一级 | 二级 | 三级 | 年度值 | 权重
      产出 | 数量 | 采购电脑 | ≥20台 | 50
      满意度 | 服务对象满意度 | 群众满意度 | ≥90% | 50
  - code: SX005
    title: 工期指标不得晚于11月底
    check: {kind: forbidden, where: {class: 时效, value: {contains: 12月}}}
    bad: 产出 | 时效 | 完工时间 | 2026年12月底前
    good: 产出 | 时效 | 完工时间 | 2026年11月底前
  - code: SX006
    title: 指标说明不得照抄指标名称
    check: {kind: compare, left: description, right: level3, relation: differ}
    bad: |
      一级 | 二级 | 三级 | 年度值 | 指标说明
      产出 | 数量 | 采购电脑 | ≥20台 | 采购电脑
    good: |
      一级 | 二级 | 三级 | 年度值 | 指标说明
      产出 | 数量 | 采购电脑 | ≥20台 | 验收合格的台式电脑台数
"""


"""Six rules of an officer who had the guide alone."""


def test_rules_written_by_the_guide_alone(tmp_path: Path) -> None:
    rules = load_pack(write(tmp_path, FROM_THE_PAGE))
    assert [rule.code for rule in rules] == [f"SX00{number}" for number in range(1, 7)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_faults_of_a_pack_are_told_at_once_in_the_language_of_the_run(tmp_path: Path, lang: str) -> None:
    text = (
        FROM_THE_PAGE.replace("code: SX001", "code: PGK001")
        .replace("severity: error", "severity: erorr")
        .replace("kind: required", "kind: requierd")
        .replace("field: weight", "field: wieght")
        .replace("class: 时效", "class: 时限效")
        .replace("relation: differ", "relation: differ, wher: {}")
    )
    with pytest.raises(PackError) as raised:
        load_pack(write(tmp_path, text))
    said = raised.value.said(lang)
    lines = said.splitlines()
    near = ["", "", "required", "weight", "时效", "where"]
    assert len(lines) == len(near)
    assert all(one in line for one, line in zip(near, lines, strict=True)), said
    assert ("否" in said or "没有" in said) is (lang == "zh")
    places = [int(line.split("own.yaml:")[1].split(":")[0]) for line in lines]
    assert places == sorted(places)
