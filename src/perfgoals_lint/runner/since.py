"""What stood at a git revision, as an implicit baseline: the files that changed are checked as they were then, too.

A file as it was then goes the way of any file, under the path and the plan that it has now. Its content lies in a
private directory while it is read, and nowhere else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_lint.files.archives import exists, home
from perfgoals_lint.runner.discover import FoundFile
from perfgoals_lint.suppression.stood import Stood

if TYPE_CHECKING:
    from perfgoals_lint.config.plan import Plan, Plans
    from perfgoals_lint.lint.records import FileResult
    from perfgoals_lint.model import Finding
    from perfgoals_lint.runner.across import Collected
    from perfgoals_lint.runner.distributed.client import Distributed
    from perfgoals_lint.runner.repositories import Repositories
    from perfgoals_lint.runner.schedule import Schedule
    from perfgoals_lint.suppression.gate import Gate


class Since:
    """The changed files of a run, the unchanged ones beside them (``rest``), and what the changed ones held before."""

    def __init__(self, changes: Repositories, files: Sequence[FoundFile]) -> None:
        self._changes = changes
        self._order = [found.shown for found in files]
        self.files = [found for found in files if changes.touch(found)]
        self.rest = [found for found in files if not changes.touch(found)]
        self._stood: Stood | None = None
        self._before: list[FileResult] = []

    def look_back(
        self, schedule: Schedule | Distributed, plans: Plans, gate: Gate, collected: Collected | None = None
    ) -> Stood:
        """What stood in the changed files at the revision; found out once, and again only to collect their tables.

        Raises :class:`perfgoals_lint.runner.changes.NotInGitError`.
        """
        if self._stood is None or collected is not None:
            stood = Stood()
            self._before.clear()
            collect = collected.add if collected is not None else None
            with self._stored() as earlier:
                for plan, result in schedule.results(earlier, plans.of, collect):
                    stood.add(gate.before(result, plan))
                    if result.directives:
                        self._before.append(result)
            self._stood = stood
        return self._stood

    @contextmanager
    def _stored(self) -> Iterator[list[FoundFile]]:
        """The changed files as they were then, each in a file of its own; of an archive those that are in it now and
        were in it then."""
        with tempfile.TemporaryDirectory(prefix="perfgoals-") as directory:
            earlier: list[FoundFile] = []
            objects: dict[str, tuple[FoundFile, str]] = {}
            places: dict[str, str] = {}
            for found in self.files:
                then = self._changes.object_of(found)
                if then is not None:
                    holder = home(found.shown)
                    path = os.path.join(directory, f"{len(places)}{Path(holder).suffix}")
                    path = places.setdefault(holder, path)
                    objects[path] = (found, then)
                    earlier.append(FoundFile(path + found.shown[len(holder) :], found.named, found.shown))
            if objects:
                self._changes.store(objects)
            yield [found for found in earlier if exists(found.path)]

    def across(
        self, now: Collected, then: Collected, schedule: Schedule | Distributed, plans: Plans, gate: Gate
    ) -> tuple[list[Finding], Stood]:
        """The findings over several files that touch a changed one, and what of that kind stood at the revision.

        The tables of the changed files have been collected; those of the unchanged files are the same now and then,
        and are read here. No rule is asked of one of them alone.
        """

        def unasked(path: str) -> Plan:
            return replace(plans.of(path), codes=(), forced=frozenset())

        def collect(result: FileResult) -> None:
            now.add(result)
            then.add(result)

        stood = Stood()
        if not self.files:
            return [], stood
        commented = list(self._before)
        for _, result in schedule.results(self.rest, unasked, collect):
            gate.overhear(result)
            commented += [result] if result.directives else []
        stood.add(gate.before_across(then.close(self._order), commented))
        changed = {found.shown for found in self.files}
        return [finding for finding in now.close(self._order) if _touches(finding, changed)], stood


def _touches(finding: Finding, paths: set[str]) -> bool:
    """Does the finding stand in one of these files, or name a place in one?"""
    return finding.document in paths or any(place.location.path in paths for place in finding.related)
