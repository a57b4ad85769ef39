"""What a reader of a foreign format may use up, and the one exception that says a file cannot be read.

The figures bound what a hostile file can cost; a budget unit's real documents stay far below all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_lint.files.archives import ArchiveError

MEGABYTE = 1 << 20


@dataclass(slots=True, frozen=True)
class Limits:
    """Bounds for one file. Sizes in bytes, ``seconds`` of wall time, ``ratio`` of unpacked to packed size.

    ``ratio`` is only asked of parts over ``ratio_floor`` bytes: small parts of blanks pack very well. ``characters``
    bounds the shown text of all cells together, which shared strings can multiply.
    """

    file_bytes: int = 100 * MEGABYTE
    part_bytes: int = 200 * MEGABYTE
    total_bytes: int = 500 * MEGABYTE
    ratio: int = 200
    ratio_floor: int = 10 * MEGABYTE
    parts: int = 20_000
    sheets: int = 5_000
    cells: int = 1_000_000
    characters: int = 50_000_000
    pages: int = 10_000
    page_objects: int = 200_000
    seconds: float = 60.0
    memory: int = 1024 * MEGABYTE
    answer_bytes: int = 300 * MEGABYTE


class ReadError(Exception):
    """The file, or a named part of it, cannot be read: a ``PGX`` code and the arguments of its message."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code, args)
        self.code = code
        self.args_shown = {name: str(value) for name, value in args.items()}
        self.format_name: str | None = None
        """The format the file turned out to have, once that is known."""


ENCRYPTED = "PGX010"
WRONG_PASSWORD = "PGX011"
NEEDS_EXTRA = "PGX012"
LIMIT = "PGX013"
TIMEOUT = "PGX014"
READER_DIED = "PGX015"
CORRUPT = "PGX016"
UNKNOWN_FORMAT = "PGX006"
PART_UNREADABLE = "PGX018"
IMAGE_PAGE = "PGX020"
UNDECODABLE_PAGE = "PGX021"
PICTURES_ONLY = "PGX022"
SCANNED_COPY = "PGX023"
PARTS_UNREAD = "PGX037"
FORMULA_WITHOUT_VALUE = "PGX030"
HIDDEN_SHEET = "PGX031"
HIDDEN_ROWS = "PGX032"
FAINT = "PGX136"
HIDDEN_COLUMNS = "PGX033"
FORMATS_UNKNOWN = "PGX034"
REVISIONS = "PGX035"
HIDDEN_TEXT = "PGX036"


def over(limit: str, value: object, allowed: object) -> ReadError:
    """The error for a file that goes over the limit of that name."""
    return ReadError(LIMIT, limit=limit, value=value, allowed=allowed)


def refused_member(error: ArchiveError) -> ReadError:
    """The same for a file inside an archive that cannot be read."""
    if error.state == "locked":
        return ReadError(ENCRYPTED, case="member")
    if error.state == "damaged":
        return ReadError(CORRUPT, reason=error.args_shown["reason"])
    limit = {"too_large": "file_bytes", "ratio": "ratio", "too_many": "parts"}[error.state]
    return ReadError(LIMIT, limit=limit, **error.args_shown)
