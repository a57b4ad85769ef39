"""PGR211: name and value speak of the same people's satisfaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value
    from perfgoals_lint.rulebook.rule import Rule

_SPOKEN = compiled(r"^(?:(?!对(?!象)).)*")


_SURVEYED = compiled(
    r"^(?P<whose>.{2,}?满意[度率]?)\s*(?P<bound>[^\w\s].*|(?:不|达|大于|小于|超过|至少|以上).*|\d.*)$"
)


@lru_cache(4096)
def _groups(text: str) -> frozenset[int]:
    """The groups of people that a text names, before what they are satisfied with (对…)."""
    match = _SPOKEN.match(text)
    spoken = match[0] if match else ""
    groups = lexicon("relevance")["subjects"]
    return frozenset(number for number, words in enumerate(groups) if any(word in spoken for word in words))


def _subjects(value: Value) -> str:
    constraint = value.constraint
    parts = constraint.parts if constraint.kind == "compound" else [constraint]
    return "、".join(subject for part in parts if (subject := getattr(part, "subject", None)))


def subject_conflict(row: Row, rule: Rule) -> Iterator[Violation]:
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
    here, there = _people(name), _people(subject)
    if not here or not there or here in there or there in here:
        return False
    if _serves(here) != _serves(there):
        return True
    general = words("satisfaction.general")
    if any(word in text for text in (here, there) for word in general):
        return False
    named, asked = _groups(here), _groups(there)
    return bool(named and asked and not named & asked)


def _people(text: str) -> str:
    """The people that a text speaks of, without the approval and what it is of (对…)."""
    match = _SPOKEN.match(text)
    spoken = match[0] if match else ""
    return re.split("满意|好评|认可", spoken)[0].strip()


@cache
def _serving() -> re.Pattern[str]:
    # Who bears the name of a trade in 员 serves (船员, 导游员); members and learners do not.
    trade = r"(?<![学动党会社人官成队团议雇])员|(?<![导])师"
    duty = "(?:[乘医警税政机空船特]务|服务|窗口|值班|执勤|管理|作业|护理|保洁|后勤|安保|售票|讲解|巡护|养护|安检)人员"
    return compiled(f"(?:{pattern_of(words('satisfaction.serving'))}|{trade}|{duty})$")


def _serves(people: str) -> bool:
    if contains_any(people, "satisfaction.served") and not contains_any(people, "satisfaction.street"):
        return False
    return _serving().search(people) is not None


def _renamed(row: Row) -> list[Edit]:
    """The subject moved from the values into the name, where every value is just a subject and its bound."""
    matches = [(value, _SURVEYED.match(value.text.strip())) for value in row.values]
    names = {match["whose"] for _, match in matches if match}
    if len(names) != 1 or not all(match for _, match in matches):
        return []
    edits = [Edit(row.place("level3"), "level3", row.name, names.pop())]
    return edits + [
        Edit(row.place(value.field), value.field, value.text, match["bound"])
        for value, match in matches
        if match
    ]
