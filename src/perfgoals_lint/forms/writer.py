"""New workbooks: the same content gives the same bytes, and no text becomes a formula, a link or a number."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any


def new_workbook(out: BytesIO, keywords: str = "") -> Any:
    """A workbook that is written to ``out`` when it is closed, with keywords among its properties."""
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {"created": datetime(2000, 1, 1, tzinfo=UTC), "author": "perfgoals-lint", "keywords": keywords}
    )
    return book
