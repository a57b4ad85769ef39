"""In which order and by whom files are checked: from the cache, here, or by worker processes; always in the same order."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import islice
from typing import TYPE_CHECKING

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.outcome import DocumentInfo, PrintedLines
from perfgoals_lint.lint.records import FileResult, Unchanged
from perfgoals_lint.runner.discover import FoundFile
from perfgoals_lint.runner.jobs import Checker, CheckOptions, Job

if TYPE_CHECKING:
    from concurrent.futures import Future

    from perfgoals_lint.runner.cache import Cache
    from perfgoals_lint.runner.pool import Pool
    from perfgoals_lint.runner.stamps import Seen

_PROBATION = 0.7
"""Seconds of checking here after which it is known what the rest will take."""
_WORTH = 1.5
"""Seconds of work left from which processes, which take a while to start, pay."""
MOST_AT_ONCE = 100
"""Results to ask the cache for at a time."""
_AHEAD = 8
"""Files in work for each process; more would only fill memory."""


class Schedule:
    """Checks the files of a run with the settings' number of processes and its cache.

    ``in_lines``, where a run is printed in lines, says of which files the kept lines may be taken in place of findings.
    """

    def __init__(self, books: Books, settings: Settings) -> None:
        self._settings = settings
        self._checker = Checker(books, CheckOptions.of(settings))
        self.in_lines: Callable[[Plan, str], bool] | None = None
        self._cache: Cache | None = None
        self._unprinted: dict[str, tuple[Seen, bytes]] = {}
        self._spent = 0.0
        self._checked = 0

    def results(
        self,
        files: Iterable[FoundFile],
        plan_of: Callable[[str], Plan],
        collect: Callable[[FileResult], None] | None = None,
    ) -> Iterator[tuple[Plan, FileResult]]:
        """Every file's plan and result, in the order of the files; ``collect`` is given those of files that are looked
        at together."""
        cache = self._cache = self._open_cache()
        pool: Pool | None = None
        waiting: deque[tuple[Plan, FileResult | Future[FileResult], bytes | None]] = deque()
        files = files if isinstance(files, Sized) else list(files)
        left = len(files)
        try:
            for job, plan, key, known in self._known(files, plan_of, cache):
                pool = pool or self._pool(left)
                left -= 1
                if known is not None:
                    waiting.append((plan, known, None))
                elif pool and plan.against is None:  # last year's tables are known to this process only
                    waiting.append((plan, pool.submit(job, plan), key))
                else:
                    waiting.append((plan, self._here(job, plan), key))
                while waiting and (pool is None or len(waiting) > _AHEAD * pool.width):
                    yield _collected(*_finished(*waiting.popleft(), cache), collect)
            while waiting:
                yield _collected(*_finished(*waiting.popleft(), cache), collect)
        finally:
            if pool:
                pool.close()
            if cache:
                cache.close()
            self._cache = None

    def keep(self, path: str, lines: PrintedLines) -> None:
        """Keep the lines that were printed of a file whose result has just been given out."""
        noted = self._unprinted.pop(path, None)
        if noted and self._cache:
            self._cache.note(*noted, lines, self._settings.lang)

    def _known(
        self, files: Iterable[FoundFile], plan_of: Callable[[str], Plan], cache: Cache | None
    ) -> Iterator[tuple[Job, Plan, bytes | None, FileResult | None]]:
        """Every file with its plan, the key of its result, and the result where the cache has it; it is asked for many
        at a time, the first ones in smaller numbers so that a run has something to show."""
        ahead = iter(files)
        number = 1
        while some := list(islice(ahead, number)):
            jobs = [Job(found.path, found.shown, found.named) for found in some]
            pairs = [(job, plan_of(job.display)) for job in jobs]
            if cache is None:
                yield from ((job, plan, None, None) for job, plan in pairs)
            else:
                yield from self._cached(pairs, cache)
            number = min(2 * number, MOST_AT_ONCE)

    def _cached(
        self, pairs: list[tuple[Job, Plan]], cache: Cache
    ) -> Iterator[tuple[Job, Plan, bytes | None, FileResult | None]]:
        in_lines = self.in_lines
        keys: list[bytes | None] = []
        unchanged: dict[int, FileResult] = {}
        for at, ((job, plan), seen) in enumerate(zip(pairs, cache.seen(pairs), strict=True)):
            if plan.against is not None:
                keys.append(None)
                continue
            printed = seen.printed(self._settings.lang) if in_lines and in_lines(plan, job.display) else None
            if printed is not None and seen.key is not None:
                cache.unread(seen.key, seen.used)
                info = DocumentInfo(job.display, printed.format, tables=printed.tables)
                unchanged[at] = Unchanged(info, lines=printed)
                keys.append(None)
                continue
            key = seen.key or cache.key(job, plan)
            keys.append(key)
            if key and seen.stamp and seen.key is None:
                cache.note(seen, key)
            if key and seen.stamp and in_lines:
                self._unprinted[job.display] = seen, key
        known = cache.get([(key, job) for key, (job, _) in zip(keys, pairs, strict=True)])
        for at, ((job, plan), key, result) in enumerate(zip(pairs, keys, known, strict=True)):
            yield job, plan, key, unchanged.get(at, result)

    def _here(self, job: Job, plan: Plan) -> FileResult:
        started = time.perf_counter()
        result = self._checker.check(job, plan)
        self._spent += time.perf_counter() - started
        self._checked += 1
        return result

    def _pool(self, left: int) -> Pool | None:
        """A pool, when one was asked for, or when the work so far says that the rest is worth it."""
        wanted = self._settings.jobs
        if wanted == "auto":
            if self._spent < _PROBATION or left * self._spent < _WORTH * self._checked:
                return None
            width = processors()
        else:
            width = wanted
        if width < 2 or left < 2:
            return None
        from perfgoals_lint.runner.pool import Pool

        return Pool(min(width, left), self._checker)

    def _open_cache(self) -> Cache | None:
        # What a password has opened is not left lying about.
        if not self._settings.cache or self._settings.timed or self._settings.passwords:
            return None
        from perfgoals_lint.runner.cache import Cache

        kinds = "converted" * self._settings.convert + "printed" * self._settings.printed
        return Cache(kinds, self._settings.cache_bytes, self._settings.results)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _collected(
    plan: Plan, result: FileResult, collect: Callable[[FileResult], None] | None
) -> tuple[Plan, FileResult]:
    if collect is not None and plan.across:
        collect(result)
    return plan, result


def _finished(
    plan: Plan, result: FileResult | Future[FileResult], key: bytes | None, cache: Cache | None
) -> tuple[Plan, FileResult]:
    done = result if isinstance(result, FileResult) else result.result()
    if cache and key and not done.info.unreadable:
        cache.put(key, done)
    return plan, done
