"""Opening Office files that have a password; needs the optional component ``crypto``."""

import io
from typing import BinaryIO

from perfgoals_lint.readers.limits import CORRUPT, NEEDS_EXTRA, WRONG_PASSWORD, ReadError


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
