"""Which reader reads which foreign format. Runs inside the worker; each reader is imported when it is needed."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import BinaryIO

from perfgoals_lint.model import Source
from perfgoals_lint.readers.limits import (
    CORRUPT,
    ENCRYPTED,
    PICTURES_ONLY,
    UNKNOWN_FORMAT,
    Limits,
    ReadError,
    over,
)
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff, sniff_container

Reader = Callable[[BinaryIO, str, Limits, str | None], Source]

READERS: dict[str, str] = {
    "xlsx": "xlsx:read_xlsx",
    "docx": "docx:read_docx",
    "word2003": "docx:read_word_xml",
    "html": "html:read_html",
    "pdf": "pdf:read_pdf",
    "xls": "xls:read_xls",
    "xml2003": "xml2003:read_xml2003",
    "ods": "ods:read_ods",
    "ofd": "ofd:read_ofd",
    "doc": "doc:read_doc",
    "mht": "mht:read_mht",
    "xlsb": "xlsb:read_xlsb",
}
"""Module and function by format name."""


def read_as(path: str, format_name: str, password: str | None, limits: Limits) -> Source:
    """Read a file of a format that ``sniff`` named. Raises ``ReadError``, or whatever a reader's library raises."""
    size = os.path.getsize(path)
    if size > limits.file_bytes:
        raise over("file_bytes", size, limits.file_bytes)
    with open(path, "rb") as stream:
        return read_stream(stream, path, format_name, password, limits)


def read_stream(
    stream: BinaryIO, path: str, format_name: str, password: str | None, limits: Limits
) -> Source:
    """As ``read_as``, from an open file."""
    try:
        if format_name in ("zip", "ole2"):
            format_name = sniff_container(stream, format_name)
            stream.seek(0)
        if format_name == "encrypted":
            return _read_encrypted(stream, path, password, limits)
        return _reader(format_name)(stream, path, limits, password)
    except ReadError as error:
        error.format_name = error.format_name or format_name
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError) as error:
        raise ReadError(CORRUPT, reason=str(error) or type(error).__name__) from None


def _reader(format_name: str) -> Reader:
    if format_name == "image":
        raise ReadError(PICTURES_ONLY)
    if format_name not in READERS:
        raise ReadError(UNKNOWN_FORMAT, looks_like=format_name)
    module, _, function = READERS[format_name].partition(":")
    reader: Reader = getattr(import_module(f"perfgoals_lint.readers.{module}"), function)
    return reader


def _read_encrypted(stream: BinaryIO, path: str, password: str | None, limits: Limits) -> Source:
    """An OOXML package inside an encrypted OLE2 container."""
    if password is None:
        raise ReadError(ENCRYPTED)
    from perfgoals_lint.readers.crypto import decrypt

    plain = BytesIO(decrypt(stream, password))
    return read_stream(plain, path, sniff(plain.getbuffer()[:HEAD_BYTES].tobytes()), None, limits)
