"""From a path to what the document says."""

from collections.abc import Sequence

from perfgoals_lint import readers
from perfgoals_lint.extraction.empty_boxes import note_labels
from perfgoals_lint.files.contents import NotAFileError, TooLargeError, contents, is_address
from perfgoals_lint.model import Directive, Document, Grid, Location, Problem, Source
from perfgoals_lint.readers.limits import FORMULA_WITHOUT_VALUE, PICTURES_ONLY, Limits, ReadError
from perfgoals_lint.remote import on_disk
from perfgoals_lint.tables.items import may_list
from perfgoals_lint.tables.recognise import complete_rows, recognise

NOT_FETCHED = "PGX160"
FAILED = "PGX204"
"""An error of this program, not of the file."""


def extract_file(
    path: str,
    display: str | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    convert: bool = False,
) -> Document:
    """The goal tables of one file, which may lie at an address. Never raises: what could not be fetched, read or
    recognised is in ``problems``, and an error of this program costs the file, not the run.

    ``passwords`` are tried on a file that asks for one; ``convert`` lets LibreOffice try what no reader can read.
    """
    shown = path if display is None else display
    try:
        if not is_address(path):
            return extract_with_comments(path, display, limits, passwords, convert)[0]
        return _fetched(path, shown, limits, passwords, convert)
    except Exception as error:
        problem = Problem(FAILED, Location(shown), {"error": failure(error)})
        return Document(shown, "unknown", problems=[problem])


def _fetched(
    path: str, shown: str, limits: Limits | None, passwords: Sequence[str], convert: bool
) -> Document:
    """The goal tables of a file that lies at an address."""
    most = (limits or Limits()).file_bytes
    try:
        with on_disk(path, most) as local:
            return extract_with_comments(local, shown, limits, passwords, convert)[0]
    except (OSError, TooLargeError) as error:
        return Document(shown, "unknown", problems=[not_fetched(error, shown, most)])


def failure(error: Exception) -> str:
    """What a message says of an error of this program that one file ran into."""
    return f"{type(error).__name__}: {error}"


def not_fetched(error: OSError | TooLargeError, shown: str, most: int) -> Problem:
    """Why the file at an address cannot be read; ``most`` is what it may have in bytes."""
    place = Location(shown)
    if isinstance(error, TooLargeError):
        return Problem(readers.TOO_LARGE, place, {"size": str(error.size), "allowed": str(most)})
    if isinstance(error, FileNotFoundError):
        return Problem(readers.MISSING, place, {"path": shown})
    if isinstance(error, PermissionError):
        return Problem(readers.NOT_PERMITTED, place, {"path": shown})
    return Problem(NOT_FETCHED, place, {"reason": str(error)})


def extract_with_comments(
    path: str,
    display: str | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    convert: bool = False,
    read: list[Source] | None = None,
) -> tuple[Document, list[Directive]]:
    """The goal tables of one file and the inline comments of a text carrier, which are no part of what it says.

    The dump of a project list may look like delimited text, whose sub-total rows and blank columns a grid cannot tell:
    such text is read as lines too, and a list that explains as many indicators counts. ``read`` is given what was read,
    the source that the document comes from last.
    """
    from perfgoals_lint.readers.directives import take_comments

    source = readers.read(path, display, limits, passwords)
    if convert and not source.blocks:
        from perfgoals_lint.readers.convert import read_converted

        source = read_converted(source, path, limits or Limits())
    comments = take_comments(source, path)
    document = _recognised(source)
    text = _marked_text(path, document.format, source.raw, limits)
    if text is not None:
        from perfgoals_lint.readers.conflicts import conflicts
        from perfgoals_lint.readers.directives import comments_of

        document.problems += conflicts(text, document.path)
        comments += comments_of(text)
    if document.format == "csv" and any(
        may_list(block) for block in source.blocks if isinstance(block, Grid)
    ):
        lines = readers.read(path, display, limits, plain=True)
        line_comments = take_comments(lines, path)
        listed = _recognised(lines)
        whole = listed.layout == "project-list" or not document.tables
        if whole and complete_rows(listed) >= max(complete_rows(document), 1):
            listed.problems += [one for one in document.problems if one.code == "PGX310"]
            if read is not None:
                read.append(lines)
            return listed, line_comments + [one for one in comments if one.kind != "ignore"]
    if read is not None:
        read.append(source)
    return document, comments


def _recognised(source: Source) -> Document:
    """The document of a source, with what no table can say: its unread parts and its formulas without a value."""
    document = recognise(source)
    if document.layout != "authoring":  # it says itself which of its boxes are empty
        note_labels(document, source)
    if source.parts:
        from perfgoals_lint.extraction.parts import part_problems, pictured, unread_parts

        document.parts_unread = unread_parts(source.parts)
        told = {problem.code for problem in document.problems}
        parts = [
            part for part in document.parts_unread if part.what != "picture" or PICTURES_ONLY not in told
        ]
        document.problems[:] = [pictured(problem, source, parts) for problem in document.problems]
        document.problems += part_problems(parts, source.path)
    if any(problem.code == FORMULA_WITHOUT_VALUE for problem in source.problems):
        from perfgoals_lint.extraction.unknown import mark_unknown

        mark_unknown(document, source)
    return document


def _marked_text(path: str, kind: str, raw: bytes | None, limits: Limits | None) -> str | None:
    """The text of a text carrier that holds a comment for this tool or a mark of a merge; ``None`` for any other."""
    from perfgoals_lint.readers.conflicts import may_conflict
    from perfgoals_lint.readers.directives import TEXT_FORMATS, may_comment

    if kind not in TEXT_FORMATS:
        return None
    data = _bytes(path, limits) if raw is None else raw
    if not (may_comment(data) or may_conflict(data)):
        return None
    from perfgoals_lint.readers.text import decode

    try:
        return decode(data)
    except ReadError:
        return None


def _bytes(path: str, limits: Limits | None) -> bytes:
    """The bytes of a file that was read elsewhere; none where they cannot be had any more."""
    try:
        return contents(path, (limits or Limits()).file_bytes)
    except (OSError, ValueError, NotAFileError, TooLargeError):
        return b""
