"""From a path to what the document says."""

from __future__ import annotations

from perfgoals_lint import layouts, readers
from perfgoals_lint.model import Document

_LISTS = frozenset({"project-list", "coded-list"})
"""Layouts that hold whole indicator lists in a cell, where delimiters are a part of the text."""


def extract_file(path: str, display: str | None = None) -> Document:
    """The goal tables of one file. Never raises: what could not be read or recognised is in ``problems``.

    The dump of a project list may look like delimited text, whose sub-total rows and blank columns a grid cannot tell:
    such text is read as lines too, and a list that explains as many indicators counts.
    """
    document = layouts.recognise(readers.read(path, display))
    if document.format == "csv":
        listed = layouts.recognise(readers.read(path, display, plain=True))
        if listed.layout in _LISTS and layouts.complete_rows(listed) >= layouts.complete_rows(document):
            return listed
    return document
