"""A progress bar on standard error, when that is a terminal and the work takes over a second."""

import sys
import time
from collections.abc import Iterator, Sequence

from perfgoals_lint.cli.wording import say
from perfgoals_lint.runner.discover import FoundFile


class Watched:
    """The files, one after the other, with a bar while a terminal user waits; elsewhere nothing is printed."""

    def __init__(self, files: Sequence[FoundFile]) -> None:
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[FoundFile]:
        started = time.monotonic()
        remaining = iter(self._files)
        for done, found in enumerate(remaining):
            if sys.stderr.isatty() and time.monotonic() - started > 1:
                yield from _with_bar(found, remaining, done, len(self))
                return
            yield found


def _with_bar(first: FoundFile, rest: Iterator[FoundFile], done: int, total: int) -> Iterator[FoundFile]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say("progress"), total=total, completed=done)
        yield first
        progress.advance(task)
        for found in rest:
            yield found
            progress.advance(task)
