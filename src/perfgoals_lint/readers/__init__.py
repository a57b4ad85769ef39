"""Reading a file: its format is decided by content, and whatever is wrong with it becomes a problem, never an exception."""

import errno
from collections.abc import Sequence

from perfgoals_lint.files.archives import ArchiveError
from perfgoals_lint.files.contents import NotAFileError, TooLargeError, contents
from perfgoals_lint.model import Line, Location, Problem, Source, TextBlock
from perfgoals_lint.readers.handed_back import MARK, is_copy, is_page, take_reviews
from perfgoals_lint.readers.limits import Limits, ReadError, refused_member
from perfgoals_lint.readers.sniff import HEAD_BYTES, TEXT_FORMATS, sniff

MISSING = "PGX001"
NOT_PERMITTED = "PGX002"
EMPTY = "PGX003"
TOO_LARGE = "PGX004"
NOT_A_FILE = "PGX008"


def read(
    path: str,
    display: str | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    plain: bool = False,
) -> Source:
    """The content of a file as blocks of lines and grids; ``display`` is the path that places and messages show.

    ``passwords`` are tried on files that ask for one; ``plain`` reads delimited text as lines of text. Foreign formats
    are read in a worker process.
    Never raises on any file: what cannot be read comes back without blocks and with a problem that says why.
    """
    shown = path if display is None else display
    limits = limits or Limits()
    try:
        data = _load(path, shown, limits)
        kind = sniff(data[:HEAD_BYTES])
        # Text that sniffing calls binary may be UTF-16 without a mark; the text reader looks closer.
        if kind == "html" and is_page(data[:HEAD_BYTES]):
            source = Source(shown, kind, [TextBlock([Line(MARK, Location(shown))])])
        elif kind not in TEXT_FORMATS and kind != "binary":
            from perfgoals_lint.readers.foreign import open_foreign

            source = open_foreign(path, shown, kind, passwords, limits)
        else:
            source = _read_text("text" if plain else kind, data, shown, limits)
            source.raw = data
    except ReadError as error:
        problem = Problem(error.code, Location(shown), error.args_shown)
        return Source(shown, "unknown", problems=[problem])
    reviews = take_reviews(source)
    if reviews and not source.blocks and not is_copy(reviews):
        return source
    if not source.blocks and not source.problems:
        # A file in which a reader finds nothing at all must not pass for one without faults.
        source.problems.append(Problem(EMPTY, Location(shown), {"path": shown}))
    return source


def _read_text(kind: str, data: bytes, path: str, limits: Limits) -> Source:
    if kind == "csv":
        from perfgoals_lint.readers.csv import read_csv

        return read_csv(data, path, limits)
    if kind == "markdown":
        from perfgoals_lint.readers.markdown import read_markdown

        return read_markdown(data, path, limits)
    from perfgoals_lint.readers import text

    return text.read(data, path, limits)


def _load(path: str, shown: str, limits: Limits) -> bytes:
    """The bytes of a regular file, which errors call ``shown``. Raises ``ReadError`` with the code that fits."""
    try:
        data = contents(path, limits.file_bytes)
    except NotAFileError:
        raise ReadError(NOT_A_FILE, path=shown) from None
    except TooLargeError as error:
        raise ReadError(TOO_LARGE, size=error.size, allowed=limits.file_bytes) from None
    except ArchiveError as error:
        raise refused_member(error) from None
    except (OSError, ValueError) as error:
        refused = isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM)
        raise ReadError(NOT_PERMITTED if refused else MISSING, path=shown) from None
    if not data.strip():
        raise ReadError(EMPTY, path=shown)
    return data
