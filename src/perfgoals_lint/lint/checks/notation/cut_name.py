"""PGN550: names of indicators are whole."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.torn import OtherTexts, ends_torn
from perfgoals_lint.rulebook.patterns import compiled

_SHOWN = 2
"""Characters at the end of a name that the message shows."""
_OPEN = compiled(r"[（(【《“][^（()）】》”]*$")
"""A bracket that opens and does not close."""


def cut_name(table: Table, rule: Rule) -> Violations:
    """PGN550: one hit for each name that ends where no name ends."""
    known = OtherTexts([*(text.text for text in table.goals.values()), *(row.name for row in table.rows)])
    for row in table.rows:
        name = row.name.rstrip()
        if len(name) < 2 or row.indicator.truncated:
            continue
        if (
            ends_torn(name)
            or _OPEN.search(name)
            or (analyse(name).kind == "state" and known.go_on_with_word(name))
        ):
            end = len(name)
            yield Violation(row=row, field="level3", span=(end - _SHOWN, end), args={"part": name[-_SHOWN:]})
