"""Thousands separators that nobody quoted: an amount over several fields is told and read as one."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, check, extract
from perfgoals_lint.model import Document

FORM = """项目支出绩效目标表,,,,
项目名称,灌区渠道维修,,,
预算金额（元）,{whole},,,
其中：财政拨款,{part},,,
其他资金,{rest},,,
一级指标,二级指标,三级指标,指标值,计量单位
产出指标,数量指标,维修渠道长度,18,公里
产出指标,成本指标,渠道维修成本,≤{whole},元
效益指标,社会效益指标,受益人口,{people},人
满意度指标,服务对象满意度指标,群众满意度,≥90,%
"""
AMOUNTS = [(1_200_000, 1_000_000, 12_000), (3_456_789, 1_111_111, 8_765), (90_050, 40_025, 1_050)]


def _file(numbers: tuple[int, int, int], quoted: bool) -> Content:
    whole, part, people = numbers
    names = {"whole": whole, "part": part, "rest": whole - part, "people": people}
    text = FORM.replace(",≤{whole}", ',"≤{whole}"' if quoted else ",≤{whole}")
    shown = {name: f"{number:,}" for name, number in names.items()}
    if quoted:
        text = text.replace('"≤{whole}"', f'"≤{shown["whole"]}"')
        shown = {name: f'"{number}"' for name, number in shown.items()}
    return Content("表.csv", text.format(**shown).encode("utf-8-sig"))


def _read(content: Content) -> Document:
    (document,) = extract(content)
    return document


@pytest.mark.parametrize("numbers", AMOUNTS)
def test_an_amount_that_nobody_quoted_is_read_as_one_and_told(numbers: tuple[int, int, int]) -> None:
    split, whole = _read(_file(numbers, quoted=False)), _read(_file(numbers, quoted=True))
    (table,), (same,) = split.tables, whole.tables
    assert (table.budget_yuan, table.funding_yuan) == (same.budget_yuan, same.funding_yuan)
    assert [one.annual_value for one in table.indicators] == [one.annual_value for one in same.indicators]
    told = [one for one in split.problems if one.code == "PGX154"]
    assert {(one.location.row, one.location.column) for one in told} == {
        (3, 2),
        (4, 2),
        (5, 2),
        (8, 4),
        (9, 4),
    }
    assert not [one for one in whole.problems if one.code == "PGX154"]
    (result,) = check(_file(numbers, quoted=False))
    assert not [one for one in result.findings if one.severity == "error" and one.rule.startswith("PGK")]


def test_what_stands_behind_a_split_amount_keeps_the_place_of_its_field() -> None:
    (table,) = _read(_file(AMOUNTS[0], quoted=False)).tables
    place = table.indicators[1].locations["annual_value.unit"]
    assert (place.row, place.column) == (8, 7)


@pytest.mark.parametrize(
    "record", ["3,100,公里", "12,001,公里", "5,200,100", "1,200,000.5.1", "0,000,人", "2024,000,人"]
)
def test_numbers_side_by_side_are_no_amount(record: str) -> None:
    text = f"序号,数值,单位\n1,20,个\n{record}\n7,30,个\n"
    assert not [one for one in _read(Content("表.csv", text.encode())).problems if one.code == "PGX154"]


_COLUMNS = "一级指标,二级指标,三级指标,上年值,指标值,备注"


@pytest.mark.parametrize("pair", ["120,150", "12,100", "300,450"])
@pytest.mark.parametrize("remark", ["含扩建,改建", ",续建", "公里,里"], ids=["parted", "behind", "stray"])
def test_a_comma_in_a_remark_makes_no_amount(pair: str, remark: str) -> None:
    """Figures of two columns side by side stay what they are where another field is one too many."""
    text = f"项目名称,泵站改造,,,,\n{_COLUMNS}\n产出指标,数量指标,改造泵站（座）,{pair},{remark}\n产出指标,质量指标,合格率（%）,95,100,\n"
    document = _read(Content("表.csv", text.encode()))
    (row, _) = document.tables[0].indicators
    last, own = pair.split(",")
    assert (row.columns["上年值"], row.annual_value) == (last, own)
    assert "PGX154" not in {one.code for one in document.problems}


LIST = "序号,项目名称,预算金额（元）,绩效目标,绩效指标\n"


@pytest.mark.parametrize("code", ["", "7"])
def test_figures_in_front_of_the_money_are_no_amount(code: str) -> None:
    text = (
        LIST
        + f"1,道路维修,80,维修道路。,数量指标：道路≥5公里\n{code},2,000,80,补栽行道树。,数量指标：补栽≥120株\n"
    )
    assert "PGX154" not in {one.code for one in _read(Content("表.csv", text.encode())).problems}


@pytest.mark.parametrize(
    "amounts",
    [("1,200,000", "3,850,000"), ("285,500", "412,750"), ("12,000", "1,250,300"), ("1,200,000", "600")],
)
def test_every_record_of_a_list_may_be_split(amounts: tuple[str, ...]) -> None:
    """The header tells how many fields a record has, and what stands behind the amount stands in its columns."""
    rows = (f"{n},项目{n},{amount},维修{n}处。,数量指标：维修≥{n}处\n" for n, amount in enumerate(amounts, 1))
    tables = _read(Content("表.csv", (LIST + "".join(rows)).encode())).tables
    assert [table.budget_yuan for table in tables] == [int(amount.replace(",", "")) for amount in amounts]
    assert [table.annual_goal for table in tables] == ["维修1处。", "维修2处。"]


@pytest.mark.parametrize(("whole", "part"), [("1,200", "1,000"), ("1,250", "1,000"), ("2,000", "1,850")])
def test_one_certain_amount_of_a_record_makes_its_other_ones_certain(whole: str, part: str) -> None:
    text = FORM.split("预算金额")[0] + f"预算金额（万元）,{whole},其中：财政拨款,{part}\n"
    text += FORM[FORM.index("一级指标") :].replace("≤{whole}", "80").replace("{people}", "50")
    (table,) = _read(Content("表.csv", text.encode())).tables
    wanted = [int(amount.replace(",", "")) * 10_000 for amount in (whole, part)]
    assert [table.budget_yuan, table.funding_yuan["财政拨款"]] == wanted
