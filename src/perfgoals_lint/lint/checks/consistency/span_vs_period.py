"""PGK607: spans of years against the printed period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.period import printed_period, spans
from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def span_vs_period(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGK607: a span of years in the goals or the cycle values is the length of the printed period."""
    length = table.years
    if length is None:
        return
    yield from _named_years(table)
    for years, mentions in sorted(spans(table).items()):
        if years == length:
            continue
        first = mentions[0]
        rows = {mention.row.index for mention in mentions if mention.row}
        lone = len(rows) == 1 and all(mention.row for mention in mentions)
        yield Violation(
            table=table,
            row=first.row if lone else None,
            field=first.field if lone or first.row is None else None,
            location=first.place,
            span=first.span if lone or first.row is None else None,
            case="short" if years == length - 1 else None,
            args={"years": str(years), "length": str(length), "period": printed_period(table)},
            related=[
                ("other", {}, mention.place) for mention in mentions[1:] if mention.place != first.place
            ],
        )


def _named_years(table: Table) -> Iterator[Violation]:
    """The first span of years in the cycle goal (2024—2027年) that begins with the period and ends elsewhere."""
    period, text = table.goal.period, table.goals.get("cycle_goal")
    if period is None or text is None:
        return
    for mention in text.years:
        aside = mention.document_number or mention.past or mention.title or mention.money or mention.quoted
        if (
            aside
            or mention.last <= mention.year
            or mention.year != period.start
            or mention.last == period.end
        ):
            continue
        yield Violation(
            table=table,
            field="cycle_goal",
            span=mention.span,
            case="named",
            args={"printed": text.text[slice(*mention.span)], "period": printed_period(table)},
        )
        return
