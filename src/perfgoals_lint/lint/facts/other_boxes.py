"""The figures outside of goals, values and amounts: in names, in boxes and columns that no field knows, in what is unread."""

from collections.abc import Callable, Iterator

from perfgoals_lint import prose
from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.facts.figure_fact import DIGITS, FigureFact, Said
from perfgoals_lint.lint.facts.prose_figures import context, of_text
from perfgoals_lint.lint.facts.sums import kept_amounts, period_sums
from perfgoals_lint.model import Location
from perfgoals_lint.money import WAN, ZERO
from perfgoals_lint.tables.amounts import money_factor, own_unit
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.headings import box_field, column_role
from perfgoals_lint.text import squeeze

_HEADS = ("title", "project_name", "project_code", "project_type", "project_level", "department", "unit")
_LEVELS = ("level1_code", "level1", "level2_code", "level2")
_COLUMNS = ("description", "basis")
_FULL = 100
Place = Callable[[str], Location]
"""Where the box or column of a field stands."""


def of_other_boxes(table: Table, said: Said) -> Iterator[FigureFact]:
    """One fact for each, in the order of the form."""
    goal, place = table.goal, table.place
    for scope in _HEADS:
        yield from _of_name(scope, getattr(goal, scope), place, said)
    for column in goal.header:
        yield from _plain("header", column.text, _at(goal.location))
    if goal.period is not None:
        for year in (goal.period.start, goal.period.end):
            yield from _plain("period", str(year or ""), place)
    amounts = _kept(table)
    for label, text in goal.fields.items():
        yield from _plain("label", label, _at(place(label)))
        if label in amounts:
            yield amounts[label]
        elif column_role(squeeze(label)) == "number":
            yield from _plain(label, text, place)
        elif label not in table.prose:
            yield from _of_box(label, text, place, said)
    for day, share in goal.disbursement_plan or ():
        yield from _plain("disbursement_plan", day, place)
        yield from _of_box("disbursement_plan", share, place, said)
    for task in goal.tasks or ():
        yield from _of_name("tasks", task.name, _at(task.location), said)
        number, price, amount = task.quantity, task.price_yuan, task.amount_yuan
        made = number is not None and price is not None and number * price == amount
        for fact in _of_box("tasks", task.content, _at(task.location), said):
            told = fact.value is not None and {fact.value, fact.value * WAN} & {number, price, amount}
            if made and told and fact.status != "contradict":
                fact.status = "agree"
            yield fact
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        yield from _of_row(row, said, seen)
    yield from _weights(table)
    for cell in goal.unread:
        for fact in _plain("unread", cell.text, _at(cell.location)):
            fact.role, fact.status = "number", "not_understood"
            yield fact


def _kept(table: Table) -> dict[str, FigureFact]:
    """The boxes that hold nothing but what the whole period costs, or the building, or a source of it, in a unit that is known."""
    goal = table.goal
    sums = list(period_sums(goal))
    agreeing = {
        label for whole, of, parts in sums if of == sum(parts.values(), ZERO) for label in (whole, *parts)
    }
    told = {label for whole, _, parts in sums for label in (whole, *parts)}
    found: dict[str, FigureFact] = {}
    for label, amount in kept_amounts(goal).items():
        kind = box_field(label)
        text = goal.fields[label]
        printed = (goal.money_unit and goal.money_unit.unit) or money_factor(label) or own_unit(text)
        digits = DIGITS.findall(text)
        if (
            amount is None
            or not printed
            or len(digits) != 1
            or (label not in told and kind not in OF_THE_WHOLE)
        ):
            continue
        (fact,) = _plain(label, text, table.place)
        fact.value, fact.unit, fact.counts = amount, "元", label
        fact.role = "total" if kind in OF_THE_WHOLE else "part"
        fact.status = "agree" if label in agreeing else "alone"
        found[label] = fact
    return found


def _of_row(row: Row, said: Said, seen: set[tuple[str, str]]) -> Iterator[FigureFact]:
    """The figures of the names and of the further columns of a row; a cell that several rows share is ``seen`` once."""
    indicator, place = row.indicator, row.place
    yield from _plain("number", str(indicator.number or ""), place)
    for scope in _LEVELS:
        text = getattr(indicator, scope)
        if text and DIGITS.search(text):
            location = place(scope.removesuffix("_code"))
            if (text, repr(location)) not in seen:
                seen.add((text, repr(location)))
                yield from _plain(scope, text, _at(location))
    yield from _of_name("level3", row.name, place, said)
    for scope in _COLUMNS:
        yield from _of_box(scope, getattr(indicator, scope), place, said)
    for header, text in indicator.columns.items():
        yield from _of_box(header, text, place, said)


def _weights(table: Table) -> Iterator[FigureFact]:
    """The weights of the rows, which agree where they add up to the whole."""
    found = [fact for row in table.rows for fact in _plain("weight", row.indicator.weight, row.place)]
    numbers = [float(fact.text.replace(",", "")) for fact in found]
    for fact in found:
        fact.role, fact.status = "weight", "agree" if sum(numbers) == _FULL else "alone"
    yield from found


def _of_name(scope: str, text: str | None, place: Place, said: Said) -> Iterator[FigureFact]:
    """The figures of a name: a number of something is a fact, a bare one only tells things apart."""
    for fact in _of_box(scope, text, place, said):
        if fact.status == "not_understood":
            fact.role, fact.status = "name", "context"
        yield fact


def _of_box(scope: str, text: str | None, place: Place, said: Said) -> Iterator[FigureFact]:
    if text and DIGITS.search(text):
        for fact in of_text(scope, prose.figures_of(text), said, place(scope)):
            fact.named = text
            yield fact


def _at(location: Location) -> Place:
    return lambda _: location


def _plain(scope: str, text: str | None, place: Place) -> Iterator[FigureFact]:
    for match in DIGITS.finditer(text) if text else ():
        yield context(match, scope, place(scope))
