"""Applying exceptions: each to the findings that it names, as long as the quoted text stands and its date has not passed."""

import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from perfgoals_lint.config.layers import folder_of
from perfgoals_lint.config.patterns import matches
from perfgoals_lint.config.plan import Plan, Plans
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.console import from_here
from perfgoals_lint.files.archives import home
from perfgoals_lint.lint.records import FileResult
from perfgoals_lint.model import Finding, Location, Problem
from perfgoals_lint.rulebook.rules import Rulebook, UnknownRuleError
from perfgoals_lint.suppression.evidence import quoted, terms_of
from perfgoals_lint.suppression.exceptions_file import NAME, Exemption, load
from perfgoals_lint.suppression.protection import codes_of, protected
from perfgoals_lint.text import squeeze


class Exceptions:
    """The exceptions of a run, read from their files when the first document below each is met.

    Raises :class:`perfgoals_lint.config.layers.ConfigError` for a file that is wrong.
    """

    def __init__(self, settings: Settings, plans: Plans) -> None:
        self._plans = plans
        self._named = settings.exceptions
        self._root = settings.root
        self._partial = settings.partial
        self._today = settings.today or date.today()
        self._files: dict[str, list[Exemption]] = {}
        self._codes: dict[tuple[str, int, str], frozenset[str]] = {}
        """By file, line and selector of an exception: the codes that it names in the rulebook of some document."""
        self._by_directory: dict[tuple[str, str, str | None], list[tuple[Exemption, frozenset[str]]]] = {}
        self._documents: list[str] = []
        self._projects: set[str] = set()
        if self._named:
            self._exemptions(self._named)

    def met(self, result: FileResult) -> None:
        """Take note of a file that was checked: what exceptions say of it can be judged."""
        if self._for(result.info.path):
            self._documents.append(result.info.path)
            self._projects.update(squeeze(project.name) for project in result.projects if project.name)

    def apply(self, findings: list[Finding], document: str, plan: Plan) -> None:
        """Set aside the findings of one file that an exception names."""
        exemptions = self._for(document)
        for finding in findings:
            for exemption, codes in exemptions:
                if finding.rule not in codes or not _addressed(exemption, finding):
                    continue
                if protected(finding, plan):
                    exemption.refused = finding.rule
                elif self._holds(exemption, finding) and finding.suppressed is None:
                    finding.suppressed = _said(exemption)

    def _holds(self, exemption: Exemption, finding: Finding) -> bool:
        if exemption.expires is not None and self._today > exemption.expires:
            exemption.outdated = True
            return False
        stands = finding.quote or terms_of(finding)
        if not quoted(exemption.quote or "", finding):
            if exemption.lapsed is None:
                exemption.lapsed = stands
            return False
        exemption.used = True
        return True

    def problems(self) -> list[Problem]:
        """What is to be said about exceptions that suppressed nothing, in the order of their files and lines."""
        unknown: list[Problem] = []
        problems: list[Problem] = []
        for path in sorted(self._files):
            for exemption in self._files[path]:
                named = [(one, self._codes.get((path, exemption.line, one))) for one in exemption.selectors]
                unknown += [
                    _unknown(exemption, one) for one, codes in named if codes is not None and not codes
                ]
                problem = self._problem(exemption) if any(codes for _, codes in named) else None
                problems += [problem] if problem is not None else []
        return unknown + problems

    def _problem(self, exemption: Exemption) -> Problem | None:
        place = Location(exemption.path, line=exemption.line)
        args = {
            "line": str(exemption.line),
            "rules": ", ".join(exemption.selectors),
            "target": exemption.target,
        }
        if exemption.refused:
            return Problem("PGX304", place, {**args, "rules": exemption.refused})
        if exemption.used:
            return None
        if exemption.outdated:
            return Problem("PGX302", place, {**args, "date": str(exemption.expires)})
        if exemption.lapsed is not None:
            return Problem(
                "PGX303", place, {**args, "quote": exemption.quote or "", "text": exemption.lapsed}
            )
        return Problem("PGX301", place, args) if self._was_checked(exemption) else None

    def _was_checked(self, exemption: Exemption) -> bool:
        """Did the run look where the exception points? Otherwise nothing can be said about its use."""
        if exemption.project is not None and squeeze(exemption.project) in self._projects:
            return True
        if exemption.document is not None:
            return any(matches(document, exemption.document) for document in self._documents)
        holder = os.path.dirname(os.path.abspath(exemption.path))
        whole = self._root is not None and os.path.commonpath([holder, self._root]) == self._root
        return whole and not self._partial

    def there_are_for(self, document: str) -> bool:
        """May an exception be about a document?"""
        return bool(self._for(document))

    def _for(self, document: str) -> list[tuple[Exemption, frozenset[str]]]:
        """The exceptions that may be about a document, with the codes that they name in its rulebook."""
        plan = self._plans.of(document)
        key = (folder_of(document), plan.digest, plan.exceptions)
        found = self._by_directory.get(key)
        if found is None:
            book = self._plans.book(plan)
            paths = [plan.exceptions] if plan.exceptions else self._beside(document)
            found = self._by_directory[key] = [
                (exemption, self._named_by(path, exemption, book))
                for path in paths
                for exemption in self._exemptions(path)
            ]
        return found

    def _beside(self, document: str) -> list[str]:
        """The files of exceptions that are found without being named."""
        beside = os.path.dirname(os.path.abspath(home(document)))
        root = self._plans.root(document)
        homes = [beside, root] if root else [beside, *_parents(beside)]
        paths = (os.path.join(directory, NAME) for directory in dict.fromkeys(homes))
        found = [path for path in paths if os.path.isfile(path)]
        return found if root else found[:1]

    def look_ahead(self, document: str) -> None:
        """Read the files of exceptions for a document."""
        self._for(document)

    def _exemptions(self, path: str) -> list[Exemption]:
        if path not in self._files:
            self._files[path] = load(from_here(path))
        return self._files[path]

    def _named_by(self, path: str, exemption: Exemption, book: Rulebook) -> frozenset[str]:
        codes: set[str] = set()
        for selector in exemption.selectors:
            key = (path, exemption.line, selector)
            try:
                found = frozenset(codes_of(book, selector))
            except UnknownRuleError:
                found = frozenset()
            self._codes[key] = self._codes.get(key, frozenset()) | found
            codes |= found
        return frozenset(codes)


def _parents(directory: str) -> Iterator[str]:
    while (parent := os.path.dirname(directory)) != directory:
        yield (directory := parent)


def _unknown(exemption: Exemption, selector: str) -> Problem:
    place = Location(exemption.path, line=exemption.line)
    return Problem("PGX305", place, {"line": str(exemption.line), "rules": selector})


def _addressed(exemption: Exemption, finding: Finding) -> bool:
    """Is the exception about the place of this finding, whatever is written there?"""
    if exemption.project is not None and squeeze(exemption.project) != squeeze(finding.project_name or ""):
        return False
    if exemption.document is not None and not matches(finding.document, exemption.document):
        return False
    if exemption.field is not None and exemption.field != finding.field:
        return False
    return exemption.indicator is None or _is_indicator(exemption.indicator, finding)


def _is_indicator(wanted: str, finding: Finding) -> bool:
    """The last part of ``产出指标 › 数量指标 › 名称`` is the level-3 name; more parts are levels above it."""
    levels = finding.indicator or {}
    printed = [squeeze(levels.get(name) or "") for name in ("level1", "level2", "level3")]
    parts = [squeeze(part) for part in re.split(r"\s*[›>]\s*", wanted)]
    return printed[-1] == parts[-1] and all(part in printed for part in parts)


def _said(exemption: Exemption) -> dict[str, object]:
    said = asdict(exemption)
    kept = {name: said[name] for name in ("reason", "person", "line")}
    dates = {name: str(said[name]) for name in ("date", "expires") if said[name] is not None}
    return {"kind": "external", **kept, **dates, "path": exemption.path}
