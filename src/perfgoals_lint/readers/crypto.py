"""Opening Office files that have a password; needs the optional component ``crypto``."""

from __future__ import annotations

import io
from typing import BinaryIO

from perfgoals_lint.readers.limits import CORRUPT, NEEDS_EXTRA, WRONG_PASSWORD, Limits, ReadError, over


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond a bound."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._most:
            raise over("file_bytes", self.tell(), self._most)
        return written


def decrypt(stream: BinaryIO, password: str, limits: Limits) -> bytes:
    """The decrypted file. Raises ``ReadError`` for a wrong password, and when the component is not installed."""
    try:
        import msoffcrypto
        from msoffcrypto import exceptions
    except ImportError:
        raise ReadError(NEEDS_EXTRA, extra="crypto") from None
    plain = _Bounded(limits.file_bytes)
    try:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=password)
        office.decrypt(plain)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError):
        raise ReadError(WRONG_PASSWORD) from None
    except exceptions.FileFormatError as error:
        raise ReadError(CORRUPT, reason=error) from None
    return plain.getvalue()
