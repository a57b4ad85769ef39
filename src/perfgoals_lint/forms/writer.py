"""New workbooks: the same content gives the same bytes, and no text becomes a formula, a link or a number."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

_WIDEST = 60
_MOST_CHARACTERS = 32_767
"""Excel's limit for one cell."""


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


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet, whose cells are texts; the first row is its header."""
    out = BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet("绩效目标")
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "text_wrap": True, "bold": True})
    sheet.freeze_panes(1, 0)
    for column in range(len(rows[0])):
        width = max(len(row[column]) for row in rows[:200])
        sheet.set_column(column, column, min(max(width * 2 + 2, 12), _WIDEST), text)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell[:_MOST_CHARACTERS], text if number else head)
    book.close()
    return out.getvalue()
