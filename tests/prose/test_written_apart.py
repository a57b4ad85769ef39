"""Numbers whose digits stand apart, amounts in words, amounts printed twice, and totals that fall short of their parts: each of
all combinations of some numbers, the right one and the wrong one, and what looks like them and is left alone."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation

A, B = (26, 41, 73), (13, 30, 58)
CAPITALS = dict(zip("0123456789", "零壹贰叁肆伍陆柒捌玖", strict=True))
NUMERALS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))


def contradictions(text: str) -> list[Relation]:
    return [one for one in scan(text).relations if one.holds is False and one.certainty != "open"]


def read(text: str) -> list[tuple[str, int]]:
    return [(one.unit, int(one.value)) for one in scan(text).figures]


def spelled(number: int, digits: dict[str, str]) -> str:
    """A number of two digits in characters."""
    tens, ones = divmod(number, 10)
    return digits[str(tens)] + ("拾" if digits is CAPITALS else "十") + (digits[str(ones)] if ones else "")


@pytest.mark.parametrize("number", ["120", "305", "4786", "2000"])
@pytest.mark.parametrize("text", ["疏浚{}公里沟渠", "疏浚 {} 公里沟渠", "本年疏浚沟渠{} 公里。"])
def test_digits_that_all_stand_apart_are_one_number(number: str, text: str) -> None:
    assert read(text.format(" ".join(number))) == [("公里", int(number))]


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize("number", ["1 400", "12 750", "1 250 000"])
def test_thousands_that_stand_apart_are_one_number(number: str, blank: str) -> None:
    assert read(f"铺草皮{blank}{number}{blank}平方米。") == [("平方米", int(number.replace(" ", "")))]


@pytest.mark.parametrize("number", ["1 8", "10 0", "3 05", "（12 400"])
def test_digits_that_may_be_one_number_are_not_read_as_their_end(number: str) -> None:
    read_text = scan(f"疏浚{number}公里沟渠，新建闸门6座。")
    assert {one.dimension for one in read_text.figures if one.unit != "座"} == {"bare"}
    assert [(int(one.number), one.unit) for one in read_text.counts] == [(6, "座")]


@pytest.mark.parametrize("behind", ["2 0.5公里", "3 120.5亩"])
def test_a_number_that_is_whole_by_its_point_is_read(behind: str) -> None:
    assert [one.dimension for one in scan(f"（{behind}）").figures][-1] == "count"


@pytest.mark.parametrize("sum_word", ["合计", "共计", "总计"])
@pytest.mark.parametrize(
    "text",
    [
        "清淤东渠{a}公里、西渠{b}公里、南渠{c}公里，{sum}{t}公里。",
        "清淤东渠{a}公里，西渠{b}公里，南渠{c}公里，{sum}{t}公里，保障灌溉。",
    ],
)
def test_parts_that_are_more_than_their_total(text: str, sum_word: str) -> None:
    for a, b in itertools.product(A, B):
        said = {"a": a, "b": b, "c": 21, "sum": sum_word}
        assert contradictions(text.format(t=a + b + 21, **said)) == []
        total = (a + b + 21) * 2 // 3
        total += total == b + 21  # which the last two make
        assert len(contradictions(text.format(t=total, **said))) == 1, said


@pytest.mark.parametrize("sort", ["脱贫", "低保", "残疾"])
@pytest.mark.parametrize("other", ["一般户", "普通户", "其他户", "非{}户"])
def test_one_sort_and_the_ordinary_are_all_there_are(sort: str, other: str) -> None:
    for a, b in itertools.product(A, B):
        text = f"改厕：{sort}户{a}户、{other.format(sort)}{b}户，合计{{}}户。"
        assert contradictions(text.format(a + b)) == []
        assert len(contradictions(text.format(a + b - 7))) == 1


def test_two_sorts_may_overlap() -> None:
    assert contradictions("改厕：脱贫户60户、残疾户20户、一般户30户，合计95户。") == []


@pytest.mark.parametrize("mark", ["，", "；"])
@pytest.mark.parametrize("beside", ["另", "另有", "另外", "另购置"])
def test_what_is_beside_belongs_to_the_total_behind_both(beside: str, mark: str) -> None:
    for a, b in itertools.product(A, B):
        text = f"人工费{a}万元{mark}{beside}材料费{b}万元{mark}合计{{}}万元。"
        assert contradictions(text.format(a + b)) == []
        wrong = contradictions(text.format(a + b - 4))
        assert [one.certainty for one in wrong] == ["likely"], text
        counted = f"栽植乔木{a}株，{beside}灌木{b}株，合计{{}}株。"
        assert contradictions(counted.format(a + b)) == []
        assert len(contradictions(counted.format(a + b - 4))) == 1


def test_a_total_without_what_is_beside() -> None:
    assert contradictions("道路80万元、绿化40万元，另监理8万元，合计120万元。") == []


@pytest.mark.parametrize("wan", ["{}万元", "{}0000元"])
@pytest.mark.parametrize("link", ["（{}）", "（大写：{}整）", "（大写{}整）", "（人民币{}整）", "，即{}整"])
def test_an_amount_in_digits_and_in_words(wan: str, link: str) -> None:
    for number, digits in itertools.product(A + B, (CAPITALS, NUMERALS)):
        text = f"投入{wan}{link}，更新站牌。"
        assert contradictions(text.format(number, spelled(number, digits) + "万元")) == []
        assert len(contradictions(text.format(number, spelled(number + 10, digits) + "万元"))) == 1
        turned = f"投入{spelled(number, digits)}万元整（¥{{}}0,000.00），更新站牌。"
        assert contradictions(turned.format(number)) == []
        assert len(contradictions(turned.format(number + 1))) == 1


@pytest.mark.parametrize("digits", [CAPITALS, NUMERALS])
def test_ten_thousands_in_words_without_a_unit(digits: dict[str, str]) -> None:
    for a, b in itertools.product(A, B):
        text = f"预算{{}}万元，其中人工费{spelled(a, digits)}万，材料费{spelled(b, digits)}万元。"
        assert contradictions(text.format(a + b)) == []
        assert len(contradictions(text.format(a + b - 3))) == 1


@pytest.mark.parametrize("text", ["受益群众二十万，道路畅通。", "实施“千百万”工程。", "材料费四十八万五千。"])
def test_words_of_number_that_are_no_amount(text: str) -> None:
    assert [one for one in scan(text).figures if one.dimension == "money"] == []


@pytest.mark.parametrize("text", ["财政拨款{a}万元（占{p}%），自筹{b}万元（占{q}%）。", "省级补助{a}万元，占{p}%，企业自筹{b}万元，占{q}%。"])  # fmt: skip
def test_shares_of_what_the_parts_make(text: str) -> None:
    for a, b in ((30, 20), (75, 25), (66, 34)):
        p = 100 * a // (a + b)
        assert contradictions(text.format(a=a, b=b, p=p, q=100 - p)) == []
        wrong = contradictions(text.format(a=a, b=b, p=p + 3, q=97 - p))
        assert {one.kind for one in wrong} == {"share"}


@pytest.mark.parametrize(
    "aside", ["（含税）", "（人民币）", "（{w}万元）", "（大写：{w}万元整）", "（{t}0000元）"]
)
@pytest.mark.parametrize("link", ["，其中{}", "，其中：{}"])
def test_a_bracket_between_a_whole_and_its_parts(aside: str, link: str) -> None:
    for a, b in itertools.product((11, 24), (32, 45)):
        for total, wrong in ((a + b, 0), (a + b - 5, 1)):
            said = aside.format(w=spelled(total, CAPITALS), t=total)
            text = f"改造总投资{total}万元{said}{link.format(f'设备费{a}万元，安装费{b}万元')}。"
            assert len(contradictions(text)) == wrong, text
