"""The boxes above the indicator rows of a dumped form: project name, period, amounts, goal prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_lint.layouts.dump_labels import Label, field_at, is_short
from perfgoals_lint.layouts.dump_text import Dump, Gap
from perfgoals_lint.model import SOURCES, GoalTable, Period, Problem
from perfgoals_lint.money import UNIT_WORDS, UNITS
from perfgoals_lint.tables.amounts import DEFAULT_FACTOR, is_unread_amount, not_read, yuan
from perfgoals_lint.tables.sources import NAMED_SOURCES, printed_name, with_public
from perfgoals_lint.tables.words import is_sum, without_stamp

_PROSE = frozenset({"purpose", "cycle_goal", "annual_goal", "overall_goal"})
_MONEY = frozenset({"budget", "fiscal", "special_account", "other_funds", *NAMED_SOURCES})
_TEXTS = ("project_name", "project_code", "project_type", "project_level", "department", "unit")
_AMOUNT = re.compile(rf"^([\d,，]+(?:\.\d+)?)({UNIT_WORDS})?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL_YEAR = re.compile(r"^((?:19|20)\d\d)年")
_UNIT = re.compile(rf"(?:金额)?单位[:：]?({UNIT_WORDS})|[（(]({UNIT_WORDS})[)）]")
_STATED = re.compile(
    rf"(?:预算数|预算金额|项目预算|资金总额|预算规模)[为:：]?([\d,]+(?:\.\d+)?)({UNIT_WORDS})"
)
_ALL_FISCAL = re.compile(r"(?:全部|全)(?:为|由|是)(?:本级)?(?:财政资金|财政拨款|财政性资金)")
_WRAP_WIDTH = 10.0
_PLAN_LENGTH = 500
_SHARE = re.compile(r"\d+(?:\.\d+)?\s?[%％]")
_DATE = re.compile(r"\d{1,2}\s?月\s?[底末份前中初]?|第?[一二三四1-4]\s?季度末?|[上下]半年")


@dataclass(slots=True)
class Box:
    """A label and the pieces of its value, ``start`` to ``end`` (exclusive)."""

    label: Label
    start: int
    end: int


def boxes_in(dump: Dump, start: int, end: int) -> list[Box]:
    """The boxes of a form's head, in the order of the text."""
    found: list[Box] = []
    position = start
    while position < end:
        label = field_at(dump, position, end)
        if label and _is_label(dump, label, found[-1] if found else None, end):
            if found:
                found[-1].end = position
            found.append(Box(label, label.end, end))
            position = label.end
        else:
            position += 1
    return found


def _is_label(dump: Dump, label: Label, box: Box | None, end: int) -> bool:
    """Is a text that reads like a label one here, and not a piece of the value of the box before?"""
    if box is None:
        return not is_short(label) or dump.starts_line(label.start)
    follows = box.start == label.start
    if label.name in _MONEY and (is_short(label) or box.label.name in _PROSE):
        return _has_amount(dump, label, end) or _heads_schedule(dump, label, end)
    if is_short(label):
        return not follows and dump.starts_line(label.start) and box.label.name not in _PROSE
    if box.label.name in _PROSE and label.name not in _PROSE and label.start - box.start == 1:
        # One word, and another label behind it on the line: 资金用途 业务类 主管部门 某局.
        return dump.gaps[label.start - 1] == Gap.BLANK or dump.starts_line(label.start)
    if box.label.name in _PROSE and not follows:
        alone = dump.gaps[label.end - 1] != Gap.SOFT
        return dump.starts_line(label.start) and (alone or label.name not in _PROSE)
    return True


def _heads_schedule(dump: Dump, label: Label, end: int) -> bool:
    """Does the label begin a line and stand in front of the header of a table of its own (项目预算 成本构成 金额)?"""
    after = field_at(dump, label.end, end) if label.end < end else None
    return dump.starts_line(label.start) and after is not None and after.name == "schedule"


def _has_amount(dump: Dump, label: Label, end: int) -> bool:
    """Does a bare amount follow the label, and behind it a line end or another label?"""
    if label.end >= end or not _AMOUNT.match(dump.pieces[label.end].text):
        return False
    return dump.ends_line(label.end) or field_at(dump, label.end + 1, end) is not None


def fill_boxes(dump: Dump, table: GoalTable, boxes: list[Box], unit: str | None) -> list[Problem]:
    """Put the values of the boxes into the table; ``unit`` is the unit of amounts that the form's head names.

    Returns a problem for each box whose amount cannot be read.
    """
    problems: list[Problem] = []
    _spread_goals(dump, boxes)
    overall: Box | None = None
    named: dict[str, dict[str, Decimal]] = {name: {} for name in NAMED_SOURCES}
    for box in boxes:
        standard = box.label.name in _MONEY and box.label.name not in NAMED_SOURCES
        if standard and any(other.label.name == "purpose" for other in boxes):
            _fill_purpose(dump, table, box)
        name = box.label.name
        year = _LABEL_YEAR.match(box.label.text)
        if year and table.fiscal_year is None and (name in _MONEY or name == "annual_goal"):
            table.fiscal_year = int(year[1])
            table.locations["fiscal_year"] = dump.location(box.label.start)
        if box.start == box.end:
            continue
        if name in _TEXTS:
            if getattr(table, name) in (None, ""):
                setattr(table, name, without_stamp(_short_value(dump, box)) or getattr(table, name))
                _locate(dump, table, name, box)
        elif name in ("purpose", "cycle_goal", "annual_goal"):
            if getattr(table, name) is None:
                setattr(table, name, _prose(dump, box))
                _locate(dump, table, name, box)
        elif name == "overall_goal":
            overall = overall or box
        elif name.startswith("period"):
            _fill_period(dump, table, box)
        elif name in _MONEY:
            problems += _fill_money(dump, table, box, unit, named)
        elif name == "schedule" and table.budget_yuan is None:
            _fill_sum(dump, table, box, unit)
        elif name == "disbursement_plan":
            table.disbursement_plan = _plan(
                " ".join(piece.text for piece in dump.pieces[box.start : box.end])[:_PLAN_LENGTH]
            )
            _locate(dump, table, name, box)
    if overall and table.annual_goal is None:
        table.annual_goal = _prose(dump, overall)
        _locate(dump, table, "annual_goal", overall)
    own, public = (named[name] for name in NAMED_SOURCES)
    table.funding_yuan = with_public((table.funding_yuan or {}) | own, public, table.budget_yuan)
    if table.purpose:
        _fill_stated(table)
    return problems


def _spread_goals(dump: Dump, boxes: list[Box]) -> None:
    """Goals side by side: their labels on one line, their texts on the next, as many of them."""
    for number, last in enumerate(boxes):
        row = [last]
        for box in reversed(boxes[:number]):
            together = dump.pieces[box.label.start].line == dump.pieces[last.label.start].line
            if not together or box.start < box.end or box.label.name not in (*_PROSE, "aside"):
                break
            row.insert(0, box)
        texts = (
            dump.groups(last.start, last.end)
            if len(row) > 1 and last.label.name in (*_PROSE, "aside")
            else []
        )
        lines = {dump.pieces[index].line for start, end in texts for index in (start, end - 1)}
        if len(lines) != 1 or dump.pieces[last.label.start].line in lines or not 2 <= len(texts) <= len(row):
            continue
        own = row[-len(texts) :]
        if len({box.label.name for box in own}) < len(own):
            continue  # 总体目标 in front of 年度目标 has no text of its own
        for box, (start, end) in zip(own, texts, strict=True):
            box.start, box.end = start, end


def _fill_sum(dump: Dump, table: GoalTable, box: Box, unit: str | None) -> None:
    """The budget as the sum of what it is made of: 合计 with an amount behind it."""
    for index in range(box.start, box.end - 1):
        amount = _AMOUNT.match(dump.pieces[index + 1].text) if is_sum(dump.pieces[index].text) else None
        if amount and dump.begins[index]:
            table.budget_yuan = _in_yuan(amount, amount[2] or unit)
            table.locations["budget_yuan"] = dump.location(index)


def _in_yuan(amount: re.Match[str], unit: str | None) -> Decimal:
    return Decimal(amount[1].replace(",", "").replace("，", "")) * (UNITS[unit] if unit else DEFAULT_FACTOR)


def _fill_purpose(dump: Dump, table: GoalTable, box: Box) -> None:
    """Prose below the amounts of a box that is labelled both amounts and purpose: it is cut off from ``box``."""
    first = next((i for i in range(box.start, box.end) if dump.begins[i]), box.end)
    if first < box.end and not any(_AMOUNT.match(piece.text) for piece in dump.pieces[first : box.end]):
        table.purpose = dump.joined(first, box.end)
        table.locations["purpose"] = dump.location(first)
        box.end = first


def _locate(dump: Dump, table: GoalTable, name: str, box: Box) -> None:
    table.locations[name] = dump.location(box.start)


def _short_value(dump: Dump, box: Box) -> str:
    """A value of one line, or of several where each is so long that it may have been broken."""
    stop = box.start
    while stop < box.end:
        first = stop
        while stop < box.end and not dump.ends_line(stop):
            stop += 1
        stop = min(stop + 1, box.end)
        width = sum(piece.width for piece in dump.pieces[first:stop])
        follows = stop + 1 >= box.end or dump.ends_line(stop)
        if width < _WRAP_WIDTH or not follows:
            break
    return dump.joined(box.start, stop)


def _prose(dump: Dump, box: Box) -> str:
    return dump.joined(box.start, box.end)


def _fill_period(dump: Dump, table: GoalTable, box: Box) -> None:
    years = [int(year) for year in _YEAR.findall(dump.squeezed(box.start, box.end))]
    if not years:
        return
    period = table.period or Period(None, None)
    if box.label.name != "period_end":
        period.start = years[0]
    if box.label.name != "period_start":
        period.end = years[-1]
    table.period = period
    table.locations.setdefault("period", dump.location(box.start))


def _fill_money(
    dump: Dump, table: GoalTable, box: Box, unit: str | None, named: dict[str, dict[str, Decimal]]
) -> list[Problem]:
    amount = next(
        (m for m in (_AMOUNT.match(dump.pieces[i].text) for i in range(box.start, box.end)) if m), None
    )
    if not amount:
        return _fill_written(dump, table, box, named)
    stated = _UNIT.search(box.label.text)
    after = dump.pieces[box.start + 1].text if box.start + 1 < box.end else ""
    factor = amount[2] or (stated and (stated[1] or stated[2])) or (after if after in UNITS else None) or unit
    _set_money(dump, table, box, _in_yuan(amount, factor), named)
    return []


def _fill_written(
    dump: Dump, table: GoalTable, box: Box, named: dict[str, dict[str, Decimal]]
) -> list[Problem]:
    """An amount in characters (三十万元), or a problem where the box holds one that cannot be read."""
    text = dump.squeezed(box.start, box.end)
    amount = yuan(text)
    if amount is not None:
        _set_money(dump, table, box, amount, named)
    elif is_unread_amount(text):
        return [not_read(box.label.text, text, dump.location(box.start))]
    return []


def _set_money(
    dump: Dump, table: GoalTable, box: Box, value: Decimal, named: dict[str, dict[str, Decimal]]
) -> None:
    if box.label.name == "budget":
        if table.budget_yuan is None:
            table.budget_yuan = value
            _locate(dump, table, "budget_yuan", box)
        return
    if box.label.name in named:
        named[box.label.name].setdefault(printed_name(box.label.text), value)
        return
    table.funding_yuan = table.funding_yuan or {}
    table.funding_yuan.setdefault(SOURCES[box.label.name], value)
    table.locations.setdefault("funding_yuan", dump.location(box.start))


def _fill_stated(table: GoalTable) -> None:
    """The budget and its source where the purpose states them in a sentence."""
    text = re.sub(r"\s+", "", table.purpose or "")
    stated = _STATED.search(text)
    if stated and table.budget_yuan is None:
        table.budget_yuan = Decimal(stated[1].replace(",", "")) * UNITS[stated[2]]
        table.locations["budget_yuan"] = table.locations["purpose"]
    if _ALL_FISCAL.search(text) and table.budget_yuan is not None and table.funding_yuan is None:
        table.funding_yuan = {"财政拨款": table.budget_yuan}
        table.locations["funding_yuan"] = table.locations["purpose"]


def _plan(text: str) -> list[tuple[str, str]] | None:
    """Dates and shares in pairs: all dates first and then all shares, or each date with its share."""
    shares = [re.sub(r"\s", "", share) for share in _SHARE.findall(text)]
    dates = [re.sub(r"\s", "", date) for date in _DATE.findall(_SHARE.sub(" ", text))]
    return list(zip(dates, shares, strict=True)) if dates and len(dates) == len(shares) else None


def unit_in(text: str) -> str | None:
    """The unit of amounts that a line above the form names (单位：万元), or ``None``."""
    match = _UNIT.search(re.sub(r"\s+", "", text))
    return (match[1] or match[2]) if match else None
