"""What tells the authoring form from everything else, without importing what reads it."""

from collections.abc import Iterable, Sequence

from perfgoals_lint.rulebook.patterns import compiled

KIND = "行类型"
_BLOCK = r"[ \t]*[|>](?![+\-\d]{0,2}[ \t]*(?:#[^\n]*)?\r?\n[ \t]+\S)"
"""A bar or ``>`` behind the colon that begins no block of text: nothing may follow it, and the block is indented."""
_LOOKS_LIKE = compiled(
    rf"""(?m)^[\s\-{{\["']*(?:项目名称|预算项目名称|项目|表种)["']?\s*:(?!{_BLOCK})(?:\s|$)"""
)

_KEY = compiled(rf"""(?m)(?:^|[{{,])[\s\-]*["']?([\u3400-\u9fff]{{2,12}})["']?\s*:(?!{_BLOCK})(?=\s|$)""")
_ENOUGH = 2
"""Boxes of a project that tell a form whose own labels are misspelt; one alone may stand in any file."""


def looks_authored(text: str) -> bool:
    """Does a text look like the form in YAML or JSON? Cheap: for deciding which reader gets a file."""
    return bool(_LOOKS_LIKE.search(text[:4096]))


def may_be_form(text: str, path: str) -> bool:
    """Does a text look like the form, or is it a YAML or JSON file with several boxes of a project among its keys? The
    latter is a form of which the label that tells it (项目名称) is misspelt."""
    if looks_authored(text):
        return True
    return is_named_so(path) and has_boxes(_KEY.findall(text[:4096]))


def has_boxes(keys: Iterable[str]) -> bool:
    """Are there several boxes of a project among some keys, one of which only a goal form has?"""
    from perfgoals_lint.rulebook.labels import field_of
    from perfgoals_lint.rulebook.lexicons import words

    boxes = {box for key in keys if not key.isascii() and (box := field_of(key))}
    return len(boxes) >= _ENOUGH and not boxes.isdisjoint(words("files.telling_boxes"))


def is_named_so(path: str) -> bool:
    """Does the ending say that a file is YAML or JSON? What looks like the form in it is then the form and no other text,
    be it broken."""
    return path.lower().endswith((".yaml", ".yml", ".json"))


def is_flat_header(names: Sequence[str]) -> bool:
    """Is a row of texts the header of the flat form?"""
    return KIND in names and "项目名称" in names
