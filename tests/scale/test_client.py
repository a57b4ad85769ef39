"""What the asking side does when workers differ, die, or do not have a file, told without a cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.config.layers import Configs
from perfgoals_lint.config.plan import Plan, Plans
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.last_year import keys_of
from perfgoals_lint.lint.records import FileResult
from perfgoals_lint.model import GoalTable, Location
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.distributed import client, work
from perfgoals_lint.runner.distributed.errors import DiffersError
from perfgoals_lint.runner.distributed.work import Item, Setup
from perfgoals_lint.runner.distributed.year_index import YearIndex
from perfgoals_lint.runner.schedule import Schedule
from perfgoals_lint.version import __version__
from scale.helpers import table


@pytest.fixture
def plans() -> Plans:
    return Plans(Configs(isolated=True), Settings().layer())


class Answer:
    """A future that is asked for when it is waited for."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.ask = ask


class Workers(client.Distributed):
    """The asking side with workers that are functions: ``deadly`` names files that end whoever checks them, ``absent``
    those that no worker has."""

    def __init__(self, plans: Plans, deadly: str = "", absent: str = "") -> None:
        super().__init__(plans.books, Settings(scheduler="none"))
        self.deadly, self.absent = deadly, absent
        self.asked: list[list[str]] = []

    def _submit(
        self, client: Any, asked: Callable[..., Any], items: Sequence[Item], plans: dict[str, Plan]
    ) -> Answer:
        def ask() -> list[bytes | None]:
            self.asked.append([Path(item.path).name for item in items])
            if any(self.deadly and self.deadly in item.path for item in items):
                raise client_died()
            changed = [
                item._replace(size=-1) if self.absent and self.absent in item.path else item for item in items
            ]
            rows = {key: plan.row() for key, plan in plans.items()}
            found: list[bytes | None] = asked(changed, rows, self._setup)
            return found

        return Answer(ask)

    def _wait(self, client: Any, answer: Answer) -> Any:
        return answer.ask()

    def _most(self, client: Any) -> int:
        return 2

    def told(self, directory: Path, plans: Plans) -> list[FileResult]:
        """The results of all files of a directory."""
        batches = self._with_last_year(None, self._asked(None, find([str(directory)]), plans.of))
        return [result for _, result in self._answered(None, batches)]


def client_died() -> Exception:
    return client._WorkerDied()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for number in range(20):
        (tmp_path / f"{number:02}.csv").write_text(table(number), encoding="utf-8")
    return tmp_path


def alone(directory: Path, plans: Plans) -> list[FileResult]:
    return [
        result for _, result in Schedule(plans.books, Settings()).results(find([str(directory)]), plans.of)
    ]


def test_batches_come_back_in_the_order_of_the_files(directory: Path, plans: Plans) -> None:
    workers = Workers(plans)
    assert workers.told(directory, plans) == alone(directory, plans)
    assert [len(batch) for batch in workers.asked] == [1, 2, 4, 8, 5]


def test_of_a_batch_that_makes_workers_die_only_the_one_file_is_lost(directory: Path, plans: Plans) -> None:
    results = Workers(plans, deadly="09.csv").told(directory, plans)
    expected = alone(directory, plans)
    assert [one.findings[0].rule for one in results if one.info.unreadable] == ["PGX203"]
    assert results[:9] + results[10:] == expected[:9] + expected[10:]
    assert results[9].info.path.endswith("09.csv")


def test_a_file_that_no_worker_has_is_checked_here(directory: Path, plans: Plans) -> None:
    assert Workers(plans, absent="1").told(directory, plans) == alone(directory, plans)


def test_a_file_that_is_nowhere_is_named(directory: Path, plans: Plans) -> None:
    (result,) = Workers(plans).told(directory / "no.csv", plans)
    assert [finding.rule for finding in result.findings] == ["PGX001"]


def test_a_worker_of_another_version_checks_nothing(directory: Path, plans: Plans) -> None:
    plan = plans.of("a.csv")
    item = Item(str(directory / "01.csv"), "01.csv", True, plan.key, None)
    with pytest.raises(DiffersError):
        work.checked([item], {plan.key: plan.row()}, Setup("0.0.0"))


def test_a_worker_with_other_rules_checks_nothing(directory: Path, plans: Plans) -> None:
    plan = plans.of("a.csv")
    item = Item(str(directory / "01.csv"), "01.csv", True, plan.key, None)
    for changed in ({"digest": "0123"}, {"packs": ["nowhere"]}):
        with pytest.raises(DiffersError):
            work.checked([item], {plan.key: {**plan.row(), **changed}}, Setup(__version__))


def test_a_key_of_two_projects_identifies_neither() -> None:
    index = YearIndex()
    goal = GoalTable(Location("a.csv"), "清淤", project_code="7", unit="水务站")
    other = GoalTable(Location("b.csv"), "清淤", project_code="8", unit="水务站")
    index.add([(keys_of(goal), "first")])
    assert [index.table(key) for key in keys_of(goal)] == ["first"] * 3
    index.add([(keys_of(other), "second")])
    assert [index.table(key) for key in keys_of(goal)] == ["first", None, None]
    assert index.table(("水务站", "8")) == "second"
    assert index.table(("水务站", "9")) is None
