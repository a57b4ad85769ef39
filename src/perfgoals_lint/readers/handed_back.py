"""Lists that the tool itself put into a file: they are no part of what the document says."""

from __future__ import annotations

from perfgoals_lint.model import Grid, Source
from perfgoals_lint.rulebook.policy import index

MARK = "perfgoals-lint:review/1"
"""Stands in the first row of every sheet that the tool adds, and stays there when an office program saves the file."""


def is_review(grid: Grid) -> bool:
    """Did the tool add this sheet?"""
    for cell in grid.cells:
        if cell.row > 0:
            return False
        if cell.text == MARK:
            return True
    return False


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


def authors() -> frozenset[str]:
    """The author's name in every language: comments that bear one of them are the tool's own."""
    return frozenset(index()["messages"]["handback"]["author"].values())


def is_own(author: str | None) -> bool:
    """Did the tool write a comment, as a reviewer or as the notes of a form? It is then no part of the document."""
    notes = index()["messages"]["handback"]["form_author"].values()
    return author is not None and (author in authors() or author in notes)
