"""The texts below the folders of a client: which there are, and what was found in each when it last changed."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types

from perfgoals_lint.config.layers import NAMES
from perfgoals_lint.files.contents import NotAFileError, TooLargeError, contents
from perfgoals_lint.lsp.checked import CARRIERS, Start, check
from perfgoals_lint.lsp.diagnostics import diagnostics
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.text import decode
from perfgoals_lint.runner.discover import OWN, find


@dataclass(slots=True)
class WatchedText:
    """A text below a folder, by its address, and the state that it and all it depends on are in."""

    uri: str
    path: str
    state: str


@dataclass(slots=True)
class WatchedTexts:
    """The texts below some folders. ``found`` gives what is wrong with one, which is worked out once for each state."""

    start: Start
    _items: dict[str, tuple[str, list[types.Diagnostic]]] = field(default_factory=dict)
    _settings: str = ""
    _needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the findings on a text depend on beside its configuration: packs, the tables of last year."""

    def below(self, folders: Iterable[str]) -> list[WatchedText]:
        """The texts below the folders, each once, in the order in which a run takes them."""
        roots = [folder for folder in dict.fromkeys(folders) if os.path.isdir(folder)]
        self._settings = _stamps(_settings(roots))
        paths = (one.path for one in find(roots) if one.path.lower().endswith(CARRIERS))
        return [
            WatchedText(Path(path).absolute().as_uri(), path, self._state(path))
            for path in paths
            if os.path.isfile(path)  # not a member of an archive
        ]

    def _state(self, path: str) -> str:
        said = f"{self._settings}\n{_stamps([path, *self._needs.get(path, ())])}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def found(self, text: WatchedText, encoding: str) -> list[types.Diagnostic]:
        """The diagnostics of a text; none when it is excluded or no goal table. Raises ``ValueError`` for a wrong
        configuration."""
        known = self._items.get(text.path)
        if known is not None and known[0] == text.state:
            return known[1]
        items = self._look(text, encoding)
        text.state = self._state(text.path)
        self._items[text.path] = text.state, items
        return items

    def _look(self, text: WatchedText, encoding: str) -> list[types.Diagnostic]:
        try:
            data = contents(text.path, Limits().file_bytes)
        except (OSError, NotAFileError, TooLargeError) as error:
            raise ValueError(str(error) or type(error).__name__) from error
        checked = check(decode(data), text.path, self.start, encoding, draft=True)
        self._needs[text.path] = checked.needs
        return diagnostics(checked, text.uri)


def reported(
    text: WatchedText, items: Sequence[types.Diagnostic]
) -> types.WorkspaceFullDocumentDiagnosticReport:
    """The report on a text that lies in a file."""
    return types.WorkspaceFullDocumentDiagnosticReport(text.uri, list(items), result_id=text.state)


def _settings(roots: Sequence[str]) -> Iterator[str]:
    """The files below and above some directories that say how texts are judged."""
    for root in roots:
        above = Path(root).absolute().parents
        yield from (str(directory / name) for directory in above for name in sorted({*NAMES, *OWN}))
        for directory, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (
                os.path.join(directory, name) for name in sorted(files) if name in NAMES or name in OWN
            )


def _stamps(paths: Iterable[str]) -> str:
    """The states of files and of those in directories, as one text; those that are not there are left out."""
    lines = []
    for path in paths:
        for one in (path, *(sorted(map(str, Path(path).rglob("*"))) if os.path.isdir(path) else ())):
            try:
                status = os.stat(one)
            except OSError:
                continue
            lines.append(f"{one}\x1f{status.st_mtime_ns}\x1f{status.st_size}")
    return "\n".join(lines)
