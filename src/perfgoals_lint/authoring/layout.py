"""The authoring form as one of the layouts: what a reader gave, if it is in the form."""

from __future__ import annotations

from perfgoals_lint.authoring.sheet import load_grids
from perfgoals_lint.authoring.text import load_text, looks_authored
from perfgoals_lint.model import Document, Grid, Source, TextBlock


def recognise(source: Source) -> Document | None:
    """The document of a source in the form, or ``None``: lines as YAML or JSON, grids as the flat form."""
    if any(isinstance(block, Grid) for block in source.blocks):
        return load_grids(source)
    lines = [line.text for block in source.blocks if isinstance(block, TextBlock) for line in block.lines]
    if not looks_authored("\n".join(lines[:200])):
        return None
    return load_text("\n".join(lines) + "\n", source.path, source.format)
