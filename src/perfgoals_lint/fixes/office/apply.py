"""Putting findings right in workbooks and Word documents: the cells of the fixes change, and nothing else.

How fixes are made in passes and proven is told in :mod:`perfgoals_lint.fixes.passes`. A package must moreover show what
it showed before, with the new texts in their cells.
"""

from collections.abc import Callable, Sequence
from functools import partial

from perfgoals_lint import readers
from perfgoals_lint.fixes.office.cells import Workbook
from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.fixes.office.runs import apply
from perfgoals_lint.fixes.office.words import only_change, refuse_suggestions
from perfgoals_lint.fixes.passes import Check, Outcome, edits_of, in_passes, only_edited, proven, stored_as
from perfgoals_lint.model import Edit, Finding, Grid, Location, Source
from perfgoals_lint.readers.docx import anchors_of
from perfgoals_lint.readers.limits import Limits, ReadError

FORMATS = frozenset({"xlsx", "docx"})
"""The formats, as a document's ``format``, of packages that can be edited."""
ZIP = b"PK\x03\x04"


def fix_package(data: bytes, path: str, check: Check[bytes], *, unsafe: bool = False) -> Outcome[bytes]:
    """A package with its fixes made (see :func:`perfgoals_lint.fixes.passes.in_passes`). A signed or encrypted package,
    and one of another format, is left as it is, its fixes refused."""
    return in_passes(data, check, partial(_one_pass, path=path), unsafe=unsafe)


def _one_pass(data: bytes, format_name: str, asked: Sequence[Finding], path: str) -> Outcome[bytes]:
    """The package with those fixes that change only what they are to change."""
    made = Outcome(data)
    if format_name not in FORMATS or not data.startswith(ZIP):
        made.refused = list(asked)
        return made

    def holds(planned: Sequence[Finding]) -> bool:
        edits = edits_of(planned)
        changed = _written(made.content, format_name, edits)
        if changed is None or not _changes_only(made.content, changed, path, edits):
            return False
        made.content = changed
        return True

    made.applied = proven(_apart(asked), holds, made.refused)
    return made


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
        edits = edits_of([finding])
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
        element = anchors.at(edit.location)
        found = only_change(element, edit.old, edit.new) if element is not None else None
        if found is None:
            return False
        apply(*found)
        return True

    return write


def _changes_only(before: bytes, after: bytes, path: str, edits: Sequence[Edit]) -> bool:
    """Do two packages show the same but for the edits, cell by cell and as documents?"""
    with stored_as(before, path) as one, stored_as(after, path) as two:
        old, new = readers.read(one, path), readers.read(two, path)
        expected = shown_texts(old)
        for edit in edits:
            text = expected.get(edit.location)
            if text is None or text.count(edit.old) != 1:
                return False
            expected[edit.location] = text.replace(edit.old, edit.new)
        if expected != shown_texts(new) or _codes(old) != _codes(new):
            return False
        return only_edited(one, two, path, edits)


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
