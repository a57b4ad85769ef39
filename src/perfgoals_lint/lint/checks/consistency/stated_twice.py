"""PGK635: what is said in two places of a table - a goal, a basis, a row - is said with one figure."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.checks.consistency.stated_in_boxes import counts_of_boxes
from perfgoals_lint.lint.facts.modifiers import modifier_of
from perfgoals_lint.lint.facts.prices import priced_unit
from perfgoals_lint.lint.facts.promises import (
    KeptPromise,
    covers,
    listed_for_each,
    matches,
    promised,
    stems,
    thing_of,
    together,
)
from perfgoals_lint.lint.facts.stated import stated_figure
from perfgoals_lint.lint.facts.tasks import clause_around, same_units, shared_noun, unit_class
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.money import plain
from perfgoals_lint.prose import Count, Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import PERIODS, Figure
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.types import Quantity
from perfgoals_lint.values.units import convert, measure_of

_LEAST_NAME = 4
"""Characters of a name with which it stands for one thing alone."""
_BEFORE_PRICE = 24
"""How far in front of a price its thing is named (采购净水机12台，每台7万元), in characters."""
_CLAUSE_END = compiled("[，。；、]")
_DIGITS = compiled(r"[\d.]+")
_Prices = dict[frozenset[int | str], dict[str, list[Figure]]]


def stated_twice(table: Table, rule: Rule) -> Violations:
    """At most one hit a row and one a pair of texts."""
    goal, cycle = table.goals.get("annual_goal"), table.goals.get("cycle_goal")
    said: set[int] = set()
    prices = _prices(goal) if goal is not None else {}
    for row in table.filled_rows:
        hit = _of_row(row, goal, prices) if goal is not None else None
        if hit is None and cycle is not None:
            hit = _rate(row, cycle, "cycle_value")
        if hit is not None:
            said.add(row.index)
            yield hit
    for field, text in (("annual_value", goal), ("cycle_value", cycle)):
        for hit in _counts(table, text, field) if text is not None else ():
            if hit.row is not None and hit.row.index not in said:
                said.add(hit.row.index)
                yield hit
    yield from counts_of_boxes(table)


def _of_row(row: Row, goal: Narrative, prices: _Prices) -> Violation | None:
    return (
        _rate(row, goal)
        or _period(row, goal)
        or _length(row, goal)
        or _price(row, goal, prices)
        or _money(row, goal)
    )


def _counts(table: Table, text: Narrative, field: str) -> Violations:
    """A row whose whole name stands around a count of the goal, and that asks for another number: for more than the
    annual goal (an output for less is PGA305), for more or less than the cycle goal."""
    of_cycle = field == "cycle_value"
    cells = [(row, value) for row in table.filled_rows if (value := row.value(field)) is not None]
    counts = [count for count in text.counts if not (count.background or count.quoted)]
    found = [match for match in matches(text, counts, cells) if match.named]
    agreed = {match.row.index for match in found if _agrees(match, text.counts, of_cycle)}
    sums: dict[int, Decimal] = {}
    for match in found:
        sums[match.row.index] = sums.get(match.row.index, Decimal(0)) + match.count.number
    for match in found:
        row, value, count = match.row, match.value, match.count
        quantity = value.quantity
        if row.index in agreed or quantity is None or quantity.value is None:
            continue
        if quantity.value == sums[row.index]:
            continue  # its parts, one a sentence (上半年改造管道1公里。下半年改造管道2公里)
        ceiling = quantity.op in ("<=", "<")
        if quantity.per or quantity.over or (count.operator not in (("<=",) if ceiling else ("=", ">="))):
            continue
        said = _said(match, text.counts, of_cycle)
        if said is None or (not of_cycle and quantity.value < said and row.class1 == "output"):
            continue
        clause = clause_around(text.text, count.span)
        if ceiling and (quantity.value < said or not _is_its_ceiling(row, count, clause)):
            continue  # a stricter one, or one of others
        agreed.add(row.index)
        stated = f"{plain(count.number)}{count.unit}"
        hit = _violation(row, field, value.text, stated, clause)
        hit.suspects = _suspects(hit, stated, count, count.number, said)
        yield hit


def _is_its_ceiling(row: Row, count: Count, clause: str) -> bool:
    """Does a clause cap what a row counts, and not some of it (较大事故), those beside it or what each has?"""
    if count.per or expression("stated_twice.other_ceiling").search(clause):
        return False
    things = tuple(stem.removesuffix(count.unit) for stem in stems(row.name))
    return clause.partition(plain(count.number))[0].startswith(things)


def _said(match: KeptPromise, counts: list[Count], of_cycle: bool) -> Decimal | None:
    """What a count says of the year or the cycle that a row is for; ``None`` where it is for another time."""
    count = match.count
    if of_cycle:
        # 年均培训2000人次 is not what all years come to.
        averaged = [contains_any(text, "names.averages") for text in (count.before, match.row.name)]
        return None if count.per or averaged == [True, False] else count.number
    return (
        None
        if count.years is not None or any(one.unit in words("counting.parts_of_year") for one in count.per)
        else promised(count, counts, match.row.name)
    )


def _agrees(match: KeptPromise, counts: list[Count], of_cycle: bool) -> bool:
    quantity = match.value.quantity
    number = quantity.value if quantity is not None else None
    if number is None:
        return True
    each = listed_for_each(match.count, counts)
    if each is not None and number == promised(each, counts, match.row.name):
        return True
    return number == _said(match, counts, of_cycle) or number in together(match.count, counts)


def _rate(row: Row, goal: Narrative, field: str = "annual_value") -> Violation | None:
    """A rate or a length of time that the goal of the year, or of the cycle, names by the row's own name."""
    value = row.value(field)
    figure = stated_figure(row, value, goal) if value else None
    if value is None or value.quantity is None or figure is None:
        return None
    return _other(row, value, value.quantity, figure, figure.dimension == "time")


def _other(row: Row, value: Value, quantity: Quantity, figure: Figure, timed: bool) -> Violation | None:
    """The hit where a figure of the goal is not that of the row."""
    same = convert(figure.value, figure.unit, quantity.unit) if timed else figure.value
    if not timed and (figure.unit == "‰") != (quantity.unit == "‰"):
        return None
    if figure.low is not None or same is None or same == quantity.value:
        return None
    return _hit(row, figure, figure.raw, same, value.field)


def _period(row: Row, goal: Narrative) -> Violation | None:
    """So many a quarter or month in the goal, against the count of the year in the row."""
    quantity = row.target
    if quantity is None or quantity.value is None or quantity.per or quantity.over:
        return None
    if row.class1 != "output" or quantity.op in ("<=", "<"):
        return None
    fitting = [
        figure
        for figure in goal.figures
        if figure.dimension == "count"
        and (figure.parts or 1) > 1
        and not (figure.per or figure.past or figure.quoted)
        and same_units(figure.unit, quantity.unit)
        and shared_noun(figure.lead, row.name)
    ]
    if len(fitting) != 1:
        return None
    figure = fitting[0]
    times = 1 if expression("stated_twice.each_period").search(row.name) else figure.parts or 1
    computed = figure.value * times
    if computed == quantity.value or figure.bound == "~" or figure.low is not None:
        return None
    others = [one for one in goal.counts if one.span[0] != figure.span[0] and not one.per]
    if any(one.number == quantity.value and same_units(one.unit, quantity.unit) for one in others):
        return None  # the row is for another count of the goal
    # A row that asks for more may count other things beside; one that asks for less permits to do less.
    if quantity.value > computed and quantity.value % computed == 0:
        return None
    stated = figure.raw if times == 1 else f"{figure.raw} × {times} = {plain(computed)}{figure.unit}"
    return _hit(row, figure, stated, computed)


def _length(row: Row, text: Narrative) -> Violation | None:
    """A length, area or weight that the text states under the row's own name in another unit (15公里, 1500米)."""
    quantity = row.target
    if quantity is None or quantity.value is None:
        return None
    if measure_of(quantity.unit)[0] not in words("counting.extents"):
        return None
    if quantity.per or quantity.over or quantity.op in ("<=", "<"):
        return None
    fitting = [
        (figure, same)
        for figure in text.figures
        if figure.dimension == "count"
        and figure.unit != quantity.unit
        and figure.bound in ("=", ">=")
        and not (figure.per or figure.parts or figure.past or figure.quoted or figure.low is not None)
        and covers(figure.lead + _CLAUSE_END.split(figure.tail)[0], row.name)
        and (same := convert(figure.value, figure.unit, quantity.unit)) is not None
    ]
    if len(fitting) != 1:
        return None
    ((figure, same),) = fitting
    if same == quantity.value or figure.years is not None:
        return None
    return _hit(row, figure, figure.raw, same)


def _prices(text: Narrative) -> _Prices:
    """The prices of a text by the units that they are for one of, and by the words around them, numbers left out."""
    found: _Prices = {}
    for figure in text.figures:
        planned = figure.planned and figure.low is None and figure.bound in ("=", "<=")
        if figure.dimension == "money" and planned and not finds(figure.lead, "stated_twice.another"):
            of_unit = found.setdefault(_key(one.unit for one in figure.per), {})
            of_unit.setdefault(_DIGITS.sub("", _around_price(text, figure)), []).append(figure)
    return found


def _key(units: Iterable[str]) -> frozenset[int | str]:
    """Units, those that stand for each other as one."""
    classes = ((unit, unit_class(unit)) for unit in units)
    return frozenset(unit if known is None else known for unit, known in classes)


def _price(row: Row, text: Narrative, prices: _Prices) -> Violation | None:
    """A unit price that the text states for the thing of a price row."""
    quantity, unit = row.target, priced_unit(row)
    if quantity is None or quantity.unit != "元" or not (quantity.per or unit):
        return None
    things = (one for one in [*(one.unit for one in quantity.per), unit] if one and one not in PERIODS)
    around = (
        group
        for key in {_key(things), _key(())}
        for words_around, group in prices.get(key, {}).items()
        if shared_noun(words_around, row.name) and not _is_share(words_around, row.name)
    )
    same = (figure for group in around for figure in group if _of_the_same(figure, quantity, unit))
    fitting = list(islice(same, 2))
    if len(fitting) != 1 or fitting[0].value == quantity.value or quantity.value is None:
        return None
    if any(figure.dimension == "money" and figure.value == quantity.value for figure in text.figures):
        return None  # the text has the row's own figure beside another (服务包56元/人，财政补助40元)
    return _hit(row, fitting[0], fitting[0].raw, fitting[0].value)


def _of_the_same(figure: Figure, quantity: Quantity, unit: str | None) -> bool:
    """Is a price of the text for one of what the row's is for, by its value or its name (每人每月600元 and 元/人/月)?"""
    if not figure.per and len(quantity.per) == 1:
        return ends_with_any(figure.lead, "ends.unit_price")
    units = [one.unit for one in quantity.per] or ([unit] if unit else [])
    periods = [unit for unit in units if unit in PERIODS]
    things = [unit for unit in units if unit not in PERIODS]
    same_things = len(things) == len(figure.per) and all(
        any(same_units(unit, one.unit) for one in figure.per) for unit in things
    )
    return same_things and [PERIODS[unit] for unit in periods] == ([figure.parts] if figure.parts else [])


def _is_share(text: str, name: str) -> bool:
    """Do the words around a price say that it is a subsidy or one part of the price, and the name of the row does not?"""
    return any(one[0] not in name for one in expression("stated_twice.share_of_price").finditer(text))


def _around_price(text: Narrative, figure: Figure) -> str:
    """The words in front of a price and those of its clause behind it (按每人每月600元标准发放管护补助)."""
    before = text.text[max(0, figure.span[0] - _BEFORE_PRICE) : figure.span[0]]
    return before + "\n" + _CLAUSE_END.split(figure.tail)[0]


def _money(row: Row, text: Narrative) -> Violation | None:
    """An amount that the text states directly behind the row's own name (新增税收20万元, 户均增收不少于2000元)."""
    quantity = row.target
    if quantity is None or quantity.unit != "元" or quantity.per or quantity.over:
        return None
    around = expression("stated_twice.around_money")
    name = around.sub("", thing_of(row.name))
    if len(name) < _LEAST_NAME or quantity.value is None or cues().wholes.search(name):
        return None
    fitting = [
        figure
        for figure in text.figures
        if figure.dimension == "money"
        and around.sub("", matcher("figures.reached").sub("", cues().bounded.sub("", figure.lead))).endswith(
            name
        )
        and figure.bound in ("=", ">=")
        and not (figure.past or figure.quoted or figure.low is not None or figure.years)
        and _said_alike(figure, row, name)
    ]
    if len(fitting) != 1 or abs(fitting[0].value - quantity.value) <= fitting[0].half:
        return None
    if quantity.op in ("<=", "<") and fitting[0].value <= quantity.value:
        return None
    return _hit(row, fitting[0], fitting[0].raw, fitting[0].value)


def _said_alike(figure: Figure, row: Row, name: str) -> bool:
    """Is an amount for the table's year, and for one of what the row's name is for, or for none, by the words in front of it that its name does not have?"""
    year = expression("stated_twice.clause_year").search(figure.lead)
    of_other_year = year is not None and int(year[1]) != row.table.year
    each = modifier_of(row.name) == "per" and expression("stated_twice.per_behind").search(figure.raw) is None
    other = of_other_year or finds(figure.lead.replace(name, ""), "stated_twice.otherwise")
    return not other and (each if figure.per else (figure.parts or 1) == 1)


def _hit(row: Row, figure: Figure, stated: str, meant: Decimal, field: str = "annual_value") -> Violation:
    """A row that is not ``meant`` by a figure of the goal."""
    words = f"{figure.lead}{figure.raw}".strip("，。；、 ")
    hit = _violation(row, field, getattr(row.indicator, field), stated, words)
    hit.suspects = _suspects(hit, figure.raw, figure, figure.value, meant)
    return hit


def _suspects(
    hit: Violation, text: str, figure: Figure | Count, number: Decimal, meant: Decimal
) -> list[Suspect]:
    """The row, and the figure of the goal by which it is ``meant`` to be something else, each as the one that is wrong."""
    value = hit.row.value(hit.field or "") if hit.row else None
    if (
        hit.row is None
        or value is None
        or value.quantity is None
        or value.quantity.value is None
        or not meant
    ):
        return []
    goal = "cycle_goal" if value.field == "cycle_value" else "annual_goal"
    other = number * value.quantity.value / meant
    # What is to be done at least may be more (不少于80件 a quarter).
    floor = isinstance(figure, Figure) and figure.bound == ">=" and value.quantity.value < meant
    return [
        suspects.cell(hit.row, value.field, meant, None if floor else meant),
        suspects.printed(goal, figure.span, text, other, other),
    ]


def _violation(row: Row, field: str, value: str, stated: str, clause: str) -> Violation:
    cell = row.value(field)
    goal = "cycle_goal" if field == "cycle_value" else "annual_goal"
    return Violation(
        row=row,
        field=field,
        span=cell.span if cell else None,
        args={"value": value, "stated": stated, "words": clause},
        related=[("goal" if goal == "annual_goal" else "other", {}, row.table.place(goal))],
    )
