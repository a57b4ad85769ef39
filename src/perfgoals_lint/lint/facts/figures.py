"""Every figure of a table - prose, rows, budget box - as a fact, and the account of them: none is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from perfgoals_lint.lint.context import Table, Value
from perfgoals_lint.lint.facts.figure_fact import DIGITS, FigureFact, Said
from perfgoals_lint.lint.facts.other_boxes import of_other_boxes
from perfgoals_lint.lint.facts.prose_figures import of_text
from perfgoals_lint.lint.suspects import FigurePlace
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.prose.figures import Figure

COMPARING = ("PGA", "PGK")
"""Rules that set figures against each other have a code that begins so."""


def facts(table: Table, told: Iterable[tuple[Finding, Violation]] = ()) -> list[FigureFact]:
    """The figures of a table: its amounts, its prose box by box, its rows, all other boxes; in each text in its order. Those
    that one of the findings ``told`` of the table sets against each other contradict."""
    budget = table.goal.budget_yuan
    said: Said = Counter()
    for text in table.prose.values():
        said.update({(figure.value, figure.unit) for figure in text.figures})
    of_rows = [
        [
            (value.quantity.value, value.quantity.unit or "")
            for value in row.values
            if value.quantity is not None and value.quantity.value is not None
        ]
        for row in table.rows
    ]
    apart = said.copy()  # two rows with the same figure are about two things
    for of_row in of_rows:
        said.update(of_row)
    whole = _whole_entries(table, budget)
    found = _amounts(table, bool(whole) or said[(budget or Decimal(0), "元")] > 0)
    if budget is not None:
        said[(budget, "元")] += 1
        apart[(budget, "元")] += 1
    for name, text in table.prose.items():
        found += of_text(name, text, said, table.place(name), whole)
    for row, of_row in zip(table.rows, of_rows, strict=True):
        for value in row.values:
            found += _cell(value, apart, of_row, row.place(value.field))
    compared = (
        hit for finding, hit in told if finding.rule.startswith(COMPARING) and finding.severity != "info"
    )
    found += of_other_boxes(table, said)
    _suspected(table, found, [suspect.place for hit in compared for suspect in hit.suspects])
    return found


def _amounts(table: Table, repeated: bool) -> list[FigureFact]:
    """The budget, which may be ``repeated`` elsewhere, its sources and the amounts of its tasks, which agree with it where
    they add up to it."""
    goal, budget = table.goal, table.goal.budget_yuan
    sources = [
        (f"funding_yuan.{name}", name, amount, table.place(f"funding_yuan.{name}"))
        for name, amount in (goal.funding_yuan or {}).items()
    ]
    tasks = [
        ("tasks", task.name, task.amount_yuan, task.location)
        for task in goal.tasks or ()
        if task.amount_yuan is not None
    ]
    found: list[FigureFact] = []
    of_tasks = goal.sum_of_tasks.amount_yuan if goal.sum_of_tasks else budget
    wholes = [(sources, budget), (tasks, of_tasks)] + [
        (
            [
                (f"funding_yuan.{one}", one, amount, table.place(f"funding_yuan.{one}"))
                for one, amount in parts.items()
            ],
            goal.whole_of(source),
        )
        for source, parts in goal.funding_tree.items()
    ]
    for parts, whole in wholes:
        adds_up = bool(parts) and sum((amount for _, _, amount, _ in parts), Decimal(0)) == whole
        repeated = repeated or (adds_up and whole == budget)
        found += [
            FigureFact.of_amount(scope, name, amount, "part", adds_up, place)
            for scope, name, amount, place in parts
        ]
    if budget is None:
        return found
    return [
        FigureFact.of_amount("budget_yuan", "", budget, "total", repeated, table.place("budget_yuan")),
        *found,
    ]


def _suspected(table: Table, found: list[FigureFact], places: Iterable[FigurePlace]) -> None:
    """Mark the figures of the table in these places, however they are printed."""
    by_box: dict[tuple[str, Location | None], list[FigureFact]] = defaultdict(list)
    for fact in found:
        if fact.status != "context":
            by_box[fact.scope, fact.location].append(fact)
    for place in places:
        if place.table in (None, table.index):
            box = table.place(place.field) if place.row is None else table.rows[place.row].place(place.field)
            for fact in by_box[place.field, box]:
                if place.start in (None, fact.span[0]):
                    fact.status = "contradict"


def _whole_entries(table: Table, budget: Decimal | None) -> set[Figure]:
    """The figures of the texts whose amounts, all added up, are the budget."""
    whole: set[Figure] = set()
    for text in table.prose.values() if budget is not None else ():
        values = [entry.value for entry in text.entries]
        known = [value for value in values if value is not None]
        if known and len(known) == len(values) and abs(sum(known, Decimal(0)) - (budget or 0)) < 1:
            whole.update(figure for entry in text.entries for figure in entry.figures)
    return whole


def _cell(value: Value, apart: Said, of_row: list[tuple[Decimal, str]], place: Location) -> list[FigureFact]:
    """The figures of a value cell; the one that the value states is a target, the others are its context. It agrees with
    what is said ``apart`` from the rows, and with another value of its own row."""
    quantity = value.quantity
    span = value.span or (0, len(value.text))
    found: list[FigureFact] = []
    for match in DIGITS.finditer(value.text):
        fact = FigureFact(
            match[0], None, "", value.row.name, "target", "alone", None, value.field, match.span(), place
        )
        fact.named, fact.within = value.row.name, value.text
        if quantity is not None and quantity.value is not None and span[0] <= match.start() < span[1]:
            fact.value, fact.unit = quantity.value, quantity.unit or ""
            key = (quantity.value, fact.unit)
            fact.status = "agree" if apart[key] + of_row.count(key) > 1 else "alone"
        elif value.kind in ("deadline", "period"):
            fact.role = "deadline"
        elif not value.has_number:
            fact.status = "context"
        found.append(fact)
    return found
