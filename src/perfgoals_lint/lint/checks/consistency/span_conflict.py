"""PGK608: spans of years of one project against each other."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.period import spans


def span_conflict(table: Table, rule: Rule) -> Violations:
    """PGK608: goals and cycle values of one project speak of one span of years."""
    found = {
        years: kept
        for years, mentions in spans(table).items()
        if (kept := [mention for mention in mentions if mention.field != "annual_value"])
    }
    if len(found) < 2:
        return
    firsts = [mentions[0] for mentions in found.values()]
    goal = firsts[0].row is None
    yield Violation(
        table=table,
        field=firsts[0].field if goal else None,
        span=firsts[0].span if goal else None,
        location=firsts[0].place,
        args={"spans": [{"zh": f"{years}年", "en": f"{years} years"} for years in sorted(found)]},
        related=[("other", {}, mention.place) for mention in firsts[1:]],
    )
