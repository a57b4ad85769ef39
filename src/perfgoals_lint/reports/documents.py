"""What became of the files of a run, in a memory that does not grow with their number."""

from __future__ import annotations

import weakref
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import IO, overload

from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Severity

_TOGETHER = 256
"""Documents of one block; only blocks that are full are put away."""


class Documents(Sequence[DocumentInfo]):
    """The documents of a run in order; it grows at the end and can be gone through again and again.

    Full blocks lie in a temporary file without a name, which is gone when this is. Where no file can be made or the disk
    is full, they stay in memory.
    """

    def __init__(self) -> None:
        self._last: list[DocumentInfo] = []
        self._starts = array("Q")
        self._paths = array("q")
        self._file: IO[bytes] | None = None
        self._put_away = 0
        self._no_room = False
        self._read: tuple[int, list[DocumentInfo]] = (-1, [])
        self._more: dict[str, Counter[Severity]] = {}

    def append(self, info: DocumentInfo) -> None:
        """Add a document; it must not be changed afterwards."""
        self._last.append(info)
        self._paths.append(hash(info.path))
        if len(self._last) >= _TOGETHER and not self._no_room:
            self._put()

    def of(self, path: str) -> DocumentInfo | None:
        """The document of a path, the last one where several have it."""
        sought = hash(path)
        if sought in self._paths:
            for at in range(len(self) - 1, -1, -1):
                if self._paths[at] == sought and self[at].path == path:
                    return self[at]
        return None

    def add_finding(self, path: str, severity: Severity) -> None:
        """Count one more finding of a document that was added."""
        self._more.setdefault(path, Counter())[severity] += 1

    def __len__(self) -> int:
        return self._put_away + len(self._last)

    @overload
    def __getitem__(self, index: int) -> DocumentInfo: ...

    @overload
    def __getitem__(self, index: slice) -> list[DocumentInfo]: ...

    def __getitem__(self, index: int | slice) -> DocumentInfo | list[DocumentInfo]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        if at >= self._put_away:
            return self._counted(self._last[at - self._put_away])
        block, place = divmod(at, _TOGETHER)
        return self._counted(self._block(block)[place])

    def _counted(self, info: DocumentInfo) -> DocumentInfo:
        """The document with the findings that were counted after it was added."""
        more = self._more.get(info.path)
        if more is None:
            return info
        return replace(
            info,
            error=info.error + more["error"],
            warning=info.warning + more["warning"],
            info=info.info + more["info"],
        )

    def _put(self) -> None:
        import pickle  # a run over few files needs neither
        import tempfile

        packed = pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as this)
                weakref.finalize(self, self._file.close)
            start = self._file.seek(0, 2)
            self._file.write(packed)
            self._file.flush()
        except OSError:
            self._no_room = True
            return
        self._starts.append(start)
        self._put_away += len(self._last)
        self._last = []

    def _block(self, number: int) -> list[DocumentInfo]:
        if self._read[0] != number:
            import pickle

            assert self._file is not None
            self._file.seek(self._starts[number])
            self._read = number, pickle.load(self._file)
        return self._read[1]
