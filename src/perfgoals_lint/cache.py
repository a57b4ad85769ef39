"""Finished results between runs: a small database in the user's cache directory, safe for several runs at once.

A result is found by everything it depends on: the file's content and name, the rulebook, the plan, the version and the
language. The cache may fail in any way at any time; that costs time, never the run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import sys
import time
from pathlib import Path

from perfgoals_lint import __version__, policy
from perfgoals_lint.jobs import Job
from perfgoals_lint.plan import Plan
from perfgoals_lint.records import FileResult, unpack

MOST_BYTES = 200_000_000
"""What the cache may hold; the results unused for longest go first."""
_LARGEST_FILE = 20_000_000
_BATCH = 200
_DAY = 86_400


def cache_file() -> Path:
    """Where the results are kept."""
    return policy.cache_dir() / "results-2.sqlite"


class Cache:
    """Results by key. ``put`` gathers and writes in batches; ``close`` writes the rest and keeps the size in bounds."""

    def __init__(self, digest: str, lang: str) -> None:
        state = (__version__, digest, lang, _code_state(), sys.version)
        self._state = "\x1f".join(state).encode()
        self._new: list[tuple[str, int, bytes]] = []
        self._used: list[str] = []
        self._database = _open()

    def key(self, job: Job, plan: Plan) -> str | None:
        """The key of a file's result, ``None`` when it is no file, cannot be read or is too large to be worth it."""
        try:
            if not stat.S_ISREG(os.stat(job.path).st_mode):  # opening a pipe could wait for ever
                return None
            with open(job.path, "rb") as file:
                content = file.read(_LARGEST_FILE + 1)
        except (OSError, ValueError):
            return None
        if len(content) > _LARGEST_FILE:
            return None
        state = hashlib.sha256(self._state)
        state.update(f"\x1f{plan.key}\x1f{job.display}\x1f{job.named}\x1f".encode("utf-8", "surrogatepass"))
        state.update(content)
        return state.hexdigest()

    def get(self, key: str) -> FileResult | None:
        """The result that is kept under a key."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT result, used FROM results WHERE key = ?", (key,)).fetchone()
            result = unpack(row[0]) if row else None
        except (sqlite3.Error, ValueError):
            return None
        if row and row[1] < time.time() - _DAY:
            self._used.append(key)
        return result

    def put(self, key: str, content: bytes) -> None:
        """Keep a packed result."""
        self._new.append((key, int(time.time()), content))
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what is left and drop what is over the limit."""
        if self._new or self._used:
            self._write()
            self._shrink()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        new, self._new = self._new, []
        used, self._used = self._used, []
        if self._database is None:
            return
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", new)
                now = int(time.time())
                self._database.executemany(
                    "UPDATE results SET used = ? WHERE key = ?", [(now, key) for key in used]
                )
        except sqlite3.Error:
            return

    def _shrink(self) -> None:
        if self._database is None:
            return
        try:
            with self._database:
                self._database.execute(_SHRINK, (MOST_BYTES,))
        except sqlite3.Error:
            return


_SHRINK = """
DELETE FROM results WHERE key IN (
    SELECT key FROM (SELECT key, SUM(LENGTH(result)) OVER (ORDER BY used DESC, key) AS size FROM results)
    WHERE size > ?)
"""


def _open() -> sqlite3.Connection | None:
    path = cache_file()
    for _ in range(2):
        database = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=2)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(
                "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, used INTEGER, result BLOB) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError as error:
            if database is not None:
                database.close()
            if isinstance(error, sqlite3.OperationalError):  # locked, or a place that cannot be written
                return None
            path.unlink(missing_ok=True)
        except OSError:
            return None
        else:
            return database
    return None


def clean() -> int:
    """Remove everything that is cached; the number of bytes that are free now."""
    freed = 0
    directory = policy.cache_dir()
    for path in sorted(directory.glob("*")) if directory.is_dir() else ():
        if path.suffix in {".bin", ".sqlite", ".sqlite-wal", ".sqlite-shm"} or path.name.startswith("tmp"):
            try:
                size = path.stat().st_size
                path.unlink()
            except OSError:
                continue
            freed += size
    return freed


def _code_state() -> str:
    """The state of the code in a source checkout, where it changes without its version; empty when installed."""
    package = Path(__file__).parent
    if (package / "rules").is_dir():
        return ""
    stamps = [(path.stat().st_mtime_ns, path.as_posix()) for path in package.rglob("*.py")]
    return hashlib.sha256(repr(sorted(stamps)).encode()).hexdigest()[:16]
