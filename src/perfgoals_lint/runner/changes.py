"""Which files changed since a revision, as git tells, and what they held then."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from perfgoals_lint.archives import home
from perfgoals_lint.runner.discover import Found

_LINK = "120000"
_FILES = frozenset({"100644", "100755"})
_PIECE = 1 << 20


class NotInGitError(RuntimeError):
    """Git cannot answer; the message is git's own. ``key`` names what is to be said of it, ``told_by`` is what git says
    in this case."""

    key = "error.git"
    told_by = b""


class NoGitError(NotInGitError):
    """There is no git to ask."""

    key = "error.git.none"


class NoRepositoryError(NotInGitError):
    """The directory lies in no work tree of git; the message is the directory."""

    key = "error.git.repository"
    told_by = b"not a git repository"


class NoRevisionError(NotInGitError):
    """The repository has no such revision; the message is its name."""

    key = "error.git.revision"
    told_by = b"Needed a single revision"


@dataclass(slots=True, frozen=True)
class Changes:
    """What differs between a revision and the work tree.

    ``before`` holds, by the real path of every file that differs or that git does not know yet, the object that it was
    at the revision, under whatever name; ``None`` when it was no file then.
    """

    top: str
    commit: str
    before: Mapping[str, str | None]

    def touch(self, found: Found) -> bool:
        """Is the file another than at the revision? What came by standard input is not what lies in the work tree."""
        return found.display is not None or os.path.realpath(home(found.path)) in self.before

    def object_of(self, found: Found) -> str | None:
        """What the file was at the revision, or the archive that holds it."""
        path = os.path.realpath(home(found.shown))
        return self.before[path] if path in self.before else self._unchanged(path)

    def _unchanged(self, path: str) -> str | None:
        name = os.path.relpath(path, os.path.realpath(self.top)).replace(os.sep, "/")
        if name == ".." or name.startswith("../") or os.path.isabs(name):
            return None
        listed = _git(self.top, "--literal-pathspecs", "ls-tree", "-z", self.commit, "--", name)
        head = os.fsdecode(listed).partition("\t")[0].split()
        return head[2] if len(head) == 3 and head[0] in _FILES else None

    def store(self, targets: Mapping[str, str]) -> None:
        """Write objects into files: object by path. Their bytes are those that git keeps; no filter is run over them.

        Raises :class:`NotInGitError`.
        """
        try:
            self._store(targets)
        except OSError as error:
            raise NotInGitError(error.strerror or "git cat-file") from None

    def _store(self, targets: Mapping[str, str]) -> None:
        import subprocess

        command = _command(self.top, "cat-file", "--batch")
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for path, wanted in targets.items():
                process.stdin.write(f"{wanted}\n".encode())
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3 or head[1] != b"blob":
                    raise NotInGitError(f"{wanted}: {os.fsdecode(head[-1]) if head else 'git cat-file'}")
                with open(path, "wb") as file:
                    _copy(process.stdout, file, int(head[2]))
                process.stdout.read(1)
            process.stdin.close()


def changed_since(revision: str, directory: str) -> Changes:
    """What differs from ``revision`` in the work tree that holds ``directory``.

    Raises :class:`NotInGitError`.
    """
    shown = _git(directory, "rev-parse", "--show-toplevel", failure=NoRepositoryError(directory))
    top = os.fsdecode(shown).rstrip("\r\n")
    wanted = ("--verify", "--end-of-options", f"{revision}^{{commit}}")
    named = _git(directory, "rev-parse", *wanted, failure=NoRevisionError(revision))
    commit = os.fsdecode(named).strip()
    options = ("--raw", "--no-abbrev", "-z", "--find-renames", "--diff-filter=d")
    before: dict[str, str | None] = {}
    for name, then, linked in _differing(_git(top, "diff", *options, commit, "--")):
        path = os.path.realpath(os.path.join(top, name))
        if then is None or linked:  # what a link leads to may have an entry of its own, which tells more
            before.setdefault(path, None)
        else:
            before[path] = then
    for unknown in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if unknown:
            before.setdefault(os.path.realpath(os.path.join(top, os.fsdecode(unknown))), None)
    return Changes(top, commit, before)


def _differing(raw: bytes) -> Iterator[tuple[str, str | None, bool]]:
    """Name, earlier object and "is it a link now?" from ``git diff --raw -z``: a head and a name, or two when renamed."""
    parts = iter(raw.split(b"\0"))
    for head in parts:
        if not head.startswith(b":"):
            continue
        mode, mode_now, then, _, status = os.fsdecode(head[1:]).split()
        name = next(parts)
        if status[0] in "RC":
            name = next(parts)
        was_file = mode in _FILES and then.strip("0")
        yield os.fsdecode(name), then if was_file else None, mode_now == _LINK


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0:
        piece = source.read(min(size, _PIECE))
        if not piece:
            raise NotInGitError("git cat-file")
        target.write(piece)
        size -= len(piece)


def _command(directory: str, *arguments: str) -> list[str]:
    # Settings of a repository must not make a mere question run programs.
    return ["git", "-C", directory, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]


def _git(directory: str, *arguments: str, failure: NotInGitError | None = None) -> bytes:
    """What git prints. Raises ``failure`` when it fails in that way, else :class:`NotInGitError` with what it says."""
    import subprocess

    try:
        done = subprocess.run(
            _command(directory, *arguments),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError as error:
        raise NoGitError(error.strerror or "git") from None
    if done.returncode:
        if failure is not None and failure.told_by in done.stderr:
            raise failure
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotInGitError(lines[0] if lines else f"git {arguments[0]}")
    return done.stdout
