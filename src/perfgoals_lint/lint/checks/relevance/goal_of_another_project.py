"""PGR230: a goal speaks of its own project and body, not of another one."""

import re
from functools import lru_cache

from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.completeness.missing_or_thin_goal import fragments
from perfgoals_lint.rulebook.lexicons import contains_any, expression, matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import sister_key

_PLACE = 3
"""Characters at the end of a place's name by which it is known."""
_OWN, _FOREIGN = 2, 3
"""Characters in a row that show that a text speaks of a project: two are enough for its own, another takes three."""
_BETWEEN = 2
"""Characters that may stand between the two words of a title that a goal says in the other order (看守铁路道口)."""
_FIGURED = compiled(r"[^，、。；,;\s\d]{4,}\d[^，、。；,;\s]*")
"""A clause that counts something, with enough words that it is not any project's."""
_PIECE = compiled(r"[\u4e00-\u9fff]+")


def goal_of_another_project(view: DocumentView, rule: Rule) -> Violations:
    """PGR230: one hit for each annual goal without a word of its own title that has one of another title, and for one of
    which a body of another place is the subject."""
    for table in view.tables:
        yield from _of_another_body(table)
    if len(view.tables) < 2:
        return
    owners: dict[str, Table] = {}
    for table in view.tables:
        for piece in _pieces(table.title, _FOREIGN):
            owners.setdefault(piece, table)
        if (goal := table.goal.annual_goal) and any(piece in goal for piece in _pieces(table.title, _OWN)):
            for told in (goal, *_FIGURED.findall(goal)):
                owners.setdefault(told, table)
    torn = fragments(view)
    for table in view.tables:
        goal = table.goal.annual_goal
        if not goal or table.withheld or table.cut or (table.index, "annual_goal") in torn:
            continue
        own = _pieces(table.title, _OWN)
        if not own or any(piece in goal for piece in own):
            continue
        other = _same(goal, table, owners)
        beside = f"{table.goal.purpose or ''} {table.goal.cycle_goal or ''}"
        if other is None and not any(piece in beside for piece in own):
            other = _named(goal, table, owners) or next(
                (one for one in view.tables if one is not table and _turned(one.title).search(goal)), None
            )
        if other is not None and _thing(other) != _thing(table) and not _are_sisters(other, table):
            yield Violation(
                table=table,
                field="annual_goal",
                args={"other": other.title},
                related=[("owner", {"other": other.title}, other.place("project_name"))],
            )


def _of_another_body(table: Table) -> Violations:
    """The first body that a goal begins a clause with (保障…县文化馆正常运转), where its place is of the rank of the table's own
    and none of those, and nothing says that one helps the other or works with it."""
    own = f"{table.goal.department or ''} {table.goal.unit or ''}"
    places = _places(own)
    for field, text in table.goals.items() if places and not table.withheld else ():
        said = f"{table.title} {own} {text.text}"
        if not places.isdisjoint(_places(text.text)) or contains_any(said, "regions.aid"):
            continue
        for match in expression("regions.subject").finditer(text.text):
            place = match["place"][-_PLACE:]
            if place[-1] in {one[-1] for one in places} and not contains_any(place, "regions.no_scope"):
                args = {"other": match["body"]}
                yield Violation(table=table, field=field, span=match.span("body"), case="body", args=args)
                return


def _places(text: str) -> frozenset[str]:
    """The ends of the names of counties, districts and cities in a text, long enough to tell them apart."""
    return frozenset(match[0] for match in expression("regions.named").finditer(text))


def _same(goal: str, table: Table, owners: dict[str, Table]) -> Table | None:
    """The project that has the very goal, or a clause of it with a figure, and is named in it."""
    told = (goal, *_FIGURED.findall(goal))
    return next((owners[one] for one in told if owners.get(one, table) is not table), None)


def _named(goal: str, table: Table, owners: dict[str, Table]) -> Table | None:
    """The project whose title has a stretch of a goal."""
    found = (goal[at : at + _FOREIGN] for at in range(len(goal) - _FOREIGN + 1))
    return next((owners[piece] for piece in found if owners.get(piece, table) is not table), None)


@lru_cache(4096)
def _turned(title: str) -> re.Pattern[str]:
    """A title of one thing and what is done to it, as a goal says it: the other way round (养护航标 for 航标养护)."""
    (whole, *more) = _PIECE.findall(matcher("relevance.title_words").sub(" ", title)) or [""]
    if more or len(whole) != 2 * _OWN:
        return compiled("(?!)")
    return compiled(f"{whole[_OWN:]}.{{0,{_BETWEEN}}}{whole[:_OWN]}")


def _are_sisters(one: Table, other: Table) -> bool:
    """Are two projects one for several districts, which may have one goal?"""
    key = sister_key(one.title)
    return key is not None and key == sister_key(other.title)


def _thing(table: Table) -> frozenset[str]:
    return _pieces(table.title, _OWN)


@lru_cache(4096)
def _pieces(title: str, length: int) -> frozenset[str]:
    """The stretches of a title that say what the project is about, without the words that any title may hold."""
    bare = matcher("relevance.title_words").sub(" ", title)
    return frozenset(
        piece[at : at + length] for piece in _PIECE.findall(bare) for at in range(len(piece) - length + 1)
    )
