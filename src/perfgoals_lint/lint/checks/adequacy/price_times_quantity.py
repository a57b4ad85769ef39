"""PGA318: a unit price times the quantity of its row, against the row of the cost and the budget."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.acts import acts_in, is_other_act
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.facts.prices import priced_unit
from perfgoals_lint.lint.facts.promises import covers, thing_of, without_unit
from perfgoals_lint.lint.facts.tasks import bare_words, same_units
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.model import Location
from perfgoals_lint.money import plain, shown, slipped
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.lexicons import expression, finds, pattern_of, words
from perfgoals_lint.rulebook.similarity import common_stretch
from perfgoals_lint.values.types import Measure

_LEAST = 2
_MOST = 60
"""Price rows and count rows of one table that are held against each other."""


@dataclass(slots=True, frozen=True)
class Priced:
    """A row with a price, the row that counts what it is for, and what they make in 元."""

    price: Row
    count: Row
    cost: Decimal


def price_times_quantity(table: Table, rule: Rule) -> Violations:
    """One hit a price whose product with the number in its row is not the cost row's figure, or is above the budget or
    exactly ten thousand times off it, or that is above the budget by itself."""
    rows = [row for row in table.filled_rows if row.target]
    prices = [row for row in rows if priced_unit(row)][:_MOST]
    if not prices:
        return
    counts = [
        row
        for row in rows
        if is_count(row.target)
        and not (row.is_cost or finds(row.name, "named_part.part"))  # the whole stands above it
    ]
    costs = [row for row in rows if row.is_cost and row not in prices]
    budget, dearest = table.goal.budget_yuan, rule.number("dearest")
    made = [(price, _priced(price, counts[:_MOST])) for price in prices]
    asked: set[tuple[int, Decimal]] = set()
    for price, named in made:
        alone = _amount(price)
        if budget and alone is not None and alone > budget and price.is_cost:
            yield _above_alone(price, alone, budget)
            continue
        told = len(_per(price)) == 1  # one of a year may be paid for a part of it only
        priced = named or _priced_a_head(price, counts[:_MOST])
        if priced is None:
            continue
        stated = _cost_row(priced, costs[:_MOST]) if named and told else None
        prices_of_it = {_amount(one.price) for _, one in made if one and one.count is priced.count}
        if stated is None and len(prices_of_it) > 1:
            continue  # each price may be that of one sort of what is counted (小（1）型, 小（2）型)
        firm = told if named else finds(price.name, "prices.mean") and (told or not _per(price))
        too_dear = budget and priced.cost > (budget if firm else budget * dearest / 100)
        wrong = stated is not None or too_dear or (budget and slipped(priced.cost, budget))
        if wrong and (priced.count.index, priced.cost) not in asked:
            asked.add((priced.count.index, priced.cost))  # the same price may be told twice
            yield _hit(priced, stated)


def _per(row: Row) -> list[Measure]:
    quantity = row.target
    return quantity.per if quantity else []


def _priced(price: Row, counts: list[Row]) -> Priced | None:
    """The only row that counts, in the unit of the price, a thing that the price's name names too."""
    name = bare_words(_priced_thing(price.name), "\t")
    # All that the row counts is in the price's name: the price of an average batch is not that of one sort.
    fitting = [
        row
        for row in counts
        if _number(row) is not None
        and same_units(_unit(row), priced_unit(price))
        and common_stretch(bare_words(row.name, "\n"), name, _LEAST)
        and any(covers(name, stem) for stem in _stems(row.name, _unit(row) or ""))
        and not _otherwise(price.name, row.name)
    ]
    return _made(price, fitting)


def _priced_a_head(price: Row, counts: list[Row]) -> Priced | None:
    """The only row in the unit of a mean price (人均培训成本) or of a price of one (单座加固成本, 终端单价), when its name
    holds all that the price is for (培训护理人员人数). Its product is a limit, no amount that a cost row would repeat."""
    without_one = (
        expression("prices.of_one").sub("", expression("prices.mean").sub("", name))
        for name in (
            _priced_thing(price.name),
            _without_price(price.name),
        )  # 购置 of 单辆购置成本 tells what for
    )
    thing = next((name for name in without_one if len(name) >= _LEAST), None)
    if thing is None:
        return None
    fitting = [
        row
        for row in counts
        if same_units(_unit(row), priced_unit(price)) and (thing in row.name or covers(row.name, thing))
    ]
    return None if any(_otherwise(price.name, row.name) for row in fitting) else _made(price, fitting)


def _made(price: Row, fitting: list[Row]) -> Priced | None:
    """What a price makes with the only row that fits it."""
    amount, number = _amount(price), _number(fitting[0]) if len(fitting) == 1 else None
    return None if amount is None or number is None else Priced(price, fitting[0], amount * number)


def _number(row: Row) -> Decimal | None:
    """How many a row asks for at least, unless it is so many for each of something."""
    quantity = row.target
    plain_number = quantity is not None and not quantity.per and quantity.op in ("=", ">=")
    return _amount(row) if plain_number else None


def _otherwise(price: str, count: str) -> bool:
    """Is something else done to what is counted than what the price is for (档案修复单价, 档案扫描页数), or does the count
    name only what is done and the price what it is done to (日常养护县道标准, 养护里程)?"""
    one, other = acts_in(price), acts_in(count)
    if one and other and is_other_act(price, count):
        return True
    return bool(other) and not _thing(count) and len(_thing(price)) >= _LEAST


def _thing(name: str) -> str:
    """What is left of a name without what is done, its unit and its words of measure or price."""
    for listed in ("names.acts", "figures.price_names", "figures.name_ends"):
        name = re.sub(pattern_of(words(listed)), "", name)
    return bare_words(name, "")


def _without_verb(name: str) -> str:
    """A name without the verb of doing at its beginning (水井数量 of 新建水井数量)."""
    verbs = (verb for verb, lists in vocabulary().words.items() if "commitments" in lists)
    taken = [verb for verb in (*verbs, *words("costs.having")) if name.startswith(verb)]
    return name[max(map(len, taken), default=0) :]


def _stems(name: str, unit: str) -> Iterator[str]:
    """What a row that counts may be said to count: its name, without the verb at its beginning, without the measure at
    its end (清淤方量), and without its unit (课桌更新套数, in 套) and the verb in front of that."""
    yield name
    yield _without_verb(name)
    said = analyse(name)
    if said.kind == "measure":
        yield said.measured
    thing = without_unit(name, unit)
    if thing != name:
        yield thing
        yield _without_verb(thing)
        yield next((thing.removesuffix(verb) for verb in words("names.acts") if thing.endswith(verb)), thing)


def _without_price(name: str) -> str:
    """What a price or a cost is for, without the word for it (净水机购置 of 净水机购置单价, 净水机安装 of 净水机安装费)."""
    ends = (*words("figures.price_names"), *words("names.money_heads"), *words("names.money_tails"))
    while name.endswith(ends):
        name = name[: -max(len(end) for end in ends if name.endswith(end))]
    return thing_of(name)


def _priced_thing(name: str) -> str:
    """The thing itself that a price or a cost is for (净水机 of 净水机购置单价)."""
    thing = _without_price(name)
    return next((thing.removesuffix(verb) for verb in words("costs.having") if thing.endswith(verb)), thing)


def _cost_row(priced: Priced, costs: list[Row]) -> Row | None:
    """The cost row of the very thing, where it says another amount."""
    thing = _without_verb(_priced_thing(priced.price.name))
    for row in costs:
        quantity = row.target
        capped = quantity and quantity.unit == "元" and not quantity.per and quantity.op in ("=", "<=")
        if (
            capped
            and _amount(row) not in (None, priced.cost)
            and _without_verb(_priced_thing(row.name)) == thing
        ):
            return row
    return None


def _above_alone(price: Row, amount: Decimal, budget: Decimal) -> Violation:
    """One piece costs more than the whole budget."""
    return Violation(
        row=price,
        field="annual_value",
        span=price.annual.span if price.annual else None,
        case="alone",
        args={"budget": shown(budget)},
        evidence={"expression": f"{shown(amount)} > {shown(budget)}"},
        suspects=[
            suspects.cell(price, "annual_value", None, budget),
            suspects.budget(price.table, amount, None),
        ],
    )


def _hit(priced: Priced, stated: Row | None) -> Violation:
    price, count = priced.price, priced.count
    terms = [row.annual.text.strip("=≤≥ ") if row.annual else "" for row in (price, count)]
    budget = price.table.goal.budget_yuan
    args = {
        "expression": f"{terms[0]} × {terms[1]} = {shown(priced.cost)}",
        "count": count.name,
        "stated": stated.annual.text if stated is not None and stated.annual else "",
        "cost": stated.name if stated is not None else "",
        "budget": shown(budget) if budget else "",
    }
    related: list[tuple[str, dict[str, str], Location]] = [("count", {}, count.place("annual_value"))]
    if stated is not None:
        related.append(("cost", {}, stated.place("annual_value")))
    return Violation(
        row=price,
        field="annual_value",
        span=price.annual.span if price.annual else None,
        case=None if stated is not None else "slip" if budget and slipped(priced.cost, budget) else "budget",
        args=args,
        related=related,
        evidence={"expression": args["expression"], "computed_yuan": plain(priced.cost)},
        suspects=list(_suspects(priced, stated)),
    )


def _suspects(priced: Priced, stated: Row | None) -> Iterator[Suspect]:
    """The price, the number, and the amount that their product should be, or may at most be."""
    table = priced.price.table
    meant = stated.target.value if stated is not None and stated.target else table.goal.budget_yuan
    if meant is None or not priced.cost:
        return
    for row in (priced.price, priced.count):
        if number := _amount(row):
            value = number * meant / priced.cost
            yield suspects.cell(row, "annual_value", value if stated is not None else None, value)
    if stated is not None:
        yield suspects.cell(stated, "annual_value", priced.cost, priced.cost)
    else:
        yield suspects.budget(table, priced.cost, None)


def _amount(row: Row) -> Decimal | None:
    quantity = row.target
    return quantity.value if quantity else None


def _unit(row: Row) -> str | None:
    quantity = row.target
    return quantity.unit if quantity else None
