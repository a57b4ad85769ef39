from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.same_values import asked_for
from perfgoals_lint.rulebook.policy import lexicon


def conflicting_values(view: DocumentView, rule: Rule) -> Violations:
    """PGK610: one indicator of one project has one value."""
    names = {row.name for table in view.tables for row in table.filled_rows}
    for table in view.tables:
        groups: dict[tuple[str, str, str], list[Row]] = {}
        for row in filter(lambda row: row.values, table.filled_rows):
            groups.setdefault(row.identity, []).append(row)
        for rows in groups.values():
            if len(rows) < 2:
                continue
            asked = {tuple(map(asked_for, row.values)) for row in rows}
            if len(asked) < 2:
                continue
            first, *others = rows
            opposite = _opposite(first.name, names)
            yield Violation(
                row=first,
                field=first.values[0].field,
                case="opposite" if opposite else None,
                args={"values": [row.values[0].text for row in rows], "opposite": opposite or ""},
                related=[("other", {}, row.place(row.values[0].field)) for row in others],
                suspects=[suspects.cell(row, row.values[0].field, None, None) for row in rows],
            )


def _opposite(name: str, names: set[str]) -> str | None:
    """The name with one antonym exchanged, when another row of the document bears it."""
    for pair in lexicon("antonyms")["pairs"]:
        for one, other in (pair, pair[::-1]):
            exchanged = name.replace(one, other)
            if exchanged != name and exchanged in names:
                return exchanged
    return None
