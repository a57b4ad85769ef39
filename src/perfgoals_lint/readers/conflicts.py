"""Marks that a version control system leaves in a text where two versions could not be merged."""

from perfgoals_lint.model import Location, Problem
from perfgoals_lint.readers.text import LINE_END
from perfgoals_lint.rulebook.patterns import compiled

CONFLICT = "PGX310"
_MARKS = (b"<" * 7, b">" * 7, b"<\0" * 7, b">\0" * 7)
_MARK = compiled(r"\ufeff?(<{7}|>{7}|={7}|\|{7})(?: .*)?")
_INNER = ("=", "|")


def may_conflict(data: bytes) -> bool:
    """Do the bytes of a text in any encoding that texts come in hold a mark, so that it is worth a closer look?"""
    return any(mark in data for mark in _MARKS)


def conflicts(text: str, path: str) -> list[Problem]:
    """A problem for every mark of a conflict. What parts its two sides is one only inside of it: in Markdown a line of
    equals signs may stand under a heading."""
    found: list[Problem] = []
    inside = False
    for number, line in enumerate(LINE_END.split(text), 1):
        mark = _MARK.fullmatch(line)
        if mark is None or (mark[1][0] in _INNER and not inside):
            continue
        inside = mark[1][0] != ">"
        args = {"line": str(number), "text": line.strip("\ufeff")[:40]}
        found.append(Problem(CONFLICT, Location(path, line=number), args))
    return found
