"""What is said about the parts of a file that are in none of its tables and lines: pictures, comments, text boxes …"""

import os
from collections.abc import Iterable
from itertools import groupby

from perfgoals_lint.extraction.unrecognised import NO_TABLE, NOT_RECOGNISED, glued, is_telling, texts_of
from perfgoals_lint.model import Location, Part, Problem, Source
from perfgoals_lint.readers.limits import PARTS_UNREAD
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.policy import lexicon

_SHOWN = 5
_LONGEST = 200
_LONGEST_TITLE = 40


def unread_parts(parts: Iterable[Part]) -> list[Part]:
    """The parts that a document has to answer for: all but pictures no larger than a seal."""
    return [part for part in parts if not _is_seal(part)]


def part_problems(parts: Iterable[Part], path: str) -> list[Problem]:
    """One notice for each kind of parts: how many, the first places, and the first text."""
    problems = []
    ordered = sorted(parts, key=lambda part: (part.what, _weight(part)))
    for (what, case), group in groupby(ordered, key=lambda part: (part.what, _weight(part))):
        found = list(group)
        places = list(dict.fromkeys(shown for part in found if (shown := _place(part.location))))
        text = next((part.text for part in found if part.text), "")
        args = {
            "case": f"{what}{case}",
            "count": str(len(found)),
            "places": "、".join(places[:_SHOWN]) + ("…" if len(places) > _SHOWN else "")
            or os.path.basename(path),
            "text": " ".join(text.split())[:_LONGEST],
        }
        problems.append(Problem(PARTS_UNREAD, found[0].location if places else Location(path), args))
    return problems


def pictured(problem: Problem, source: Source, parts: Iterable[Part]) -> Problem:
    """The problem; a file that is no letter because it has the title of a goal table, and a picture of it, is one whose
    table could not be recognised."""
    if problem.code != NO_TABLE or not any(part.what == "picture" and part.size for part in parts):
        return problem
    titled = any(
        len(text) <= _LONGEST_TITLE and matcher("grids.titles").search(text) for text in texts_of(source)
    )
    return Problem(NOT_RECOGNISED, problem.location, {"seen": ""}) if titled else problem


def _is_seal(part: Part) -> bool:
    return part.what == "picture" and part.size is not None and max(part.size) <= lexicon("files")["seal_mm"]


def _weight(part: Part) -> str:
    """Which case of its kind a part is: a picture whose size nobody states may be an ornament, and a hidden sheet with
    the labels of a goal form is an earlier or another table."""
    if part.what == "picture" and part.size is None:
        return "_unsized"
    if part.what in ("hidden_sheet", "text_box", "attachment") and part.text and _form_like(part.text):
        return "_form"
    return ""


def _form_like(text: str) -> bool:
    pieces = text.split()
    telling = {piece for piece in pieces if len(piece) <= 40 and is_telling(piece)}
    return len(telling) > 1 or any(glued(line) for line in text.splitlines())


def _place(place: Location) -> str:
    """A short place that is the same in every language."""
    if place.sheet is not None:
        return f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    if place.page is not None:
        return f"p{place.page}"
    if place.table is not None:
        return f"t{place.table} r{place.row}c{place.column}"
    return f"L{place.line}" if place.line is not None else ""
