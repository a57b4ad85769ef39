"""What is said of a value stands at its cell, filled in or empty, in every carrier; so does what is said of an amount."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from perfgoals_lint import Content, check
from perfgoals_lint.model import Location
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.packs.testing import run
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.rules import page_text
from strategies.documents import word

HEADS = {
    "year": ("一级指标", "二级指标", "三级指标", "指标值"),
    "both": ("一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"),
    "turned": ("一级指标", "二级指标", "三级指标", "指标说明", "年度指标值", "实施周期指标值"),
}
PERIOD_OF = {"year": "2027年", "both": "2027-2029年", "turned": "2027-2029年"}
FULL = {"指标值": "≥12次", "年度指标值": "≥12次", "实施周期指标值": "≥36次", "指标说明": "查看灯器的次数"}


def _rows(form: str, empty: set[str]) -> list[tuple[str, ...]]:
    """A table whose second row of indicators leaves cells empty."""
    width = len(HEADS[form])
    boxes = [("项目名称", "航标维护"), ("实施期限", PERIOD_OF[form]), ("预算金额（万元）", "36")]
    wide = [(*box, *("",) * (width - 2)) for box in boxes]
    lines = []
    for name, gaps in (("巡视航标次数", set()), ("检修灯器次数", empty), ("除锈保养次数", set())):
        levels = ("产出指标", "数量指标", name)
        lines.append((*levels, *("" if head in gaps else FULL[head] for head in HEADS[form][3:])))
    return [*wide, HEADS[form], *lines]


def _excel(rows: list[tuple[str, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    book.save(out := io.BytesIO())
    return out.getvalue()


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    csv.writer(out := io.StringIO()).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _html(rows: list[tuple[str, ...]]) -> bytes:
    lines = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<meta charset=utf-8><table>{''.join(lines)}</table>".encode()


CARRIERS = {"表.xlsx": _excel, "表.docx": word, "表.csv": _csv, "表.html": _html}


def _cell(place: Location | None) -> tuple[int | None, int | None]:
    """Row and column, from 1, of a place in any carrier of cells."""
    assert place is not None
    if place.cell:
        row, column = openpyxl.utils.cell.coordinate_to_tuple(place.cell)
        return row, column
    return place.row, place.column


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(
    ("form", "empty", "rule", "at"),
    [
        ("year", {"指标值"}, "PGC107", "指标值"),
        ("both", {"实施周期指标值", "年度指标值"}, "PGC107", "年度指标值"),
        ("turned", {"实施周期指标值", "年度指标值"}, "PGC107", "年度指标值"),
        ("both", {"年度指标值"}, "PGC108", "年度指标值"),
        ("both", {"实施周期指标值"}, "PGC108", "实施周期指标值"),
        ("turned", {"年度指标值"}, "PGC108", "年度指标值"),
        ("turned", {"实施周期指标值"}, "PGC108", "实施周期指标值"),
    ],
)
def test_an_empty_cell_is_the_place(carrier: str, form: str, empty: set[str], rule: str, at: str) -> None:
    (result,) = check(Content(carrier, CARRIERS[carrier](_rows(form, empty))))
    found = [one for one in result.findings if one.rule == rule]
    assert [_cell(one.location) for one in found] == [(6, HEADS[form].index(at) + 1)]


def test_what_quotes_a_value_stands_at_one() -> None:
    """In the samples of every rule on rows, filled-in cells and all."""
    checked = set()
    for rule in rulebook.load():
        texts = [rule.message, *(case["message"] for case in rule.cases.values() if "message" in case)]
        if rule.scope != "row" or not all("{value}" in text["zh"] for text in texts):
            continue
        for sample in samples_of(page_text(rule), rule.code):
            for finding in run(rule, sample.document, framework=sample.framework):
                checked.add(rule.code)
                assert finding.quote, (rule.code, finding.message)
    assert len(checked) > 20


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("wrong", ["预算数（万元）", "财政拨款", "其他资金"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_total_that_is_wrong_stands_at_its_cell(carrier: str, wrong: str, turned: bool) -> None:
    amounts = ["预算数（万元）", "财政拨款", "其他资金"]
    names = ["项目名称", *(reversed(amounts) if turned else amounts)]
    printed = {"预算数（万元）": (90, 60, 150), "财政拨款": (70, 40, 110), "其他资金": (20, 20, 40)}
    rows = [(*names, "绩效目标", *HEADS["year"])]
    for number, name in enumerate(("航标维护", "灯塔修缮", "合计")):
        texts = {head: column[number] for head, column in printed.items()}
        if name == "合计":
            texts[wrong] += 7
        sums = tuple(str(texts[head]) for head in names[1:])
        goal = ("维护航标三十座，保障夜间通航。", "产出指标", "数量指标", f"{name}座数", "≥3座")
        rows.append((name, *sums, *(("",) * 5 if name == "合计" else goal)))
    (result,) = check(Content(carrier, CARRIERS[carrier](rows)))
    found = [one for one in result.findings if one.rule in ("PGK601", "PGK602")]
    assert (4, names.index(wrong) + 1) in {
        _cell(place) for one in found for place in (one.location, *(near.location for near in one.related))
    }
