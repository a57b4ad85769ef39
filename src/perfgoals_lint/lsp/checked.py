"""One text checked: by the same run that ``check`` makes, under the path that the editor gives it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as member
from functools import cached_property
from typing import Literal

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.apply import Carriers
from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.fixes.carriers.marks import faulty_part
from perfgoals_lint.fixes.passes import stored_as
from perfgoals_lint.lsp.positions import Positions
from perfgoals_lint.model import Document, Finding, Location
from perfgoals_lint.reports.run import RuleInfo, is_active
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.runner.discover import FoundFile
from perfgoals_lint.runner.run import Run

Start = Callable[[FoundFile], Run | None]
"""Gives the run over one file, ``None`` when its configuration excludes it; a wrong configuration is a ``ValueError``."""
CARRIERS = (".txt", ".md", ".csv", ".tsv", ".yaml", ".yml", ".json", ".html", ".htm")
"""The endings of the files that the server looks at."""
NOT_RECOGNISED = frozenset({"PGX101", "PGX105"})
_ANYTHING = (".md", ".yaml", ".yml", ".json", ".html", ".htm")
"""Endings of files most of which are no goal tables: nothing is said of those that do not show two labels of one."""


@dataclass
class Checked:
    """The findings on one state of a text that count, with where they are in it; ``lang`` is the language that its
    configuration asks for, ``needs`` the packs and the tables of last year that it names."""

    text: str
    path: str
    document: Document
    findings: list[Finding] = member(default_factory=list)
    rules: dict[str, RuleInfo] = member(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    pages: Mapping[str, Rule] = member(default_factory=dict)
    lang: Literal["zh", "en"] | None = None
    encoding: str = "utf-16"
    needs: tuple[str, ...] = ()

    @cached_property
    def carriers(self) -> Carriers:
        """The text as a carrier, in which cells are found."""
        return Carriers(self.text, self.path, self.document.format)

    @cached_property
    def positions(self) -> Positions:
        """Characters of the text as positions of the editor."""
        return Positions(self.text, self.encoding)

    def span(self, finding: Finding) -> TextSpan:
        """The faulty part of a finding, else its whole place, else the first line."""
        return faulty_part(self.text, self.carriers, finding) or self.extent(
            finding.location or Location(self.path, line=1)
        )

    def extent(self, location: Location) -> TextSpan:
        """What stands at a place of this text; the line, where that is all that is known."""
        found = self.carriers.at(location).extent(location)
        return found if found is not None else self.positions.line((location.line or 1) - 1)

    def at(self, start: int, end: int) -> list[Finding]:
        """The findings that touch a part of the text."""
        spans = ((finding, self.span(finding)) for finding in self.findings)
        return [finding for finding, span in spans if span.start <= end and start <= span.end]


def check(text: str, path: str, start: Start, encoding: str = "utf-16", draft: bool = False) -> Checked:
    """Check a text as the file at a path would be checked; a ``draft`` lies in no file and need be no goal table. Raises
    what ``start`` raises."""
    with stored_as(text, path) as name:
        document = extract_file(name, path)
        run = start(FoundFile(name, True, path))
        if run is None:
            return Checked(text, path, document, encoding=encoding)
        findings = [finding for finding in run.report.findings if is_active(finding)]
    plan = run.plans.of(path)
    return Checked(
        text,
        path,
        document,
        _of_goal_tables(findings, document, draft),
        dict(run.report.rules),
        plan.mandatory,
        run.rules,
        "en" if plan.lang == "en" else "zh",
        encoding,
        tuple(filter(None, (*plan.packs, plan.against, plan.baseline, plan.exceptions))),
    )


def _of_goal_tables(findings: Sequence[Finding], document: Document, draft: bool) -> list[Finding]:
    """The findings without those that only say that a file which need be no goal table is none."""
    seen = (problem.args.get("seen", "") for problem in document.problems if problem.code in NOT_RECOGNISED)
    if not (draft or document.path.lower().endswith(_ANYTHING)) or any("、" in labels for labels in seen):
        return list(findings)
    return [finding for finding in findings if finding.rule not in NOT_RECOGNISED]
