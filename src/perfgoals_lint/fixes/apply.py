"""Putting findings right in text carriers: what is replaced stands exactly where it is said to, and nothing else changes.

Every fix is proven before it counts: the text that it makes is read again, and must say what the document said before,
with the new values in their places. A fix that would do anything else, or that cannot be placed, is refused.
"""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as member
from itertools import pairwise
from typing import Any, NamedTuple

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.fixes.carriers import Carrier, TextSpan, carrier
from perfgoals_lint.lint.finding import is_active
from perfgoals_lint.model import Document, Edit, Finding, GoalTable, Indicator, Location, to_json

FORMATS = frozenset({"text", "csv", "markdown", "html"})
"""The formats, as a document's ``format``, of texts that can be edited."""
Check = Callable[[str], tuple[str, Sequence[Finding]]]
"""Checks a text: its format and its findings."""

_MOST_PASSES = 10
_DERIVED = frozenset({"locations", "location", "level1_class", "level2_class", "path"})
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "gb18030"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)


class Replacement(NamedTuple):
    """Put ``new`` in the place of a part of the stored text."""

    span: TextSpan
    new: str

    @classmethod
    def insert(cls, offset: int, text: str) -> Replacement:
        """A text put in at an offset."""
        return cls(TextSpan(offset, offset), text)


@dataclass(slots=True)
class Outcome:
    """The text as it is now, and what became of the fixes that were asked for."""

    text: str
    applied: list[Finding] = member(default_factory=list)
    refused: list[Finding] = member(default_factory=list)


class Carriers:
    """The carriers of one text, made when they are first asked for."""

    def __init__(self, text: str, path: str, format_name: str) -> None:
        self._given = (text, path, format_name)
        self._made: dict[bool, Carrier] = {}

    def at(self, location: Location) -> Carrier:
        """The carrier that knows a place."""
        told_by_rows = location.table is not None
        if told_by_rows not in self._made:
            self._made[told_by_rows] = carrier(*self._given, location)
        return self._made[told_by_rows]


def replacements(carriers: Carriers, finding: Finding) -> list[Replacement] | None:
    """What a finding's fix replaces, in the order of the text; ``None`` when it has none or a part cannot be placed."""
    made: dict[TextSpan, Replacement] = {}
    for edit in finding.fix.edits if finding.fix else ():
        found = carriers.at(edit.location)
        span = found.find(edit.location, edit.old)
        if span is None:
            return None
        made[span] = Replacement(span, found.stored(edit.location, edit.new))
    ordered = sorted(made.values(), key=lambda one: one.span)
    overlap = any(one.span.end > two.span.start for one, two in pairwise(ordered))
    return None if overlap or not ordered else ordered


def wanted(findings: Iterable[Finding], unsafe: bool) -> Iterator[Finding]:
    """The findings whose fix is to be applied: those that count, with a safe fix, or with any when asked for."""
    return (f for f in findings if f.fix and is_active(f) and (f.fix.safe or unsafe))


@dataclass(slots=True)
class FixPlan:
    """The fixes that can be made together, each with what it replaces, and those that cannot be made."""

    kept: list[tuple[Finding, list[Replacement]]] = member(default_factory=list)
    refused: list[Finding] = member(default_factory=list)


def plan(
    text: str, path: str, format_name: str, findings: Iterable[Finding], *, unsafe: bool = False
) -> FixPlan:
    """The fixes that do not touch one another and that are proven to change nothing else.

    A fix that overlaps an earlier one is left for the next pass and is in neither list.
    """
    made = FixPlan()
    if format_name not in FORMATS:
        made.refused = list(wanted(findings, unsafe))
        return made
    carriers = Carriers(text, path, format_name)
    placed: list[tuple[Finding, list[Replacement]]] = []
    taken: list[TextSpan] = []
    for finding in wanted(findings, unsafe):
        parts = replacements(carriers, finding)
        if parts is None:
            made.refused.append(finding)
        elif not any(one.span.start < two.end and two.start < one.span.end for one in parts for two in taken):
            placed.append((finding, parts))
            taken += [one.span for one in parts]
    made.kept = _proven(text, path, placed, made.refused)
    return made


def apply(
    text: str, path: str, format_name: str, findings: Iterable[Finding], *, unsafe: bool = False
) -> Outcome:
    """One pass over a text: the fixes of :func:`plan` made."""
    made = plan(text, path, format_name, findings, unsafe=unsafe)
    changed = replaced(text, [part for _, parts in made.kept for part in parts])
    return Outcome(changed, [finding for finding, _ in made.kept], made.refused)


def replaced(text: str, parts: Iterable[Replacement]) -> str:
    """The text with all replacements made; they must not overlap."""
    for part in sorted(parts, key=lambda one: one.span, reverse=True):
        text = text[: part.span.start] + part.new + text[part.span.end :]
    return text


Placed = list[tuple[Finding, list[Replacement]]]


def _proven(text: str, path: str, planned: Placed, refused: list[Finding]) -> Placed:
    """The fixes that together change only what they are to change; one that does not is found by halving."""
    if not planned:
        return []
    edits = [edit for finding, _ in planned if finding.fix for edit in finding.fix.edits]
    changed = replaced(text, [part for _, parts in planned for part in parts])
    before = _read(text, path)
    substitute(before, edits)
    if said(before) == said(_read(changed, path)):
        return planned
    if len(planned) == 1:
        refused.append(planned[0][0])
        return []
    half = len(planned) // 2
    return _proven(text, path, planned[:half], refused) + _proven(text, path, planned[half:], refused)


def _read(text: str, path: str) -> Document:
    with stored_as(text, path) as name:
        return extract_file(name, path)


@contextmanager
def stored_as(text: str, path: str) -> Iterator[str]:
    """A file for the time of a block that holds a text, with the ending of a name; gives its path."""
    handle, name = tempfile.mkstemp(suffix=os.path.splitext(path)[1], prefix="perfgoals-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(codecs.BOM_UTF8 + text.encode("utf-8", "replace"))
        yield name
    finally:
        os.unlink(name)


def substitute(document: Document, edits: Sequence[Edit]) -> None:
    """Let the document say what the edits make of it."""
    new = {(edit.location, edit.field, edit.old): edit.new for edit in edits}
    for table in document.tables:
        holders: tuple[GoalTable | Indicator, ...] = (table, *table.indicators)
        for holder in holders:
            for name, place in holder.locations.items():
                old = getattr(holder, name, None)
                if isinstance(old, str) and (place, name, old) in new:
                    setattr(holder, name, new[place, name, old])


def said(document: Document) -> Any:
    """Everything that a document says, without where it says so."""
    parts = (document.layout, document.tables, document.totals, document.subgoals)
    return _without(to_json(list(parts))), sorted(problem.code for problem in document.problems)


def plain(table: GoalTable) -> dict[str, Any]:
    """What a table says by its fields, without where it says so."""
    said_there: dict[str, Any] = _without(to_json(table))
    return said_there


def _without(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without(value) for key, value in data.items() if key not in _DERIVED}
    return [_without(value) for value in data] if isinstance(data, list) else data


# --- whole texts and files ----------------------------------------------------------------------------------------


def fix_text(text: str, path: str, check: Check, *, unsafe: bool = False) -> Outcome:
    """Apply fixes until there is none left: a second call finds nothing to do. ``check`` is asked after every pass, and
    a fix after which the table has an error more, or lacks something more, is refused."""
    outcome = Outcome(text)
    seen = {text}
    for _ in range(_MOST_PASSES):
        format_name, findings = check(outcome.text)
        step = apply(outcome.text, path, format_name, findings, unsafe=unsafe)
        if step.applied and is_worse(findings, check(step.text)[1]):
            step = _one_by_one(outcome.text, path, check, step)
        outcome.refused = step.refused
        if not step.applied or step.text in seen:
            break
        seen.add(step.text)
        outcome.text = step.text
        outcome.applied += step.applied
    return outcome


def _one_by_one(text: str, path: str, check: Check, step: Outcome) -> Outcome:
    """The fixes of a pass that made things worse, each made only if the table is then no worse than before."""
    kept = Outcome(text, refused=list(step.refused))
    for wanted_fix in step.applied:
        format_name, findings = check(kept.text)
        alone = apply(kept.text, path, format_name, [wanted_fix], unsafe=True)
        if not alone.applied or is_worse(findings, check(alone.text)[1]):
            kept.refused.append(wanted_fix)
        else:
            kept.text = alone.text
            kept.applied.append(wanted_fix)
    return kept


def is_worse(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Did a fix make things worse: is there an error more, or something missing more, in any project by any rule?"""
    counts = _grave(before)
    return any(number > counts[key] for key, number in _grave(after).items())


def _grave(findings: Sequence[Finding]) -> Counter[tuple[str, str | None]]:
    return Counter(
        (finding.rule, finding.project_name)
        for finding in findings
        if is_active(finding) and (finding.severity == "error" or finding.rule.startswith("PGC"))
    )


def fix_file(path: str, check: Check, *, unsafe: bool = False, backup: bool = False) -> Outcome | None:
    """Apply the fixes of a text file in place, in its own encoding and with its own line ends, with the old file kept
    as ``.bak`` where a ``backup`` is asked for.

    The file is replaced as a whole or not at all; ``None`` when it is no text or its bytes cannot be kept exactly, so
    that it is left alone. Raises ``OSError`` when it cannot be read or written.
    """
    from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff

    with open(path, "rb") as file:
        data = file.read(HEAD_BYTES)
        # What looks binary may be UTF-16 without a mark.
        if sniff(data) not in FORMATS | {"json", "binary"}:
            return None
        data += file.read()
    found = decoded(data)
    if found is None:
        return None
    text, encode = found
    outcome = fix_text(text, path, check, unsafe=unsafe)
    if outcome.applied:
        try:
            content = encode(outcome.text)
        except UnicodeEncodeError:
            return None
        put_file(path, content, backup=backup)
    return outcome


def decoded(data: bytes) -> tuple[str, Callable[[str], bytes]] | None:
    """The text of bytes as readers decode it and how to turn it back; ``None`` when that would not give these bytes."""
    from perfgoals_lint.readers.limits import ReadError
    from perfgoals_lint.readers.text import decode

    try:
        text = decode(data)
    except ReadError:
        return None
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            try:
                if mark + text.encode(encoding) == data:
                    return text, lambda changed: mark + changed.encode(encoding)  # noqa: B023 - returned at once
            except UnicodeEncodeError:
                continue
    return None


def put_file(path: str, content: bytes, *, backup: bool = False) -> None:
    """Put new content in the place of a file's in one step; a link stays a link, permissions stay. With ``backup`` the
    old content is kept under the name with ``.bak`` behind it. Raises ``OSError``."""
    target = os.path.realpath(path)
    if backup:
        shutil.copy2(target, target + ".bak")
    replace_file(target, content)
