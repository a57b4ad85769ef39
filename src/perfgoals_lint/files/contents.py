"""The bytes of a file, or of a file inside an archive, read without waiting for pipes and without setting aside more
than there is."""

import os
import re
import stat

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_PIECE = 1 << 20
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class NotAFileError(Exception):
    """The path names a directory, a pipe, a device."""


class TooLargeError(Exception):
    """The file has more bytes than were allowed: ``size``, or as many as were seen of one that has no size."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def is_address(path: str) -> bool:
    """Does the path name a file in a store (``s3://…``), and none of the file system?"""
    return "://" in path and _ADDRESS.match(path) is not None


def contents(path: str, most: int) -> bytes:
    """The bytes of a regular file that has no more than ``most``; ``包.zip!/表.xlsx`` names a file inside an archive.

    Raises :class:`NotAFileError`, :class:`TooLargeError`, ``OSError``, ``ValueError`` for what can be no path, and
    :class:`perfgoals_lint.files.archives.ArchiveError` for a member that cannot be read.
    """
    try:
        state = os.stat(path)
    except OSError:
        if "!" not in path:
            raise
        from perfgoals_lint.files import archives

        return archives.content(path, most)
    if not stat.S_ISREG(state.st_mode):  # opening a pipe or a device could wait for ever
        raise NotAFileError(path)
    if state.st_size > most:
        raise TooLargeError(state.st_size)
    handle = os.open(path, _FLAGS)
    try:
        data = os.read(handle, state.st_size + 1)
        if len(data) == state.st_size:
            return data
        pieces = [data]  # it has grown, has no size (/proc), or is given in pieces
        length = len(data)
        while pieces[-1]:
            if length > most:
                raise TooLargeError(length)
            pieces.append(os.read(handle, _PIECE))
            length += len(pieces[-1])
        return b"".join(pieces)
    finally:
        os.close(handle)
