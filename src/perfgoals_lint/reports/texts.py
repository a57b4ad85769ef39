"""Texts that reports need by name, without holding them all in memory."""

import sqlite3


class Texts:
    """Texts by name. They lie in a private database that is gone when this is, all but a few of them on the disk."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("CREATE TABLE texts (name BLOB PRIMARY KEY, text BLOB) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def __setitem__(self, name: str, text: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (_bytes(name), _bytes(text)))

    def get(self, name: str) -> str | None:
        """The text of a name that was set, or ``None``."""
        found = self._database.execute("SELECT text FROM texts WHERE name = ?", (_bytes(name),)).fetchone()
        return bytes(found[0]).decode("utf-8", "surrogatepass") if found else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
