"""Threads of comments, as Excel keeps them since 2019: the tool answers in a thread rather than beside it."""

import uuid
from collections.abc import Mapping

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, namespace
from perfgoals_lint.readers.handed_back import authors
from perfgoals_lint.readers.package import printable

_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_PERSON = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_PERSONS = "application/vnd.ms-excel.person+xml"
_DATE = "2000-01-01T00:00:00.00"
"""A fixed date: the same findings give the same bytes."""


def reply(parts: PackageParts, sheet: str, texts: Mapping[str, str], author: str) -> None:
    """Answer in the threads of cells: text by cell. Cells without a thread are passed over."""
    name = parts.related(sheet, "threadedComment")
    if not texts or name is None:
        return
    heads = {
        one.get("ref", ""): one.get("id", "")
        for one in parts.root(name).iterfind("{*}threadedComment")
        if one.get("parentId") is None
    }
    answered = {cell: text for cell, text in texts.items() if cell in heads}
    if not answered:
        return
    person = _person(parts, author)
    root = parts.edit(name)
    for cell, text in answered.items():
        attributes = {
            "ref": cell,
            "dT": _DATE,
            "personId": person,
            "id": _guid(heads[cell], text),
            "parentId": heads[cell],
        }
        added = etree.SubElement(root, namespace(root) + "threadedComment", attributes)
        etree.SubElement(added, namespace(root) + "text").text = printable(text)


def _person(parts: PackageParts, author: str) -> str:
    """The id of the author in the workbook's list of persons, added when it is not there."""
    name = parts.related(parts.main, "person")
    if name is None:
        name = parts.free_name("xl/persons/person{}.xml")
        parts.add(name, f'<personList xmlns="{_THREADED}"/>'.encode(), _PERSONS)
        parts.relate(parts.main, "person", name, type_=_PERSON)
    for person in parts.root(name):
        if person.get("displayName") == author:
            return person.get("id", "")
    root = parts.edit(name)
    attributes = {
        "displayName": author,
        "id": _guid("person", author),
        "userId": author,
        "providerId": "None",
    }
    etree.SubElement(root, namespace(root) + "person", attributes)
    return attributes["id"]


def _guid(*parts: str) -> str:
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(parts))).upper() + "}"


def strip(parts: PackageParts, sheet: str) -> None:
    """Take the tool's answers out of the threads of a worksheet, and the tool out of the list of persons."""
    people = parts.related(parts.main, "person")
    name = parts.related(sheet, "threadedComment")
    if people is None or name is None:
        return
    own = authors()
    ids = {one.get("id") for one in parts.root(people) if one.get("displayName") in own}
    if not any(one.get("personId") in ids for one in parts.root(name)):
        return
    root = parts.edit(name)
    for comment in [one for one in root if one.get("personId") in ids]:
        root.remove(comment)


def strip_person(parts: PackageParts) -> None:
    """Take the tool out of the workbook's list of persons, when no thread names it any more."""
    people = parts.related(parts.main, "person")
    if people is None:
        return
    own = authors()
    if not any(one.get("displayName") in own for one in parts.root(people)):
        return
    root = parts.edit(people)
    for person in [one for one in root if one.get("displayName") in own]:
        root.remove(person)
    if not len(root):
        parts.unrelate(parts.main, people)
        parts.remove(people)
