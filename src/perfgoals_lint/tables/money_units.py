"""In which unit are amounts printed that name none? Nothing is multiplied out of habit: what the document says elsewhere decides,
and where nothing does, the amounts stay open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.model import Document, GoalTable, Location, MoneyUnit, Problem, Task, Total
from perfgoals_lint.money import UNIT_WORDS, UNITS, plain, shown
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import own_unit, unit_of, yuan
from perfgoals_lint.tables.cells import Box

INFERRED = "PGX121"
OPEN = "PGX122"
CONTRADICTED = "PGX152"

_CANDIDATES = ("元", "万元")
"""The units in which a form may print amounts without saying so."""
_NO_WAN = 1_000_000
"""A number from which on it is no amount in 万元: no form's budget is ten billion 元."""
_NO_YUAN = 10_000
"""A number below which it is no amount in 元: no project that has goals costs less. With a thousands separator it may be one."""
_FEN = 2
"""Decimals of an amount in 元."""
_NEAR, _FAR = 1.2, 2.5
"""Powers of ten by which the largest amount that the text says may differ from the budget in the right unit, and must in the
wrong one."""
_STATED = compiled(
    rf"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*({UNIT_WORDS}|[万亿](?![元\d一-鿿])|亿)(?!\s*[/／每])"
)
_RATE = compiled(r"(?:每|人均|户均|单价|标准)[^，。；;]{0,8}$")
_SHOWN = 24


Owner = GoalTable | Task | Total
"""What has amounts."""


class UnitlessAmount(NamedTuple):
    """An amount that names no unit: where its value is kept (a member of ``owner``, or a source of its funding), and its text."""

    owner: Owner
    name: str
    text: str
    location: Location

    @property
    def number(self) -> Decimal:
        """The number as printed."""
        return yuan(self.text, 1) or Decimal(0)


@dataclass(slots=True)
class Group:
    """Amounts that are printed in one unit: those of a form, or of a list. The values are as printed until the unit is
    known."""

    tables: list[GoalTable]
    amounts: list[UnitlessAmount] = field(default_factory=list)
    contradicted: Problem | None = None
    """The first amount for which two units are printed."""
    labels: dict[str, int | None] = field(default_factory=dict)
    """The unit on the labels of the amounts that name none themselves, by their names."""
    noted: Problem | None = None
    """The first amount whose label has another unit than the note above."""

    def read(
        self, owner: Owner, name: str, box: Box, own: Iterable[int | None], note: int | None
    ) -> Decimal | None:
        """The amount of a box in 元, as printed where no unit is known (see ``unit_for``, the label's ``own`` first); ``None``
        where it is none."""
        own = list(own)
        factor, unit = unit_for(box.text, own, note)
        amount = yuan(box.text, factor or 1)
        if amount and unit is not None and unit.unit:
            bare = own_unit(box.text) is None
            printed = (one for one in own if one and one != UNITS[unit.unit])
            # An amount may be written out in 元 in a column of 万元; 120元 there is hardly meant.
            other = next((unit_of(one) for one in printed if bare or amount < one), None)
            self.contradicted = self.contradicted or _two_units(box, unit.unit, other)
            if bare:
                self.labels[name] = own[0]
                above = unit_of(note) if note and note != UNITS[unit.unit] else None
                self.noted = self.noted or _two_units(box, unit.unit, above)
        if amount is not None and isinstance(owner, GoalTable):
            owner.money_unit = owner.money_unit or unit
        if amount is not None and factor is None:
            self.amounts.append(UnitlessAmount(owner, name, box.text, box.location()))
        return amount

    def doubted(self) -> Problem | None:
        """The amount to name for its two units. A note above is overridden, without a doubt, where every one of several
        labels has the same unit."""
        units = set(self.labels.values())
        overridden = len(self.labels) > 1 and len(units) == 1 and None not in units
        return self.contradicted or (None if overridden else self.noted)


def _two_units(box: Box, unit: str, other: str | None) -> Problem | None:
    args = {"text": box.text.strip()[:_SHOWN], "unit": unit, "other": other or ""}
    return Problem(CONTRADICTED, box.location(), args) if other else None


def unit_for(text: str, own: Iterable[int | None], note: int | None) -> tuple[int | None, MoneyUnit | None]:
    """The factor of a printed amount and where it is from: the amount itself (any factor will do), a label or block that
    names a unit, a note; nothing of both where no unit is printed."""
    if (unit := own_unit(text)) is not None:
        return 1, MoneyUnit(unit, "printed")
    factor = next((known for known in own if known is not None), None)
    if factor is not None:
        return factor, MoneyUnit(unit_of(factor), "printed")
    return (note, MoneyUnit(unit_of(note), "note")) if note is not None else (None, None)


class _Finding(NamedTuple):
    unit: str
    evidence: str


def settle_units(document: Document, groups: Sequence[Group]) -> None:
    """Give every group its unit: from evidence of its own, else from the other groups of the document."""
    document.problems += [doubt for group in groups if (doubt := group.doubted()) is not None]
    waiting = [group for group in groups if group.amounts]
    found = {id(group): _found(group) for group in waiting}
    known = {one.unit for one in found.values() if one is not None}
    told: set[str] = set()
    for group in waiting:
        finding = found[id(group)]
        if finding is None and len(known) == 1:
            other = next(one for one in found.values() if one is not None)
            finding = other if _may_be(group, other.unit) else None
        _write(group, finding)
        first = group.amounts[0]
        if finding is None:
            document.problems.append(Problem(OPEN, first.location, _readings(group, first)))
        elif finding.unit not in told:
            told.add(finding.unit)
            args = {
                "unit": finding.unit,
                "evidence": finding.evidence,
                "project": group.tables[0].project_name if group.tables else "",
            }
            document.problems.append(Problem(INFERRED, first.location, args))


def _readings(group: Group, first: UnitlessAmount) -> dict[str, str]:
    return {
        "project": group.tables[0].project_name if group.tables else "",
        "text": first.text.strip(),
        "yuan": plain(first.number),
        "wan": plain(first.number * UNITS["万元"]),
        "count": str(len(group.amounts)),
    }


def _write(group: Group, finding: _Finding | None) -> None:
    factor = UNITS[finding.unit] if finding else None
    for owner, name in {(id(one.owner), one.name): (one.owner, one.name) for one in group.amounts}.values():
        for funding in _fundings(owner):
            if name in funding:
                if factor is None:
                    del funding[name]
                else:
                    funding[name] *= factor
        if hasattr(owner, name):
            value = getattr(owner, name)
            setattr(owner, name, value * factor if factor is not None and value is not None else None)
    for table in group.tables:
        if table.funding_yuan is not None and not table.funding_yuan:
            table.funding_yuan = None
        if table.money_unit is None and any(one.owner is table for one in group.amounts):
            table.money_unit = MoneyUnit(
                finding.unit if finding else None, "inferred", finding.evidence if finding else None
            )


def _fundings(owner: Owner) -> Iterator[dict[str, Decimal]]:
    if owner.funding_yuan:
        yield owner.funding_yuan
    if isinstance(owner, GoalTable):
        yield from owner.funding_tree.values()


def _may_be(group: Group, unit: str) -> bool:
    most = max(one.number for one in group.amounts)
    return unit != "万元" or most < _NO_WAN


def _found(group: Group) -> _Finding | None:
    """The unit that the evidence of a group is for, ``None`` where there is none or it is against itself."""
    numbers = {one.number for one in group.amounts if one.number}
    if not numbers:
        return _Finding("元", "0")
    most = max(group.amounts, key=lambda one: one.number)
    stated = dict(_stated(group.tables)) | _known(group)
    exact = {unit: text for unit in _CANDIDATES for text in [_named(numbers, UNITS[unit], stated)] if text}
    if len(exact) == 1:
        unit, text = next(iter(exact.items()))
        return _Finding(unit, text) if _may_be(group, unit) else None
    if most.number >= _NO_WAN:
        return _Finding("元", most.text.strip())
    if fine := next((one for one in group.amounts if _decimals(one.number) > _FEN), None):
        return _Finding("万元", fine.text.strip())
    if most.number < _NO_YUAN and not any("," in one.text or "，" in one.text for one in group.amounts):
        return _Finding("万元", most.text.strip())
    return _nearest(most.number, stated)


def _named(numbers: Iterable[Decimal], factor: int, stated: dict[Decimal, str]) -> str | None:
    return next((stated[number * factor] for number in numbers if number * factor in stated), None)


def _decimals(number: Decimal) -> int:
    """Decimals of a number without trailing zeros."""
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _nearest(most: Decimal, stated: dict[Decimal, str]) -> _Finding | None:
    """The unit in which the largest amount is of the order of the largest one that the text says."""
    if not stated:
        return None
    largest = max(stated)
    apart = {unit: abs((most * UNITS[unit] / largest).log10()) for unit in _CANDIDATES}
    near, far = sorted(apart, key=lambda unit: apart[unit])
    return _Finding(near, stated[largest]) if apart[near] <= _NEAR and apart[far] >= _FAR else None


def _stated(tables: Iterable[GoalTable]) -> Iterator[tuple[Decimal, str]]:
    """The amounts in 元 that the texts of tables say, each with its words; a price for one of many is none."""
    for text in _texts(tables):
        for match in _STATED.finditer(text):
            if _RATE.search(text[: match.start()]):
                continue
            unit = match[2] if match[2] in UNITS else match[2] + "元"
            amount = Decimal(match[1].replace(",", "")) * UNITS[unit]
            if amount:
                start = max(match.end() - _SHOWN, 0)
                yield amount, text[start : match.end()].strip()


def _known(group: Group) -> dict[Decimal, str]:
    """The amounts of the same tables that do name their unit."""
    open_ = {(id(one.owner), one.name) for one in group.amounts}
    amounts = (
        amount
        for table in group.tables
        for name, amount in (("budget_yuan", table.budget_yuan), *(table.funding_yuan or {}).items())
        if amount and (id(table), name) not in open_
    )
    return {amount: shown(amount) for amount in amounts}


def _texts(tables: Iterable[GoalTable]) -> Iterator[str]:
    for table in tables:
        texts = [table.cycle_goal, table.annual_goal, table.purpose, *table.fields.values()]
        texts += [task.content for task in table.tasks or ()]
        for row in table.indicators:
            texts += (row.annual_value, row.cycle_value, row.description, row.basis)
        yield from (text for text in texts if text)
