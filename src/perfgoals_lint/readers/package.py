"""Zip packages (OOXML, ODF, OFD): sizes are judged from the directory before a byte is unpacked, XML is parsed safely."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import unquote

from lxml import etree

from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, Limits, ReadError, over
from perfgoals_lint.rulebook.patterns import compiled

Element = etree._Element
_SMALL_PART = 4 << 20
_NO_XML = compiled("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Package:
    """The parts of a zip package by name, looked up without regard to case as Office does."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self.stream = stream
        self._archive = zipfile.ZipFile(stream)
        entries = self._archive.infolist()
        if len(entries) > limits.parts:
            raise over("parts", len(entries), limits.parts)
        total = 0
        for entry in entries:
            total += entry.file_size
            if entry.file_size > limits.part_bytes:
                raise over("part_bytes", entry.file_size, limits.part_bytes)
            if entry.file_size > limits.ratio_floor and entry.file_size > limits.ratio * max(
                entry.compress_size, 1
            ):
                raise over("ratio", entry.file_size // max(entry.compress_size, 1), limits.ratio)
        if total > limits.total_bytes:
            raise over("total_bytes", total, limits.total_bytes)
        self._entries = {part_key(entry.filename): entry for entry in entries}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._entries

    def names(self) -> list[str]:
        """Part names in directory order, lower case, without a leading slash."""
        return list(self._entries)

    @property
    def locked(self) -> bool:
        """Does a part ask for a password?"""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a part. Raises ``ReadError`` when it is missing, encrypted or broken."""
        entry = self._entries.get(part_key(name))
        if entry is None:
            raise ReadError(CORRUPT, reason=f"{name} is missing")
        if entry.flag_bits & 1:
            raise ReadError(ENCRYPTED)
        return self._archive.read(entry)

    def parse(self, name: str) -> Element:
        """The root element of an XML part."""
        return parse_xml(self.read(name))

    def main(self, usual: str) -> str:
        """The name of the main part: as the package says, else the usual one."""
        return next(
            (target for kind, target in self.relations("").values() if kind == "officeDocument"), usual
        )

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[Element]:
        """The elements of a part with these local names, which are not inside each other: parts of usual size are parsed at
        once."""
        data = self.read(name)
        if len(data) > _SMALL_PART:
            return iterate_xml(data, tags)
        return parse_xml(data).iter(*("{*}" + tag for tag in tags))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to (last word of the type, target part name). External ones are left out."""
        if part not in self._relations:
            name = relations_name(part)
            self._relations[part] = relations_in(self.parse(name), part) if name in self else {}
        return self._relations[part]


def part_key(name: str) -> str:
    """What the name of a part is looked up by."""
    return name.replace("\\", "/").lstrip("/").lower()


def relations_name(part: str) -> str:
    """The name of the part that holds the relations of a part; of the package itself for an empty name."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def relations_in(root: Element, part: str) -> dict[str, tuple[str, str]]:
    """The relations that the root of such a part holds (see :meth:`Package.relations`)."""
    found: dict[str, tuple[str, str]] = {}
    for relation in root.iterchildren("*"):
        if relation.get("TargetMode") == "External":
            continue
        target = unquote(relation.get("Target", "")).replace("\\", "/")
        folder = posixpath.dirname(part)
        target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = (kind, posixpath.normpath(target))
    return found


_CLOSED: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
"""What XML from outside may not do."""


def parse_xml(data: bytes, *, whole: bool = False) -> Element:
    """The root of an XML document, with comments and processing instructions where it is wanted ``whole``. No DTD, no
    entity, no network; raises ``ReadError`` on any of them or on errors."""
    parser = etree.XMLParser(remove_comments=not whole, remove_pis=not whole, **_CLOSED)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(CORRUPT, reason=error.msg) from None
    _refuse_dtd(root)
    return root


def iterate_xml(data: bytes, tags: tuple[str, ...]) -> Iterator[Element]:
    """Elements with these local names, in any namespace, as each one ends; an element is emptied after its turn.

    Raises ``ReadError`` on a DTD and on broken XML.
    """
    wanted = ["{*}" + tag for tag in tags]
    context = etree.iterparse(
        BytesIO(data), ("end",), tag=wanted, remove_comments=True, remove_pis=True, **_CLOSED
    )
    try:
        for _, element in context:
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ReadError(CORRUPT, reason=error.msg) from None
    if context.root is not None:
        _refuse_dtd(context.root)


def _refuse_dtd(root: Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(CORRUPT, reason="document type declarations are not allowed here")


def printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


class _LocalNames(dict[object, str]):
    """Tags without their namespaces, remembered; ``""`` for what is no element."""

    def __missing__(self, tag: object) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(self) < _MOST_NAMES:
            self[tag] = name
        return name


_MOST_NAMES = 5000
LOCAL_NAMES = _LocalNames()
"""The local name of a tag: a lookup, for the places where a call would show."""


def local_name(element: Element) -> str:
    """The tag without its namespace; ``""`` for what is no element."""
    return LOCAL_NAMES[element.tag]


def relation_id(element: Element) -> str:
    """The ``r:id`` of an element, in either namespace."""
    return next((str(to) for name, to in element.items() if str(name).endswith("/relationships}id")), "")


def whole_number(text: str | None, default: int, most: int) -> int:
    """The whole number that an attribute holds, ``most`` at the most; ``default`` where it holds none."""
    return min(int(text[:9]), most) if text and text.isascii() and text.isdigit() else default


def attribute(element: Element, name: str) -> str | None:
    """An attribute in the element's own namespace, or in none."""
    value = element.get(element.tag.rpartition("}")[0] + "}" + name)
    return element.get(name) if value is None else value
