"""Layout ``described-form``: a dumped form whose rows have a description or a basis beside name and value."""

from __future__ import annotations

from perfgoals_lint.layouts.dump_form import find_forms, read_forms
from perfgoals_lint.layouts.dump_text import Dump
from perfgoals_lint.model import Document, Source


def recognise(source: Source) -> Document | None:
    """The goal tables and narrative sub-goals of a described form dump, or ``None`` when the text has none."""
    dump = Dump(source)
    forms = find_forms(dump)
    headers = [form.header for form in forms if form.header]
    if not any({"description", "basis"} & set(header.columns) for header in headers):
        return None
    return read_forms(source, dump, forms, "described-form")
