"""The work trees that the files of a run lie in, and what each held at the revision.

A submodule is compared with the commit that the revision names for it, and a repository that the revision does not know
of is new as a whole. A file that the configuration of that time excluded is new as well.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress

from perfgoals_lint.config.layers import NAMES, ConfigError, Configs
from perfgoals_lint.runner.changes import (
    SUBMODULES,
    Changes,
    NotInGitError,
    changed_since,
    changes_in,
    has_commit,
    listed_at,
    top_of,
)
from perfgoals_lint.runner.discover import FoundFile


class Repositories:
    """Which files of a run changed since a revision, and what they held then.

    The revision is one of the repository of the working directory, where that holds ``directory``, else of
    ``directory``: what is asked does not depend on which part of the tree is named. Raises
    :class:`perfgoals_lint.runner.changes.NotInGitError`.
    """

    def __init__(self, revision: str, directory: str, asked: Iterable[str] = ()) -> None:
        self._main = changed_since(revision, _home(directory))
        self._by_top = {os.path.realpath(self._main.top): self._main}
        self._by_directory: dict[str, Changes] = {}
        self._excluded: dict[str, Configs | None] = {}
        self._homes: dict[str, str] = {}
        self._asked = [os.path.realpath(path) for path in asked if os.path.isdir(path)]

    def of(self, found: FoundFile) -> Changes:
        """What changed in the work tree that holds a file."""
        directory = os.path.dirname(os.path.realpath(found.shown))
        known = self._by_directory.get(directory)
        if known is None:
            known = self._by_directory[directory] = self._changes(directory)
        return known

    def _changes(self, directory: str) -> Changes:
        top = _top_above(directory)
        if top is None or top in self._by_top:
            return self._by_top.get(top or "", self._main)
        around = self._changes(os.path.dirname(top))
        commit = around.object_then(top, SUBMODULES)
        made = changes_in(top, commit if commit and has_commit(top, commit) else None)
        self._by_top[top] = made
        return made

    def touch(self, found: FoundFile) -> bool:
        """Is the file another than at the revision, or was it not looked at then?"""
        changes = self.of(found)
        named = found.named or self._is_asked(found)
        return changes.touch(found._replace(named=named or changes.commit is None)) or self._new(found)

    def _is_asked(self, found: FoundFile) -> bool:
        """Does a file that git passes over lie in a directory that was named and that git passes over as a whole?"""
        path = os.path.realpath(found.path)
        return any(
            path.startswith(f"{place}{os.sep}") and not self.of(found).holds(place) for place in self._asked
        )

    def object_of(self, found: FoundFile) -> str | None:
        """What the file was at the revision; ``None`` for one that was not there, or not looked at."""
        return None if self._new(found) else self.of(found).object_of(found)

    def _new(self, found: FoundFile) -> bool:
        """Was the file excluded by the configuration of that time?"""
        changes = self.of(found)
        name = changes.name_then(found)
        if name is None:
            return False
        if changes.top not in self._excluded:
            self._excluded[changes.top] = self._configs(changes)
        configs = self._excluded[changes.top]
        if configs is None:
            return False
        path = os.path.join(self._homes[changes.top], *name.split("/"))
        return configs.of(path).excludes(path)

    def _configs(self, changes: Changes) -> Configs | None:
        """The configurations of the revision, read where they are laid out as they lay then; ``None`` when there were none.
        Nothing stays of the files: a directory that is asked for later has no configuration of its own."""
        objects = listed_at(changes, frozenset(NAMES))
        if not objects:
            return None
        configs = Configs()
        with tempfile.TemporaryDirectory(prefix="perfgoals-") as directory:
            home = self._homes[changes.top] = os.path.realpath(directory)
            targets: dict[str, str] = {}
            for name, wanted in objects.items():
                path = os.path.join(home, *name.split("/"))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                targets[path] = wanted
            changes.store(targets)
            for path in targets:
                with suppress(ConfigError):  # one that was wrong then excluded nothing
                    configs.of(path)
        return configs

    def store(self, targets: dict[str, tuple[FoundFile, str]]) -> None:
        """Write what files were at the revision into files: the file and its object by path."""
        by_top: dict[str, dict[str, str]] = {}
        changes: dict[str, Changes] = {}
        for path, (found, wanted) in targets.items():
            one = self.of(found)
            changes[one.top] = one
            by_top.setdefault(one.top, {})[path] = wanted
        for top, objects in by_top.items():
            changes[top].store(objects)


def _home(directory: str) -> str:
    """Where the revision is looked up: the working directory, when its repository holds the directory."""
    try:
        top = os.path.realpath(top_of(os.getcwd()))
    except NotInGitError:
        return directory
    inside = os.path.realpath(directory)
    return os.getcwd() if inside == top or inside.startswith(f"{top}{os.sep}") else directory


def _top_above(directory: str) -> str | None:
    """The closest directory that is the top of a work tree: it holds ``.git``, a directory or a file."""
    while not os.path.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent
    return directory
