"""An Office Open XML package whose parts can be replaced, added and taken out; all others keep their bytes."""

import re
import struct
import zipfile
import zlib
from copy import copy
from io import BytesIO

from lxml import etree

from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, Limits, ReadError
from perfgoals_lint.readers.package import (
    Element,
    Package,
    parse_xml,
    part_key,
    printable,
    relation_id,
    relations_in,
    relations_name,
)

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute that keeps blanks."""
_KEPT = "rIdK"
"""How the ids of relations begin that were added to a part which had none."""
_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL = struct.Struct("<26sHH")
"""What stands before an entry: its own description, the lengths of its name and of what else is said of it."""
_SIZES_BEHIND = 0x08
"""The flag of an entry whose sizes stand behind it."""
_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s+version=["']1\.0["']\s+encoding=["'][Uu][Tt][Ff]-8["'][^?]*\?>\s*"""
)


class SignedError(ValueError):
    """The file carries a digital signature, which any change would break."""


class PackageParts:
    """The parts of a package by name; names are looked up without regard to case, as Office does.

    Raises ``ReadError`` for a package that is broken or beyond the limits, :class:`SignedError` for a signed one.
    """

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        package = _judged(data, limits or Limits())
        if package.locked:
            raise ReadError(ENCRYPTED)
        self._archive, self._data = zipfile.ZipFile(BytesIO(data)), data
        self._entries = {part_key(entry.filename): entry for entry in self._archive.infolist()}
        if len(self._entries) < len(self._archive.infolist()):
            raise ReadError(CORRUPT, reason="two parts bear one name")
        if sum(entry.compress_size for entry in self._entries.values()) > len(data):
            raise ReadError(CORRUPT, reason="parts overlap")
        self._originals: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self._names: dict[str, str] = {key: entry.filename for key, entry in self._entries.items()}
        self._removed: set[str] = set()
        self._roots: dict[str, Element] = {}
        self._parsed: dict[str, Element] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        if any(key.startswith("_xmlsignatures/") for key in self._entries):
            raise SignedError
        self.main = package.main("")
        """The name of the main part, empty when the package has none."""
        self.strict = any(
            relation.get("Type", "").startswith(_STRICT_OFFICE)
            for relation in self.root("_rels/.rels")
            if isinstance(relation.tag, str)
        )
        """Does the package use the namespaces of strict Office Open XML?"""

    def __contains__(self, name: str) -> bool:
        key = part_key(name)
        return key not in self._removed and (
            key in self._entries or key in self._changed or key in self._roots
        )

    def names(self) -> list[str]:
        """The names of all parts, those of the package first and in its order."""
        return [name for key, name in self._names.items() if key not in self._removed]

    def read(self, name: str) -> bytes:
        """The bytes of a part as it is now. Raises ``ReadError`` when there is none."""
        key = part_key(name)
        if key in self._roots:
            return _serialised(self._roots[key], self._originals.get(key, b""))
        if key in self._changed:
            return self._changed[key]
        if name not in self:
            raise ReadError(CORRUPT, reason=f"{name} is missing")
        try:
            if key not in self._originals:
                self._originals[key] = self._archive.read(self._entries[key])
            return self._originals[key]
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ReadError(CORRUPT, reason=str(error)) from None

    def root(self, name: str) -> Element:
        """The root of an XML part as it is now, to be read only."""
        key = part_key(name)
        if key in self._roots:
            return self._roots[key]
        if key not in self._parsed:
            self._parsed[key] = parse_xml(self.read(name), whole=True)
        return self._parsed[key]

    def edit(self, name: str) -> Element:
        """The root of an XML part that is to be changed: it is written anew when the package is saved."""
        key = part_key(name)
        if key not in self._roots:
            self._roots[key] = self.root(name)
            self._forget(key)
            self._changed.pop(key, None)
        return self._roots[key]

    def _forget(self, key: str) -> None:
        """A part is changed: what was read of it no longer holds."""
        self._parsed.pop(key, None)
        self._relations.pop(key, None)

    def put(self, name: str, content: bytes) -> None:
        """Replace a part or add one."""
        key = part_key(name)
        self._names.setdefault(key, name)
        self._removed.discard(key)
        self._roots.pop(key, None)
        self._forget(key)
        self._changed[key] = content

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part and declare its content type."""
        self.put(name, content)
        declared = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(self.edit(CONTENT_TYPES), f"{{{_TYPES}}}Override", declared)

    def _declares(self, kind: str, attribute: str, value: str) -> bool:
        """Does the package say what a part (``Override``) is, or what parts with an extension (``Default``) are?"""
        declared = self.root(CONTENT_TYPES).iterfind(f"{{{_TYPES}}}{kind}")
        return any(part_key(entry.get(attribute, "")) == part_key(value) for entry in declared)

    def remove(self, name: str) -> None:
        """Take a part out, with its own relations and its content type."""
        key = part_key(name)
        for gone in (key, part_key(relations_name(name))):
            self._removed.add(gone)
            self._changed.pop(gone, None)
            self._roots.pop(gone, None)
            self._forget(gone)
        declared = [
            entry
            for entry in self.root(CONTENT_TYPES).iterfind(f"{{{_TYPES}}}Override")
            if part_key(entry.get("PartName", "")) == key
        ]
        if declared:
            types = self.edit(CONTENT_TYPES)
            for entry in declared:
                types.remove(entry)

    def free_name(self, pattern: str, *, plain: bool = False) -> str:
        """The first name of a pattern with ``{}`` for a number that no part has, nor relations of one that is not there;
        without a number where that is the usual name (``plain``) and free."""

        def taken(name: str) -> bool:
            declared = self._declares("Override", "PartName", name)
            return name in self or relations_name(name) in self or declared

        if plain and not taken(name := pattern.format("")):
            return name
        number = 1
        while taken(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to (last word of the type, target part); external ones are left out."""
        name = relations_name(part)
        if name not in self:
            return {}
        key = part_key(name)
        if key in self._relations:
            return self._relations[key]
        found = relations_in(self.root(name), part)
        if key not in self._roots:  # what is being edited may change at any time
            self._relations[key] = found
        return found

    def sheets(self) -> dict[str, str]:
        """The part of every worksheet of a workbook by the name of the sheet, in its order."""
        related = self.relations(self.main)
        found: dict[str, str] = {}
        for element in self.root(self.main).iterfind("{*}sheets/{*}sheet"):
            kind, target = related.get(relation_id(element), ("", ""))
            if kind == "worksheet":
                found[element.get("name", "")] = target
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The first part that is there to which a part has a relation of a kind."""
        found = (target for one, target in self.relations(part).values() if one == kind)
        return next((target for target in found if target in self), None)

    def relate(self, part: str, kind: str, target: str, *, type_: str | None = None) -> str:
        """Add a relation from a part to another; gives its id. ``type_`` replaces the usual address of the kind."""
        name = relations_name(part)
        was_there = name in self
        if not was_there:
            empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
            if self._declares("Default", "Extension", "rels"):
                self.put(name, empty)
            else:
                self.add(name, empty, _RELATIONS_TYPE)
        root = self.edit(name)
        taken = {relation.get("Id", "") for relation in root}
        # A part that was there without any relation is to be there when the last one is taken out again.
        stem = _KEPT if all(one.startswith(_KEPT) for one in taken) and was_there else "rId"
        number = len(taken) + 1
        while f"{stem}{number}" in taken:
            number += 1
        base = _STRICT_OFFICE if self.strict else _OFFICE
        attributes = {"Id": f"{stem}{number}", "Type": type_ or f"{base}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return f"{stem}{number}"

    def unrelate(self, part: str, target: str) -> list[str]:
        """Take the relations from a part to another out; gives their ids."""
        name = relations_name(part)
        ids = [key for key, (_, to) in self.relations(part).items() if part_key(to) == part_key(target)]
        if not ids:
            return []
        root = self.edit(name)
        for relation in list(root):
            if relation.get("Id") in ids:
                root.remove(relation)
        if not len(root) and not any(one.startswith(_KEPT) for one in ids):
            self.remove(name)
        return ids

    def related_by(self, tag: str, relation: str, **attributes: str) -> Element:
        """An element that names a relation of its part, as ``r:id``."""
        space = _STRICT_OFFICE if self.strict else _OFFICE
        return etree.Element(tag, {**attributes, f"{{{space}}}id": relation}, nsmap={"r": space})

    def save(self) -> bytes:
        """The package with its changes. Parts that are as they were go over as they lie, packed; order, dates and
        attributes of the entries are kept; new ones have a fixed date, so that the same changes give the same bytes."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = self._archive.comment
            for key, name in self._names.items():
                if key in self._removed:
                    continue
                entry = self._entries.get(key)
                if entry is None:
                    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, self.read(name))
                    continue
                info = copy(entry)
                info.extra = b""
                if info.compress_type not in _USUAL:
                    info.compress_type = zipfile.ZIP_DEFLATED
                if key in self._changed or key in self._roots or info.compress_type != entry.compress_type:
                    archive.writestr(info, self.read(name))
                else:
                    _take_over(archive, out, info, _packed(self._data, entry))
        return out.getvalue()


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry as they lie in a package. Raises ``ReadError`` where there are none."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise ReadError(CORRUPT, reason=f"{entry.filename} is missing")
    _, name_size, extra_size = _LOCAL.unpack(header)
    start = entry.header_offset + _LOCAL.size + name_size + extra_size
    found = data[start : start + entry.compress_size]
    if len(found) < entry.compress_size:
        raise ReadError(CORRUPT, reason=f"{entry.filename} is cut off")
    return found


def _take_over(archive: zipfile.ZipFile, out: BytesIO, info: zipfile.ZipInfo, packed: bytes) -> None:
    """Write an entry into an archive that is being written to ``out``, without unpacking it."""
    out.seek(archive.start_dir)
    info.header_offset = archive.start_dir
    info.flag_bits &= ~_SIZES_BEHIND
    out.write(info.FileHeader(zip64=False))
    out.write(packed)
    archive.start_dir = out.tell()
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info


def _judged(data: bytes, limits: Limits) -> Package:
    try:
        return Package(BytesIO(data), limits)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise ReadError(CORRUPT, reason=str(error)) from None


def _serialised(root: Element, original: bytes) -> bytes:
    """The bytes of a part, with the declaration that it had if that holds still."""
    declared = _DECLARATION.match(original)
    if declared is None:
        return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return declared[0] + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def instruct(root: Element, target: str, text: str) -> None:
    """Put a processing instruction before the root of a part. Programs that write the part anew leave it out."""
    root.addprevious(etree.ProcessingInstruction(target, text))


def instruction(root: Element, target: str) -> str | None:
    """The text of the processing instruction before the root; ``None`` where there is none of this target."""
    found = root.getprevious()
    return found.text or "" if found is not None and getattr(found, "target", None) == target else None


def take_instruction(root: Element, target: str) -> None:
    """Take the processing instruction before the root out."""
    found = root.getprevious()
    if found is not None and getattr(found, "target", None) == target:
        etree.Element("taken").append(found)  # which takes it from where it was


def namespace(element: Element) -> str:
    """The namespace of an element, with its braces: ``{…}``."""
    return str(element.tag).rpartition("}")[0] + "}"


def add_text(holder: Element, text: str) -> None:
    """Add the element of a text to what holds it, with its blanks kept."""
    etree.SubElement(holder, namespace(holder) + "t", {SPACE: "preserve"}).text = printable(text)
