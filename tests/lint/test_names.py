"""What an indicator's name says: products of parts, and properties that hold for every name."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.lint.facts.ecology import is_ecological
from perfgoals_lint.lint.facts.heads import unit_dimension
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.polarity import _beginnings
from perfgoals_lint.rulebook.lexicons import expression, words

THINGS = ("渡船", "供热管道", "育苗", "青年志愿者", "山区道路", "图书")
BAD = ("故障", "差错", "损坏", "延误", "流失", "超标")
MENDED = ("故障修复", "差错更正", "损坏修复", "投诉办结", "隐患整改", "火灾扑救")
GOOD = ("完好", "合格", "达标", "覆盖", "知晓")


@pytest.mark.parametrize("thing", THINGS)
def test_the_word_in_front_of_the_head_decides(thing: str) -> None:
    for bad in BAD:
        assert analyse(f"{thing}{bad}率").polarity == "lower"
        assert analyse(f"{thing}{bad}次数").polarity == "lower"
        assert analyse(f"{thing}{bad}率下降幅度").polarity == "higher"
        assert analyse(f"减少{thing}{bad}次数").polarity == "higher"
        assert analyse(f"{thing}无{bad}率").polarity == "higher"
    for mended in MENDED:
        assert analyse(f"{thing}{mended}率").polarity == "higher"
    for good in GOOD:
        assert analyse(f"{thing}{good}率").polarity == "higher"
        assert analyse(f"{thing}不{good}率").polarity == "lower"


@pytest.mark.parametrize("how", ["重复", "违规", "虚假", "逾期"])
@pytest.mark.parametrize("act", ["测绘", "采集", "发放", "录入", "支付"])
def test_what_is_spared_or_put_right_of_work_done_wrongly_should_be_much(how: str, act: str) -> None:
    assert analyse(f"{how}{act}率").polarity == "lower"
    assert analyse(f"{how}{act}件数").polarity == "lower"
    for spared in ("节约", "减少", "避免"):
        assert analyse(f"{spared}{how}{act}经费").polarity == "higher"
    for righted in ("清理", "查处", "纠正"):
        assert analyse(f"{righted}{how}{act}件数").polarity == "higher"


@pytest.mark.parametrize("tail", ["率", "者占比", "人数占比", "人次占比"])
def test_who_comes_again_of_his_own_will_is_no_fault(tail: str) -> None:
    for act in words("names.willing_ends"):
        assert analyse(f"重复{act}{tail}").polarity != "lower"
    assert analyse(f"重复录入{tail}").polarity == "lower"


@pytest.mark.parametrize("how", ["违法", "非法", "违规", "擅自"])
@pytest.mark.parametrize("act", ["占地", "搭建", "捕捞", "采砂", "经营"])
def test_what_others_do_against_the_law_should_be_little_and_dealing_with_it_much(how: str, act: str) -> None:
    for head in ("面积", "起数", "案件数"):
        assert analyse(f"{how}{act}{head}").polarity == "lower"
        assert analyse(f"查处{how}{act}{head}").polarity == "higher"
    assert analyse(f"{how}{act}查处率").polarity == "higher"


@pytest.mark.parametrize("decision", ["裁决", "仲裁", "复议", "调解"])
def test_going_to_court_against_a_decision_is_no_prosecution(decision: str) -> None:
    for name in (f"{decision}后起诉率", f"{decision}起诉率", f"工伤{decision}后诉讼率"):
        assert analyse(name).polarity is None
    assert analyse("捕后起诉率").polarity == "higher"


@pytest.mark.parametrize("place", ["规模养殖场", "停车场", "农贸市场", "足球场", "国有林场", "生猪场"])
def test_a_place_whose_name_ends_as_a_unit_of_events_counts_no_events(place: str) -> None:
    assert analyse(f"改造{place}数").dimension is None
    assert analyse("惠民放映场数").dimension == "event"


def test_brackets_behind_a_name_say_nothing_of_its_side() -> None:
    for name in ("渡船故障率", "路灯完好率", "候船时间"):
        for bracket in ("（%）", "(季度)", "（含备用船）"):
            assert analyse(name + bracket) == analyse(name)


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("参训人数", "person"),
        ("巡检次数", "event"),
        ("管道长度", "length"),
        ("绿化面积", "area"),
        ("清运吨数", "weight"),
        ("渡船艘数", "machine"),
    ],
)
def test_the_end_of_a_name_asks_for_a_dimension(name: str, dimension: str) -> None:
    assert analyse(name).dimension == dimension


def test_a_unit_keeps_its_dimension_with_a_scale_in_front() -> None:
    for unit in ("人", "人次", "吨", "亩", "册", "场"):
        assert unit_dimension("万" + unit) == unit_dimension(unit)


@pytest.mark.parametrize("human", ["营商", "政治", "网络", "校园", "创业", "法治"])
def test_surroundings_made_by_people_are_no_nature(human: str) -> None:
    assert not is_ecological(f"{human}环境优化率")
    assert not is_ecological(f"{human}生态改善率")
    assert is_ecological(f"{human}环境优化与河道水质达标率")


pieces = st.lists(
    st.sampled_from(
        [
            *THINGS,
            *BAD,
            *MENDED,
            *GOOD,
            *sorted(words("names.acts"))[:20],
            "率",
            "数",
            "（%）",
            "的",
            "PM2.5",
            "不",
        ]
    ),
    min_size=0,
    max_size=8,
).map("".join)


@given(st.one_of(pieces, st.text(max_size=40)))
def test_every_name_has_an_analysis_and_always_the_same(name: str) -> None:
    said = analyse(name)
    assert said == analyse(name)
    assert said.text == said.measured + said.head or said.head == ""
    assert said.polarity in (None, "lower", "higher")


@given(pieces)
def test_negation_of_a_good_state_is_never_better_when_higher(thing: str) -> None:
    assert analyse(f"{thing}船舶不合格率").polarity == "lower"


# --- work that fails, and work on what has failed -------------------------------------------------------------------

WORK = ("检验", "抽检", "播种", "印刷", "装卸", "配送", "培训")
FAILS = ("不合格", "超时", "漏检", "延误", "错误", "取消")


@pytest.mark.parametrize("fails", FAILS)
def test_of_work_that_fails_fewer_is_better(fails: str) -> None:
    for work in WORK:
        assert analyse(f"{work}{fails}次数").polarity == "lower"
        assert analyse(f"渡口{work}{fails}次数").polarity == "lower"


@pytest.mark.parametrize("fails", FAILS)
def test_of_work_on_what_has_failed_fewer_is_not_better(fails: str) -> None:
    for work in ("更换", "维修", "整改", "查处", "处置", "补植", "排查"):
        assert analyse(f"{work}{fails}件数").polarity != "lower"


def test_who_does_the_work_is_no_work() -> None:
    for work in ("保洁", "巡护", "养护", "检测"):
        for who in ("员", "人员", "工"):
            assert analyse(f"{work}{who}脱岗次数").polarity == "lower"


def test_a_share_that_due_work_was_done_to_should_be_high() -> None:
    for work in words("names.due_acts"):
        assert analyse(f"渡船{work}率").polarity == "higher"
        assert analyse(f"渡船未{work}率").polarity == "lower"


@pytest.mark.parametrize("measure", ["天数", "面积", "户数", "人数", "里程", "次数"])
def test_a_share_is_of_what_is_counted_and_not_of_the_word_for_counting(measure: str) -> None:
    for bad in BAD:
        assert analyse(f"{bad}{measure}占比").polarity == "lower"
    for good in GOOD:
        assert analyse(f"{good}{measure}比例").polarity == "higher"


@pytest.mark.parametrize("undone", ["未供", "未销号", "未装表", "未通邮", "未划转"])
def test_of_what_is_not_done_less_is_better(undone: str) -> None:
    for head in ("户数", "面积", "率", "件数"):
        assert analyse(f"渡口{undone}{head}").polarity == "lower"
    for whole in ("未成年人", "未来社区", "未婚青年"):
        assert analyse(f"{whole}人数").polarity is None


def test_what_only_a_morpheme_or_the_form_makes_bad_is_said_to_be_guessed() -> None:
    for name in ("渡口串烂陷率", "闸门锈死处数", "渡口未划转件数"):
        assert (analyse(name).polarity, analyse(name).guessed) == ("lower", True)
    assert not analyse("渡口故障率").guessed


def test_the_first_characters_of_words_hide_no_slip() -> None:
    drawn = random.Random(7)
    lists = (
        "doings",
        "slips",
        "acts",
        "renewing",
        "failing",
        "fault_starts",
        "fault_ends",
        "mending",
        "late",
        "good",
    )
    parts = sorted({word for name in lists for word in words(f"names.{name}")})
    names = ["".join(drawn.choices(parts, k=drawn.randint(2, 4))) + "率" for _ in range(4000)]
    found = [name for name in names if expression("names.slips").search(name)]
    assert len(found) > 100
    signs = _beginnings("slips", "failing", "fault_starts", "late")
    assert [name for name in found if signs.isdisjoint(name)] == []


@pytest.mark.parametrize("helped", ["伤残", "死亡", "走失", "受灾"])
def test_help_for_those_whom_it_befell_should_be_much(helped: str) -> None:
    for act in ("扶助", "救助", "帮助", "补助", "资助"):
        assert analyse(f"渡工家庭特别{act}{helped}人数").polarity == "higher"
    assert analyse(f"渡工{helped}人数").polarity == "lower"


@pytest.mark.parametrize("back", ["追", "讨", "寻", "收", "挽", "索", "要"])
def test_what_is_got_back_should_be_much(back: str) -> None:
    assert analyse(f"为船工{back}回欠薪金额").polarity == "higher"
    assert analyse(f"失窃船具{back}回率").polarity == "higher"


@pytest.mark.parametrize(
    ("starts", "ends", "side"),
    [
        ("参", "训会赛", "higher"),
        ("出", "席勤", "higher"),
        ("结", "题项算业", "higher"),
        ("获", "证奖批", "higher"),
        ("到", "岗课场报", "higher"),
        ("留", "用任校", "higher"),
        ("开", "机课馆", "higher"),
        ("治改管", "好", "higher"),
        ("空", "床座值号", "lower"),
        ("退驳", "回", "lower"),
        ("外", "转流", "lower"),
    ],
)
def test_two_morphemes_tell_the_side_of_a_share(starts: str, ends: str, side: str) -> None:
    other = "lower" if side == "higher" else "higher"
    for word in (start + end for start in starts for end in ends):
        assert analyse(f"渡工{word}率").polarity == side
        assert analyse(f"渡工未{word}率").polarity == other


@pytest.mark.parametrize("state", ["超采", "塌陷", "污染"])
def test_a_place_where_something_is_wrong_is_a_place(state: str) -> None:
    assert analyse(f"{state}区水位回升").polarity == "higher"
    assert analyse(f"{state}区绿化率").polarity == "higher"


@pytest.mark.parametrize("worry", ["安全", "质量", "卫生"])
def test_something_that_happens_about_safety_is_a_worry(worry: str) -> None:
    for what in ("事件", "问题"):
        assert analyse(f"渡口{worry}{what}数").polarity == "lower"
        assert analyse(f"渡口{worry}{what}整改率").polarity == "higher"
    assert analyse(f"渡口{worry}达标率").polarity == "higher"


@pytest.mark.parametrize("clicked", ["点击量", "点播次数", "点赞数"])
def test_no_place_is_meant_by_the_verb_of_use_behind_an_act(clicked: str) -> None:
    assert analyse(f"渡运报道{clicked}").polarity == "higher"


@pytest.mark.parametrize("deed", ["采砂", "捕捞", "载客"])
def test_deeds_against_the_law_should_be_few(deed: str) -> None:
    assert analyse(f"非法{deed}案件数").polarity == "lower"
    assert analyse(f"违规{deed}行为起数").polarity == "lower"
    assert analyse(f"非法{deed}案件查处数").polarity == "higher"


@pytest.mark.parametrize("whole", ["百万人", "十万人口", "万户"])
def test_a_share_of_so_many_is_no_percentage(whole: str) -> None:
    assert analyse(f"渡运死亡人数占{whole}比例").kind == "index"
