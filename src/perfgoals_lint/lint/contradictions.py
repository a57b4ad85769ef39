"""One finding a contradiction: what one changed figure would settle is said once, whatever rules have found it."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from perfgoals_lint.lint.suspects import FigurePlace, Suspect
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import SEVERITIES, Finding, Related
from perfgoals_lint.rulebook.messages import message

Told = tuple[Finding, Violation]
_Entry = tuple[int, Suspect]
"""A finding, by its number, and one of its suspects."""


def folded(told: Sequence[Told], lang: str) -> list[Finding]:
    """The findings in their order, those that one change of a figure would settle as one: the gravest speaks, of several
    the one that says most exactly what the figure should be, and the others are places related to it. A limit
    that several rows break by one rule says nothing against the limit."""
    places: defaultdict[FigurePlace, list[_Entry]] = defaultdict(list)
    for number, (finding, hit) in enumerate(told):
        # What is only pointed out contradicts nothing.
        for suspect in hit.suspects if finding.severity != "info" else ():
            if suspect.low is None and suspect.high is None:
                continue  # what it should be is not known
            place = suspect.place
            here = place if place.table is not None else place._replace(table=finding.table_index)
            places[here].append((number, suspect))
    gone: set[int] = set()
    taken: set[int] = set()
    shared = [entries for entries in places.values() if len({number for number, _ in entries}) > 1]
    for entries in sorted(shared, key=len, reverse=True):
        group = _settled([entry for entry in entries if entry[0] not in taken])
        rules = {told[number][0].rule for number in group}
        if len(group) < 2 or (len(rules) == 1 and all(map(_is_vague, group.values()))):
            continue
        taken.update(group)
        speaker = min(group, key=lambda number: _rank(told[number], group[number]))
        only = sum(group.keys() <= _settled(others).keys() for others in shared) == 1
        _speak(told, speaker, group, only, lang)
        gone.update(number for number in group if number != speaker)
    return [finding for number, (finding, _) in enumerate(told) if number not in gone]


def _settled(entries: list[_Entry]) -> dict[int, Suspect]:
    """The most findings that one value of a figure settles, with the figure as a suspect of each."""
    ends = [end for _, one in entries for end in (one.low, one.high) if end is not None]
    best: dict[int, Suspect] = {}
    for value in dict.fromkeys(ends):
        fitting = {number: one for number, one in entries if _allows(one, value)}
        if len(fitting) > len(best):
            best = fitting
    return best


def _allows(suspect: Suspect, value: Decimal) -> bool:
    low, high = suspect.low, suspect.high
    return (low is None or low <= value) and (high is None or value <= high)


def _is_vague(suspect: Suspect) -> bool:
    return suspect.low is None or suspect.high is None


def _rank(told: Told, suspect: Suspect) -> tuple[int, bool, int, bool]:
    finding, hit = told
    here = (hit.row.index if hit.row else None, hit.field) == suspect.place[:2]
    return SEVERITIES.index(finding.severity), _is_vague(suspect), len(hit.suspects), not here


def _speak(told: Sequence[Told], speaker: int, group: dict[int, Suspect], only: bool, lang: str) -> None:
    """Let one finding of a group speak for all; ``only`` one figure can be the wrong one."""
    finding = told[speaker][0]
    others = [told[number][0] for number in sorted(group) if number != speaker]
    key = "contradiction.figure" if only else "contradiction.any"
    said = message("engine", key, lang).format(count=len(others), figure=group[speaker].text)
    finding.message += said
    for other in others:
        place = other.location or finding.location
        if place is not None:
            finding.related.append(Related(f"{other.rule} {other.message}", place))
    finding.evidence = {**(finding.evidence or {}), "also": [other.rule for other in others]}
