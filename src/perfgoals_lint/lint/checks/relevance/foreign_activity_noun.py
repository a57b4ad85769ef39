from functools import lru_cache

from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.completeness.missing_or_thin_goal import fragments
from perfgoals_lint.rulebook.lexicons import contains_any, expression, words
from perfgoals_lint.rulebook.policy import lexicon

_SHORT = 2
"""Characters of an event that ends in one (诗会)."""
_LONG = 4
"""The most characters of an event that a goal says is held (集体婚礼)."""


def _listed() -> list[list[str]]:
    events: list[list[str]] = lexicon("relevance")["events"]
    return events


def _events(table: Table) -> frozenset[str]:
    """The events that a project is of: those that its title names, and the end of it that its goal says is held."""
    said = " ".join(scanned.text for scanned in table.goals.values())
    return _titled(table.title) | _held(table.title, said)


@lru_cache(4096)
def _held(title: str, goals: str) -> frozenset[str]:
    """The end of a title that the goals say is held (举办…夜校3期), the longest that they have."""
    bare = expression("foreign_activity_noun.title_end").sub("", title)
    for found in expression("foreign_activity_noun.held").finditer(goals):
        for length in range(min(_LONG, len(bare)), 1, -1):
            end = bare[-length:]
            if found["event"].endswith(end):
                return frozenset() if contains_any(end, "relevance.no_events") else frozenset([end])
    return frozenset()


@lru_cache(4096)
def _titled(title: str) -> frozenset[str]:
    """The events that a project's title names: those of the lexicon, and the word that it ends in."""
    found = {group[0] for group in _listed() if group[0] in title}
    match = expression("foreign_activity_noun.shape").search(title)
    if match and not contains_any(match[1], "relevance.no_events"):
        # 庙会 is an event as it stands, whatever the title has in front of it.
        whole = len(match[1]) > _SHORT and match[1][1:] in words("relevance.event_ends")
        found.add(match[1][1:] if whole else match[1])
    return frozenset(found)


@lru_cache(4096)
def _synonyms(noun: str) -> tuple[str, ...]:
    return next((tuple(group) for group in _listed() if group[0] == noun), (noun,))


def foreign_activity_noun(view: DocumentView, rule: Rule) -> Violations:
    """PGR214: the rows of a project are about its own events, not about those of another one."""
    owners: dict[str, list[Table]] = {}
    for table in view.tables:
        for event in _events(table):
            owners.setdefault(event, []).append(table)
    if not owners:
        return
    torn = fragments(view)
    for table in view.tables:
        if table.withheld or not table.goals or any((table.index, field) in torn for field in table.goals):
            continue
        goals = " ".join(scanned.text for scanned in table.goals.values())
        text = f"{table.title} {goals} {table.goal.purpose or ''}"
        own = _events(table) | {
            group[0] for group in _listed() if any(word in f"{table.title} {goals}" for word in group)
        }
        foreign = [event for event in owners if not any(word in text for word in _synonyms(event))]
        if own and foreign:
            for row in table.filled_rows:
                yield from _foreign(row, owners, foreign, _whole(min(own), table.title, goals))


def _whole(noun: str, text: str, title: str) -> str:
    """An event as the row and its own project's title have it in common (灯谜会, of which only 谜会 tells it apart)."""
    while True:
        longer = next((text[at - 1 :][: len(noun) + 1] for at in (text.find(noun),) if at > 0), "")
        if not longer or longer not in title:
            return noun
        noun = longer


def _foreign(row: Row, owners: dict[str, list[Table]], foreign: list[str], own: str) -> Violations:
    for field, text in (("level3", row.name), *((value.field, value.text) for value in row.values)):
        for noun in foreign:
            if noun not in text:
                continue
            other = owners[noun][0]
            start = text.index(noun)
            yield Violation(
                row=row,
                field=field,
                span=(start, start + len(noun)),
                args={"noun": _whole(noun, text, other.title), "other": other.title, "own": own},
                related=[("owner", {"other": other.title}, other.place("project_name"))],
            )
            return
