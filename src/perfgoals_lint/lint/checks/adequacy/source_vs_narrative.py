"""PGA365: what the prose says that a source gives is what its box says."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.budget import fits_budget, known
from perfgoals_lint.money import ZERO, shown
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import expression, finds


def source_vs_narrative(table: Table, rule: Rule) -> Violations:
    """One hit a text for the first source that it gives another amount than its box has."""
    sources, budget = table.goal.funding_yuan or {}, table.goal.budget_yuan
    if budget is None or not sources:
        return
    for field, text in table.prose.items():
        if text.explained or field == "cycle_goal":
            continue
        named = _named(text, sources)
        if len(named) < 2 and not known(text, budget, None) and not _in_whole(text, named, budget):
            continue  # the part of a source that one task has
        wrong = [
            source for source, figure in named.items() if abs(figure.value - sources[source]) > figure.half
        ]
        if not wrong:
            continue
        source, figure = wrong[0], named[wrong[0]]
        given = {name for name, amount in sources.items() if amount}
        whole = given == named.keys() and fits_budget(
            sum((one.value for one in named.values()), ZERO), budget
        )
        yield Violation(
            table=table,
            field=field,
            span=figure.span,
            case="whole" if whole else None,
            args={"source": source, "stated": shown(figure.value), "printed": shown(sources[source])},
            related=[("other", {}, table.place(f"funding_yuan.{source}"))],
            evidence={"expression": f"{shown(figure.value)} ≠ {shown(sources[source])}"},
            suspects=[
                suspects.printed(field, figure.span, figure.raw, sources[source], sources[source]),
            ],
        )


def _in_whole(text: Narrative, named: dict[str, Figure], budget: Decimal) -> bool:
    """Does the only source that is named make the budget with the amounts that other sources give in its sentence?"""
    sentences = {figure.sentence for figure in named.values()}
    amounts = [
        one.value
        for one in text.figures
        if one.dimension == "money"
        and one.sentence in sentences
        and (one in named.values() or finds(one.lead, "budget.of_source"))
    ]
    return len(amounts) > 1 and fits_budget(sum(amounts, ZERO), budget)


def _named(text: Narrative, sources: dict[str, Decimal]) -> dict[str, Figure]:
    """The amounts of a text that stand directly behind the printed name of a source; none of one that is named twice."""
    found: dict[str, list[Figure]] = {}
    for figure in text.figures:
        plain = figure.dimension == "money" and figure.exact
        aside = figure.past or figure.quoted or figure.per or figure.years or (figure.parts or 1) > 1
        name = expression("budget.source_named").fullmatch(figure.lead)
        if plain and not aside and name is not None and name["source"] in sources:
            found.setdefault(name["source"], []).append(figure)
    return {source: figures[0] for source, figures in found.items() if len(figures) == 1}
