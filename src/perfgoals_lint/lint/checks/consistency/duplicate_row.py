"""PGK630: one indicator stands once in a table."""

import re
from unicodedata import normalize

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.same_values import asked_for


def duplicate_row(table: Table, rule: Rule) -> Violations:
    """PGK630: no row is entered twice, with the same name and the same values."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in filter(lambda row: row.values, table.filled_rows):
        name = re.sub(r"\W", "", normalize("NFKC", row.name))
        groups.setdefault((name, *map(asked_for, row.values)), []).append(row)
    for first, *others in groups.values():
        if others and first.values:  # without a value they are called so each
            printed = (row.indicator for row in (first, *others))
            classes = dict.fromkeys(one.level2 or one.level1 or "" for one in printed)
            yield Violation(
                row=first,
                field="level3",
                case="classes" if len(classes) > 1 else None,
                args={
                    "count": str(1 + len(others)),
                    "classes": list(classes),
                    "target": first.values[0].text,
                },
                related=[("same", {}, row.place("level3")) for row in others],
            )
