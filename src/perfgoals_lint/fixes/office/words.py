"""The text of a Word document's cells and paragraphs, in the pieces that it is stored in."""

from copy import deepcopy

from lxml import etree

from perfgoals_lint.fixes.office.parts import add_text, namespace
from perfgoals_lint.fixes.office.runs import TextChange, apply, joined, smallest
from perfgoals_lint.readers.handed_back import is_own_change
from perfgoals_lint.readers.package import Element, local_name

_MARKS = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr"})
"""What stands in a paragraph and shows nothing."""
_AROUND = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink"})


def paragraphs_of(element: Element) -> list[Element]:
    """The paragraphs of a cell, without those of nested tables; of a paragraph, itself."""
    if local_name(element) == "p":
        return [element]
    found: list[Element] = []
    for child in element:
        name = local_name(child)
        if name == "p":
            found.append(child)
        elif name in _AROUND:
            found += paragraphs_of(child)
    return found


def pieces_of(paragraph: Element) -> list[Element]:
    """The elements that hold the shown text of a paragraph, in order; none when something else stands between them
    that is shown too (a tab, a line break, a symbol), so that their joined text would not be what is read."""
    pieces: list[Element] = []
    return pieces if _collect(paragraph, pieces) else []


def _collect(element: Element, pieces: list[Element]) -> bool:
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child)
        elif name == "r" or name in _AROUND:
            if not _collect(child, pieces):
                return False
        elif name in ("tab", "br", "cr", "sym", "ptab", "noBreakHyphen", "fldSimple", "AlternateContent"):
            return False
    return True


def fill(element: Element, new: str) -> bool:
    """Let a cell or a paragraph say a text, line by line in the paragraphs that it has; what stays of a line keeps its
    looks. ``False`` when their numbers differ, or a paragraph holds something else than text."""
    paragraphs, lines = paragraphs_of(element), new.split("\n")
    if len(paragraphs) != len(lines):
        return False
    for paragraph, line in zip(paragraphs, lines, strict=True):
        pieces = pieces_of(paragraph)
        said = joined(pieces)
        if said == line:
            continue
        change = smallest(said, said, line)
        if change is not None:
            apply(pieces, change)
        elif not pieces and not any(local_name(child) not in ("pPr", *_MARKS) for child in paragraph):
            _write(paragraph, line)
        else:
            return False
    return True


def _write(paragraph: Element, line: str) -> None:
    """Put a text into an empty paragraph, with the looks that it has for what is written into it."""
    space = namespace(paragraph)
    run = etree.SubElement(paragraph, space + "r")
    looks = paragraph.find(f"{space}pPr/{space}rPr")
    if looks is not None:
        run.append(deepcopy(looks))
    add_text(run, line)


def only_change(element: Element, old: str, new: str) -> tuple[list[Element], TextChange] | None:
    """The pieces of text that an edit changes, and how; ``None`` unless its old text stands just once in the element."""
    found = [
        (pieces, change)
        for paragraph in paragraphs_of(element)
        if (pieces := pieces_of(paragraph)) and (change := smallest(joined(pieces), old, new))
    ]
    return found[0] if len(found) == 1 else None


def has_suggestions(root: Element) -> bool:
    """Are there changes that the tool suggested and nobody has accepted or refused?"""
    return any(is_own_change(one) for one in root.iter("{*}ins", "{*}del"))


def refuse_suggestions(root: Element) -> None:
    """Put back what the document said before the tool suggested changes."""
    for change in [one for one in root.iter("{*}ins", "{*}del") if is_own_change(one)]:
        holder = change.getparent()
        if holder is None:
            continue
        if local_name(change) == "del":
            at = holder.index(change)
            for text in change.iter("{*}delText"):
                text.tag = str(text.tag).replace("delText", "t")
            holder[at : at + 1] = list(change)
        else:
            holder.remove(change)
