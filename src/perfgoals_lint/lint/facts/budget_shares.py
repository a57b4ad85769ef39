"""What prose says that an amount is of the budget, against the budget box."""

from collections.abc import Iterator
from itertools import pairwise

from perfgoals_lint.lint.context import Table
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.relations.relation import Relation, share_made
from perfgoals_lint.rulebook.lexicons import expression


def budget_shares(table: Table, text: Narrative) -> Iterator[Relation]:
    """The shares of the budget that stand directly behind their amounts, where no whole of a text's own explains them."""
    budget = table.goal.budget_yuan
    if not budget or text.explained:
        return
    told = {figure for one in text.relations for figure in (*one.terms, one.result)}
    for part, rate in pairwise(text.figures):
        if part.dimension != "money" or rate.dimension != "share" or rate in told or rate.unit != "%":
            continue
        exact = all(one.exact and not one.quoted for one in (part, rate))
        apart = part.past or part.per or part.years or (part.parts or 1) > 1
        between = "".join(text.text[part.span[1] : rate.span[0]].split())
        if not exact or apart or not expression("budget.share_of").fullmatch(between):
            continue
        computed, slack, shown = share_made(part, budget, rate, part)
        holds = abs(computed - rate.value) <= max(slack, rate.step)
        yield Relation("share", [part], rate, computed, holds, shown, "likely")
