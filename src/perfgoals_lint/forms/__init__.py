"""The authoring form: goal tables that people write (YAML, JSON, flat CSV and XLSX), read and written without loss.

``template`` gives an empty form, ``dump`` a document in the form, ``load`` the document that a form says. The modules
behind them are imported when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from perfgoals_lint.model import Document, Source

Format = Literal["yaml", "json", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = ("yaml", "json", "csv", "xlsx")


def template(framework: str, fmt: Format) -> str | bytes:
    """An empty form with the framework's levels laid out: text, for ``xlsx`` bytes. Raises ``KeyError`` for an unknown
    framework."""
    from perfgoals_lint.forms.blank import template as make

    return make(framework, fmt)


def dump(document: Document, fmt: Format) -> str | bytes:
    """A document in the form: text, for ``xlsx`` bytes. Of the reading problems only
    those of the layout (parts not recognised, cells unclear) are a part of it."""
    if fmt in ("yaml", "json"):
        from perfgoals_lint.forms.text import dump_json, dump_yaml

        return dump_yaml(document) if fmt == "yaml" else dump_json(document)
    from perfgoals_lint.forms.flat import rows_of, to_csv

    rows = rows_of(document)
    if fmt == "csv":
        return to_csv(rows)
    from perfgoals_lint.forms.writer import xlsx

    return xlsx(rows)


def load(source: Source | str, path: str = "<form>", format_name: str = "yaml") -> Document | None:
    """The document that a YAML or JSON text, or a read spreadsheet, of the form says; ``None`` when it is not in the
    form. Mistakes in the form are ``problems`` with their place, never exceptions."""
    if isinstance(source, str):
        from perfgoals_lint.forms.text import load_text

        return load_text(source, path, format_name)
    from perfgoals_lint.forms.layout import recognise

    return recognise(source)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the form in YAML and JSON, for editors."""
    from perfgoals_lint.forms.schema import json_schema as schema

    return schema()
