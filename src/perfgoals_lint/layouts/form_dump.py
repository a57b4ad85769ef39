"""Layout ``form-dump``: a ruled form as text in content order, cells undelimited and broken over lines."""

from __future__ import annotations

from perfgoals_lint.layouts.dump_form import find_forms, read_forms
from perfgoals_lint.layouts.dump_text import Dump
from perfgoals_lint.model import Document, Source


def recognise(source: Source) -> Document | None:
    """The goal tables of a form dump, or ``None`` when the text has no form whose columns are name and values."""
    dump = Dump(source)
    forms = find_forms(dump)
    headers = [form.header for form in forms if form.header]
    if not headers or any({"description", "basis"} & set(header.columns) for header in headers):
        return None
    return read_forms(source, dump, forms, "form-dump")
