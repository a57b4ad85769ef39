"""Files inside archives: found, named and read in memory, never written anywhere.

A member goes by the path of its archive, ``!/`` and its own name: ``包.zip!/单位/表.xlsx``. Its name is only ever shown and
compared; nothing of it reaches the file system. An archive inside an archive is a member like any other, whose own
members nobody asks for. Sizes are judged from the directory of the archive before a byte is
unpacked, and again while it is unpacked, because a directory may lie.
"""

from __future__ import annotations

import io
import os
import re
import stat
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MARK = "!/"
"""What stands between the path of an archive and the name of a file in it."""

MOST_MEMBERS = 5_000
MOST_BYTES = 500 << 20
"""What all members of an archive may unpack to."""
MOST_MEMBER_BYTES = 100 << 20
MOST_RATIO = 200
_RATIO_FLOOR = 10 << 20
"""Only members that unpack to more are asked for their ratio: small ones of blanks pack very well."""

_UTF8_NAME = 0x800
_LOCKED = 0x1
_PIECE = 1 << 20
_LONGEST_PART = 200
_MOST_PARTS = 20

State = Literal["fine", "locked", "too_large", "ratio", "too_many"]


class ArchiveError(ValueError):
    """The archive, or a member of it, cannot be read; ``state`` is ``damaged`` or a ``State`` that is not fine."""

    def __init__(self, state: str, **args: object) -> None:
        super().__init__(state, args)
        self.state = state
        self.args_shown = {name: str(value) for name, value in args.items()}


class Member(NamedTuple):
    """A file of an archive: its harmless ``name`` with ``/`` between folders, its unpacked size, whether it can be read."""

    name: str
    size: int
    state: State


def split(path: str) -> tuple[str, str] | None:
    """The archive and the name of the member, where a path names a member of an archive that is there."""
    plain = path.replace("\\", "/") if os.sep == "\\" else path
    at = plain.find(MARK)
    while at >= 0:
        if os.path.isfile(path[:at]):
            return path[:at], plain[at + len(MARK) :]
        at = plain.find(MARK, at + 1)
    return None


def home(path: str) -> str:
    """The file of the file system that holds what a path names: the archive of a member, else the path itself."""
    parts = split(path) if MARK[0] in path else None
    return parts[0] if parts else path


def exists(path: str) -> bool:
    """Is there such a file, in the file system or in an archive?"""
    parts = split(path) if MARK[0] in path else None
    if parts is None:
        return os.path.exists(path)
    try:
        return any(member.name == parts[1] for member in members(parts[0]))
    except ArchiveError:
        return True  # nobody can say that it is gone


def is_archive(path: str) -> bool:
    """Is the file a plain zip archive, and no package of an office program, which is a zip file too?"""
    import zipfile  # a run that meets no archive does not pay for it

    try:
        with open(path, "rb") as file:
            if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
            with zipfile.ZipFile(file) as archive:
                return not _package(archive)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _package(archive: ZipFile) -> bool:
    names = {entry.filename.lower() for entry in archive.infolist()}
    return "[content_types].xml" in names or "ofd.xml" in names or {"mimetype", "content.xml"} <= names


def members(path: str) -> list[Member]:
    """The files of an archive in its own order. Raises :class:`ArchiveError` for one that cannot be opened or that
    holds more files than any submission has."""
    return [member for member, _ in _opened(path).found.values()]


def content(path: str, most: int) -> bytes:
    """The bytes of a member, unpacked in memory; ``path`` is ``archive!/name``.

    Raises :class:`ArchiveError`, and ``FileNotFoundError`` for a path that names no member of any archive.
    """
    parts = split(path)
    if parts is None:
        raise FileNotFoundError(path)
    return _opened(parts[0]).content(parts[1], most)


class _Archive:
    """An archive that is open, and its members by their harmless names."""

    def __init__(self, stream: _Opener) -> None:
        import zipfile

        try:
            self._archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise ArchiveError("damaged", reason=error) from None
        entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_MEMBERS:
            raise ArchiveError("too_many", value=len(entries), allowed=MOST_MEMBERS)
        self.found: dict[str, tuple[Member, ZipInfo]] = {}
        total = 0
        for entry in entries:
            total += entry.file_size
            name = _unused(harmless(name_of(entry)), self.found)
            self.found[name] = (Member(name, entry.file_size, _state(entry, total)), entry)

    def content(self, name: str, most: int) -> bytes:
        """The bytes of a member of no more than ``most``."""
        import zipfile
        import zlib

        if name not in self.found:
            raise FileNotFoundError(name)
        member, entry = self.found[name]
        if member.state != "fine":
            raise ArchiveError(member.state, value=member.size, allowed=MOST_MEMBER_BYTES)
        most = min(most, MOST_MEMBER_BYTES)
        if member.size > most:
            raise ArchiveError("too_large", value=member.size, allowed=most)
        pieces: list[bytes] = []
        length = 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    length += len(piece)
                    if length > most:
                        raise ArchiveError("too_large", value=length, allowed=most)
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise ArchiveError("damaged", reason=str(error) or type(error).__name__) from None
        return b"".join(pieces)


def _opened(path: str) -> _Archive:
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            raise ArchiveError("damaged", reason="no regular file")
        return _open(os.path.abspath(path), state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise ArchiveError("damaged", reason=error.strerror or error) from None


@lru_cache(1)
def _open(path: str, _: int, __: int) -> _Archive:
    """The archive as it is now; its directory is kept for the next member."""
    return _Archive(_Opener(path))


class _Opener(io.RawIOBase):
    """A file that is open only while it is read: nothing is held between two members, and nothing is shared with
    another process."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._at = 0
        self._size = os.path.getsize(path)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("before the start of the file")
        self._at = start + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        with open(self._path, "rb") as file:
            file.seek(self._at)
            data = file.read(-1 if size is None else size)
        self._at += len(data)
        return data


def name_of(entry: ZipInfo) -> str:
    """The name as the program meant it that packed the file. Where it does not say UTF-8, zipfile has read code page
    437; Chinese systems write their own code page there, and some UTF-8 without saying so. A name in UTF-8 without a
    character of three bytes holds nothing Chinese: 通知 and 联通 in the Chinese code page look like one."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    read = [text for text in (_read(raw, "utf-8"), _read(raw, "gb18030"), entry.filename) if text is not None]
    return next((text for text in read if text.isascii() or max(text) >= "\u0800"), read[0])


def _read(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


@cache
def _unsafe() -> re.Pattern[str]:
    """Characters that show nothing, or turn the direction of what follows."""
    return re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def harmless(name: str) -> str:
    """A name that stays inside its archive whatever it is used for: relative, without ``..``, drive letters, control
    and direction characters, and of bounded length. Never empty."""
    parts = []
    for part in _unsafe().sub("", name.replace("\\", "/")).split("/"):
        part = part.strip()
        is_drive = len(part) == 2 and part[1] == ":" and part[0].isascii() and part[0].isalpha()
        if part in ("", ".", "..") or is_drive:
            continue
        stem, ending = os.path.splitext(part)
        parts.append(part if len(part) <= _LONGEST_PART else stem[: _LONGEST_PART - 20] + "…" + ending[:19])
    return "/".join([*parts[: _MOST_PARTS - 1], parts[-1]] if len(parts) > _MOST_PARTS else parts) or "_"


def _unused(name: str, taken: dict[str, tuple[Member, ZipInfo]]) -> str:
    """The name, numbered when another member has it already: both are read."""
    stem, ending = os.path.splitext(name)
    number = 1
    while name in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    return name


def _state(entry: ZipInfo, total: int) -> State:
    if entry.flag_bits & _LOCKED:
        return "locked"
    if entry.file_size > MOST_MEMBER_BYTES or total > MOST_BYTES:
        return "too_large"
    if entry.file_size > _RATIO_FLOOR and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        return "ratio"
    return "fine"
