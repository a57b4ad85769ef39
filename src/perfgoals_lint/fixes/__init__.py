"""Putting findings right in their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_lint.model import Location

_READ_ONLY = (
    ".xls", ".et", ".xlsb", ".ods", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".mht", ".mhtml",
)  # fmt: skip


def is_writable(location: Location) -> bool:
    """Can a fix be written at a place? Not on pages, and not in the files of programs that are only read: there it is
    shown, for people to make."""
    return location.bbox is None and not location.path.lower().endswith(_READ_ONLY)
