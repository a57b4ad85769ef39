"""Which reader reads which foreign format. Runs inside the worker; each reader is imported when it is needed."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import Any, BinaryIO

from perfgoals_lint.files import archives
from perfgoals_lint.files.archives import MOST_MEMBERS
from perfgoals_lint.model import Source
from perfgoals_lint.readers.handed_back import is_opinion, only_mark
from perfgoals_lint.readers.limits import (
    CORRUPT,
    ENCRYPTED,
    PICTURES_ONLY,
    UNKNOWN_FORMAT,
    Limits,
    ReadError,
    over,
    refused_member,
)
from perfgoals_lint.readers.package import Package
from perfgoals_lint.readers.report import set_hidden_sheets_aside
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff, sniff_ole, sniff_package

Reader = Callable[[BinaryIO, str, Limits, str | None], Source]
PackageReader = Callable[[Package, str, Limits], Source]

READERS: dict[str, str] = {
    "word2003": "docx:read_word_xml", "html": "html:read_html", "fods": "ods:read_fods",
    "fodt": "odt:read_fodt", "pdf": "pdf:read_pdf", "xls": "xls:read_xls", "xml2003": "xml2003:read_xml2003",
    "doc": "doc:read_doc", "mht": "mht:read_mht", "rtf": "rtf:read_rtf",
}  # fmt: skip
"""Module and function by format name."""
PACKAGE_READERS: dict[str, str] = {
    "xlsx": "xlsx:read_xlsx", "docx": "docx:read_docx", "ods": "ods:read_ods", "odt": "odt:read_odt",
    "ofd": "ofd:read_ofd", "xlsb": "xlsb:read_xlsb",
}  # fmt: skip
"""The same for zip packages."""


def read_as(path: str, format_name: str, password: str | None, limits: Limits, shown: str) -> Source:
    """Read a file of a format that ``sniff`` named; places show the path ``shown``. Raises ``ReadError``, or whatever a
    reader's library raises."""
    try:
        size = os.path.getsize(path)
    except OSError:
        if "!" not in path:
            raise
        source = read_stream(_member(path, limits), shown, format_name, password, limits)
    else:
        if size > limits.file_bytes:
            raise over("file_bytes", size, limits.file_bytes)
        with open(path, "rb") as stream:
            source = read_stream(stream, shown, format_name, password, limits)
    set_hidden_sheets_aside(source)
    return source


def _member(path: str, limits: Limits) -> BytesIO:
    """A file inside an archive, unpacked in memory."""
    try:
        return BytesIO(archives.content(path, limits.file_bytes))
    except archives.ArchiveError as error:
        raise refused_member(error) from None


def read_stream(
    stream: BinaryIO, path: str, format_name: str, password: str | None, limits: Limits
) -> Source:
    """As ``read_as``, from an open file."""
    try:
        if format_name == "zip":
            package = Package(stream, limits)
            format_name = sniff_package(package.names(), package.read)
            if format_name == "archive" and package.locked:
                raise ReadError(ENCRYPTED, case="archive")
            if format_name == "archive" and len(package.names()) > MOST_MEMBERS:
                raise over("parts", len(package.names()), MOST_MEMBERS)
            package_reader: PackageReader = _function(PACKAGE_READERS, format_name)
            if format_name in ("xlsx", "docx") and is_opinion(package):
                return only_mark(path, format_name)
            return package_reader(package, path, limits)
        if format_name == "ole2":
            format_name = sniff_ole(stream)
            stream.seek(0)
        if format_name == "encrypted":
            return _read_encrypted(stream, path, password, limits)
        reader: Reader = _function(READERS, format_name)
        return reader(stream, path, limits, password)
    except ReadError as error:
        error.format_name = error.format_name or format_name
        raise
    except NotImplementedError as error:  # zipfile: a part is packed in a way that it does not know
        raise ReadError(CORRUPT, case="refused", reason=str(error) or type(error).__name__) from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise ReadError(CORRUPT, reason=str(error) or type(error).__name__) from None


def _function(table: dict[str, str], format_name: str) -> Any:
    """The reader of a format, imported now. Raises ``ReadError`` when there is none."""
    if format_name == "image":
        raise ReadError(PICTURES_ONLY)
    if format_name in ("uof", "odf"):
        raise ReadError(UNKNOWN_FORMAT, case="convert", looks_like=format_name)
    if format_name not in table:
        raise ReadError(UNKNOWN_FORMAT, looks_like=format_name)
    module, _, function = table[format_name].partition(":")
    return getattr(import_module(f"perfgoals_lint.readers.{module}"), function)


def _read_encrypted(stream: BinaryIO, path: str, password: str | None, limits: Limits) -> Source:
    """An OOXML package inside an encrypted OLE2 container."""
    if password is None:
        raise ReadError(ENCRYPTED)
    from perfgoals_lint.readers.crypto import decrypt

    plain = BytesIO(decrypt(stream, password))
    return read_stream(plain, path, sniff(plain.getbuffer()[:HEAD_BYTES].tobytes()), None, limits)
