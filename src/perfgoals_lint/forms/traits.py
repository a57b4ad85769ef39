"""What tells the authoring form from everything else, without importing what reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

KIND = "行类型"
_BLOCK = r"[ \t]*[|>](?![+\-\d]{0,2}[ \t]*(?:#[^\n]*)?\r?\n[ \t]+\S)"
"""A bar or ``>`` behind the colon that begins no block of text: nothing may follow it, and the block is indented."""
_LOOKS_LIKE = re.compile(
    rf"""(?m)^[\s\-{{\["']*(?:项目名称|预算项目名称|项目|表种)["']?\s*:(?!{_BLOCK})(?:\s|$)"""
)


def looks_authored(text: str) -> bool:
    """Does a text look like the form in YAML or JSON? Cheap: for deciding which reader gets a file."""
    return bool(_LOOKS_LIKE.search(text[:4096]))


def is_named_so(path: str) -> bool:
    """Does the ending say that a file is YAML or JSON? What looks like the form in it is then the form and no other text,
    be it broken."""
    return path.lower().endswith((".yaml", ".yml", ".json"))


def is_flat_header(names: Sequence[str]) -> bool:
    """Is a row of texts the header of the flat form?"""
    return KIND in names and "项目名称" in names
