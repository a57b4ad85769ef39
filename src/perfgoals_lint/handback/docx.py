"""A Word document with the findings as comments at its cells, and with fixes as tracked changes where asked for."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree

from perfgoals_lint.fixes.office.parts import (
    PackageParts,
    add_text,
    instruct,
    instruction,
    namespace,
    take_instruction,
)
from perfgoals_lint.fixes.office.words import has_suggestions, only_change, refuse_suggestions
from perfgoals_lint.handback import anchors
from perfgoals_lint.handback.entries import PlaceMark
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import Edit, Location
from perfgoals_lint.readers.docx import anchors_of
from perfgoals_lint.readers.handed_back import authors
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.package import Element, attribute, local_name
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.textwidth import shorten

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TAG = "perfgoals-lint"
"""The tag of the content controls that hold nothing but the tool's comments."""
_FIRST_CONTROL = 700_000_000
_FIRST_CHANGE = 9_000
_QUOTED = 40
"""Columns of a text that is quoted for its place."""
_MARK = "perfgoals-lint"
"""The instruction before the root of a part of comments that was there, and held none."""
_ANCHORS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def annotate(
    data: bytes, marks: Sequence[PlaceMark], words: HandbackWords, suggestions: Sequence[Edit] = ()
) -> bytes:
    """A copy of a document with a comment at every mark; ``suggestions`` become tracked changes.

    Comments and suggestions of an earlier round are replaced, those of other people are kept. Raises ``ReadError``
    and ``SignedError``.
    """
    parts = PackageParts(data)
    _strip(parts)
    if not marks and not suggestions:
        return parts.save()
    root = parts.edit(parts.main)
    places, able = anchors_of(root, Limits()), anchors.Bearers(root)
    comments = _comments(parts, namespace(root))
    for mark in marks:
        element = places.at(mark.location)
        if element is not None:
            bearers, at_home = able.of(element)
            text = mark.text if at_home else f"{_told(element, mark.location, words)}\n{mark.text}"
            _comment(comments, bearers, text, words.author)
    numbers = _numbers(root)
    for edit in suggestions:
        element = places.at(edit.location)
        if element is not None:
            _suggest(element, edit, words.author, numbers)
    if not len(comments):
        _remove_comments(parts)
    return parts.save()


def strip(data: bytes) -> bytes:
    """The document without the tool's comments, its suggestions rejected."""
    parts = PackageParts(data)
    _strip(parts)
    return parts.save()


def _comments(parts: PackageParts, space: str) -> Element:
    name = parts.related(parts.main, "comments")
    if name is None:
        folder = parts.main.rpartition("/")[0]
        name = parts.free_name(f"{folder}/comments{{}}.xml", plain=True)
        empty = etree.Element(space + "comments", nsmap={"w": space.strip("{}")})
        parts.add(name, etree.tostring(empty, encoding="UTF-8", xml_declaration=True, standalone=True), _TYPE)
        parts.relate(parts.main, "comments", name)
    elif not len(parts.root(name)):
        instruct(parts.edit(name), _MARK, "was empty")
    return parts.edit(name)


def _remove_comments(parts: PackageParts) -> None:
    """Take a part without comments out, or let it be as empty as it was."""
    name = parts.related(parts.main, "comments")
    if name is None:
        return
    if instruction(parts.root(name), _MARK) is not None:
        take_instruction(parts.edit(name), _MARK)
        return
    parts.unrelate(parts.main, name)
    parts.remove(name)


def _told(element: Element, place: Location, words: HandbackWords) -> str:
    """What a comment says first that stands beside the cell or paragraph which it is about."""
    said = visible("".join(one.text or "" for one in element.iter("{*}t")).strip())
    address = visible(words.address(place))
    quoted = words("note.quoted", place=address, text=shorten(said, _QUOTED)) if said else address
    return words("note.elsewhere", place=quoted)


def _comment(comments: Element, bearers: Sequence[Element], text: str, author: str) -> None:
    """Add a comment on all the text of the paragraphs that bear it."""
    first, last = bearers[0], bearers[-1]
    space = namespace(first)
    used = [
        int(attribute(one, "id") or 0)
        for one in comments
        if (attribute(one, "id") or "").lstrip("-").isdigit()
    ]
    number = str(max(used, default=-1) + 1)
    head = {space + "id": number, space + "author": author, space + "initials": author}
    comment = etree.SubElement(comments, space + "comment", head)
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, space + "p"), space + "r")
        add_text(run, line)
    properties = first.find("{*}pPr")
    at = 0 if properties is None else list(first).index(properties) + 1
    first.insert(at, etree.Element(space + "commentRangeStart", {space + "id": number}))
    etree.SubElement(last, space + "commentRangeEnd", {space + "id": number})
    holder = _own_control(last, number) if anchors.control_kinds(last) else last
    run = etree.SubElement(holder, space + "r")
    etree.SubElement(run, space + "commentReference", {space + "id": number})


def _own_control(paragraph: Element, number: str) -> Element:
    """A content control at the end of a paragraph, for a comment; gives the element that holds its content."""
    space = namespace(paragraph)
    root = paragraph.getroottree().getroot()
    taken = {attribute(one, "val") for one in root.iterfind(".//{*}sdtPr/{*}id")}
    own = _FIRST_CONTROL + int(number)
    while str(own) in taken:
        own += 1
    control = etree.SubElement(paragraph, space + "sdt")
    properties = etree.SubElement(control, space + "sdtPr")
    etree.SubElement(properties, space + "tag", {space + "val": _TAG})
    etree.SubElement(properties, space + "id", {space + "val": str(own)})
    return etree.SubElement(control, space + "sdtContent")


# --- tracked changes ----------------------------------------------------------------------------------------------


def _numbers(root: Element) -> Iterator[str]:
    """Numbers for tracked changes that no element of the document has."""
    known = (attribute(element, "id") or "" for element in root.iter("*"))
    greatest = max((int(number[:9]) for number in known if number.isdigit()), default=0)
    return map(str, count(max(greatest + 1, _FIRST_CHANGE) + 1))


def _suggest(element: Element, edit: Edit, author: str, numbers: Iterator[str]) -> None:
    """Write an edit as a deletion and an insertion; only where its text stands once, in runs of the paragraph itself."""
    found = only_change(element, edit.old, edit.new)
    if found is None or any(_holder(piece) is None for piece in found[0]):
        return
    pieces, change = found
    at = 0
    inserted = not change.new
    for piece in pieces:
        text = piece.text or ""
        first, at = at, at + len(text)
        left, right = max(change.start - first, 0), min(change.end - first, len(text))
        if left > len(text) or (right < left and change.start != change.end) or right < 0:
            continue
        if right <= left and (inserted or not 0 <= change.start - first <= len(text)):
            continue
        new = "" if inserted else change.new
        _split(piece, left, max(right, left), new, author, numbers)
        inserted = True


def _holder(piece: Element) -> Element | None:
    """The run of a text, if it holds nothing but this text and stands in the paragraph itself."""
    run = piece.getparent()
    if run is None or local_name(run) != "r":
        return None
    paragraph = run.getparent()
    alone = [one for one in run if local_name(one) not in ("rPr", "lastRenderedPageBreak")] == [piece]
    return run if alone and paragraph is not None and local_name(paragraph) == "p" else None


def _split(piece: Element, left: int, right: int, new: str, author: str, numbers: Iterator[str]) -> None:
    run, text = piece.getparent(), piece.text or ""
    paragraph = run.getparent() if run is not None else None
    if run is None or paragraph is None:
        return
    space = namespace(run)
    made: list[Element] = []
    if text[:left]:
        made.append(_run_like(run, text[:left]))
    if text[left:right]:
        deleted = etree.Element(space + "del", {space + "id": next(numbers), space + "author": author})
        gone = _run_like(run, text[left:right])
        for shown in gone.findall("{*}t"):
            shown.tag = space + "delText"
        deleted.append(gone)
        made.append(deleted)
    if new:
        added = etree.Element(space + "ins", {space + "id": next(numbers), space + "author": author})
        added.append(_run_like(run, new))
        made.append(added)
    if text[right:]:
        made.append(_run_like(run, text[right:]))
    at = list(paragraph).index(run)
    paragraph[at : at + 1] = made


def _run_like(run: Element, text: str) -> Element:
    space = namespace(run)
    made = etree.Element(space + "r")
    style = run.find("{*}rPr")
    if style is not None:
        made.append(deepcopy(style))
    add_text(made, text)
    return made


# --- taking it out again ------------------------------------------------------------------------------------------


def _strip(parts: PackageParts) -> None:
    _strip_comments(parts, authors())
    if has_suggestions(parts.root(parts.main)):
        refuse_suggestions(parts.edit(parts.main))


def _strip_comments(parts: PackageParts, own: frozenset[str]) -> None:
    name = parts.related(parts.main, "comments")
    if name is None:
        return
    ids = {attribute(one, "id") for one in parts.root(name) if attribute(one, "author") in own}
    if not ids:
        return
    comments = parts.edit(name)
    for comment in [one for one in comments if attribute(one, "id") in ids]:
        comments.remove(comment)
    root = parts.edit(parts.main)
    for anchor in [
        one for one in root.iter(*("{*}" + tag for tag in _ANCHORS)) if attribute(one, "id") in ids
    ]:
        holder = anchor.getparent()
        if holder is None:
            continue
        holder.remove(anchor)
        if local_name(holder) == "r" and not [one for one in holder if local_name(one) != "rPr"]:
            _remove_run(holder)
    anchors.strip(root)
    if not len(comments):
        _remove_comments(parts)


def _remove_run(run: Element) -> None:
    """Take an empty run out, and the control that was made for it."""
    paragraph = run.getparent()
    if paragraph is None:
        return
    paragraph.remove(run)
    control = paragraph.getparent() if local_name(paragraph) == "sdtContent" and not len(paragraph) else None
    outer = control.getparent() if control is not None else None
    if control is not None and outer is not None:
        tag = control.find("{*}sdtPr/{*}tag")
        if tag is not None and attribute(tag, "val") == _TAG:
            outer.remove(control)
