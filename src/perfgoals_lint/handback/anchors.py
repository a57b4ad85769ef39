"""Where in a Word document a comment can stand so that every program shows it.

LibreOffice loses the comments of the first paragraph of a content control, unless they stand in an inline control of
their own, and those of a paragraph at whose end a field is still open (a table of contents, a bibliography).
"""

from bisect import bisect_left
from functools import cached_property

from lxml import etree

from perfgoals_lint.fixes.office.parts import namespace
from perfgoals_lint.fixes.office.words import paragraphs_of
from perfgoals_lint.readers.package import Element, attribute, local_name

_NO_CONTROLS_IN = frozenset({
    "text", "date", "dropDownList", "comboBox", "picture", "equation", "citation", "bibliography", "checkbox",
})  # fmt: skip
"""Kinds of content controls that may hold no other control."""
_OWN = "7E4F60A1"
"""The revision number of paragraphs that were added for comments."""


class Bearers:
    """The paragraphs of a document that can bear a comment, by the cell or paragraph that the comment is about."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._within_fields = _within_fields(root)

    def of(self, element: Element) -> tuple[list[Element], bool]:
        """The paragraphs of a cell, or the paragraph itself, that can bear a comment, and ``True``; where there is none, the
        nearest one that can and ``False``: of the same row if possible, the one in front before the one behind. A text
        box bears no comment in Word, so the paragraph with the box counts as its nearest. Where no paragraph of the
        document can, one is added at its end, which ``strip`` takes out."""
        boxes = list(element.iterancestors("{*}txbxContent"))
        if boxes:
            element = next(boxes[-1].iterancestors("{*}p"), element)
        inside = [one for one in paragraphs_of(element) if self._bears(one)]
        if inside:
            return inside, not boxes
        found = self._nearest(element)
        return [self._added() if found is None else found], False

    def _bears(self, paragraph: Element) -> bool:
        return paragraph not in self._within_fields and not (control_kinds(paragraph) & _NO_CONTROLS_IN)

    @cached_property
    def _paragraphs(self) -> dict[Element, int]:
        """The paragraphs outside of text boxes and of cells that are merged into another one, with their numbers."""
        space = namespace(self._root)
        every = self._root.iter(space + "p")
        return {one: number for number, one in enumerate(one for one in every if _is_shown(one))}

    def _nearest(self, element: Element) -> Element | None:
        start = next(element.iter(namespace(self._root) + "p"), None)
        row = next(element.iterancestors("{*}tr"), None)
        for holder in (row, self._root):
            if holder is None:
                continue
            inside = [one for one in holder.iter(namespace(self._root) + "p") if one in self._paragraphs]
            able = [one for one in inside if self._bears(one)]
            if able:
                numbers = [self._paragraphs[one] for one in able]
                at = bisect_left(numbers, self._paragraphs.get(start, 0) if start is not None else 0)
                return able[max(at - 1, 0)]
        return None

    def _added(self) -> Element:
        space = namespace(self._root)
        body = next(self._root.iter(space + "body"))
        made = etree.Element(space + "p", {space + "rsidR": _OWN})
        section = body.find(space + "sectPr")
        body.insert(len(body) if section is None else body.index(section), made)
        return made


def strip(root: Element) -> None:
    """Take the paragraphs out that were added for comments, once these are gone."""
    for paragraph in root.findall(f".//{namespace(root)}p[@{namespace(root)}rsidR='{_OWN}']"):
        holder = paragraph.getparent()
        if holder is not None and not len(paragraph):
            holder.remove(paragraph)


def control_kinds(paragraph: Element) -> set[str]:
    """What the properties say of the content controls whose first paragraph this is; ``control`` for every such control."""
    found: set[str] = set()
    for holder in paragraph.iterancestors():
        if local_name(holder) in ("body", "txbxContent"):
            break
        if local_name(holder) == "sdt" and next(holder.iter("{*}p"), None) is paragraph:
            found |= {"control", *(local_name(one) for one in holder.iterfind("{*}sdtPr/*"))}
    return found


def _is_shown(paragraph: Element) -> bool:
    """Does a paragraph stand in no text box, and in no cell that is merged into the one above or on its left?"""
    for holder in paragraph.iterancestors():
        name = local_name(holder)
        if name == "txbxContent":
            return False
        if name == "tc":
            merges = [*holder.iterfind("{*}tcPr/{*}vMerge"), *holder.iterfind("{*}tcPr/{*}hMerge")]
            if any(attribute(one, "val") != "restart" for one in merges):
                return False
    return True


def _within_fields(root: Element) -> set[Element]:
    """The paragraphs at whose end a field is open that is closed in a later one."""
    space = namespace(root)
    found: set[Element] = set()
    pending: set[Element] = set()
    depth = 0
    paragraph: Element | None = None
    for element in root.iter(space + "p", space + "fldChar"):
        if element.tag == space + "p":
            paragraph = element
            if depth:
                pending.add(element)
            continue
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            depth += 1
            if paragraph is not None:
                pending.add(paragraph)
        elif kind == "end" and depth:
            depth -= 1
            if not depth:
                found |= pending - {paragraph}
                pending = set()
    return found
