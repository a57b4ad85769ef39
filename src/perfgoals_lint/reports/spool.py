"""What reports need more than once, without holding it all in memory: findings in their order, texts by their names."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Iterable, Iterator

from perfgoals_lint.model import Finding

_IN_MEMORY = 4_000_000


class Texts:
    """Texts by name. Beyond a few megabytes they lie in a temporary file without a name, which is gone when this is."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (lives as long as this)
        weakref.finalize(self, self._file.close)
        self._places: dict[str, tuple[int, int]] = {}

    def __setitem__(self, name: str, text: str) -> None:
        encoded = text.encode("utf-8", "surrogatepass")
        self._places[name] = self._file.seek(0, os.SEEK_END), len(encoded)
        self._file.write(encoded)

    def get(self, name: str) -> str | None:
        """The text of a name that was set, or ``None``."""
        if name not in self._places:
            return None
        start, length = self._places[name]
        self._file.seek(start)
        return self._file.read(length).decode("utf-8", "surrogatepass")


class Spool:
    """Takes in a stream of findings at once; can be iterated over again and again.

    Beyond a few megabytes they lie in a temporary file without a name, which is gone when the spool is.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (lives as long as the spool)
        weakref.finalize(self, self._file.close)
        self._count = 0
        for finding in findings:
            pickle.dump(finding, self._file, pickle.HIGHEST_PROTOCOL)
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        position = 0
        for _ in range(self._count):
            self._file.seek(position)
            finding = pickle.load(self._file)
            position = self._file.tell()
            yield finding
