"""The boxes of a form as the fields of a goal table: texts, years, amounts, the disbursement plan."""

import itertools
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from perfgoals_lint.model import SOURCES, SPENDING, GoalTable, Location, Problem
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.amounts import (
    is_amount,
    is_nothing,
    is_unread,
    money_factor,
    not_read,
    remark_of,
    yuan,
)
from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.entries import OF_THE_WHOLE, LabelledEntry
from perfgoals_lint.tables.headings import are_sources, box_field, column_role, is_money
from perfgoals_lint.tables.money_units import Group
from perfgoals_lint.tables.sources import (
    NAMED,
    NAMED_SOURCES,
    OF_SPENDING,
    PUBLIC,
    budget_in_text,
    is_part,
    parts_in,
    with_public,
)
from perfgoals_lint.tables.texts import cell_text, ticked
from perfgoals_lint.tables.timespans import GARBLED_YEAR, PERIOD, months_of, period_of, years_of
from perfgoals_lint.tables.words import changed, is_unchanged

_NAMING = ("project_name", "project_code", "project_type", "project_level", "department", "unit")
TEXTS = (*_NAMING, "purpose", "cycle_goal")
MONEY = frozenset({"budget", "fiscal", "special_account", "other_funds"})
_CHOSEN = frozenset({"project_type", "project_level"})
"""Fields whose box may print all that may be chosen, with a tick at one."""
OF_PERIOD = frozenset({"cycle_goal", "overall_goal", "cycle_budget", "cycle_indicators"})
"""Goals, amounts and indicators of the whole period."""
_WHOLES = frozenset({"budget", *OF_THE_WHOLE})
_SENTENCE = 6
"""The fewest characters of a goal in a box of its own."""
_FULL = 100
"""Percent; more in a box of the plan is money, not a share."""
_OF_A_YEAR = compiled(r"(?:其中[:：]?)?(?:本[次年]|当年|年度|(?:19|20)\d\d年)")
_LABEL_YEAR = compiled(r"^((?:19|20)\d\d)年")
_PLAN_DATE = compiled(r"^\d{1,2}月|季度|[上下]半年|年底")


_OF_MODEL = {"budget": "budget_yuan", **{name: f"funding_yuan.{source}" for name, source in SOURCES.items()}}
"""The fields of a goal table that go by another name than their boxes."""


def year_named(labels: Iterable[str]) -> int | None:
    """The year that the first of some labels names that names one (2026年度目标)."""
    return next((int(found[1]) for label in labels if (found := _LABEL_YEAR.match(label))), None)


def labelled_year(entries: Mapping[str, LabelledEntry]) -> int | None:
    """The year that the label of a form's goal or budget names."""
    return year_named(entries[name].label for name in ("annual_goal", "budget") if name in entries)


def fill(group: Group, entries: dict[str, LabelledEntry], factor: int | None) -> list[Problem]:
    """Set the fields of a group's table from a form's entries; ``factor`` is the money unit in 元 named around the form.
    Amounts without a unit are left as printed, for the group to settle.

    Returns a problem for each filled box whose amount or year cannot be read.
    """
    table = group.tables[0]
    # An entry read from inside a box, or from a sum of tasks, has the field's own name for a label: that is not printed.
    named = ((name, entry) for name, entry in entries.items() if entry.label != name)
    table.headings = {_OF_MODEL.get(name, name): entry.label.rstrip(":：") for name, entry in named}
    for name in TEXTS:
        _set(table, name, entries.get(name))
    problems = _part_goals(table, entries)
    annual, overall = entries.get("annual_goal"), entries.get("overall_goal")
    _set(table, "annual_goal", annual or overall)
    before = next((label for label in table.fields if re.fullmatch(changed("前"), label)), None)
    if before and is_unchanged(table.annual_goal or ""):
        table.annual_goal, table.locations["annual_goal"] = table.fields[before], table.locations[before]
    if annual and overall and not table.cycle_goal:
        # 总体目标 beside that of the year is the goal of the whole period.
        _set(table, "cycle_goal", overall)
    problems += _set_period(table, entries)
    if table.fiscal_year is None:
        table.fiscal_year = labelled_year(entries)
    if (year := entries.get("fiscal_year")) and year.text:
        if years := years_of(year.text):
            table.fiscal_year = years[0]
            table.locations["fiscal_year"] = year.boxes[0].location()
        elif years := years_of(year.label):
            # What stands beside （2026年度） is not the year.
            table.fiscal_year = years[0]
            for box in year.boxes:
                box.leave()
        elif not is_nothing(year.text):
            problems.append(not_read(year.label, year.text, year.boxes[0].location()))
    problems += _set_amounts(group, entries, factor)
    if plan := entries.get("disbursement_plan"):
        dates = [box for box in plan.boxes if _PLAN_DATE.search(box.key)]
        shares = [box for box in plan.boxes if not _PLAN_DATE.search(box.key)]
        label, paid = plan.label.rstrip(":："), any((yuan(box.text) or 0) > _FULL for box in shares)
        if dates and len(dates) == len(shares) and not (paid or money_factor(plan.label)):
            table.disbursement_plan = [(d.key, s.key) for d, s in zip(dates, shares, strict=True)]
            table.locations["disbursement_plan"] = dates[0].location()
        elif plan.boxes:
            table.fields[label] = "、".join(box.key for box in plan.boxes)
            table.locations[label] = plan.boxes[0].location()
    return problems


def _part_goals(table: GoalTable, entries: dict[str, LabelledEntry]) -> list[Problem]:
    """Two texts side by side under the label of one goal are those of the period and of the year where the indicators have
    a value of each; else nobody can say whether they are one text, and that is said."""
    for name in ("annual_goal", "overall_goal"):
        entry = entries.get(name)
        if entry is None or len(entry.boxes) != 2 or entry.parted or entries.get("cycle_goal"):
            continue
        first, second = entry.boxes
        beside = first.grid is second.grid and first.top == second.top and first.right == second.left
        if not beside or any(len(box.key) < _SENTENCE for box in entry.boxes):
            continue
        if {"cycle_value", "annual_value"} <= {column.role for column in table.header}:
            entries["cycle_goal"] = LabelledEntry(entry.label, boxes=[first])
            entries[name] = LabelledEntry(entry.label, boxes=[second])
            _set(table, "cycle_goal", entries["cycle_goal"])
        else:
            return [
                Problem("PGX104", second.location(), {"where": entry.label, "row": entry.label, "levels": ""})
            ]
    return []


def _set(table: GoalTable, name: str, entry: LabelledEntry | None) -> None:
    if entry and entry.boxes and (text := entry.text):
        chosen = ticked(text) if name in _CHOSEN else None
        if chosen:
            table.fields[entry.label.rstrip(":：")] = text
        setattr(table, name, chosen or text)
        table.locations[name] = entry.boxes[0].location()


def _set_period(table: GoalTable, entries: dict[str, LabelledEntry]) -> list[Problem]:
    printed = {name: entries[name] for name in PERIOD if name in entries and entries[name].text}
    texts = {name: entry.text or "" for name, entry in printed.items()}
    goal = entries.get("cycle_goal")
    if not printed and goal and goal.boxes and len(years_of(goal.label)) > 1:  # 中期目标（2026年-2028年）
        printed, texts = {"period": goal}, {"period": goal.label}
    table.period, table.months = period_of(texts), months_of(texts)
    if table.period is not None:
        table.locations["period"] = next(iter(printed.values())).boxes[0].location()
    elif (entry := printed.get("period")) and not is_nothing(texts["period"]):
        # 36个月, 当年: a time without a year is kept as it is printed.
        label = entry.label.rstrip(":：")
        table.fields[label], table.locations[label] = texts["period"], entry.boxes[0].location()
    return [
        not_read(entry.label, texts[name], entry.boxes[0].location())
        for name, entry in printed.items()
        if (
            GARBLED_YEAR.search(texts[name])
            if name == "period"
            else not years_of(texts[name]) and not is_nothing(texts[name])
        )
    ]


def _take_lone_amount(
    group: Group, amounts: dict[str, Decimal], spending: dict[str, Decimal], places: dict[str, Location]
) -> None:
    """The one amount that a form has a box for is all of its money; a kind of ``spending`` is no source beside it."""
    amounts = spending if len(spending) == 1 else amounts
    table = group.tables[0]
    of_money = framework_data("fields")["grammar"]["words"]["money"]
    unknown = (label for label, text in table.fields.items() if is_amount(text) and not box_field(label))
    if len(amounts) != 1 or any(word in label for label in unknown for word in of_money):
        return
    source, table.budget_yuan = next(iter(amounts.items()))
    table.locations["budget_yuan"] = places[source]
    open_ = [one for one in group.amounts if one.owner is table and one.name == source]
    group.amounts += [one._replace(name="budget_yuan") for one in open_]
    spending.pop(source, None)


def _unread_amounts(entry: LabelledEntry) -> list[Problem]:
    """That the box of an amount holds a text that is none, at most once."""
    others = (b for b in entry.boxes if box_field(b.key) is None and column_role(b.key) is None)
    unread = (not_read(entry.label, b.text, b.location()) for b in others if is_unread(b.text))
    return list(unread)[:1]


def _set_amounts(group: Group, entries: dict[str, LabelledEntry], factor: int | None) -> list[Problem]:
    table = group.tables[0]
    units = (money_factor(entry.label) or entry.factor for name, entry in entries.items() if is_money(name))
    block = next((unit for unit in units if unit), None)
    problems: list[Problem] = []
    funding, public, spending = dict[str, Decimal](), dict[str, Decimal](), dict[str, Decimal]()
    by_kind = {PUBLIC: public, OF_SPENDING: spending}
    places, beside = dict[str, Location](), dict[str, Decimal]()
    named = [name for name in entries if name.startswith(NAMED)]
    for name in filter(entries.__contains__, ("budget", *SOURCES, *named)):
        entry = entries[name]
        box = next((b for b in entry.boxes if is_amount(b.text)), None)
        if box is None:
            if unread := _unread_amounts(entry):
                problems += unread
                table.unknown.append("budget_yuan" if name == "budget" else "funding_yuan")
            continue
        printed = name.partition(":")[2] or SOURCES.get(name, "budget_yuan")
        amount = group.read(table, printed, box, (money_factor(entry.label), entry.factor, block), factor)
        if amount is None:
            continue
        places[printed] = box.location()
        for other in entry.boxes:
            # A second amount beside the one that counts is none that was read.
            if is_amount(other.text) and yuan(other.text, block or 1) != yuan(box.text, block or 1):
                other.leave()
        if remark := remark_of(box.text):
            _set_remark(table, remark, (entry.label, box), printed, amount)
        if name == "budget":
            beside = parts_in(remark or "", amount / (yuan(box.text, 1) or amount or 1))
            table.budget_yuan, table.locations["budget_yuan"] = amount, places[printed]
        else:
            by_kind.get(name.partition(":")[0], funding)[printed] = amount
    _set_parts(table, entries, funding, public)
    _leave_to_whole(table, entries, (funding, public), block or factor or 1)
    of_year = any(_OF_A_YEAR.match(entries[name].label) for name in (*SOURCES, *named) if name in entries)
    if table.budget_yuan is None and (of_year or _WHOLES.isdisjoint(entries)):
        _take_lone_amount(group, {**funding, **public}, spending, places)
    table.funding_yuan = with_public(funding, public, table.budget_yuan)
    if beside and _fill_up(table.funding_yuan, beside, table.budget_yuan):
        places |= dict.fromkeys(beside, places["budget_yuan"])
    if len(spending) > 1:
        table.funding_tree[SPENDING] = spending
        table.locations |= {f"funding_yuan.{kind}": places[kind] for kind in spending}
    _keep_left_out(table, {name.partition(":")[2]: entries[name] for name in named}, public | spending)
    table.locations |= {f"funding_yuan.{source}": places[source] for source in table.funding_yuan or ()}
    if table.budget_yuan is None and table.purpose:
        budget_in_text(table)
    return problems


def _leave_to_whole(
    table: GoalTable, entries: dict[str, LabelledEntry], found: tuple[dict[str, Decimal], ...], factor: int
) -> None:
    """Keep under their names the sources behind what the whole project costs that make it up, where the budget of the year is another
    one and does not stand between them."""
    every = {name: amount for one in found for name, amount in one.items() if amount != table.budget_yuan}
    names = [*entries]
    for whole in filter(entries.__contains__, OF_THE_WHOLE):
        behind = itertools.takewhile(lambda name: name not in _WHOLES, names[names.index(whole) + 1 :])
        labels = {SOURCES.get(name) or name.partition(":")[2]: entries[name] for name in behind}
        sources = [source for source in labels if source in every]
        entry, total = entries[whole], sum(every[source] for source in sources)
        costs = yuan(entry.text or "", money_factor(entry.label) or entry.factor or factor)
        if table.budget_yuan and len(sources) > 1 and costs == total != table.budget_yuan:
            for source in sources:
                for one in found:
                    one.pop(source, None)
                table.fields[source] = labels[source].text or ""
                table.locations[source] = labels[source].boxes[0].location()
            return


def _set_remark(
    table: GoalTable, remark: str, labelled: tuple[str, Box], printed: str, amount: Decimal
) -> None:
    """Take what stands in brackets behind the amount of a box: the parts of a source, else a text under the box's label."""
    label, box = labelled
    number = yuan(box.text, 1) if printed != "budget_yuan" else None
    parts = parts_in(remark, amount / number) if number else {}
    if parts and (sum(parts.values()) == amount or are_sources(parts)):
        table.funding_tree[printed] = parts
        table.locations |= {f"funding_yuan.{part}": box.location() for part in parts}
    else:
        table.fields[label] = cell_text(box.text) or ""
        table.locations[label] = box.location()


def _fill_up(funding: dict[str, Decimal] | None, beside: dict[str, Decimal], budget: Decimal | None) -> bool:
    """Take what the remark behind the budget names (其中上年结转20) for sources, where it makes the others the whole."""
    fits = funding is not None and sum((funding | beside).values()) == budget
    (funding or {}).update(beside if fits else {})
    return fits


def _keep_left_out(table: GoalTable, named: dict[str, LabelledEntry], amounts: dict[str, Decimal]) -> None:
    """Keep under its name what is neither among the sources that make the budget nor a part of anything."""
    counted = {
        *(table.funding_yuan or {}),
        *(part for parts in table.funding_tree.values() for part in parts),
    }
    for source, entry in named.items():
        if source in amounts and source not in counted:
            table.fields.setdefault(source, entry.text or "")


def _set_parts(
    table: GoalTable,
    entries: dict[str, LabelledEntry],
    funding: dict[str, Decimal],
    public: dict[str, Decimal],
) -> None:
    """Move what is printed as a part of the source above it (其中：…, 1.… below 一、…) into the tree of sources: where the
    sources without it are the budget, or it adds up to that source. Public money behind 财政拨款 that no mark tells to be a part
    of it is one only in the first case."""
    every = funding | public
    for unmarked in (False, True):
        groups: dict[str, list[str]] = {}
        above, place_above = "", None
        for name, entry in entries.items():
            source = SOURCES.get(name) or (name.partition(":")[2] if name.startswith(NAMED_SOURCES) else "")
            if source not in every:
                continue
            place = entry.boxes[0].location()
            apart = above == SOURCES["fiscal"] and source in public and place != place_above
            if above and (is_part(entry.label) or (unmarked and apart)):
                groups.setdefault(above, []).append(source)
            else:
                above, place_above = source, place
        parts = [source for group in groups.values() for source in group]
        whole = sum(amount for source, amount in every.items() if source not in parts)
        known = sum(every.values()) != table.budget_yuan == whole
        for source, group in groups.items():
            fits = sum(every[part] for part in group) == every[source]
            if known or (fits and not unmarked):
                table.funding_tree[source] = {part: every[part] for part in group}
                for part in group:
                    funding.pop(part, None)
                    public.pop(part, None)
        if table.funding_tree:
            return
