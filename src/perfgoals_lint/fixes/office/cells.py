"""Writing a text into one cell of a workbook: its style, and the looks of the pieces of its text, are kept."""

from copy import deepcopy

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, add_text, namespace
from perfgoals_lint.fixes.office.runs import apply, joined, smallest
from perfgoals_lint.readers.package import Element, local_name
from perfgoals_lint.rulebook.patterns import compiled

_NUMBER = compiled(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")


class Workbook:
    """The cells of a package's worksheets by sheet name and reference."""

    def __init__(self, parts: PackageParts) -> None:
        self._parts = parts
        self._sheets = parts.sheets()
        self._strings = parts.related(parts.main, "sharedStrings")

    def write(self, sheet: str, cell: str, old: str, new: str) -> bool:
        """Put ``new`` for ``old`` in the text of a cell; ``False`` when that is not possible without doing more: the
        text is not there once, or the cell holds a formula."""
        found = self._found(sheet, cell)
        if found is None or found.find("{*}f") is not None:
            return False
        part, kind = self._sheets[sheet], found.get("t", "n")
        if kind == "s":
            return self._shared(part, cell, old, new)
        if kind == "inlineStr":
            element = self._cell(self._parts.edit(part), cell)
            return element is not None and _change(_pieces(element), old, new)
        if kind not in ("n", "str"):
            return False
        return self._plain(part, cell, new)

    def is_formula(self, sheet: str, cell: str) -> bool:
        """Does a cell hold a formula?"""
        found = self._found(sheet, cell)
        return found is not None and found.find("{*}f") is not None

    def put_number(self, sheet: str, cell: str, new: str) -> bool:
        """Put a number into a cell that holds one, so that it goes on being counted with; ``False`` where either is no
        number."""
        found, number = self._found(sheet, cell), new.replace(",", "")
        if found is None or found.get("t", "n") != "n" or not _NUMBER.fullmatch(number):
            return False
        element = self._cell(self._parts.edit(self._sheets[sheet]), cell)
        value = element.find("{*}v") if element is not None else None
        if value is None:
            return False
        value.text = number
        return True

    def put_text(self, sheet: str, cell: str, new: str) -> bool:
        """Put a text in the place of all that a cell says; ``False`` where there is no such cell."""
        found = self._found(sheet, cell)
        if found is None:
            return False
        part = self._sheets[sheet]
        if found.get("t") == "s" and self._strings is not None:
            number = int(found.findtext("{*}v") or -1)
            items = self._parts.root(self._strings).findall("{*}si")
            said = joined(_pieces(items[number])) if 0 <= number < len(items) else ""
            if said and self._shared(part, cell, said, new):
                return True
        return self._plain(part, cell, new)

    def _found(self, sheet: str, cell: str) -> Element | None:
        part = self._sheets.get(sheet)
        return self._cell(self._parts.root(part), cell) if part and part in self._parts else None

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

    def _plain(self, part: str, cell: str, new: str) -> bool:
        """A number becomes the text ``new``."""
        element = self._cell(self._parts.edit(part), cell)
        if element is None:
            return False
        for child in list(element):
            if local_name(child) in ("v", "is"):
                element.remove(child)
        element.set("t", "inlineStr")
        holder = etree.Element(namespace(element) + "is")
        add_text(holder, new)
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
