"""Results that all workers share: one small file each, under a name made of everything that the result depends on.

The directory may lie anywhere that fsspec knows. It may fail at any time; that costs time, never the run.
"""

import posixpath
from contextlib import suppress
from typing import Any

from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.records import FileResult, pack, unpack


class SharedCache:
    """Results by key below a directory or an address."""

    def __init__(self, place: str) -> None:
        from fsspec.core import url_to_fs

        self._system: Any
        self._system, self._top = url_to_fs(place)
        self._local = not is_address(place)

    def get(self, key: bytes) -> FileResult | None:
        """The result that is kept under a key."""
        try:
            return unpack(self._system.cat_file(self._path(key)))
        except Exception:  # a missing file, a store that does not answer, a damaged result: all the same here
            return None

    def put(self, key: bytes, result: FileResult) -> None:
        """Keep a result; whoever reads meanwhile finds it whole or not at all."""
        path = self._path(key)
        with suppress(Exception):
            if self._local:
                from perfgoals_lint.files.storing import replace_file

                self._system.makedirs(posixpath.dirname(path), exist_ok=True)
                replace_file(path, pack(result))
            else:
                self._system.pipe_file(path, pack(result))

    def _path(self, key: bytes) -> str:
        name = key.hex()
        return posixpath.join(self._top, name[:2], name)
