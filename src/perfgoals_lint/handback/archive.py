"""Packages: a .zip of tables is unpacked for a run, and packed again with what was made of its files."""

import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from perfgoals_lint.files.archives import MARK, harmless, name_of
from perfgoals_lint.files.beside import is_beside
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, Limits, ReadError
from perfgoals_lint.readers.package import Package


@dataclass(slots=True)
class PackedFile:
    """A file of a package: its name as it is shown, its entry, and where it was unpacked; a folder with an entry of its
    own has no such ``path``."""

    name: str
    info: zipfile.ZipInfo
    path: str

    def shown(self, package: str) -> str:
        """The path that messages go by: ``包.zip!/乙/表.xlsx``."""
        return package + MARK + self.name


@contextmanager
def unpacked(path: str, limits: Limits | None = None) -> Iterator[list[PackedFile]]:
    """The files and folders of a package, the files unpacked for the time of a block under names that the package does not choose.

    Raises ``ReadError`` for a package that is broken, asks for a password or is beyond the limits.
    """
    with open(path, "rb") as file:
        data = file.read()
    try:
        judged = Package(BytesIO(data), limits or Limits())
    except zipfile.BadZipFile as error:
        raise ReadError(CORRUPT, reason=str(error)) from None
    if judged.locked:
        raise ReadError(ENCRYPTED)
    with (
        tempfile.TemporaryDirectory(prefix="perfgoals-") as folder,
        zipfile.ZipFile(BytesIO(data)) as archive,
    ):
        members = []
        for number, info in enumerate(archive.infolist()):
            name = harmless(name_of(info))
            if info.is_dir():
                members.append(PackedFile(name, info, ""))
                continue
            place = os.path.join(folder, str(number))
            os.mkdir(place)
            target = os.path.join(place, os.path.basename(name).replace("\0", "") or "_")
            with open(target, "wb") as out:
                out.write(archive.read(info))
            members.append(PackedFile(name, info, target))
        yield members


def packed(members: Sequence[PackedFile], made: Mapping[str, Sequence[tuple[str, bytes]]]) -> bytes:
    """The package with what was ``made`` of its files, by name: for each the files that take its place, the first of
    them under its own name. Names and dates are kept; files of which nothing was made go in as they are, but for what
    an earlier round put beside others."""
    out = BytesIO()
    names = {member.name for member in members}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            if is_beside(member.name, names):
                continue
            if not member.path:
                archive.writestr(_entry(member, f"{member.name}/"), b"")
                continue
            folder = member.name.rpartition("/")[0]
            with open(member.path, "rb") as file:
                original = file.read()
            for name, content in made.get(member.name) or [(os.path.basename(member.name), original)]:
                archive.writestr(_entry(member, f"{folder}/{name}" if folder else name), content)
    return out.getvalue()


def _entry(member: PackedFile, name: str) -> zipfile.ZipInfo:
    """An entry of that name with the date and the rights of a file or folder."""
    entry = zipfile.ZipInfo(name, member.info.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED if member.path else zipfile.ZIP_STORED
    entry.external_attr = member.info.external_attr
    return entry
