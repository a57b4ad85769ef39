from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import echo_form, is_reordered, similarity


def near_duplicate_effect(table: Table, rule: Rule) -> Violations:
    """PGR219: one effect is not entered in several classes of benefit."""
    rows = [row for row in table.filled_rows if row.class1 == "benefit" and row.class2 and not row.has_number]
    # A table with more rows of words than this says the same many times over; the first ones show it.
    rows = rows[: int(rule.parameters["rows"])]
    least = float(rule.parameters["similarity"])
    alike: dict[int, Row] = {}
    for index, row in enumerate(rows):
        for other in rows[index + 1 :]:
            if row.class2 != other.class2 and _same_effect(row.name, other.name, least):
                alike[row.index], alike[other.index] = row, other
    if alike:
        first, *others = (alike[index] for index in sorted(alike))
        yield Violation(
            row=first,
            field="level3",
            args={
                "names": list(dict.fromkeys(row.name for row in (first, *others))),
                "count": str(len(alike)),
            },
            related=[("same", {"name": row.name}, row.place("level3")) for row in others],
        )


def _same_effect(name: str, other: str, least: float) -> bool:
    one, two = echo_form(name), echo_form(other)
    alike = is_reordered(one, two) if sorted(one) == sorted(two) else similarity(name, other) >= least
    return alike and not _are_opposite(name, other) and not _are_pair(name, other)


def _are_pair(name: str, other: str) -> bool:
    """Do two names of one length differ by exactly one word that is no adverb (南部, 北部)? Then each has its own."""
    if len(name) != len(other):
        return False
    differing = [at for at, (one, two) in enumerate(zip(name, other, strict=True)) if one != two]
    if not differing or differing[-1] - differing[0] > 1:
        return False
    start, end = max(0, differing[0] - 1), differing[-1] + 2
    return not any(contains_any(text[start:end], "echo_fillers") for text in (name, other))


def _are_opposite(name: str, other: str) -> bool:
    return any(
        one in here and two in there and one not in there and two not in here
        for one, two in lexicon("antonyms")["pairs"]
        for here, there in ((name, other), (other, name))
    )
