"""Cell comments: a comment part, its boxes in VML, and replies where a cell has a thread of comments already."""

import re
from bisect import bisect_right
from collections.abc import Mapping

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, add_text, namespace
from perfgoals_lint.handback.xlsx import threads
from perfgoals_lint.handback.xlsx.book import MAIN, child, place_child
from perfgoals_lint.model import cell_place
from perfgoals_lint.readers.handed_back import authors
from perfgoals_lint.readers.package import Element, local_name, relation_id
from perfgoals_lint.rulebook.patterns import compiled

SEAM = "\n———— {author} ————\n"
"""Stands between a comment that was there and what the tool appends to it."""
_SEAM = compiled("\n———— (.+?) ————\n")
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE_ID = re.compile(rb"_x0000_s([0-9]+)")
_NEW_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:230pt;height:{height}pt;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def position(reference: str) -> tuple[int, int]:
    """Row and column (0-based) of ``B12``; of the first cell for what names none."""
    return cell_place(reference) or (0, 0)


def add(parts: PackageParts, sheet: str, texts: Mapping[str, str], author: str) -> None:
    """Add comments to a worksheet part: text by cell. Cells that have a comment keep it, and get the text behind it."""
    name = parts.related(sheet, "comments")
    if name is None:
        name = parts.free_name("xl/comments{}.xml")
        space = namespace(parts.root(sheet)).strip("{}")
        parts.add(
            name, f'<comments xmlns="{space or MAIN}"><authors/><commentList/></comments>'.encode(), _COMMENTS
        )
        parts.relate(sheet, "comments", name)
    root = parts.edit(name)
    author_id = _author(root, author)
    held = child(root, "commentList", ["authors", "commentList", "extLst"])
    places = [position(comment.get("ref", "")) for comment in held]
    known = {comment.get("ref", ""): comment for comment in held if local_name(comment) == "comment"}
    fresh = []
    for cell, text in texts.items():
        if cell in known:
            _append(known[cell], SEAM.format(author=author), text)
        else:
            at = bisect_right(places, position(cell))
            places.insert(at, position(cell))
            known[cell] = _comment(held, at, cell, text, author, author_id)
            fresh.append(cell)
    threads.reply(parts, sheet, {cell: text for cell, text in texts.items() if cell not in fresh}, author)
    if fresh:
        _draw(parts, sheet, {cell: texts[cell] for cell in fresh})


def _author(root: Element, author: str) -> int:
    held = child(root, "authors", ["authors", "commentList", "extLst"])
    names = [(one.text or "") for one in held]
    if author not in names:
        etree.SubElement(held, namespace(root) + "author").text = author
        names.append(author)
    return names.index(author)


def _comment(held: Element, at: int, cell: str, text: str, author: str, author_id: int) -> Element:
    space = namespace(held)
    comment = etree.SubElement(held, space + "comment", {"ref": cell, "authorId": str(author_id)})
    held.insert(at, comment)
    holder = etree.SubElement(comment, space + "text")
    _run(holder, f"{author}：\n", bold=True)
    _run(holder, text)
    return comment


def _run(holder: Element, text: str, *, bold: bool = False) -> None:
    space = namespace(holder)
    run = etree.SubElement(holder, space + "r")
    style = etree.SubElement(run, space + "rPr")
    if bold:
        etree.SubElement(style, space + "b")
    etree.SubElement(style, space + "sz", {"val": "9"})
    add_text(run, text)


def _append(comment: Element, seam: str, text: str) -> None:
    holder = child(comment, "text", ["text", "commentPr"])
    space = namespace(holder)
    plain = holder.find("{*}t")
    if plain is not None and holder.find("{*}r") is None:
        run = etree.Element(space + "r")
        run.append(plain)
        holder.insert(0, run)
    _run(holder, seam, bold=True)
    _run(holder, text)


def _draw(parts: PackageParts, sheet: str, texts: Mapping[str, str]) -> None:
    """The boxes of new comments, behind what the sheet's VML part holds already."""
    name = _boxes(parts, sheet)
    if not name:
        name = parts.free_name("xl/drawings/vmlDrawing{}.vml")
        parts.add(name, _NEW_VML.encode(), _VML)
        relation = parts.relate(sheet, "vmlDrawing", name)
        edited = parts.edit(sheet)
        for old in edited.findall("{*}legacyDrawing"):
            edited.remove(old)
        place_child(edited, parts.related_by(namespace(edited) + "legacyDrawing", relation))
    data = parts.read(name)
    last = max((int(found) for found in _SHAPE_ID.findall(data)), default=0)
    shapes = [] if b'"_x0000_t202"' in data else [_SHAPE_TYPE]
    for number, (cell, text) in enumerate(texts.items(), max(last, 1024) + 1):
        shapes.append(_shape(number, cell, text))
    end = data.rfind(b"</")
    parts.put(name, data[:end] + "".join(shapes).encode() + data[end:])


def _boxes(parts: PackageParts, sheet: str) -> str:
    """The part with the boxes of a sheet's comments; empty when there is none."""
    legacy = parts.root(sheet).find("{*}legacyDrawing")
    name = parts.relations(sheet).get(relation_id(legacy), ("", ""))[1] if legacy is not None else ""
    return name if name in parts else ""


def _shape(number: int, cell: str, text: str) -> str:
    row, column = position(cell)
    lines = 1 + sum(
        1 + sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) // 38 for line in text.split("\n")
    )
    height = min(13 * lines + 10, 360)
    return _SHAPE.format(
        id=number,
        height=height,
        left=column + 1,
        top=max(row - 1, 0),
        right=column + 5,
        bottom=max(row - 1, 0) + max(4, height // 15),
        row=row,
        column=column,
    )


def texts_of(comment: Element) -> str:
    """The text of a comment."""
    return "".join(found.text or "" for found in comment.iter("{*}t"))


def strip(parts: PackageParts, sheet: str) -> None:
    """Take the tool's comments out of a worksheet: whole ones, and what was put behind the comments of others."""
    name = parts.related(sheet, "comments")
    if name is None:
        return
    own = authors()
    root = parts.root(name)
    names = [(one.text or "") for one in root.iterfind("{*}authors/{*}author")]
    ours = {str(number) for number, one in enumerate(names) if one in own}
    if not ours and not any(_SEAM.search(texts_of(comment)) for comment in root.iter("{*}comment")):
        return
    root = parts.edit(name)
    gone = set()
    for comment in list(root.iter("{*}comment")):
        if comment.get("authorId") in ours:
            gone.add(position(comment.get("ref", "")))
            _drop(comment)
        else:
            _cut(comment, own)
    threads.strip(parts, sheet)
    _drop_authors(root, own)
    if gone:
        _erase(parts, sheet, gone)
    if not root.findall("{*}commentList/{*}comment"):
        parts.unrelate(sheet, name)
        parts.remove(name)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _cut(comment: Element, own: frozenset[str]) -> None:
    """Cut off a comment what follows the seam; a text that was plain before is plain again."""
    runs = list(comment.iterfind("{*}text/{*}r"))
    at = next(
        (
            number
            for number, run in enumerate(runs)
            if (found := _SEAM.search(texts_of(run))) and found[1] in own
        ),
        None,
    )
    if at is None:
        return
    for run in runs[at:]:
        _drop(run)
    holder = comment.find("{*}text")
    if holder is not None and at == 1 and runs[0].find("{*}rPr") is None:
        plain = runs[0].find("{*}t")
        if plain is not None:
            holder.replace(runs[0], plain)


def _drop_authors(root: Element, own: frozenset[str]) -> None:
    """Take our name out of the authors when nothing refers to it, and number those behind it anew."""
    held = root.find("{*}authors")
    if held is None:
        return
    for author in [one for one in held if (one.text or "") in own]:
        number = list(held).index(author)
        held.remove(author)
        for comment in root.iter("{*}comment"):
            at = int(comment.get("authorId") or 0)
            if at > number:
                comment.set("authorId", str(at - 1))


def _erase(parts: PackageParts, sheet: str, gone: set[tuple[int, int]]) -> None:
    """Take the boxes of comments out of the sheet's VML; a part that is left without shapes goes as a whole."""
    name = _boxes(parts, sheet)
    if not name:
        return
    data = parts.read(name)
    left = _without_boxes(data, gone)
    if b'"#_x0000_t202"' not in left:
        left = left.replace(_SHAPE_TYPE.encode(), b"")
    if re.search(rb"<v:(shape|rect|group|oval|line|roundrect)[\s>]", left):
        parts.put(name, left)
        return
    edited = parts.edit(sheet)
    for element in edited.findall("{*}legacyDrawing"):
        edited.remove(element)
    parts.unrelate(sheet, name)
    parts.remove(name)


_BOX = re.compile(rb"<v:shape[\s>].*?</v:shape>", re.DOTALL)
_CLIENT = re.compile(rb"<x:(Row|Column)>\s*([0-9]+)\s*</x:(?:Row|Column)>")


def _without_boxes(data: bytes, gone: set[tuple[int, int]]) -> bytes:
    def kept(match: re.Match[bytes]) -> bytes:
        found = {name: int(value) for name, value in _CLIENT.findall(match[0])}
        if (
            b'ObjectType="Note"' not in match[0]
            or (found.get(b"Row", -1), found.get(b"Column", -1)) not in gone
        ):
            return match[0]
        return b""

    return _BOX.sub(kept, data)
