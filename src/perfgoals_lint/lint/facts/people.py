"""Who the people are that a text speaks of: those who are served, those who serve, the unit's own."""

from functools import lru_cache
from typing import Literal

from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds

Who = Literal["own", "serving", "served"]


@lru_cache(4096)
def who_of(text: str) -> Who | None:
    """Whose figure or whose approval a text speaks of; ``None`` where it names no people that are known."""
    if is_staff(text):
        return "own"
    people = people_of(text)
    if serves(people):
        return "serving"
    known = contains_any(people, "satisfaction.served") or contains_any(people, "satisfaction.general")
    return "served" if known or ends_with_any(people, "relevance.beneficiaries") else None


def people_of(text: str) -> str:
    """The people that a text speaks of, without the approval and what it is of (对…)."""
    match = expression("satisfaction_subject_conflict.spoken").match(text)
    spoken = match[0] if match else ""
    return expression("satisfaction_subject_conflict.approval").split(spoken)[0].strip()


def serves(people: str) -> bool:
    """Do the people bear the name of a trade that serves others?"""
    if contains_any(people, "satisfaction.served") and not contains_any(people, "satisfaction.street"):
        return False
    return finds(people, "satisfaction_subject_conflict.serving")


def asked(name: str) -> str:
    """Who is asked by a name, without what they are asked about (患者对医护人员满意度)."""
    return expression("self_satisfaction.about").sub("", name)


def is_staff(name: str) -> bool:
    """Is it the unit's own staff by a word for the own body, and nobody who is served although he is employed?"""
    people = asked(name)
    return not is_served_staff(people) and finds(people, "self_satisfaction.staff")


def is_served_staff(people: str) -> bool:
    """Are they employed by somebody, and served by the project all the same?"""
    served = contains_any(people, "relevance.served_staff") or contains_any(people, "satisfaction.served")
    return served and not expression("self_satisfaction.own").match(people)
