"""Files with one table, made of its rows."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx


def word(rows: Sequence[tuple[str, ...]]) -> bytes:
    """A Word document with one table, no cell merged."""
    made = docx.Document()
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out := io.BytesIO())
    return out.getvalue()
