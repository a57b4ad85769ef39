"""Opening Office files that have a password; needs the optional component ``crypto``."""

import io
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, NEEDS_EXTRA, WRONG_PASSWORD, ReadError

Opened = TypeVar("Opened")


def opened(data: bytes, password: str | None, load: Callable[[bytes], Opened]) -> Opened:
    """What is loaded of a file; where that asks for a password, of the file decrypted. Raises ``ReadError``."""
    try:
        return load(data)
    except ReadError as error:
        if error.code != ENCRYPTED or password is None:
            raise
    try:
        return load(decrypt(io.BytesIO(data), password))
    except ReadError as error:
        raise ReadError(WRONG_PASSWORD) if error.code == ENCRYPTED else error from None


def decrypt(stream: BinaryIO, password: str) -> bytes:
    """The decrypted file. Raises ``ReadError`` for a wrong password, and when the component is not installed."""
    try:
        import msoffcrypto
        from msoffcrypto import exceptions
    except ImportError:
        raise ReadError(NEEDS_EXTRA, extra="crypto") from None
    plain = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=password)
        office.decrypt(plain)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError):
        raise ReadError(WRONG_PASSWORD) from None
    except exceptions.FileFormatError as error:
        raise ReadError(CORRUPT, reason=error) from None
    return plain.getvalue()
