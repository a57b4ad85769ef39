"""PGK635, its part about texts: the counts of one thing in the annual goal and in another box of the table."""

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Table, Violation, Violations
from perfgoals_lint.lint.facts.same_things import above, differing
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.messages import entry


def counts_of_boxes(table: Table) -> Violations:
    """At most one hit: a count of one thing in the annual goal and in another box of the table, told otherwise."""
    goal = table.prose.get("annual_goal")
    if goal is None:
        return
    # The other boxes of a project of several years may tell of all its years.
    of_years = (table.length_in_months or 12 * (table.years or 1)) > 12
    for field, text in table.prose.items():
        if field == "annual_goal":
            continue
        of_cycle = of_years or field == "cycle_goal"
        last = table.period[1] if table.period else None
        found = above(goal, text, table.year, last) if of_cycle else differing(goal, text, table.year)
        if found is not None:
            here, there = found
            # A goal is called in the language of the run, another box by its own name.
            name = entry("engine", f"boxes.{field}") if field == "cycle_goal" else field
            yield Violation(
                table=table,
                field="annual_goal",
                span=here.span,
                case="texts",
                args={
                    "stated": here.raw,
                    "other": there.raw,
                    "words": _words(goal, here),
                    "field": table.goal.headings.get(field) or name,
                },
                related=[("other", {}, table.place(field))],
                evidence={"stated": here.value, "other": there.value},
                suspects=[
                    suspects.printed(
                        "annual_goal", here.span, here.raw, None if of_cycle else there.value, there.value
                    ),
                    suspects.printed(
                        field, there.span, there.raw, here.value, None if of_cycle else here.value
                    ),
                ],
            )
            return


def _words(text: Narrative, figure: Figure) -> str:
    start, end = figure.span
    return text.text[max(0, start - 12) : end].replace("\n", " ")
