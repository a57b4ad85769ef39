from functools import lru_cache

from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.lint.facts.people import people_of, serves
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.algebra import parts_of


@lru_cache(4096)
def _groups(text: str) -> frozenset[int]:
    """The groups of people that a text names, before what they are satisfied with (对…)."""
    match = expression("satisfaction_subject_conflict.spoken").match(text)
    spoken = match[0] if match else ""
    groups = lexicon("relevance")["subjects"]
    return frozenset(number for number, words in enumerate(groups) if any(word in spoken for word in words))


def _subjects(value: Value) -> str:
    parts = parts_of(value.constraint)
    return "、".join(subject for part in parts if (subject := getattr(part, "subject", None)))


def subject_conflict(row: Row, rule: Rule) -> Violations:
    """PGR211: name and value speak of the same people's satisfaction."""
    for value in row.values:
        subject = _subjects(value)
        if subject and conflicting(row.name, subject):
            yield Violation(row=row, field=value.field, args={"subject": subject}, edits=_renamed(row))
            return


@lru_cache(4096)
def conflicting(name: str, subject: str) -> bool:
    """Are the people of two texts different ones? Those who serve and those who are served always are; two groups that
    are served only where both are known and neither is a word for everybody."""
    here, there = people_of(name), people_of(subject)
    if not here or not there or here in there or there in here:
        return False
    if serves(here) != serves(there):
        return True
    general = words("satisfaction.general")
    if any(word in text for text in (here, there) for word in general):
        return False
    named, asked = _groups(here), _groups(there)
    return bool(named and asked and not named & asked)


def _renamed(row: Row) -> list[Edit]:
    """The subject moved from the values into the name, where every value is just a subject and its bound."""
    matches = [
        (value, expression("satisfaction_subject_conflict.surveyed").match(value.text.strip()))
        for value in row.values
    ]
    names = {match["whose"] for _, match in matches if match}
    if len(names) != 1 or not all(match for _, match in matches):
        return []
    edits = [Edit(row.place("level3"), "level3", row.name, names.pop())]
    return edits + [
        Edit(row.place(value.field), value.field, value.text, match["bound"])
        for value, match in matches
        if match
    ]
