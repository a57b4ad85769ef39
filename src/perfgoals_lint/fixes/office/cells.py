"""Writing a text into one cell of a workbook: its style, and the looks of the pieces of its text, are kept."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from perfgoals_lint.fixes.office.parts import Parts, printable
from perfgoals_lint.fixes.office.runs import apply, joined, smallest
from perfgoals_lint.readers.package import Element, local_name

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Workbook:
    """The cells of a package's worksheets by sheet name and reference."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        related = parts.relations(parts.main)
        self._sheets: dict[str, str] = {}
        for element in parts.root(parts.main).iterfind("{*}sheets/{*}sheet"):
            key = next(
                (str(v) for k, v in element.attrib.items() if str(k).endswith("/relationships}id")), ""
            )
            kind, target = related.get(key, ("", ""))
            if kind == "worksheet":
                self._sheets[element.get("name", "")] = target
        self._strings = parts.related(parts.main, "sharedStrings")

    def write(self, sheet: str, cell: str, old: str, new: str) -> bool:
        """Put ``new`` for ``old`` in the text of a cell; ``False`` when that is not possible without doing more: the
        text is not there once, or the cell holds a formula."""
        part = self._sheets.get(sheet)
        if part is None or part not in self._parts:
            return False
        found = self._cell(self._parts.root(part), cell)
        if found is None or found.find("{*}f") is not None:
            return False
        kind = found.get("t", "n")
        if kind == "s":
            return self._shared(part, cell, old, new)
        if kind == "inlineStr":
            element = self._cell(self._parts.edit(part), cell)
            return element is not None and _change(_pieces(element), old, new)
        if kind not in ("n", "str"):
            return False
        return self._plain(part, cell, old, new)

    @staticmethod
    def _cell(root: Element, reference: str) -> Element | None:
        return next((c for c in root.iterfind("{*}sheetData/{*}row/{*}c") if c.get("r") == reference), None)

    def _shared(self, part: str, cell: str, old: str, new: str) -> bool:
        """A changed copy of the shared string for this cell alone: other cells may show the same one."""
        if self._strings is None:
            return False
        strings = self._parts.edit(self._strings)
        items = [one for one in strings if local_name(one) == "si"]
        element = self._cell(self._parts.root(part), cell)
        value = element.find("{*}v") if element is not None else None
        number = int(value.text or -1) if value is not None else -1
        if not 0 <= number < len(items):
            return False
        copied = deepcopy(items[number])
        copied.tail = None
        if not _change(_pieces(copied), old, new):
            return False
        items[-1].addnext(copied)
        if strings.get("uniqueCount"):
            strings.set("uniqueCount", str(len(items) + 1))
        edited = self._cell(self._parts.edit(part), cell)
        shown = edited.find("{*}v") if edited is not None else None
        if shown is None:
            return False
        shown.text = str(len(items))
        return True

    def _plain(self, part: str, cell: str, old: str, new: str) -> bool:
        """A number, which shows ``old`` by its format, becomes the text ``new``."""
        element = self._cell(self._parts.edit(part), cell)
        if element is None:
            return False
        space = str(element.tag).rpartition("}")[0] + "}"
        for child in list(element):
            if local_name(child) in ("v", "is"):
                element.remove(child)
        element.set("t", "inlineStr")
        holder = etree.Element(space + "is")
        text = etree.SubElement(holder, space + "t", {_SPACE: "preserve"})
        text.text = printable(new)
        element.insert(0, holder)
        return True


def _pieces(holder: Element) -> list[Element]:
    """The texts of a string without its phonetic guide."""
    found = []
    for text in holder.iter("{*}t"):
        parent = text.getparent()
        if parent is None or local_name(parent) != "rPh":
            found.append(text)
    return found


def _change(pieces: list[Element], old: str, new: str) -> bool:
    change = smallest(joined(pieces), old, new)
    if change is None:
        return False
    apply(pieces, change)
    return True
