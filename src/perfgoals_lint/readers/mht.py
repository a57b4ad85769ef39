"""Web archives (.mht): the first HTML part of the mail message they are."""

import email
import email.policy
from typing import BinaryIO

from perfgoals_lint.model import Source
from perfgoals_lint.readers.html import read_html_bytes
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError, over


def read_mht(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """The blocks of the HTML parts, in order. Raises ``ReadError`` when the archive holds none."""
    message = email.message_from_bytes(stream.read(), policy=email.policy.compat32)
    source = Source(path, "mht")
    seen = 0
    for part in message.walk():
        seen += 1
        if seen > limits.parts:
            raise over("parts", seen, limits.parts)
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            page = read_html_bytes(data, path, limits, part.get_content_charset())
            source.blocks.extend(page.blocks)
            source.problems.extend(page.problems)
    if not source.blocks and not source.problems:
        raise ReadError(CORRUPT, reason="no HTML part")
    return source
