"""Hidden bookmarks that say which finding a row of a document is about; office programs keep them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perfgoals_lint.readers.package import Element
from perfgoals_lint.rulebook.patterns import compiled

FINGERPRINT = "标识"
"""The key of a repeated row's item that holds the fingerprint of its finding."""
PREFIX = "_perfgoals_"
"""How the names of the bookmarks begin."""
_NAME = compiled(PREFIX + r"([0-9a-f]+(?:_[0-9]+)?)(?:__[0-9]+)?")


def bookmark(row: Element, fingerprint: str) -> None:
    """Put a bookmark around the first paragraph of a row; :func:`number_bookmarks` makes it whole."""
    paragraph = next(row.iter("{*}p"), None)
    if paragraph is None:
        return
    space = str(paragraph.tag).rpartition("}")[0] + "}"
    start = etree.Element(space + "bookmarkStart", {space + "name": PREFIX + fingerprint.replace("-", "_")})
    properties = paragraph.find("{*}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(etree.Element(space + "bookmarkEnd"))


def number_bookmarks(body: Element) -> None:
    """Give the bookmarks of a document ids and names that no other one has."""
    known = [_attribute(one, "id") for one in body.iter("{*}bookmarkStart", "{*}bookmarkEnd")]
    number = max((int(one) for one in known if one.isdigit()), default=0)
    times: dict[str, int] = {}
    for start in body.iter("{*}bookmarkStart"):
        name = _attribute(start, "name")
        paragraph = start.getparent()
        if not name.startswith(PREFIX) or _attribute(start, "id") or paragraph is None:
            continue
        space = str(start.tag).rpartition("}")[0] + "}"
        number += 1
        times[name] = times.get(name, 0) + 1
        start.set(space + "id", str(number))
        start.set(space + "name", name if times[name] == 1 else f"{name}__{times[name]}")
        paragraph[-1].set(space + "id", str(number))


def fingerprints(row: Element) -> Iterator[str]:
    """The findings that a row is about."""
    for start in row.iter("{*}bookmarkStart"):
        found = _NAME.fullmatch(_attribute(start, "name"))
        if found:
            yield found[1].replace("_", "-")


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")
