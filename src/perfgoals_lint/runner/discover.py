"""Which files a run looks at: named files as they are, directories walked in a stable order, zip archives looked into;
and which it meets and passes over."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from perfgoals_lint.config.layers import NAMES
from perfgoals_lint.files import archives
from perfgoals_lint.files.archives import MARK, Member
from perfgoals_lint.files.beside import is_beside
from perfgoals_lint.files.contents import TooLargeError, is_address
from perfgoals_lint.model import Location, Problem
from perfgoals_lint.rulebook.messages import message

NOT_LOOKED_INTO = {"archive": "PGX009", "link": "PGX135", "hidden": "PGX153"}
"""What is said of a kind of file that may hold goal tables which nobody has seen."""

_SHEETS = ".xlsx .xlsm .xltx .xltm .xls .xlt .xlsb .et .ett .ods .ots .fods .uos"
_TEXTS = ".docx .docm .dotx .dotm .doc .dot .wps .wpt .odt .ott .fodt .rtf .uof .uot"
_OTHERS = ".txt .csv .tsv .pdf .ofd .html .htm .mht .mhtml .md .yaml .yml .json"
EXTENSIONS = frozenset(f"{_SHEETS} {_TEXTS} {_OTHERS}".split())
"""What a directory walk picks up. The extension only tells what may be a goal table; how a file is read is decided by
its content, and a file that is named is read whatever it is called."""


ARCHIVES = frozenset([
    ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".cab", ".arj", ".lzh",
    ".z", ".iso", ".zipx",
])  # fmt: skip
"""Archives that are named and not read."""
IMAGES = frozenset([
    ".jpg", ".jpeg", ".jpe", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif", ".jfif",
    ".svg", ".wmf", ".emf",
])  # fmt: skip
"""Pictures, which hold no text to be read."""
_LEFT_BY_DESKTOPS = frozenset({"thumbs.db", "desktop.ini"})
HIDDEN = (".", "~$")
"""How the names of hidden files and of the lock files of office programs begin."""
_PAPERS = frozenset(f"{_SHEETS} {_TEXTS} .pdf .ofd".split())
"""What office programs write; other hidden files are the settings of programs."""
_PAPER_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt")
"""How a document of an office program begins, and its lock file (the user's name) does not."""

OWN = frozenset({"perfgoals-baseline.json", "perfgoals-exceptions.yaml"})
"""The tool's own files beside the documents, apart from its configuration."""


class FoundFile(NamedTuple):
    """A file to read; ``named`` when the user gave it and not a directory or an archive above it. ``display`` is the
    path to show when that is another one. A file inside an archive has the path ``包.zip!/单位/表.xlsx``."""

    path: str
    named: bool
    display: str | None = None

    @property
    def shown(self) -> str:
        """The path that messages and configuration go by."""
        return self.path if self.display is None else self.display


class Passed(NamedTuple):
    """A file that was met in a directory or an archive and is not looked at: its path, and ``archive``, ``image``, ``hidden``
    (a document under a hidden name or that of a lock file), ``link`` (to a directory elsewhere) or ``other``."""

    path: str
    kind: str

    def reason(self, lang: str) -> str:
        """Why it is not looked at, in words."""
        return message("engine", f"not_looked_at.{self.kind}", lang)

    def problems(self) -> list[Problem]:
        """What is to be said of it as of a document: that tables in it were not seen."""
        code = NOT_LOOKED_INTO.get(self.kind)
        return [Problem(code, Location(self.path))] if code else []


def find(
    paths: Iterable[str], stand_ins: Mapping[str, str] | None = None, passed: list[Passed] | None = None
) -> Iterator[FoundFile]:
    """The files of the given paths, each once, directories depth first in name order, and those inside zip archives.

    Every other file that a directory or an archive holds is added to ``passed``, except hidden ones, the lock files of
    office programs and the file that standard output is sent to. A hidden file or lock file that holds a document after
    all is added too. For the path ``-`` come the ``stand_ins``: files by path, with the name that is to be shown.
    """
    seen: set[str] = set()
    directories: dict[str, str] = {}
    written = _written_to()
    left_out: list[Passed] = [] if passed is None else passed
    for path in paths:
        if path == "-" and stand_ins:
            entries: Iterator[FoundFile | Passed] = (
                FoundFile(file, True, name) for file, name in stand_ins.items()
            )
        elif is_address(path):
            entries = _elsewhere(path)
        else:
            entries = _walk(path) if os.path.isdir(path) else iter([FoundFile(path, True)])
        for entry in entries:
            key = _real(entry.path, directories)
            if key in seen or (written is not None and _is(written, entry)):
                continue
            seen.add(key)
            if isinstance(entry, Passed):
                left_out.append(entry)
            else:
                yield from _unpacked(entry, left_out)


def _written_to() -> os.stat_result | None:
    """The file that standard output is sent to, ``None`` when it is none."""
    try:
        status = os.fstat(1)
    except OSError:  # closed
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _is(written: os.stat_result, entry: FoundFile | Passed) -> bool:
    """Was the file that is being written met in a directory?"""
    if isinstance(entry, FoundFile) and (entry.named or MARK in entry.path or is_address(entry.path)):
        return False
    try:
        return os.path.samestat(written, os.stat(entry.path))
    except OSError:
        return False


def _real(path: str, directories: dict[str, str]) -> str:
    """The real path; ``directories`` holds the real paths of directories that were met."""
    if is_address(path):
        return path
    if os.path.islink(path):
        return os.path.realpath(path)
    directory, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir):
        return os.path.realpath(path)
    if directory not in directories:
        directories[directory] = os.path.realpath(directory)
    return os.path.join(directories[directory], name)


def _walk(top: str) -> Iterator[FoundFile | Passed]:
    for directory, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in filter(os.path.islink, (os.path.join(directory, name) for name in folders)):
            if not _is_in(path, top):
                yield Passed(path, "link")
        for name in sorted(files):
            path = os.path.join(directory, name)
            if _is_hidden_paper(name, path):
                yield Passed(path, "hidden")
            elif is_document(name) and not is_beside(name, files):
                kind = kind_of(name)
                yield FoundFile(path, False) if kind in ("document", "zip") else Passed(path, kind)


def _is_in(link: str, top: str) -> bool:
    """Does a link lead to a directory that is walked without it?"""
    home = os.path.realpath(top)
    return os.path.commonpath([home, os.path.realpath(link)]) == home


def _elsewhere(address: str) -> Iterator[FoundFile | Passed]:
    """The file at an address, or those below it; what a local walk passes over in silence is left out here too."""
    from perfgoals_lint.remote import stores

    if not stores.is_directory(address):
        yield FoundFile(address, True)
        return
    for path, inner in stores.walk(address):
        *folders, name = inner.split("/")
        if is_document(name) and not any(folder.startswith(".") for folder in folders):
            kind = kind_of(name)
            yield FoundFile(path, False) if kind in ("document", "zip") else Passed(path, kind)


def is_document(name: str) -> bool:
    """May the file of this name be somebody's document? Hidden files, the lock files of office programs, what desktops
    leave in archives, and the tool's own files are none."""
    return (
        not name.startswith(HIDDEN)
        and name not in OWN
        and name not in NAMES
        and name.lower() not in _LEFT_BY_DESKTOPS
    )


def _is_hidden_paper(name: str, path: str) -> bool:
    """Is a file with a hidden name, or that of a lock file, a document by what it holds?"""
    if not name.startswith(HIDDEN) or os.path.splitext(name)[1].lower() not in _PAPERS:
        return False
    try:
        if MARK in path:
            return archives.content(path, archives.MOST_MEMBER_BYTES).startswith(_PAPER_STARTS)
        with open(path, "rb") as file:
            return file.read(max(map(len, _PAPER_STARTS))).startswith(_PAPER_STARTS)
    except (archives.ArchiveError, OSError):
        return True  # nobody can say that it is none


def kind_of(name: str) -> str:
    """What a directory walk does with a file of this name: it reads a ``document``, looks into a ``zip``, and passes
    over an ``archive`` of another kind, an ``image`` and any ``other`` file."""
    ending = os.path.splitext(name)[1].lower()
    if ending in EXTENSIONS:
        return "document"
    if ending == ".zip":
        return "zip"
    return "archive" if ending in ARCHIVES else "image" if ending in IMAGES else "other"


def _unpacked(found: FoundFile, passed: list[Passed]) -> Iterator[FoundFile]:
    """The file itself, or the files inside it when it is a zip archive; one that cannot be opened is left to the
    reader, who says why."""
    if os.path.splitext(found.path)[1].lower() in EXTENSIONS:
        yield found
        return
    members = _members(found.path)
    if not members:
        yield found
    names = {member.name for member in members}
    for member in members:
        *folders, name = member.name.split("/")
        if any(folder == "__MACOSX" or folder.startswith(".") for folder in folders):
            continue
        shown = f"{found.shown}{MARK}{member.name}"
        if not is_address(found.path) and _is_hidden_paper(name, f"{found.path}{MARK}{member.name}"):
            passed.append(Passed(shown, "hidden"))
            continue
        if not is_document(name) or is_beside(member.name, names):
            continue
        kind = kind_of(name)
        if kind == "document":
            path = f"{found.path}{MARK}{member.name}"
            yield FoundFile(path, False, None if found.display is None else shown)
        else:
            passed.append(Passed(shown, "archive" if kind == "zip" else kind))


def _members(path: str) -> list[Member]:
    """The files inside an archive; none of a file that is no archive or cannot be opened."""
    from perfgoals_lint.remote import stores

    if is_address(path) and os.path.splitext(path)[1].lower() != ".zip":
        return []
    try:
        with stores.archive_on_disk(path) as local:
            return archives.members(local) if archives.is_archive(local) else []
    except (archives.ArchiveError, OSError, TooLargeError):
        return []
