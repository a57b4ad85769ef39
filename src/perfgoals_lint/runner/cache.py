"""Finished results between runs: a small database in the user's cache directory, safe for several runs at once.

A result is found by everything it depends on: the file's content and name, the plan (with the state of its rulebook and
of the code of plug-ins), the version, and the versions of the libraries that read files. The accounts of the rules, the same for most small files and longer than all else in a result, are kept once
by their digest. The cache may fail in any way at any time; that costs time, never the run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.files.contents import NotAFileError, TooLargeError, contents
from perfgoals_lint.lint.outcome import PrintedLines
from perfgoals_lint.lint.records import FileResult, pack, unpack
from perfgoals_lint.rulebook import policy
from perfgoals_lint.runner import stamps
from perfgoals_lint.runner.jobs import Job
from perfgoals_lint.version import __version__

MOST_BYTES = 200_000_000
"""What the cache may hold unless the configuration says otherwise."""
_LARGEST_FILE = 20_000_000
_BATCH = 200
_DAY = 86_400


def cache_file() -> Path:
    """Where the results are kept."""
    return policy.cache_dir() / "results-4.sqlite"


class Cache:
    """Results by key. ``put`` gathers and writes in batches; ``close`` writes the rest and keeps the size in bounds.

    ``how`` names what results depend on beside files and plans; ``place`` is a file of results that is not the user's. The results that are unused for longest go first, those
    that this run was given last: a run over more than the cache holds would otherwise throw out, one after the other,
    just what the next one asks for. For the same reason a run keeps no more new results than there is room for.
    """

    def __init__(self, how: str = "", most: int | None = None, place: str | None = None) -> None:
        state = (__version__, how, _code_state(), sys.version, _libraries())
        self._most = MOST_BYTES if most is None else most
        self._written = 0
        self._given = bytearray()
        self._state = "\x1f".join(state).encode()
        self._plans: dict[str, hashlib._Hash] = {}
        self._accounts: dict[bytes, str] = {}
        self._new: list[tuple[bytes, int, bytes, bytes, str]] = []
        self._used: list[bytes] = []
        self._noted: list[tuple[stamps.Seen, bytes, PrintedLines | None, str]] = []
        self._database = _open(Path(place) if place else cache_file())

    def key(self, job: Job, plan: Plan) -> bytes | None:
        """The key of a file's result, ``None`` when it is no file, cannot be read or is too large to be worth it."""
        try:
            content = contents(job.path, _LARGEST_FILE)
        except (OSError, ValueError, NotAFileError, TooLargeError):
            return None
        state = self._plan_state(plan).copy()
        state.update(f"{job.display}\x1f{job.named}\x1f".encode("utf-8", "surrogatepass"))
        state.update(content)
        return state.digest()

    def _plan_state(self, plan: Plan) -> hashlib._Hash:
        state = self._plans.get(plan.key)
        if state is None:
            state = self._plans[plan.key] = hashlib.sha256(self._state)
            state.update(f"\x1f{plan.key}\x1f".encode())
        return state

    def seen(self, files: Sequence[tuple[Job, Plan]]) -> list[stamps.Seen]:
        """What is known of files (some hundreds at most) without reading them; asked before their keys are."""
        places = [(stamps.place_of(self._plan_state(plan), job), job.path) for job, plan in files]
        found = stamps.look_up(self._database, places)
        limit = time.time() - _DAY
        for one in found:
            if one.key is not None and one.used < limit:
                self.note(one, one.key)
        return found

    def note(self, seen: stamps.Seen, key: bytes, lines: PrintedLines | None = None, lang: str = "") -> None:
        """Keep the key of the result of a file, and the lines that were printed of it in a language."""
        self._noted.append((seen, key, lines, lang))
        if len(self._noted) >= _BATCH:
            self._write()

    def unread(self, key: bytes, used: int) -> None:
        """A result that was not looked at, since the lines of it are known, is one that a run was given."""
        self._given += key
        if used < time.time() - _DAY:
            self._used.append(key)

    def get(self, wanted: Sequence[tuple[bytes | None, Job]]) -> list[FileResult | None]:
        """The results that are kept under some keys (some hundreds at most), in their order."""
        keys = [key for key, _ in wanted if key is not None]
        rows: dict[bytes, tuple[int, bytes, bytes]] = {}
        if self._database is not None and keys:
            asked = (
                f"SELECT key, used, accounts, result FROM results WHERE key IN ({', '.join('?' * len(keys))})"
            )
            with suppress(sqlite3.Error):
                rows = {
                    key: (used, accounts, result) for key, used, accounts, result in self._ask(asked, keys)
                }
        self._given += b"".join(rows)
        limit = time.time() - _DAY
        self._used += [key for key, (used, _, _) in rows.items() if used < limit]
        return [self._result(rows[key], job) if key in rows else None for key, job in wanted]

    def _result(self, row: tuple[int, bytes, bytes], job: Job) -> FileResult | None:
        _, digest, packed = row
        try:
            if digest not in self._accounts:
                found = self._ask("SELECT text FROM accounts WHERE digest = ?", [digest])
                if not found:
                    return None
                self._accounts[digest] = str(found[0][0])
            result = unpack(packed)
        except (sqlite3.Error, ValueError):
            return None
        result.accounts = self._accounts[digest]
        result.info.path = job.display  # the same text, held once
        return result

    def _ask(self, question: str, values: Sequence[bytes]) -> list[tuple[Any, ...]]:
        return self._database.execute(question, values).fetchall() if self._database is not None else []

    def put(self, key: bytes, result: FileResult) -> None:
        """Keep a result."""
        digest = hashlib.sha256(result.accounts.encode()).digest()[:16]
        packed = pack(replace(result, accounts=""))
        self._written += len(packed)
        if self._written > self._most:
            return
        self._new.append((key, int(time.time()), digest, packed, result.accounts))
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what is left and drop what is over the limit."""
        if self._new or self._used or self._written or self._noted:
            self._write()
            self._shrink()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        new, self._new = self._new, []
        used, self._used = self._used, []
        noted, self._noted = self._noted, []
        if self._database is None:
            return
        with suppress(sqlite3.Error), self._database:
            texts = {digest: text for _, _, digest, _, text in new}
            self._database.executemany("INSERT OR IGNORE INTO accounts VALUES (?, ?)", texts.items())
            rows = (row[:4] for row in new)
            self._database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
            now = int(time.time())
            self._database.executemany(
                "UPDATE results SET used = ? WHERE key = ?", [(now, key) for key in used]
            )
            stamps.write(self._database, noted)

    def _shrink(self) -> None:
        if self._database is None:
            return
        with suppress(sqlite3.Error), self._database:
            self._database.execute(stamps.SHRINK, (self._most // 2,))
            size = self._database.execute("SELECT SUM(LENGTH(result)) FROM results").fetchone()[0] or 0
            if size <= self._most:
                return
            ahead = int(time.time()) + 1
            self._database.executemany(
                "UPDATE results SET used = ? WHERE key = ?",
                ((ahead, self._given[at : at + 32]) for at in range(0, len(self._given), 32)),
            )
            if self._database.execute(_SHRINK, (self._most,)).rowcount:
                self._database.execute(
                    "DELETE FROM accounts WHERE digest NOT IN (SELECT accounts FROM results)"
                )
                self._database.execute(stamps.DROP)


_TABLES = (
    "CREATE TABLE IF NOT EXISTS results "
    "(key BLOB PRIMARY KEY, used INTEGER, accounts BLOB, result BLOB) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS accounts (digest BLOB PRIMARY KEY, text TEXT) WITHOUT ROWID",
    stamps.TABLE,
)
_SHRINK = """
DELETE FROM results WHERE key IN (
    SELECT key FROM (SELECT key, SUM(LENGTH(result)) OVER (ORDER BY used DESC, key) AS size FROM results)
    WHERE size > ?)
"""


def _open(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        database = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=2)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            for table in _TABLES:
                database.execute(table)
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


def _libraries() -> str:
    """The names and versions of what is installed: what a library reads may change with its version."""
    names: set[str] = set()
    for directory in filter(None, sys.path):
        with suppress(OSError):
            names.update(name for name in os.listdir(directory) if name.endswith((".dist-info", ".egg-info")))
    return hashlib.sha256("\n".join(sorted(names)).encode("utf-8", "surrogatepass")).hexdigest()


def _code_state() -> str:
    """The state of the code in a source checkout, where it changes without its version; empty when installed."""
    package = Path(__file__).parents[1]
    if (package / "rules").is_dir():
        return ""
    stamps = [(path.stat().st_mtime_ns, path.as_posix()) for path in package.rglob("*.py")]
    return hashlib.sha256(repr(sorted(stamps)).encode()).hexdigest()[:16]
