"""Things in their order, in a memory that does not grow with their number."""

import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeVar, overload

Kept = TypeVar("Kept")

_TOGETHER = 256
"""Things of one block; only blocks that are full are put away."""


class Blocks(Sequence[Kept]):
    """Grows at the end and can be gone through again and again, also while it grows; what is in it is not changed afterwards.

    Full blocks lie in a temporary file without a name, which is gone when this is. Where no file can be made or the disk
    is full, they stay in memory.
    """

    def __init__(self, kept: Iterable[Kept] = ()) -> None:
        self._last: list[Kept] = []
        self._starts = array("Q")
        self._file: IO[bytes] | None = None
        self._no_room = False
        self._read: tuple[int, list[Kept]] = (-1, [])
        for one in kept:
            self.append(one)

    def append(self, one: Kept) -> None:
        """Add something."""
        self._last.append(one)
        if len(self._last) >= _TOGETHER and not self._no_room:
            self._put()

    def __len__(self) -> int:
        return len(self._starts) * _TOGETHER + len(self._last)

    @overload
    def __getitem__(self, index: int) -> Kept: ...

    @overload
    def __getitem__(self, index: slice) -> list[Kept]: ...

    def __getitem__(self, index: int | slice) -> Kept | list[Kept]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        block, place = divmod(at, _TOGETHER)
        if block >= len(self._starts):
            return self._given(self._last[at - len(self._starts) * _TOGETHER])
        return self._given(self._block(block)[place])

    def __iter__(self) -> Iterator[Kept]:
        block = 0
        while block < len(self._starts):
            yield from map(self._given, self._block(block))
            block += 1
        at = block * _TOGETHER
        while at < len(self):
            yield self[at]
            at += 1

    def _given(self, one: Kept) -> Kept:
        """What a thing is given out as."""
        return one

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
        self._last = []

    def _block(self, number: int) -> list[Kept]:
        if self._read[0] != number:
            import pickle

            assert self._file is not None
            self._file.seek(self._starts[number])
            self._read = number, pickle.load(self._file)
        return self._read[1]
