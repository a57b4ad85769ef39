"""What a worker does: it fetches the files of a batch as bytes, asks the caches, and has its processes check the rest.

Readers and rules run in processes of their own (:class:`perfgoals_lint.runner.pool.Pool`), as on a single machine: a file
that makes one crash or hang costs that file, and the worker, its connection and the other files go on.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.files.archives import home
from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.last_year import Key, keys_of
from perfgoals_lint.lint.records import FileResult, pack, tables_of, tables_text
from perfgoals_lint.runner.cache import Cache
from perfgoals_lint.runner.distributed.errors import DiffersError
from perfgoals_lint.runner.distributed.shared_cache import SharedCache
from perfgoals_lint.runner.jobs import Checker, CheckOptions, Job
from perfgoals_lint.runner.pool import Pool
from perfgoals_lint.version import __version__

_FETCHERS = 8
"""Files of a batch that are fetched at a time: waiting for a store takes longer than checking."""
_MOST_STATIONS = 2


class Setup(NamedTuple):
    """What holds for all files of a run. ``version`` is that of the program which asks."""

    version: str
    options: CheckOptions = CheckOptions()
    cache: bool = False
    cache_bytes: int | None = None
    shared_cache: str | None = None


class Item(NamedTuple):
    """A file to check: its path, the path that messages show, was it named, the key of its plan, its size where it lies
    in a file system (of an archive, for a file inside it), and what is known of last year's projects."""

    path: str
    display: str
    named: bool
    plan: str
    size: int | None
    previous: str = ""

    @property
    def job(self) -> Job:
        """The file as it is checked."""
        return Job(self.path, self.display, self.named)


class _Station:
    """The processes and rulebooks of this worker for one setup. ``busy`` counts the batches in work."""

    def __init__(self, setup: Setup, width: int) -> None:
        self.books = Books()
        self.checker = Checker(self.books, setup.options)
        self.pool = Pool(width, self.checker)
        self.busy = 0


_stations: dict[Setup, _Station] = {}
_lock = threading.Lock()


@contextmanager
def _station(setup: Setup) -> Iterator[_Station]:
    """This worker's processes for a setup; those of another one that nobody uses any more are ended."""
    with _lock:
        station = _stations.pop(setup, None) or _Station(setup, _width())
        _stations[setup] = station
        station.busy += 1
        idle = [one for one in _stations if not _stations[one].busy]
        for one in idle[: max(0, len(_stations) - _MOST_STATIONS)]:
            _stations.pop(one).pool.close()
    try:
        yield station
    finally:
        with _lock:
            station.busy -= 1


@atexit.register
def _close() -> None:
    while _stations:
        _stations.popitem()[1].pool.close()


def _width() -> int:
    """How many files the worker may check at a time: its number of threads."""
    from distributed import get_worker

    try:
        return int(get_worker().state.nthreads)
    except ValueError:  # called outside a worker
        return 1


def checked(
    items: Sequence[Item], plans: Mapping[str, Mapping[str, Any]], setup: Setup
) -> list[bytes | None]:
    """The packed result of each file; ``None`` for one that this machine does not have as the asking one has it.

    Raises :class:`perfgoals_lint.runner.distributed.errors.DiffersError`.
    """
    with _station(setup) as station, ExitStack() as stack:
        known = _plans(station, plans, setup)
        opened = _opened(station, items, known, stack)
        cache = _cache(setup)
        stack.callback(cache.close) if cache is not None else None
        shared = SharedCache(setup.shared_cache) if cache is not None and setup.shared_cache else None
        done = _checked(station, items, opened, known, cache, shared)
        return [pack(one) if one is not None else None for one in done]


def _checked(
    station: _Station,
    items: Sequence[Item],
    opened: Sequence[Job | FileResult | None],
    plans: Mapping[str, Plan],
    cache: Cache | None,
    shared: SharedCache | None,
) -> list[FileResult | None]:
    """The results of the files that are at hand, from the caches where these have them."""
    keys: list[bytes | None] = [None] * len(items)
    running: list[Future[FileResult] | FileResult | None] = []
    for number, (item, job) in enumerate(zip(items, opened, strict=True)):
        plan = plans[item.plan]
        if not isinstance(job, Job):
            running.append(job)
            continue
        if cache is not None and plan.against is None:
            key = keys[number] = cache.key(job, plan)
            (found,) = cache.get([(key, job)])
            if found is None and shared is not None and key is not None:
                found = shared.get(key)
            if found is not None:
                running.append(found)
                continue
        running.append(station.pool.submit(job, plan, item.previous))
    results: list[FileResult | None] = []
    for key, one in zip(keys, running, strict=True):
        result = one.result() if isinstance(one, Future) else one
        if key is not None and result is not None and isinstance(one, Future) and not result.info.unreadable:
            assert cache is not None
            cache.put(key, result)
            if shared is not None:
                shared.put(key, result)
        results.append(result)
    return results


def tables(
    items: Sequence[Item], plans: Mapping[str, Mapping[str, Any]], setup: Setup
) -> list[list[tuple[list[Key], str]] | None]:
    """Of each file the tables as year-on-year rules need them, each with what identifies its project; ``None`` as in
    :func:`checked`."""
    with _station(setup) as station, ExitStack() as stack:
        known = _plans(station, plans, setup)
        opened = _opened(station, items, known, stack)
        waiting = [
            station.pool.tables(job, known[item.plan]) if isinstance(job, Job) else job
            for item, job in zip(items, opened, strict=True)
        ]
        made: list[list[tuple[list[Key], str]] | None] = []
        for one in waiting:
            if one is None:
                made.append(None)
                continue
            text = one.result() if isinstance(one, Future) else ""
            made.append([(keys_of(table), tables_text([table])) for table in tables_of(text)])
        return made


def keys(
    items: Sequence[Item], plans: Mapping[str, Mapping[str, Any]], setup: Setup
) -> list[list[list[Key]] | None]:
    """Of each file what identifies the projects in it; ``None`` as in :func:`checked`."""
    found = tables(items, plans, setup)
    return [[own for own, _ in one] if one is not None else None for one in found]


def _plans(station: _Station, rows: Mapping[str, Mapping[str, Any]], setup: Setup) -> dict[str, Plan]:
    """The plans of a batch. Raises ``DiffersError`` where this machine would check otherwise than they say."""
    if setup.version != __version__:
        raise DiffersError(__version__, setup.version)
    plans = {key: Plan.of_row(row) for key, row in rows.items()}
    for plan in plans.values():
        try:
            digest = station.books.of(plan.packs, plan.plugins).digest
        except ValueError as error:
            raise DiffersError(str(error), plan.digest) from None
        if digest != plan.digest:
            raise DiffersError(digest, plan.digest)
    return plans


def _opened(
    station: _Station, items: Sequence[Item], plans: Mapping[str, Plan], stack: ExitStack
) -> list[Job | FileResult | None]:
    """Each file on this machine, for as long as the stack is open: fetched where it lies elsewhere; its result where it
    cannot be had; ``None`` where it lies in a file system that is not this one."""

    def opened(item: Item) -> Job | FileResult | None:
        if not is_address(item.path) and size_of(item.path) != item.size:
            return None
        return stack.enter_context(station.checker.at_hand(item.job, plans[item.plan]))

    if not any(is_address(item.path) for item in items):
        return list(map(opened, items))
    with ThreadPoolExecutor(_FETCHERS, thread_name_prefix="fetch") as fetchers:
        return list(fetchers.map(opened, items))


def size_of(path: str) -> int | None:
    """The size by which two machines tell that they see one file (of an archive, for a file inside it)."""
    try:
        return os.path.getsize(home(path))
    except OSError:
        return None


def _cache(setup: Setup) -> Cache | None:
    """This machine's own cache."""
    if not setup.cache:
        return None
    kinds = "converted" * setup.options.convert + "printed" * setup.options.printed
    return Cache(kinds, setup.cache_bytes)
