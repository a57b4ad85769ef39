"""The asking side: files go out in batches to the workers of a Dask scheduler, and results come back in order.

A batch whose worker dies is given to another one by the scheduler. A batch that makes several workers die is given out
again file by file, until the one file is known that does it. Only so many batches are out at a time as the workers have
use for, so that memory does not grow with the number of files.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.last_year import keys_of
from perfgoals_lint.lint.records import FileResult, tables_of, tables_text, unpack
from perfgoals_lint.runner.discover import FoundFile, find
from perfgoals_lint.runner.distributed import work
from perfgoals_lint.runner.distributed.errors import DiffersError, SchedulerError
from perfgoals_lint.runner.distributed.work import Item, Setup
from perfgoals_lint.runner.distributed.year_index import YearIndex
from perfgoals_lint.runner.jobs import WORKER_DIED, Checker, CheckOptions, previous_text
from perfgoals_lint.version import __version__

if TYPE_CHECKING:
    from distributed import Client

MOST_IN_A_BATCH = 32
_AHEAD = 3
"""Batches that are out for each thread of the workers."""
_RETRIES = 3
_CONNECT = 10
"""Seconds to wait for the scheduler."""
_PATIENCE = 60
"""Seconds to wait for a worker where there is none."""
_LOOK = 5
"""Seconds between two looks at whether there still are workers."""

Collect = Callable[[FileResult], None]
Planned = tuple[Plan, FileResult]


class _Batch(NamedTuple):
    """Files that went out together, and the future of what is asked about them."""

    items: list[Item]
    plans: dict[str, Plan]
    answer: Any


class Distributed:
    """Checks the files of a run on the workers of a scheduler; stands in for
    :class:`perfgoals_lint.runner.schedule.Schedule`."""

    def __init__(self, books: Books, settings: Settings) -> None:
        self._address = str(settings.scheduler)
        options = CheckOptions.of(settings)
        cached = settings.cache and not settings.timed and not settings.passwords
        self._setup = Setup(__version__, options, cached, settings.cache_bytes, settings.shared_cache)
        self._checker = Checker(books, options)
        self._years: dict[str, YearIndex] = {}
        self._threads = 0
        self._looked = 0.0

    def results(
        self, files: Iterable[FoundFile], plan_of: Callable[[str], Plan], collect: Collect | None = None
    ) -> Iterator[Planned]:
        """Every file's plan and result, in the order of the files; ``collect`` is given those of files that are looked
        at together. Raises :class:`perfgoals_lint.runner.distributed.errors.SchedulerError`."""
        with _connected(self._address) as client, _said(self._address):
            asked = self._asked(client, files, plan_of)
            for plan, result in self._answered(client, self._with_last_year(client, asked)):
                if collect is not None and plan.across:
                    collect(result)
                yield plan, result

    def _asked(
        self, client: Client, files: Iterable[FoundFile], plan_of: Callable[[str], Plan]
    ) -> Iterator[_Batch]:
        """The files in batches, the first ones small so that a run has something to show; those that are compared with
        last year are first asked for their projects."""
        remaining = iter(files)
        number = 1
        while some := list(islice(remaining, number)):
            plans = {plan.key: plan for plan in (plan_of(found.shown) for found in some)}
            items = [_item(found, plan_of(found.shown)) for found in some]
            for plan in plans.values():
                if plan.against is not None and plan.against not in self._years:
                    self._years[plan.against] = self._last_year(client, plan)
            compared = any(plan.against is not None for plan in plans.values())
            yield _Batch(items, plans, self._submit(client, work.keys, items, plans) if compared else None)
            number = min(2 * number, MOST_IN_A_BATCH)

    def _with_last_year(self, client: Client, batches: Iterable[_Batch]) -> Iterator[_Batch]:
        """The batches as they go out to be checked, with those tables of last year that their projects continue."""
        ahead: deque[_Batch] = deque()
        for batch in batches:
            ahead.append(batch)
            if batch.answer is None or len(ahead) > self._most(client):
                yield self._checking(client, ahead.popleft())
        while ahead:
            yield self._checking(client, ahead.popleft())

    def _checking(self, client: Client, batch: _Batch) -> _Batch:
        items = batch.items
        if batch.answer is not None:
            known = self._told(client, batch)
            items = [
                item._replace(previous=self._previous(batch.plans[item.plan], known[number]))
                for number, item in enumerate(items)
            ]
        return _Batch(items, batch.plans, self._submit(client, work.checked, items, batch.plans))

    def _told(self, client: Client, batch: _Batch) -> list[Any]:
        """What is told of each file, ``None`` where no worker could tell."""
        try:
            found: list[Any] = self._wait(client, batch.answer)
        except _WorkerDied:
            return [None] * len(batch.items)
        return found

    def _previous(self, plan: Plan, projects: list[Any] | None) -> str:
        """Last year's tables of some projects, as text; all of these are looked up here."""
        if plan.against is None or projects is None:
            return ""
        index = self._years[plan.against]
        keys = dict.fromkeys(tuple(key) for project in projects for key in project)
        return previous_text((key, text) for key in keys if (text := index.table(key)) is not None)

    def _last_year(self, client: Client, plan: Plan) -> YearIndex:
        """The tables of last year, read by the workers, by what identifies their projects."""
        index, plans = YearIndex(), {plan.key: plan}
        remaining = find([str(plan.against)])
        asked = (
            _Batch(items, plans, self._submit(client, work.tables, items, plans))
            for items in iter(lambda: [_item(one, plan) for one in islice(remaining, MOST_IN_A_BATCH)], [])
        )
        for batch in self._in_turn(client, asked):
            for item, tables in zip(batch.items, self._told(client, batch), strict=True):
                index.add(tables if tables is not None else self._tables_here(item, plan))
        return index

    def _tables_here(self, item: Item, plan: Plan) -> list[Any]:
        text = self._checker.tables(item.job, plan)
        return [(keys_of(table), tables_text([table])) for table in tables_of(text)]

    def _answered(self, client: Client, batches: Iterable[_Batch]) -> Iterator[Planned]:
        """The results of the batches in their order."""
        for batch in self._in_turn(client, batches):
            yield from self._taken(client, batch)

    def _in_turn(self, client: Client, batches: Iterable[_Batch]) -> Iterator[_Batch]:
        """The batches in their order, each when the next ones are out."""
        waiting: deque[_Batch] = deque()
        for batch in batches:
            waiting.append(batch)
            while len(waiting) > self._most(client):
                yield waiting.popleft()
        yield from waiting

    def _taken(self, client: Client, batch: _Batch) -> Iterator[Planned]:
        try:
            packed = self._wait(client, batch.answer)
        except _WorkerDied:
            yield from self._apart(client, batch)
            return
        for item, one in zip(batch.items, packed, strict=True):
            plan = batch.plans[item.plan]
            # A file that no worker has as it is here (a temporary one, say) is checked here.
            result = unpack(one) if one is not None else self._checker.check(item.job, plan, item.previous)
            yield plan, result

    def _apart(self, client: Client, batch: _Batch) -> Iterator[Planned]:
        """The results of a batch that made workers die, file by file."""
        if len(batch.items) == 1:
            (item,) = batch.items
            plan = batch.plans[item.plan]
            yield plan, self._checker.failed(item.job, plan, WORKER_DIED)
            return
        for item in batch.items:
            one = _Batch([item], batch.plans, self._submit(client, work.checked, [item], batch.plans))
            yield from self._taken(client, one)

    def _submit(
        self, client: Client, asked: Callable[..., Any], items: Sequence[Item], plans: dict[str, Plan]
    ) -> Any:
        rows = {key: plan.row() for key, plan in plans.items()}
        # Not pure: a file may have changed since somebody asked the same.
        return client.submit(asked, items, rows, self._setup, pure=False, retries=_RETRIES)

    def _most(self, client: Client) -> int:
        """How many batches may be out, told by the workers that there are now."""
        now = time.monotonic()
        if now - self._looked > _LOOK or not self._threads:
            self._looked = now
            self._threads = sum(client.nthreads().values())
        return _AHEAD * max(1, self._threads)

    def _wait(self, client: Client, answer: Any) -> Any:
        """What a future holds. Raises :class:`_WorkerDied` when workers died of it, and ``SchedulerError`` when there
        has been no worker for a while, or when one differs from this process."""
        from distributed import TimeoutError as Late
        from distributed import wait
        from distributed.scheduler import KilledWorker

        alone = 0.0
        while True:
            try:
                with client.as_current():
                    wait(answer, timeout=_LOOK)
                break
            except Late:
                alone = 0.0 if client.nthreads() else alone + _LOOK
                if alone >= _PATIENCE:
                    raise SchedulerError(
                        "error.scheduler.none", address=self._address, seconds=_PATIENCE
                    ) from None
        try:
            return answer.result()
        except KilledWorker:
            raise _WorkerDied from None
        except DiffersError as error:
            theirs, ours = error.args
            raise SchedulerError("error.scheduler.differs", theirs=theirs, ours=ours) from None


class _WorkerDied(Exception):  # noqa: N818 -- it is no error of the program
    """Workers died of what they were asked, one after the other."""


def _item(found: FoundFile, plan: Plan) -> Item:
    size = None if is_address(found.path) else work.size_of(found.path)
    return Item(found.path, found.shown, found.named, plan.key, size)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A connection to the scheduler, closed with all that is still out. Raises ``SchedulerError``."""
    try:
        from distributed import Client
    except ImportError:
        raise SchedulerError("error.scheduler.extra") from None
    try:
        client = Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SchedulerError("error.scheduler.unreachable", address=address, reason=reason) from None
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError):
            raise SchedulerError("error.scheduler.none", address=address, seconds=_PATIENCE) from None
        yield client
    finally:
        with suppress(Exception):  # the scheduler may be gone, and there is nothing left to say
            client.close(timeout=_CONNECT)


@contextmanager
def _said(address: str) -> Iterator[None]:
    """Whatever goes wrong with the connection as a ``SchedulerError``."""
    from asyncio import CancelledError as Stopped

    from distributed import CancelledError
    from distributed.comm import CommClosedError

    try:
        yield
    except (CommClosedError, CancelledError, Stopped) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SchedulerError("error.scheduler.lost", address=address, reason=reason) from None
