"""The place that a figure is for: printed with it, and no comparison of figures of different places."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from perfgoals_lint import prose, read
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.prose.placed import places
from perfgoals_lint.prose.places import apart
from perfgoals_lint.rulebook import rules

NAMED = ["东村", "青岚县", "第一小学", "北片", "甲社区", "白塔镇", "松坪林场", "二分厂", "全县", "每个社区"]
WORK = [("改造厕所", "座"), ("维修路灯", "盏"), ("培训农户", "人"), ("栽种果树", "株"), ("修路", "公里")]
LEADS = ["", "在", "2025年", "其中", "2025年在"]
TABLE = """项目支出绩效目标表（2025年度）
项目名称,设施提升
主管部门,某地住建局
预算金额（万元）,50
年度目标,{goal}
一级指标,二级指标,三级指标,年度指标值
产出指标,数量指标,{name}数量,≥{value}{unit}
产出指标,质量指标,验收合格率,=100%
产出指标,时效指标,完成时间,2025年11月底前
效益指标,社会效益指标,投诉下降率,≥10%
满意度指标,服务对象满意度指标,群众满意度,≥90%
"""


@pytest.mark.parametrize(("lead", "place", "work"), list(product(LEADS, NAMED, WORK)))
def test_a_place_in_front_of_what_is_done_there(lead: str, place: str, work: tuple[str, str]) -> None:
    thing, unit = work
    (figure,) = prose.scan(f"{lead}{place}{thing}40{unit}，改善条件。").figures
    assert figure.place == place


@pytest.mark.parametrize(
    "words",
    [
        "新建小学",
        "改造医院",
        "整治街道",
        "改造农村厕所",
        "城市管网",
        "完善服务体系",
        "维护泵站",
        "拍摄照片",
        "完成城区",
    ],
)
def test_what_is_done_and_kinds_of_places_are_no_place(words: str) -> None:
    (figure,) = prose.scan(f"{words}3个，改善条件。").figures
    assert figure.place == ""


@pytest.mark.parametrize(("kind", "unit"), [("小学", "所"), ("医院", "家"), ("码头", "座"), ("中学", "所")])
def test_places_that_are_counted_are_things(kind: str, unit: str) -> None:
    (figure,) = prose.scan(f"覆盖全部，{kind}3{unit}。").figures
    assert figure.place == ""


def test_a_heading_gives_its_place_to_the_sentence() -> None:
    text = prose.scan("东村：改造厕所40座，维修路灯30盏；西村：栽树20株。合计投入9万元。")
    assert list(places(text).values()) == ["东村", "东村", "西村"]


@pytest.mark.parametrize(("one", "other"), list(permutations(NAMED, 2)))
def test_two_places_are_apart(one: str, other: str) -> None:
    assert apart(one, other) is not ({one[-1], other[-1]} == {"县"} and "全县" in (one, other))
    assert not apart(one, "")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(rules.load())


@pytest.mark.parametrize(("one", "other"), list(permutations(NAMED[:7], 2)))
@pytest.mark.parametrize("work", WORK)
def test_a_row_of_one_place_is_not_held_against_another(
    engine: Engine, one: str, other: str, work: tuple[str, str]
) -> None:
    thing, unit = work
    text = TABLE.format(goal=f"{one}{thing}90{unit}，改善条件。", name=other + thing, value=40, unit=unit)
    codes = {finding.rule for finding in engine.check(read(text.encode(), "表.csv")).findings}
    assert not codes & {"PGA305", "PGK635"}
    same = TABLE.format(goal=f"{one}{thing}90{unit}，改善条件。", name=one + thing, value=40, unit=unit)
    codes = {finding.rule for finding in engine.check(read(same.encode(), "表.csv")).findings}
    assert codes & {"PGA305", "PGK635"}


@pytest.mark.parametrize(("one", "other"), [("东村", "西村"), ("第一小学", "第二小学"), ("甲社区", "乙社区")])
@pytest.mark.parametrize("work", WORK)
def test_a_total_of_one_place_is_none_of_another(one: str, other: str, work: tuple[str, str]) -> None:
    thing, unit = work
    apart_text = prose.scan(f"{one}{thing}40{unit}、维护60{unit}；{other}共计107{unit}。")
    assert all(relation.holds is not False for relation in apart_text.relations)
    whole = prose.scan(f"{one}{thing}40{unit}、{other}{thing}60{unit}，全县共计107{unit}。")
    assert [relation.holds for relation in whole.relations] == [False]


def test_facts_print_place_and_clause(engine: Engine) -> None:
    text = TABLE.format(goal="东村改造厕所90座，改善条件。", name="西村改造厕所", value=40, unit="座")
    ((_, facts),) = engine.check(read(text.encode(), "表.csv")).facts
    known = {fact.text: fact for fact in facts if fact.status != "context"}
    printed = {text: fact.as_json() for text, fact in known.items()}
    assert (printed["90座"]["place"], printed["90座"]["clause"]) == ("东村", "东村改造厕所90座")
    assert (printed["40"]["place"], printed["40"]["clause"]) == ("西村", "≥40座")
