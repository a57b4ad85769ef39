"""What the tool itself wrote: lists in a file, which are no part of what the document says, and whole opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers.limits import ReadError
from perfgoals_lint.rulebook.policy import index

if TYPE_CHECKING:  # text is read without XML
    from perfgoals_lint.readers.package import Element, Package

MARK = "perfgoals-lint:review/1"
"""Stands in the first row of every sheet that the tool adds, and among the keywords of every opinion, and stays there when
an office program saves the file."""
PAGE = b'name="generator" content="perfgoals-lint'
"""Stands in the head of every report for a browser."""
CORE = "core-properties"
"""The kind of the relation to the part of a package that holds its keywords."""


def is_review(grid: Grid) -> bool:
    """Did the tool add this sheet?"""
    for cell in grid.cells:
        if cell.row > 0:
            return False
        if cell.text == MARK:
            return True
    return False


def is_opinion(package: Package) -> bool:
    """Did the tool write the whole file, as an opinion? Broken properties are nobody's."""
    try:
        core = next((part for kind, part in package.relations("").values() if kind == CORE), "")
        if core not in package or MARK.encode() not in package.read(core).replace(b"\0", b""):
            return False
        return any(MARK in (held.text or "") for held in package.parse(core).iterfind("{*}keywords"))
    except ReadError:
        return False


def is_page(head: bytes) -> bool:
    """Did the tool write this page, a report for a browser?"""
    return PAGE in head


def only_mark(path: str, format_name: str) -> Source:
    """What is read of an opinion: the mark alone."""
    return Source(path, format_name, [Grid(path, [Cell(0, 0, MARK)], 1, 1)])


def take_reviews(source: Source) -> list[Grid]:
    """Take the tool's own sheets out of a source, with what was said about them; gives the sheets."""
    reviews = [block for block in source.blocks if isinstance(block, Grid) and is_review(block)]
    if reviews:
        sheets = {grid.sheet for grid in reviews}
        source.blocks = [block for block in source.blocks if block not in reviews]
        source.problems = [
            one for one in source.problems if one.location.sheet not in sheets or one.location.sheet is None
        ]
    return reviews


def is_copy(reviews: list[Grid]) -> bool:
    """Are these the tool's sheets of a copy with marks: the list alone? What it writes as a whole file has more sheets, or
    the mark and nothing else."""
    return len(reviews) == 1 and len(reviews[0].cells) > 1


def authors() -> frozenset[str]:
    """The author's name in every language: comments that bear one of them are the tool's own."""
    return frozenset(index()["messages"]["handback"]["author"].values())


def is_own(author: str | None) -> bool:
    """Did the tool write a comment, as a reviewer or as the notes of a form? It is then no part of the document."""
    notes = index()["messages"]["handback"]["form_author"].values()
    return author is not None and (author in authors() or author in notes)


def is_own_change(element: Element) -> bool:
    """Did the tool suggest this tracked change? It gives no date, which every program does when a person changes a text."""
    from perfgoals_lint.readers.package import attribute

    return attribute(element, "date") is None and attribute(element, "author") in authors()
