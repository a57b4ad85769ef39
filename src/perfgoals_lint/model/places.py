"""Places in a file, and what could not be read or trusted there."""

from dataclasses import dataclass
from dataclasses import field as member


@dataclass(slots=True, unsafe_hash=True)
class Location:
    """A place in a file; only the members that fit the carrier are set, once: places are keys, and there are so many
    that a frozen class, whose members are set one call each, costs too much.

    ``sheet`` and ``cell`` (``B12``) for spreadsheets; ``table``, ``row``, ``column`` for word-processor files, HTML and
    CSV; ``page`` and ``bbox`` (x0, y0, x1, y1 in points) for PDF and OFD; ``line`` and ``column`` (in characters) for
    text. Numbers are 1-based.
    """

    path: str
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    line: int | None = None


@dataclass(slots=True)
class Problem:
    """Something that could not be read, recognised or trusted: a ``PGX`` code and the arguments of its message."""

    code: str
    location: Location
    args: dict[str, str] = member(default_factory=dict)
    others: list[Location] = member(default_factory=list)
    """Further places of the same."""


def cell_name(row: int, column: int) -> str:
    """The name of a cell of a sheet by its 0-based row and column: ``B12``."""
    return f"{column_letters(column)}{row + 1}"


def cell_place(name: str) -> tuple[int, int] | None:
    """The 0-based row and column of ``B12``; ``None`` of what names no cell."""
    letters = name.rstrip("0123456789")
    if not (0 < len(letters) < 4 and letters.isascii() and letters.isalpha() and letters.isupper()):
        return None
    if not 0 < len(name) - len(letters) < 8:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]) - 1, column - 1


def column_letters(index: int) -> str:
    """The spreadsheet letters of a 0-based column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
