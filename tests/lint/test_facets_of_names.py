"""What a name says beside its figure: who receives it, whose it is, of which place, and how it is taken."""

from __future__ import annotations

from itertools import product

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.cli.main import cli
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.polarity import classes_of
from perfgoals_lint.lint.facts.regions import place_of
from perfgoals_lint.rulebook.lexicons import words

THINGS = ("渡船", "苗圃", "碑刻", "木偶戏")
PARTS = ("东街社区", "柳林镇", "桥头小学", "北港区", "三分场", "本部院区")


@pytest.mark.parametrize("verb", ["受益", "受助", "享受补贴", "惠及", "荣获奖项", "获救", "领取补助"])
def test_what_people_get_is_received_and_an_effect(verb: str) -> None:
    said = analyse(f"{verb}渔民人数")
    assert said.received
    assert said.effect
    for work in ("受理", "受托", "受检"):
        assert not analyse(f"{work}件数").received


@pytest.mark.parametrize(
    ("body", "person"), list(product(["本院", "内部", "机关", "在编"], ["职工", "人员", "干部"]))
)
def test_the_own_body_with_a_person_is_the_own_staff(body: str, person: str) -> None:
    assert analyse(f"{body}{person}满意度").who == "own"


@pytest.mark.parametrize("trade", ["引航员", "护理员", "导游", "殡仪工", "救护队员"])
def test_those_who_serve_are_told_from_those_who_are_served(trade: str) -> None:
    assert analyse(f"{trade}满意度").who == "serving"
    for served in ("群众", "企业", "居民", "参训学员", "游客"):
        assert analyse(f"{served}满意度").who != "serving"


@pytest.mark.parametrize("whole", ["全县", "全校", "本市", "我县", "全院", "辖区"])
def test_the_whole_is_the_issuing_bodys_and_a_part_lies_in_it(whole: str) -> None:
    for thing in THINGS:
        assert analyse(f"{whole}{thing}数量").place == "whole"
    for part in PARTS:
        assert analyse(f"{part}观众人数").place in ("part", "named")


def test_a_place_by_its_name_is_the_whole_of_the_body_that_bears_it() -> None:
    assert place_of("东河县渡船数量") == "named"
    assert place_of("东河县渡船数量", "东河县航务所") == "whole"
    assert place_of("东河县渡船数量", "西山县航务所") == "named"


@pytest.mark.parametrize(
    ("lead", "modifier"),
    [
        *product(["人均", "户均", "每公里", "单场", "亩均", "每万人"], ["per"]),
        *product(["月均", "年均", "平均"], ["average"]),
        *product(["最高", "最大"], ["extreme"]),
    ],
)
def test_a_figure_of_one_of_many_is_part_of_no_sum(lead: str, modifier: str) -> None:
    for thing in ("渡船艘次", "观众人数", "用水量"):
        said = analyse(lead + thing)
        assert said.modifier == modifier
        assert not said.adds_up
        assert is_of_one(lead + thing) is (modifier != "extreme")


def test_only_what_is_counted_adds_up() -> None:
    for thing in THINGS:
        assert analyse(f"{thing}数量").adds_up
        for head in ("完好率", "维修时间", "增速"):
            assert not analyse(f"{thing}{head}").adds_up


# --- the side that a product of morphemes, a grade or the form tells ------------------------------------------------


@pytest.mark.parametrize("lead", sorted(words("names.suffering_starts")))
def test_of_what_befalls_fewer_is_better(lead: str) -> None:
    for harm in words("names.suffering_ends"):
        for head in ("率", "人数", "次数"):
            assert analyse(f"旅客{lead}{harm}{head}").polarity == "lower"
        assert analyse(f"旅客{lead}{harm}率下降幅度").polarity == "higher"


@pytest.mark.parametrize("trade", sorted(words("names.use_starts")))
def test_of_trade_and_use_more_is_better(trade: str) -> None:
    for figure in words("names.use_ends"):
        assert "G" in classes_of(f"竹编{trade}{figure}")
        assert analyse(f"竹编{trade}{figure}").polarity != "lower"


@pytest.mark.parametrize("grade", ["优质", "优良", "高技能", "高层次", "先进"])
def test_the_share_of_a_high_grade_should_be_high(grade: str) -> None:
    for thing, head in product(["匠人", "窑炉", "企业"], ["比例", "占比", "比重"]):
        assert analyse(f"{grade}{thing}{head}").polarity == "higher"
    for bad in ("劣质", "低端", "落后"):
        assert analyse(f"{bad}窑炉占比").polarity == "lower"


@pytest.mark.parametrize("act", ["漏水管道更换", "病险水库加固", "损坏路灯", "黑臭水体"])
def test_a_work_that_is_completed_is_never_better_when_less(act: str) -> None:
    for how in ("", "按时", "按期", "如期", "提前"):
        for head in ("", "里程", "数量", "面积", "座数"):
            assert analyse(f"{how}完成{act}{head}").polarity == "higher"


@pytest.mark.parametrize("bad", ["报废", "破损", "漏检"])
def test_of_a_share_the_part_is_judged_and_not_its_whole(bad: str) -> None:
    for whole in ("采集", "完好", "合格", "发放"):
        assert analyse(f"{bad}袋数占{whole}袋数的比例").polarity == "lower"


@given(
    st.lists(
        st.sampled_from([*THINGS, *PARTS, "全县", "受益", "人均", "职工", "满意度", "率", "人数"]), max_size=6
    )
)
def test_every_facet_is_one_of_its_values(pieces: list[str]) -> None:
    said = analyse("".join(pieces))
    assert said.who in (None, "own", "serving", "served")
    assert said.place in (None, "whole", "part", "named")
    assert said.modifier in (None, "per", "average", "extreme", "total")
    assert not said.received or said.effect


def test_the_command_prints_the_facets_and_takes_the_unit() -> None:
    run = CliRunner().invoke(
        cli, ["explain", "东河县受助渔民人数", "≥30人", "--unit", "东河县航务所", "--lang", "zh"]
    )
    assert run.exit_code == 0
    for line in ("范围： 本地区或本单位全部", "对象得到的", "计量： 人"):
        assert line in run.stdout
