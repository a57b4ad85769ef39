"""Which files changed since a revision, as git tells."""

from __future__ import annotations

import os
import subprocess


class NotInGitError(RuntimeError):
    """Git cannot answer: there is none, no repository, or no such revision; the message is git's own."""


def changed_since(revision: str, directory: str) -> frozenset[str]:
    """The real paths of files that differ from ``revision`` in the work tree, and of files that git does not know yet.

    Raises :class:`NotInGitError`.
    """
    top = os.fsdecode(_git(directory, "rev-parse", "--show-toplevel")).rstrip("\r\n")
    commit = os.fsdecode(
        _git(directory, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    )
    changed = _git(top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", commit.strip(), "--")
    unknown = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    names = [*changed.split(b"\0"), *unknown.split(b"\0")]
    return frozenset(os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in names if name)


def _git(directory: str, *arguments: str) -> bytes:
    # Settings of a repository must not make a mere question run programs.
    command = ["git", "-C", directory, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise NotInGitError(error.strerror or "git") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotInGitError(lines[0] if lines else f"git {arguments[0]}")
    return done.stdout
