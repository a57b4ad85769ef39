"""One person's files on the local page: checked, looked at cell by cell, changed, and put back as they were.

A desk lives in a process of its own (see :mod:`perfgoals_lint.serve.worker`), whose working directory holds the files of one session and
nothing else. Everything that it writes lies beside that directory, inside the session's own folder.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.prepare import Asked, Prepared, prepare, said_clearly
from perfgoals_lint.cli.wording import language
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.files.archives import home
from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.fixes.by_hand import EDITABLE, NotWrittenError, written
from perfgoals_lint.lint.finding import is_active
from perfgoals_lint.model import Finding, GoalTable, Indicator, Location
from perfgoals_lint.reports.html import head_of
from perfgoals_lint.reports.page_data import PageData
from perfgoals_lint.reports.printed import location_of, place_key
from perfgoals_lint.reports.run import Options, Tally
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.runner.discover import FoundFile, Passed
from perfgoals_lint.serve.errors import RefusedError
from perfgoals_lint.serve.unpacking import unpack_archives
from perfgoals_lint.values import parse
from perfgoals_lint.values.explain import explain

if TYPE_CHECKING:
    from perfgoals_lint.runner.run import Run

Told = Callable[[int, int], None]
"""Is told how many of how many files have been looked at."""
_Subject = tuple[str, str, str | None, str | None, str | None]
_VALUES = frozenset({"annual_value", "cycle_value"})
_MOST_UNDO = 200
"""Changed files whose earlier content is kept."""
_LONGEST = 5_000
"""Characters of a text that is written into a cell."""


@dataclass(slots=True)
class _State:
    """What the last check said: the data of the page, where its cells stand, the formats of the files, the findings."""

    data: dict[str, Any]
    places: dict[tuple[int, int], tuple[str, list[str]]]
    formats: dict[str, str]
    findings: list[Finding]


@dataclass(slots=True)
class PageCell:
    """A cell of the page: its file, its place there, its whole text, and the row and field that it was read as."""

    path: str
    location: Location | None
    text: str
    field: str | None = None
    row: Indicator | None = None
    year: int | None = None


class Desk:
    """The files of one session. ``folder`` is the session's own; the working directory is ``folder/files``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._undo: list[tuple[str, Path]] = []
        self._state: _State | None = None
        self._changes = 0
        self._documents: dict[str, tuple[int, dict[str, tuple[GoalTable, Indicator | None, str]]]] = {}

    @cached_property
    def _words(self) -> Words:
        return Words(language())

    # --- checking ---------------------------------------------------------------------------------------------------

    def check(self, told: Told) -> dict[str, Any]:
        """Look through all files; gives the data of the page (see ``PageData.whole``), with ``fixes``, the number of findings that can be put right at once, and ``undo``."""
        unpack_archives(Path(), self._folder)
        prepared = self.prepared()
        run = prepared.run(_Told(prepared.files, told))
        words, options, tally = self._words, Options(), Tally()
        page = PageData(run.report, words)
        findings: list[Finding] = []
        for finding in tally.count(one for one in run.report.findings if is_active(one)):
            page.add(finding)
            findings.append(finding)
        page.add_files()
        data = page.whole(head_of(run.report, options, words, tally))
        for row, finding in zip(data["findings"], findings, strict=True):
            if finding.fix and finding.fix.safe:
                row["fx"] = 1
        data["fixes"] = sum("fx" in row for row in data["findings"])
        data["undo"] = len(self._undo)
        formats = {info.path: info.format for info in run.documents}
        self._state = _State(data, page.places(), formats, findings)
        return data

    def prepared(self) -> Prepared:
        """A run over the files as they are, by the tool's own configuration. Raises ``RefusedError`` when there is no
        file, or one of exceptions that cannot be read."""
        try:
            prepared = prepare(Asked((os.curdir,), no_config=True, quiet=True))
        except InputError as error:
            raise RefusedError("run", reason=error.format_message()) from None
        # Paths without the name of the working directory, as the page shows them.
        prepared.files = [FoundFile(os.path.normpath(one.path), one.named) for one in prepared.files]
        prepared.passed = [Passed(os.path.normpath(one.path), one.kind) for one in prepared.passed]
        prepared.settings.printed = True
        prepared.settings.results = str(self._folder / "results.sqlite")
        return prepared

    def run(self) -> tuple[Prepared, Run]:
        """A run as the last check was; what did not change comes from its results."""
        prepared = self.prepared()
        return prepared, prepared.run(projects=True)

    @property
    def files(self) -> list[str]:
        """The files that the last check looked at."""
        return list(self._state.formats) if self._state else []

    # --- one cell ---------------------------------------------------------------------------------------------------

    def about(self, grid: int, cell: int) -> dict[str, Any]:
        """What a cell of the page is: ``text``, ``name`` of its row, ``field``, ``meaning``, and in ``refused`` why it
        cannot be changed here."""
        found = self._cell(grid, cell)
        refused = self._why_not(found)
        return {
            "text": found.text,
            "name": found.row.level3 if found.row else None,
            "field": self._words.name("field", found.field) if found.field else None,
            "meaning": self._meaning(found, found.text),
            "refused": refused.said(language()) if refused else None,
        }

    def meaning(self, grid: int, cell: int, text: str) -> dict[str, Any]:
        """What another text would mean in a cell; ``None`` for one that holds no indicator value."""
        return {"meaning": self._meaning(self._cell(grid, cell), text[:_LONGEST])}

    def edit(self, grid: int, cell: int, old: str, new: str, told: Told) -> dict[str, Any]:
        """Write another text into a cell and check again: ``data`` as :meth:`check` gives it, ``gone`` and ``new`` the
        messages of findings that are gone and that were not there before."""
        found, new = self._cell(grid, cell), new.strip()
        refused = self._why_not(found)
        if refused:
            raise refused
        if found.text != old or found.location is None:
            raise RefusedError("stale")
        if len(new) > _LONGEST:
            raise RefusedError("long", most=_LONGEST)
        assert self._state is not None
        try:
            content = written(found.path, self._state.formats[found.path], found.location, old, new)
        except NotWrittenError as error:
            raise RefusedError(error.reason) from None
        return self._changed({found.path: content}, told)

    def _cell(self, grid: int, cell: int) -> PageCell:
        state = self._state
        if state is None or (grid, cell) not in state.places:
            raise RefusedError("no_cell")
        path, keys = state.places[grid, cell]
        text = state.data["grids"][grid]["c"][cell][4]
        location = next(filter(None, (location_of(key, path) for key in keys)), None)
        found = PageCell(path, location, text)
        for key in keys:
            read = self._read(path).get(key)
            if read is not None:
                table, found.row, found.field = read
                found.year = table.fiscal_year
                break
        return found

    def _read(self, path: str) -> dict[str, tuple[GoalTable, Indicator | None, str]]:
        """What every place of a file was read as."""
        stamp = os.stat(home(path)).st_mtime_ns
        known = self._documents.get(path)
        if known is None or known[0] != stamp:
            fields: dict[str, tuple[GoalTable, Indicator | None, str]] = {}
            for table in extract_file(path).tables:
                read: list[tuple[Indicator | None, dict[str, Location]]] = [(None, table.locations)]
                read += [(row, row.locations) for row in table.indicators]
                for row, locations in read:
                    for name, place in locations.items():
                        fields.setdefault(place_key(place), (table, row, name))
            known = self._documents[path] = stamp, fields
        return known[1]

    def _why_not(self, found: PageCell) -> RefusedError | None:
        assert self._state is not None
        if home(found.path) != found.path:
            return RefusedError("archive")
        if self._state.formats.get(found.path) not in EDITABLE:
            return RefusedError("format")
        return RefusedError("no_cell") if found.location is None or found.text.endswith("…") else None

    def _meaning(self, found: PageCell, text: str) -> str | None:
        if found.row is None or found.field not in _VALUES:
            return None
        whole = getattr(found.row, found.field) or ""
        if found.text and found.text != whole and whole.count(found.text) == 1:
            text = whole.replace(found.text, text.strip())  # sign, number and unit have cells of their own
        return explain(parse(text.strip(), found.row.level3, found.year), language())

    # --- changing ---------------------------------------------------------------------------------------------------

    def fix(self, told: Told, only: tuple[str, str] | None = None) -> dict[str, Any]:
        """Put right what can be without changing what it means: all of it, or one finding by its file and
        fingerprint. Gives what :meth:`edit` gives, with ``applied`` and ``left``, the numbers of fixes that were and could not be made."""
        from perfgoals_lint.serve.fixing import fixed

        prepared = self.prepared()
        with said_clearly():
            contents, applied, left = fixed(prepared, only)
        return {**self._changed(contents, told), "applied": applied, "left": left}

    def undo(self, told: Told) -> dict[str, Any]:
        """Take the last change back."""
        if not self._undo:
            raise RefusedError("no_undo")
        before = self._found()
        last = self._undo[-1][1].parent
        while self._undo and self._undo[-1][1].parent == last:
            path, kept = self._undo.pop()
            replace_file(path, kept.read_bytes())
            kept.unlink()
        return self._compared(before, told)

    def _changed(self, contents: dict[str, bytes], told: Told) -> dict[str, Any]:
        before = self._found()
        if contents:
            self._changes += 1
            folder = self._folder / "undo" / str(self._changes)
            folder.mkdir(parents=True, exist_ok=True)
            for number, (path, content) in enumerate(contents.items()):
                kept = folder / str(number)
                kept.write_bytes(Path(path).read_bytes())
                self._undo.append((path, kept))
                replace_file(path, content)
            while len(self._undo) > _MOST_UNDO:
                self._undo.pop(0)[1].unlink()
        return self._compared(before, told)

    def _found(self) -> dict[_Subject, list[str]]:
        """What was found, by rule and what it is about: a message that quotes another value is no other finding."""
        if self._state is None:
            raise RefusedError("no_cell")
        found: dict[_Subject, list[str]] = {}
        for finding in self._state.findings:
            name = (finding.indicator or {}).get("level3")
            key = finding.document, finding.rule, finding.project_name, name, finding.field
            found.setdefault(key, []).append(f"{finding.rule} {finding.message}")
        return found

    def _compared(self, before: dict[_Subject, list[str]], told: Told) -> dict[str, Any]:
        data = self.check(told)
        after = self._found()
        return {"data": data, "gone": _left_over(before, after), "new": _left_over(after, before)}


class _Told:
    """Files that tell how far they have been looked through."""

    def __init__(self, files: Sequence[FoundFile], told: Told) -> None:
        self._files = files
        self._told = told

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[FoundFile]:
        for number, found in enumerate(self._files):
            self._told(number, len(self._files))
            yield found


def _left_over(found: dict[_Subject, list[str]], other: dict[_Subject, list[str]]) -> list[str]:
    """The messages of ``found`` of whose subject ``other`` has fewer; those that ``other`` has too are the same."""
    left: list[str] = []
    for key, messages in found.items():
        ours, theirs = Counter(messages), Counter(other.get(key, ()))
        left += list((ours - theirs).elements())[(theirs - ours).total() :]
    return left
