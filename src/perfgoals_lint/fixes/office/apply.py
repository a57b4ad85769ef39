"""Putting findings right in workbooks and Word documents: the cells of the fixes change, and nothing else.

Every fix is proven before it counts: the package that it makes is read again, and must show what it showed before, with
the new texts in their cells, and say as a document what it said before, with the new values in their places.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as member

from perfgoals_lint import readers
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.apply import is_worse, put_file, said, substitute, wanted
from perfgoals_lint.fixes.office.cells import Workbook
from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.fixes.office.runs import apply
from perfgoals_lint.fixes.office.words import only_change, refuse_suggestions
from perfgoals_lint.model import Edit, Finding, Grid, Location, Source
from perfgoals_lint.readers.docx import anchors_of
from perfgoals_lint.readers.limits import Limits, ReadError

FORMATS = frozenset({"xlsx", "docx"})
"""The formats, as a document's ``format``, of packages that can be edited."""
Check = Callable[[bytes], tuple[str, Sequence[Finding]]]
"""Checks a package: its format and its findings."""
_MOST_PASSES = 10
_ZIP = b"PK\x03\x04"


@dataclass(slots=True)
class PackageOutcome:
    """The package as it is now, and what became of the fixes that were asked for."""

    data: bytes
    applied: list[Finding] = member(default_factory=list)
    refused: list[Finding] = member(default_factory=list)


def fix_package(data: bytes, path: str, check: Check, *, unsafe: bool = False) -> PackageOutcome:
    """Apply fixes until there is none left; ``check`` is asked after every pass, and a fix after which the document has
    an error more, or lacks something more, is refused. A signed or encrypted package, and one of another format, is
    left as it is, its fixes refused."""
    outcome = PackageOutcome(data)
    seen = {data}
    for _ in range(_MOST_PASSES):
        format_name, findings = check(outcome.data)
        asked = list(wanted(findings, unsafe))
        outcome.refused = []
        if not asked:
            break
        if format_name not in FORMATS or not data.startswith(_ZIP):
            outcome.refused = asked
            break
        made, applied = _proven(outcome.data, path, format_name, _apart(asked), outcome.refused)
        if applied and is_worse(findings, check(made)[1]):
            made, applied = _one_by_one(outcome.data, path, check, applied, outcome.refused)
        if not applied or made in seen:
            break
        seen.add(made)
        outcome.data = made
        outcome.applied += applied
    return outcome


def _one_by_one(
    data: bytes, path: str, check: Check, planned: Sequence[Finding], refused: list[Finding]
) -> tuple[bytes, list[Finding]]:
    """The fixes of a pass that made things worse, each made only if the document is then no worse than before."""
    kept: list[Finding] = []
    for finding in planned:
        format_name, before = check(data)
        made, alone = _proven(data, path, format_name, [finding], refused)
        if not alone:
            continue
        if is_worse(before, check(made)[1]):
            refused.append(finding)
        else:
            data = made
            kept.append(finding)
    return data, kept


def fix_office_file(
    path: str, check: Check, *, unsafe: bool = False, backup: bool = False
) -> PackageOutcome | None:
    """Apply the fixes of a package in place; it is replaced as a whole or not at all, with the old one kept as
    ``.bak`` where a ``backup`` is asked for. ``None`` when the file is no package. Raises ``OSError``."""
    with open(path, "rb") as file:
        data = file.read()
    if not data.startswith(_ZIP):
        return None
    outcome = fix_package(data, path, check, unsafe=unsafe)
    if outcome.applied:
        put_file(path, outcome.data, backup=backup)
    return outcome


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """The fixes that do not touch one cell twice; the others wait for the next pass."""
    taken: set[Location] = set()
    kept = []
    for finding in findings:
        places = {edit.location for edit in finding.fix.edits} if finding.fix else set()
        if not places & taken:
            kept.append(finding)
            taken |= places
    return kept


def _edits(findings: Sequence[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix for edit in finding.fix.edits]


def _proven(
    data: bytes, path: str, format_name: str, planned: Sequence[Finding], refused: list[Finding]
) -> tuple[bytes, list[Finding]]:
    """The package with those fixes that change only what they are to change; one that does not is found by halving."""
    if not planned:
        return data, []
    edits = _edits(planned)
    made = _written(data, format_name, edits)
    if made is not None and _changes_only(data, made, path, edits):
        return made, list(planned)
    if len(planned) == 1:
        refused.append(planned[0])
        return data, []
    half = len(planned) // 2
    data, first = _proven(data, path, format_name, planned[:half], refused)
    data, second = _proven(data, path, format_name, planned[half:], refused)
    return data, first + second


def _written(data: bytes, format_name: str, edits: Sequence[Edit]) -> bytes | None:
    """The package with all edits made; ``None`` when one cannot be."""
    try:
        parts = PackageParts(data)
        done = all(map(_writer(parts, format_name), edits))
        return parts.save() if done else None
    except (SignedError, ReadError):
        return None


def possible(data: bytes, format_name: str, findings: Sequence[Finding]) -> list[Finding]:
    """Those of which each edit can be made in the package as it is: not in a formula, nor where its text does not stand
    once. Raises ``ReadError`` or ``SignedError`` where nothing can."""
    kept: list[Finding] = []
    write, taken = _writer(PackageParts(data), format_name), set[Location]()
    for finding in findings:
        edits = _edits([finding])
        places = {edit.location for edit in edits}
        if places & taken:  # what was tried before stands there now
            write, taken = _writer(PackageParts(data), format_name), set()
        taken |= places
        if all(map(write, edits)):
            kept.append(finding)
    return kept


def _writer(parts: PackageParts, format_name: str) -> Callable[[Edit], bool]:
    return _in_cells(parts) if format_name == "xlsx" else _in_document(parts)


def _in_cells(parts: PackageParts) -> Callable[[Edit], bool]:
    book = Workbook(parts)

    def write(edit: Edit) -> bool:
        place = edit.location
        return bool(place.sheet and place.cell) and book.write(
            place.sheet or "", place.cell or "", edit.old, edit.new
        )

    return write


def _in_document(parts: PackageParts) -> Callable[[Edit], bool]:
    root = parts.edit(parts.main)
    # A document is read without the tool's suggestions, and is written as it is read.
    refuse_suggestions(root)
    anchors = anchors_of(root, Limits())

    def write(edit: Edit) -> bool:
        place = edit.location
        element = (
            anchors.lines.get(place.line or 0)
            if place.table is None
            else anchors.cells.get((place.table, place.row or 0, place.column or 0))
        )
        if element is None:
            return False
        found = only_change(element, edit.old, edit.new)
        if found is None:
            return False
        apply(*found)
        return True

    return write


def _changes_only(before: bytes, after: bytes, path: str, edits: Sequence[Edit]) -> bool:
    """Do two packages show the same but for the edits, cell by cell and as documents?"""
    with stored_package(before, path) as one, stored_package(after, path) as two:
        old, new = readers.read(one, path), readers.read(two, path)
        expected = shown_texts(old)
        for edit in edits:
            text = expected.get(edit.location)
            if text is None or text.count(edit.old) != 1:
                return False
            expected[edit.location] = text.replace(edit.old, edit.new)
        if expected != shown_texts(new) or _codes(old) != _codes(new):
            return False
        document = extract_file(one, path)
        substitute(document, edits)
        return bool(said(document) == said(extract_file(two, path)))


def shown_texts(source: Source) -> dict[Location, str]:
    """Every text of a source by its place."""
    shown: dict[Location, str] = {}

    def add(grid: Grid) -> None:
        for cell in grid.cells:
            shown[grid.locate(cell)] = cell.text
            for inner in cell.nested:
                add(inner)

    for block in source.blocks:
        if isinstance(block, Grid):
            add(block)
        else:
            shown.update((line.location, line.text) for line in block.lines)
    return shown


def _codes(source: Source) -> list[str]:
    return sorted(problem.code for problem in source.problems)


@contextmanager
def stored_package(data: bytes, path: str) -> Iterator[str]:
    """A file for the time of a block that holds a package, with the ending of a name; gives its path."""
    handle, name = tempfile.mkstemp(suffix=os.path.splitext(path)[1], prefix="perfgoals-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield name
    finally:
        os.unlink(name)
