"""Hidden bookmarks that say which finding a row of a document is about; office programs keep them."""

from collections.abc import Iterator

from lxml import etree

from perfgoals_lint.fixes.office.parts import namespace
from perfgoals_lint.readers.package import Element, attribute
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
    space = namespace(paragraph)
    start = etree.Element(space + "bookmarkStart", {space + "name": PREFIX + fingerprint.replace("-", "_")})
    properties = paragraph.find("{*}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(etree.Element(space + "bookmarkEnd"))


def number_bookmarks(body: Element) -> None:
    """Give the bookmarks of a document ids and names that no other one has."""
    known = [(attribute(one, "id") or "") for one in body.iter("{*}bookmarkStart", "{*}bookmarkEnd")]
    number = max((int(one) for one in known if one.isdigit()), default=0)
    times: dict[str, int] = {}
    for start in body.iter("{*}bookmarkStart"):
        name = attribute(start, "name") or ""
        paragraph = start.getparent()
        if not name.startswith(PREFIX) or (attribute(start, "id") or "") or paragraph is None:
            continue
        space = namespace(start)
        number += 1
        times[name] = times.get(name, 0) + 1
        start.set(space + "id", str(number))
        start.set(space + "name", name if times[name] == 1 else f"{name}__{times[name]}")
        paragraph[-1].set(space + "id", str(number))


def fingerprints(row: Element) -> Iterator[str]:
    """The findings that a row is about."""
    for start in row.iter("{*}bookmarkStart"):
        found = _NAME.fullmatch(attribute(start, "name") or "")
        if found:
            yield found[1].replace("_", "-")
