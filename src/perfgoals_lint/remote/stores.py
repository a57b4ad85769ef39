"""Files that lie elsewhere: ``s3://…``, ``abfs://…`` and whatever else fsspec knows, listed and fetched as bytes.

The library is imported when the first such address is met. Readers and checks see a file on disk: it is fetched into a
private place for the time in which it is read.
"""

import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from perfgoals_lint.files.contents import TooLargeError, is_address

_WAITS = (0.5, 2.0)
"""Seconds to wait before fetching is tried again: a busy store answers a moment later."""
_ARCHIVE_BYTES = 500 << 20
"""What an archive may have that is fetched for the files in it."""
_MARK = "!/"

Given = TypeVar("Given")


class RemoteError(OSError):
    """An address that cannot be used: ``key`` names what is to be said, ``reason`` is what the library says."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


def content(address: str, most: int) -> bytes:
    """The bytes of a file that has no more than ``most``.

    Raises :class:`perfgoals_lint.files.contents.TooLargeError`, ``FileNotFoundError``, ``PermissionError``, and
    :class:`RemoteError` for what still fails when it was tried again.
    """
    system, path = _opened(address)

    def fetch() -> bytes:
        try:
            data: bytes = system.cat_file(path, start=0, end=most + 1)
        except (FileNotFoundError, PermissionError):
            raise
        except Exception:
            if system.info(path).get("size") != 0:
                raise
            return b""  # a store refuses to give a part of nothing
        return data

    data = _tried(fetch)
    if len(data) > most:
        raise TooLargeError(len(data))
    return data


def is_directory(address: str) -> bool:
    """Does the address name a directory? Raises what :func:`content` raises."""
    system, path = _opened(address)
    return bool(_tried(lambda: system.isdir(path)))


def walk(address: str) -> Iterator[tuple[str, str]]:
    """The files below a directory as (address, path from there), in the order of a walk over a local one: by name, the
    files of a directory before those of the directories in it. Raises what :func:`content` raises."""
    system, top = _opened(address)
    found: list[str] = _tried(lambda: system.find(top))
    scheme, rest = address.split("://", 1)
    base = f"{scheme}://{rest.rstrip('/')}"
    below = [name[len(top.rstrip("/")) :].lstrip("/") for name in found]
    for inner in sorted(filter(None, below), key=_walked):
        yield f"{base}/{inner}", inner


def _walked(path: str) -> list[tuple[int, str]]:
    *folders, name = path.split("/")
    return [*((1, folder) for folder in folders), (0, name)]


@contextmanager
def fetched(address: str, most: int) -> Iterator[str]:
    """A private copy of the file at an address, for the time of a block; of a file inside an archive elsewhere the path
    inside the private copy of that archive. Raises what :func:`content` raises."""
    archive, mark, member = address.partition(_MARK)
    if mark:
        held = _fetched(archive)  # there as long as this block needs it
        yield held.path + mark + member
        return
    with tempfile.TemporaryDirectory(prefix="perfgoals-", ignore_cleanup_errors=True) as directory:
        copy = os.path.join(directory, "document" + _ending(address))
        with open(copy, "wb") as file:
            file.write(content(address, most))
        yield copy


@contextmanager
def archive_on_disk(path: str) -> Iterator[str]:
    """As :func:`perfgoals_lint.remote.on_disk`, of an archive whose files are about to be asked for."""
    held = _fetched(path) if is_address(path) else None
    yield held.path if held else path


class _Fetched:
    """An archive in a private directory, which goes when nobody needs it any more."""

    def __init__(self, data: bytes) -> None:
        directory = tempfile.mkdtemp(prefix="perfgoals-")
        weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)
        self.path = os.path.join(directory, "archive.zip")
        with open(self.path, "wb") as file:
            file.write(data)


@lru_cache(2)
def _fetched(address: str) -> _Fetched:
    """A fetched archive, kept for the files in it, which come one after the other."""
    return _Fetched(content(address, _ARCHIVE_BYTES))


def _ending(path: str) -> str:
    ending = os.path.splitext(path.rsplit("/", 1)[-1])[1]
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) < 10 else ""


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Raises :class:`RemoteError` where no library knows it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise RemoteError("error.remote.extra", "fsspec") from None
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise RemoteError("error.remote.scheme", " ".join(str(error).split())) from None
    return system, str(path)


def _tried(ask: Callable[[], Given]) -> Given:
    """What a store answers, asked again a moment later where it fails for a reason of its own."""
    for wait in (*_WAITS, None):
        try:
            return ask()
        except (FileNotFoundError, PermissionError, TooLargeError):
            raise
        except Exception as error:  # every store has errors of its own
            if wait is None:
                reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
                raise RemoteError("error.remote.failed", reason) from error
        time.sleep(wait)
    raise AssertionError("unreachable")
