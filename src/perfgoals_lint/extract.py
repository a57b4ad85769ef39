"""From a path to what the document says."""

from __future__ import annotations

from perfgoals_lint import layouts, readers
from perfgoals_lint.model import Document


def extract_file(path: str, display: str | None = None) -> Document:
    """The goal tables of one file. Never raises: what could not be read or recognised is in ``problems``."""
    return layouts.recognise(readers.read(path, display))
