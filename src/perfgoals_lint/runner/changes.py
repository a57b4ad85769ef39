"""Which files changed since a revision, as git tells, and what they held then."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple

from perfgoals_lint.files.archives import home
from perfgoals_lint.runner.discover import FoundFile

_LINK = "120000"
_FILES = frozenset({"100644", "100755"})
"""The modes under which git keeps symbolic links and files, plain and executable."""
SUBMODULES = frozenset({"160000"})
"""The mode of a repository inside another, of which git keeps the commit."""
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


class NoCommonError(NotInGitError):
    """The revision and the work tree have no commit in common that is here; the message is the revision."""

    key = "error.git.common"


class NoRevisionError(NotInGitError):
    """The repository has no such revision; the message is its name."""

    key = "error.git.revision"
    told_by = b"Needed a single revision"


class Changes(NamedTuple):
    """What differs between a revision and the work tree.

    ``before`` holds, by the real path of every file that differs or that git does not know yet, the object that it was
    at the revision, under whatever name; ``None`` when it was no file then.
    """

    top: str
    commit: str | None
    before: Mapping[str, str | None]
    names: Mapping[str, str]
    """What renamed files were called at the revision, from ``top``, by real path."""
    known: Callable[[str], bool]
    """Does git know the file at a real path, or did it know it at the revision?"""

    def touch(self, found: FoundFile) -> bool:
        """Is the file another than at the revision? What came by standard input is not what lies in the work tree."""
        path = os.path.realpath(home(found.path))
        return found.display is not None or path in self.before or (found.named and not self.known(path))

    def holds(self, directory: str) -> bool:
        """Does git know any file below a real directory, or does the directory hold the whole work tree?"""
        if _inside(directory, os.path.realpath(self.top)) is not None:
            return True
        name = _inside(self.top, directory)
        return name is not None and bool(_git(self.top, "--literal-pathspecs", "ls-files", "-z", "--", name))

    def object_of(self, found: FoundFile) -> str | None:
        """What the file was at the revision, or the archive that holds it."""
        path = os.path.realpath(home(found.shown))
        return self.before[path] if path in self.before else self.object_then(path, _FILES)

    def name_then(self, found: FoundFile) -> str | None:
        """What the file was called at the revision, from ``top``; ``None`` when it lies elsewhere."""
        path = os.path.realpath(found.shown)
        return self.names.get(path) or _inside(self.top, path)

    def object_then(self, path: str, modes: frozenset[str]) -> str | None:
        """The object of a real path at the revision; ``None`` where none of these modes was there."""
        name = _inside(self.top, path)
        if name is None or self.commit is None:
            return None
        listed = _git(self.top, "--literal-pathspecs", "ls-tree", "-z", self.commit, "--", name)
        head = os.fsdecode(listed).partition("\t")[0].split()
        return head[2] if len(head) == 3 and head[0] in modes else None

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


def _inside(top: str, path: str) -> str | None:
    """The name of a real path from a directory, with ``/``; ``None`` when it does not lie in it."""
    name = os.path.relpath(path, os.path.realpath(top)).replace(os.sep, "/")
    return None if name == ".." or name.startswith("../") or os.path.isabs(name) else name


def changed_since(revision: str, directory: str) -> Changes:
    """What differs in the work tree that holds ``directory`` from where it parted from ``revision``; ``A...B`` names two
    revisions whose common commit is meant.

    Raises :class:`NotInGitError`.
    """
    top = top_of(directory)
    one, dots, other = revision.partition("...")
    commits = [_commit(top, name) for name in ((one or "HEAD", other or "HEAD") if dots else (revision,))]
    if len(commits) == 1:
        commits.append(_commit(top, "HEAD"))
    based = _git(top, "merge-base", *commits, failure=NoCommonError(revision))
    return changes_in(top, os.fsdecode(based).split()[0])


def top_of(directory: str) -> str:
    """The top of the work tree that holds a directory. Raises :class:`NotInGitError`."""
    shown = _git(directory, "rev-parse", "--show-toplevel", failure=NoRepositoryError(directory))
    return os.fsdecode(shown).rstrip("\r\n")


def _commit(top: str, name: str) -> str:
    wanted = ("--verify", "--end-of-options", f"{name}^{{commit}}")
    return os.fsdecode(_git(top, "rev-parse", *wanted, failure=NoRevisionError(name))).strip()


def changes_in(top: str, commit: str | None) -> Changes:
    """What differs from a commit in a work tree; without one everything in it is new. Raises :class:`NotInGitError`."""
    before: dict[str, str | None] = {}
    names: dict[str, str] = {}
    if commit is None:
        return Changes(top, None, before, names, lambda _: False)
    options = ("--raw", "--no-abbrev", "-z", "--find-renames", "--diff-filter=d")
    for name, was, then, linked in _differing(_git(top, "diff", *options, commit, "--")):
        path = os.path.realpath(os.path.join(top, name))
        names[path] = was
        if then is None or linked:  # what a link leads to may have an entry of its own, which tells more
            before.setdefault(path, None)
        else:
            before[path] = then
    for unknown in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if unknown:
            before.setdefault(os.path.realpath(os.path.join(top, os.fsdecode(unknown))), None)
    held: set[str] = set()

    def known(path: str) -> bool:
        if not held:
            listed = _git(top, "ls-files", "-z").split(b"\0")
            held.update(os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in listed)
        return path in held

    return Changes(top, commit, before, names, known)


def has_commit(top: str, commit: str) -> bool:
    """Does a repository hold a commit? One that was not fetched is not there."""
    try:
        _git(top, "cat-file", "-e", f"{commit}^{{commit}}")
    except NotInGitError:
        return False
    return True


def listed_at(changes: Changes, names: frozenset[str]) -> dict[str, str]:
    """The objects of the files at the revision that bear one of some names, by path from the top."""
    if changes.commit is None:
        return {}
    found: dict[str, str] = {}
    for entry in os.fsdecode(_git(changes.top, "ls-tree", "-r", "-z", "--full-tree", changes.commit)).split(
        "\0"
    ):
        head, _, path = entry.partition("\t")
        if path.rpartition("/")[2] in names and head.split()[0] in _FILES:
            found[path] = head.split()[2]
    return found


def _differing(raw: bytes) -> Iterator[tuple[str, str, str | None, bool]]:
    """Name, earlier name, earlier object and "is it a link now?" from ``git diff --raw -z``: a head and a name, or two when renamed."""
    parts = iter(raw.split(b"\0"))
    for head in parts:
        if not head.startswith(b":"):
            continue
        mode, mode_now, then, _, status = os.fsdecode(head[1:]).split()
        name = was = next(parts)
        if status[0] in "RC":
            name = next(parts)
        was_file = mode in _FILES and then.strip("0")
        yield os.fsdecode(name), os.fsdecode(was), then if was_file else None, mode_now == _LINK


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
