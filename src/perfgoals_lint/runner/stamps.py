"""What is known of files that have not changed: the key of their result, and what the concise report printed of them.

A file is looked at (``stat``) before it is read. Where it has the stamp that it had when its content was hashed (see
:mod:`perfgoals_lint.files.stamping`), it is the same file, and is not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from perfgoals_lint.files.stamping import stamp_of
from perfgoals_lint.lint.outcome import PrintedLines
from perfgoals_lint.model import packed, unpacked
from perfgoals_lint.runner.jobs import Job

TABLE = (
    "CREATE TABLE IF NOT EXISTS stamps "
    "(place BLOB PRIMARY KEY, stamp BLOB, key BLOB, used INTEGER, lines TEXT) WITHOUT ROWID"
)
_WRITE = """
INSERT INTO stamps VALUES (?, ?, ?, ?, ?) ON CONFLICT (place) DO UPDATE SET
    lines = CASE WHEN key = excluded.key THEN COALESCE(excluded.lines, lines) ELSE excluded.lines END,
    stamp = excluded.stamp, key = excluded.key, used = excluded.used
"""
SHRINK = """
DELETE FROM stamps WHERE place IN (
    SELECT place FROM (
        SELECT place, SUM(100 + COALESCE(LENGTH(lines), 0)) OVER (ORDER BY used DESC, place) AS size FROM stamps)
    WHERE size > ?)
"""
DROP = "DELETE FROM stamps WHERE key NOT IN (SELECT key FROM results)"
"""Forgets files whose results are gone."""


@dataclass(slots=True)
class Seen:
    """A file as a run met it: its place, its stamp (``None``: one that proves nothing), the key of its result where the
    stamp is a known one, when that was last used, and the lines that were printed of it."""

    place: bytes
    stamp: bytes | None
    key: bytes | None = None
    used: int = 0
    lines: str | None = None

    def printed(self, lang: str) -> PrintedLines | None:
        """The lines as they were printed in a language."""
        if self.lines is None:
            return None
        try:
            said, *rest = json.loads(self.lines)
            return unpacked(PrintedLines, rest) if said == lang else None
        except (ValueError, TypeError, LookupError):
            return None


def place_of(state: hashlib._Hash, job: Job) -> bytes:
    """Where a result was asked for: the file, the name that it goes by, and all else that its result depends on."""
    place = state.copy()
    text = f"\x1f{os.getcwd()}\x1f{job.path}\x1f{job.display}\x1f{job.named}"
    place.update(text.encode("utf-8", "surrogatepass"))
    return place.digest()


def look_up(database: sqlite3.Connection | None, places: Sequence[tuple[bytes, str]]) -> list[Seen]:
    """The files at some places (some hundreds at most, each with its path), as they are and as they are known."""
    rows: dict[bytes, tuple[Any, ...]] = {}
    if database is not None and places:
        asked = f"SELECT * FROM stamps WHERE place IN ({', '.join('?' * len(places))})"
        with suppress(sqlite3.Error):
            rows = {row[0]: row[1:] for row in database.execute(asked, [place for place, _ in places])}
    seen: list[Seen] = []
    for place, path in places:
        one = Seen(place, stamp_of(path))
        known = rows.get(place)
        if known is not None and one.stamp is not None and known[0] == one.stamp:
            one.key, one.used, one.lines = known[1:]
        seen.append(one)
    return seen


def write(
    database: sqlite3.Connection, files: Iterable[tuple[Seen, bytes, PrintedLines | None, str]]
) -> None:
    """Keep stamps with the keys of results, and the lines where they are known, which are in a language."""
    now = int(time.time())
    database.executemany(
        _WRITE,
        (
            (
                seen.place,
                seen.stamp,
                key,
                now,
                lines and json.dumps([lang, *packed(lines)], ensure_ascii=False),
            )
            for seen, key, lines, lang in files
            if seen.stamp is not None
        ),
    )
