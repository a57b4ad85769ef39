"""Passes of fixes over the content of a file, a text or an office package: made together, proven, and judged once more.

Every fix is proven before it counts: what it makes is read again, and must say what it said before, with the new values
in their places. A fix that would do anything else, or that cannot be placed, is refused.
"""

import codecs
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any, Generic, TypeVar

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.finding import is_active
from perfgoals_lint.model import Document, Edit, Finding, GoalTable, Indicator, to_json

Content = TypeVar("Content", str, bytes)
Planned = TypeVar("Planned")
Check = Callable[[Content], tuple[str, Sequence[Finding]]]
"""Checks a content: its format, as a document's ``format``, and its findings."""
_MOST_PASSES = 10
_DERIVED = frozenset({"locations", "location", "level1_class", "level2_class", "path"})


@dataclass(slots=True)
class Outcome(Generic[Content]):
    """The content as it is now, and what became of the fixes that were asked for."""

    content: Content
    applied: list[Finding] = member(default_factory=list)
    refused: list[Finding] = member(default_factory=list)


Step = Callable[[Content, str, Sequence[Finding]], Outcome[Content]]
"""Makes, in a content of a format, those fixes that can be made together and are proven to change nothing else."""


def in_passes(
    content: Content, check: Check[Content], step: Step[Content], *, unsafe: bool = False
) -> Outcome[Content]:
    """Apply fixes until there is none left: a second call finds nothing to do. ``check`` is asked after every pass, and
    a fix after which the table has an error more, or lacks something more, is refused."""
    outcome = Outcome(content)
    seen = {content}
    for _ in range(_MOST_PASSES):
        format_name, findings = check(outcome.content)
        made = step(outcome.content, format_name, wanted(findings, unsafe))
        if made.applied and is_worse(findings, check(made.content)[1]):
            made = _one_by_one(outcome.content, check, step, made)
        outcome.refused = made.refused
        if not made.applied or made.content in seen:
            break
        seen.add(made.content)
        outcome.content = made.content
        outcome.applied += made.applied
    return outcome


def _one_by_one(
    content: Content, check: Check[Content], step: Step[Content], made: Outcome[Content]
) -> Outcome[Content]:
    """The fixes of a pass that made things worse, each made only if the table is then no worse than before."""
    kept = Outcome(content, refused=made.refused)
    for finding in made.applied:
        format_name, findings = check(kept.content)
        alone = step(kept.content, format_name, [finding])
        if not alone.applied or is_worse(findings, check(alone.content)[1]):
            kept.refused.append(finding)
        else:
            kept.content = alone.content
            kept.applied.append(finding)
    return kept


def wanted(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """The findings whose fix is to be applied: those that count, with a safe fix, or with any when asked for."""
    return [f for f in findings if f.fix and is_active(f) and (f.fix.safe or unsafe)]


def edits_of(findings: Iterable[Finding]) -> list[Edit]:
    """The edits of all their fixes."""
    return [edit for finding in findings if finding.fix for edit in finding.fix.edits]


def proven(
    planned: Sequence[Planned], holds: Callable[[Sequence[Planned]], bool], refused: list[Planned]
) -> list[Planned]:
    """Those that ``holds`` says hold together, asked in their order; one that does not is found by halving and refused."""
    if not planned or holds(planned):
        return list(planned)
    if len(planned) == 1:
        refused += planned
        return []
    half = len(planned) // 2
    return proven(planned[:half], holds, refused) + proven(planned[half:], holds, refused)


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


# --- what a content says ------------------------------------------------------------------------------------------


@contextmanager
def stored_as(content: str | bytes, path: str) -> Iterator[str]:
    """A file for the time of a block that holds a content, with the ending of a name; gives its path."""
    data = codecs.BOM_UTF8 + content.encode("utf-8", "replace") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(suffix=os.path.splitext(path)[1], prefix="perfgoals-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
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


def only_edited(before: str, after: str, path: str, edits: Sequence[Edit]) -> bool:
    """Does a file that stands in the place of another say the same as a document, but for the edits?"""
    document = extract_file(before, path)
    substitute(document, edits)
    return bool(said(document) == said(extract_file(after, path)))


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
