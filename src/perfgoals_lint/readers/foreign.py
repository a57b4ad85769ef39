"""Reading foreign formats, whose libraries can be killed by a kilobyte, in a process that is watched: in one that is kept
for this, or here where this process is itself a watched one."""

import atexit
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import Any

from perfgoals_lint.model import Grid, Location, Problem, Source, TextBlock, packed, unpacked
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, WRONG_PASSWORD, Limits, over
from perfgoals_lint.readers.process import Process
from perfgoals_lint.readers.worker import Unread, WatchedReader, lost

_START = 30.0
"""Seconds that a process may take to start, on a busy machine."""
_process: Process | None = None
_here: WatchedReader | None = None


def read_here(reading: WatchedReader) -> None:
    """Read foreign files in this process from now on, because another one watches it."""
    global _here
    _here = reading


def serving(reading: WatchedReader, _: None) -> Callable[..., tuple[Any, ...]]:
    """The service of the process that is kept for reading: packed sources, or why there is none."""

    def serve(
        path: str, format_name: str, password: str | None, limits: tuple[Any, ...], shown: str
    ) -> tuple[Any, ...]:
        answer = _bounded(reading(path, format_name, password, Limits(*limits), shown), Limits(*limits))
        return ("source", packed(answer)) if isinstance(answer, Source) else ("unread", *answer)

    return serve


def open_foreign(path: str, shown: str, format_name: str, passwords: Sequence[str], limits: Limits) -> Source:
    """Read a file of a foreign format, as ``sniff`` names it; ``shown`` is the path that places show.

    Never raises for what is in the file: a file that cannot be read is a ``Source`` with a problem and no blocks.
    Each password is tried on a file that asks for one.
    """
    full_path = os.path.abspath(path)
    ask = _elsewhere if _here is None else _in_this_process
    answer = ask(full_path, format_name, None, limits, shown)
    for password in passwords:
        if not isinstance(answer, Source) and answer[1] in (ENCRYPTED, WRONG_PASSWORD):
            answer = ask(full_path, format_name, password, limits, shown)
    if isinstance(answer, Source):
        return answer
    format_name, code, arguments = answer
    return Source(shown, format_name, problems=[Problem(code, Location(shown), arguments)])


def _in_this_process(
    path: str, format_name: str, password: str | None, limits: Limits, shown: str
) -> Source | Unread:
    assert _here is not None
    return _bounded(_here(path, format_name, password, limits, shown), limits)


def _elsewhere(
    path: str, format_name: str, password: str | None, limits: Limits, shown: str
) -> Source | Unread:
    global _process
    if _process is None or not _process.is_own:
        _process = Process(f"{__name__}:{serving.__name__}")
        atexit.register(_process.close)
    request = (path, format_name, password, astuple(limits), shown)
    reply = _process.ask(request, _START + limits.seconds, limits.seconds, limits.answer_bytes)
    if reply.message is None:
        return lost(format_name, limits, reply.late)
    try:
        what, *answer = reply.message
        if what == "source":
            return unpacked(Source, answer[0])
        name, code, arguments = answer
        return name, code, arguments
    except (TypeError, ValueError, LookupError):
        return format_name, CORRUPT, {"reason": "the reader's answer is damaged"}


def _bounded(answer: Source | Unread, limits: Limits) -> Source | Unread:
    """The answer, or that a source shows too much text: a thousand cells may share one huge string."""
    if not isinstance(answer, Source):
        return answer
    shown = sum(map(_characters, answer.blocks)) + sum(len(part.text or "") for part in answer.parts)
    if shown <= limits.characters:
        return answer
    error = over("characters", shown, limits.characters)
    return answer.format, error.code, error.args_shown


def _characters(block: TextBlock | Grid) -> int:
    if isinstance(block, TextBlock):
        return sum(len(line.text) for line in block.lines)
    return sum(len(cell.text) + sum(map(_characters, cell.nested)) for cell in block.cells)
