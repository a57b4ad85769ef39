"""A strict tester for rule pages: the project's own, a bureau's pack, a plug-in's.

It distrusts the author: a bad sample must give the marked findings and no other, a good one none; a message must be
complete in both languages; a fix must put its finding right and leave nothing more to fix. Use it from pytest as

.. code-block:: python

    from perfgoals_lint.packs.testing import assert_pages

    def test_rules() -> None:
        assert_pages(pages_directory())
"""

import copy
from collections.abc import Iterable
from pathlib import Path

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.last_year import LastYear
from perfgoals_lint.model import Document, Finding, GoalTable, Indicator
from perfgoals_lint.packs.samples import Expected, Sample, samples_of
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.rulebook.rules import page_text

LANGUAGES = ("zh", "en")
SECTIONS = ("检查什么", "为什么", "反例", "正例", "例外", "What it checks", "Why", "Exceptions")
NOTHING_FOUND = "a bad sample without a finding"
_ROUNDS = 3


def assert_pages(directory: Path) -> None:
    """Every rule page of a directory is whole and does what its samples say. Raises ``AssertionError`` listing what is
    wrong, and :class:`perfgoals_lint.packs.errors.PackError` for a page that cannot be read."""
    from perfgoals_lint.packs.pages import read_pages

    wrong = [f"{rule.code}: {text}" for rule in read_pages(directory) for text in page_failures(rule)]
    assert not wrong, "\n".join(wrong)


def page_failures(rule: Rule) -> list[str]:
    """What is wrong with a rule page: missing sections, samples that fail."""
    page = page_text(rule)
    headings = tuple(line[3:] for line in page.splitlines() if line.startswith("## "))
    wrong = [] if headings == SECTIONS else [f"sections are {', '.join(headings)}, not {', '.join(SECTIONS)}"]
    return wrong + failures(rule, samples_of(page, rule.code))


def failures(rule: Rule, samples: Iterable[Sample]) -> list[str]:
    """What is wrong with a rule, judged by its samples; empty when nothing is."""
    listed = list(samples)
    wrong = [] if any(sample.bad for sample in listed) else ["no bad sample"]
    if not any(not sample.bad for sample in listed):
        wrong.append("no good sample")
    for sample in listed:
        for lang in LANGUAGES:
            wrong += [f"{sample.title} ({lang}): {text}" for text in _sample_failures(rule, sample, lang)]
    return wrong


def run(
    rule: Rule,
    document: Document,
    lang: str = "zh",
    framework: str | None = None,
    previous: LastYear | None = None,
) -> list[Finding]:
    """The findings of one rule on a document, whether or not it is on by default; ``previous`` is last year's state."""
    engine = Engine([rule], lang, framework, frozenset({rule.code}), previous)
    return engine.check(document).findings


def _sample_failures(rule: Rule, sample: Sample, lang: str) -> list[str]:
    findings = run(rule, sample.document, lang, sample.framework, _last_year(sample))
    crashed = [finding.message for finding in findings if finding.rule != rule.code]
    if crashed:
        return crashed
    found = {_place(sample.document, finding): finding for finding in findings}
    wrong = [f"message with a gap: {f.message}" for f in findings if "〈" in f.message + (f.advice or "")]
    if sample.bad and not sample.expected:
        wrong += [] if found else [NOTHING_FOUND]
    else:
        wrong += [f"nothing found at {_said(place)}" for place in sample.expected if place not in found]
        wrong += [f"unmarked: {found[p].message}" for p in found if p not in sample.expected]
        for place, severity in sample.expected.items():
            if severity and place in found and found[place].severity != severity:
                wrong.append(f"{_said(place)} is {found[place].severity}, marked {severity}")
    return wrong + _fix_failures(rule, sample)


def _last_year(sample: Sample) -> LastYear | None:
    return LastYear([sample.previous]) if sample.previous else None


def _place(document: Document, finding: Finding) -> Expected:
    """The place of a finding as samples name it."""
    totals = [total.location for total in document.totals]
    if finding.table_index is None:
        known = finding.location in totals
        return (
            (None, totals.index(finding.location), "total")
            if known and finding.location
            else (None, None, None)
        )
    if finding.indicator is None:
        return (finding.table_index, None, None if finding.field == "project_name" else finding.field)
    rows = document.tables[finding.table_index].indicators
    row = next(index for index, row in enumerate(rows) if finding.location in row.locations.values())
    return (finding.table_index, row, None)


def _said(place: Expected) -> str:
    table, row, field = place
    if table is None:
        return "the document" if row is None else f"total {row + 1}"
    where = f"table {table + 1}"
    return f"{where}, row {row + 1}" if row is not None else f"{where}, {field or 'project'}"


def _fix_failures(rule: Rule, sample: Sample) -> list[str]:
    """Apply the fixes again and again: each must be gone after its fix, and the last round must find none."""
    document = copy.deepcopy(sample.document)
    for _ in range(_ROUNDS):
        fixes = [f for f in run(rule, document, "zh", sample.framework, _last_year(sample)) if f.fix]
        if not fixes:
            return []
        for finding in fixes:
            before = len(_applied(document, finding))
            if not before:
                return [f"the fix of “{finding.message}” changes nothing"]
    return ["the fixes never come to an end"]


def _applied(document: Document, finding: Finding) -> list[str]:
    """Apply the edits of a finding's fix; the fields that changed."""
    changed = []
    for edit in finding.fix.edits if finding.fix else ():
        for table in document.tables:
            holders: list[GoalTable | Indicator] = [table, *table.indicators]
            for holder in holders:
                whole = holder.location if isinstance(holder, GoalTable) else None
                place = holder.locations.get(edit.field, whole)
                if place == edit.location and (getattr(holder, edit.field, None) or "") == edit.old:
                    setattr(holder, edit.field, edit.new or None)
                    changed.append(edit.field)
    return changed
