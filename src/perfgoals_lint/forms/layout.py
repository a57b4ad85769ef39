"""The authoring form as one of the layouts: what a reader gave, if it is in the form."""

from perfgoals_lint.forms.traits import is_flat_header, may_be_form
from perfgoals_lint.model import Document, Grid, Source, TextBlock


def recognise(source: Source) -> Document | None:
    """The document of a source in the form, or ``None``: lines as YAML or JSON, grids as the flat form.

    What reads the form is imported only for a source that shows its traits.
    """
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    if grids:
        if not any(is_flat_header([cell.text.strip() for cell in grid.cells]) for grid in grids):
            return None
        from perfgoals_lint.forms.sheet import load_grids

        return load_grids(source)
    lines = [line.text for block in source.blocks if isinstance(block, TextBlock) for line in block.lines]
    if not may_be_form("\n".join(lines[:200]), source.path):
        return None
    from perfgoals_lint.forms.text import load_text

    return load_text("\n".join(lines) + "\n", source.path, source.format)
