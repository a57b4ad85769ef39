"""Last year's tables by what identifies their projects, in a database that lies on disk when it grows."""

import sqlite3
from collections.abc import Iterable, Sequence

from perfgoals_lint.lint.last_year import Key


class YearIndex:
    """Tables as text by key; a key that two projects share identifies neither (as in
    :class:`perfgoals_lint.lint.last_year.LastYear`)."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # a private file, gone with the connection
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE tables (number INTEGER PRIMARY KEY, text TEXT)")
        self._database.execute(
            "CREATE TABLE keys (unit TEXT, name TEXT, number INTEGER, PRIMARY KEY (unit, name)) WITHOUT ROWID"
        )

    def add(self, tables: Iterable[tuple[Sequence[Key], str]]) -> None:
        """Take in the tables of a file, each with its keys."""
        for keys, text in tables:
            number = self._database.execute("INSERT INTO tables (text) VALUES (?)", (text,)).lastrowid
            for unit, name in keys:
                self._database.execute(_ADD, (unit, name, number))

    def table(self, key: Key) -> str | None:
        """The one table that a key identifies, as text."""
        found = self._database.execute(_FIND, key).fetchone()
        return str(found[0]) if found is not None else None


_ADD = "INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = NULL"
_FIND = "SELECT text FROM keys JOIN tables USING (number) WHERE unit = ? AND name = ?"
