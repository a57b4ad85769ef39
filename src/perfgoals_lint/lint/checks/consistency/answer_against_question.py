"""PGK652: the answer to a yes/no question is the one that is wanted."""

from typing import Literal

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.polarity import classes_of
from perfgoals_lint.rulebook.lexicons import contains_any, matcher, words
from perfgoals_lint.rulebook.similarity import plain


def answer_against_question(row: Row, rule: Rule) -> Violations:
    """PGK652: one hit a row that answers its own question the wrong way round."""
    name = plain(row.name)
    question = matcher("qualitative.questions").search(name)
    wanted = _wanted(name[: question.start()] + name[question.end() :]) if question else None
    if wanted is None:
        return
    wrong = words("qualitative.noes" if wanted == "yes" else "qualitative.yeses")
    for value in row.values:
        if plain(value.text) in wrong:
            yield Violation(row=row, field=value.field, span=(0, len(value.text)))
            return


def _wanted(asked: str) -> Literal["yes", "no"] | None:
    """Which answer to what is asked is the good one; ``None`` where nobody can tell."""
    said, happens = classes_of(asked), contains_any(asked, "qualitative.happening")
    if {*said} & {*"BW"} or happens:
        # 是否存在问题; 是否处置事故 asks for something good.
        return "no" if "M" not in said or happens else None
    return "yes" if contains_any(asked, "qualitative.wanted") else None
