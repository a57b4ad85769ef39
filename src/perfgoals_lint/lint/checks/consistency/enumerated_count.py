"""PGK619: a stated number of things against those listed."""

from perfgoals_lint import prose
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.prose import Narrative
from perfgoals_lint.rulebook.lexicons import finds


def enumerated_count(table: Table, rule: Rule) -> Violations:
    """PGK619: a stated number of things is the number of those listed behind it, by some way of counting."""
    for field, text in table.prose.items():
        yield from _miscounted(text, Violation(table=table, field=field))
    for row in table.rows:
        for value in row.values:
            if finds(value.text, "enumerated_count.listed"):
                yield from _miscounted(prose.scan(value.text), Violation(row=row, field=value.field))


def _miscounted(text: Narrative, hit: Violation) -> Violations:
    """The first list of a text that no way of counting brings to its stated number."""
    for listed in text.enumerations:
        if listed.stated is None or not listed.possible or listed.stated in listed.possible:
            continue
        hit.span = listed.span
        hit.case = "closed" if listed.closed else None
        hit.args = {
            "stated": f"{listed.stated}{listed.unit}",
            "noun": listed.noun,
            "counted": "/".join(str(number) for number in listed.possible),
        }
        hit.evidence = {"stated": listed.stated, "possible": list(listed.possible)}
        yield hit
        return
