"""Files at addresses: found, fetched, checked and named as those of a file system are."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint import Settings, check, extract, read
from perfgoals_lint.files.contents import TooLargeError
from perfgoals_lint.remote import stores
from perfgoals_lint.runner.discover import Passed, find
from scale.helpers import table, write_tables

fsspec = pytest.importorskip(
    "fsspec", reason='the extra is not installed: pip install "perfgoals-lint[remote]"'
)


@pytest.fixture
def memory() -> Iterator[Callable[[str, bytes], str]]:
    """Puts a file into a store in memory, and gives its address."""
    system = fsspec.filesystem("memory")

    def put(name: str, data: bytes) -> str:
        system.pipe_file(f"/{name}", data)
        return f"memory://{name}"

    stores._fetched.cache_clear()
    yield put
    system.store.clear()


def test_a_walk_elsewhere_finds_what_a_walk_here_finds(
    tmp_path: Path, memory: Callable[[str, bytes], str]
) -> None:
    write_tables(tmp_path / "t", 12)
    (tmp_path / "t" / ".git").mkdir()
    (tmp_path / "t" / ".git" / "a.csv").write_text(table(1), encoding="utf-8")
    (tmp_path / "t" / "区1" / "区1").mkdir()
    (tmp_path / "t" / "区1" / "区1" / "a.csv").write_text(table(1), encoding="utf-8")
    (tmp_path / "t" / "区1.csv").write_text(table(1), encoding="utf-8")
    for path in (tmp_path / "t").rglob("*"):
        if path.is_file():
            memory(path.relative_to(tmp_path).as_posix(), path.read_bytes())
    here: list[Passed] = []
    there: list[Passed] = []
    found = list(find([str(tmp_path / "t")], passed=here))
    away = list(find(["memory://t"], passed=there))
    renamed = [str(one).replace(str(tmp_path / "t"), "memory://t") for one in (*found, *here)]
    assert [str(one) for one in (*away, *there)] == renamed
    assert any("报送.zip!/" in one.path for one in away)


def test_what_is_read_and_checked_is_the_same(memory: Callable[[str, bytes], str], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(77), encoding="utf-8")
    address = memory("t/a.csv", path.read_bytes())
    assert read(address, "a") == read(path, "a")
    (document,) = extract(address)
    assert (document.path, len(document.tables)) == ("memory://t/a.csv", 1)
    (there,), (here,) = check(address), check(path)
    said = json.dumps(here.to_json(), ensure_ascii=False).replace(str(path), address)
    assert json.loads(said) == there.to_json()


def test_files_of_an_archive_elsewhere_are_read(memory: Callable[[str, bytes], str]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲局/a.csv", table(11))
        archive.writestr("乙局/b.csv", table(12))
    address = memory("t/报送.zip", packed.getvalue())
    results = list(check(address, Settings(select=["PGF414"])))
    assert [result.path for result in results] == [f"{address}!/甲局/a.csv", f"{address}!/乙局/b.csv"]
    assert [len(result.findings) for result in results] == [1, 0]


def test_an_address_where_nothing_is_is_a_result() -> None:
    (result,) = check("memory://nowhere/目标表.csv")
    assert [(one.rule, one.document) for one in result.findings] == [
        ("PGX001", "memory://nowhere/目标表.csv")
    ]
    assert [one.code for one in read("memory://nowhere/目标表.csv").problems] == ["PGX001"]


def test_a_file_over_the_limit_is_not_fetched_whole(memory: Callable[[str, bytes], str]) -> None:
    address = memory("t/a.csv", b"x" * 5000)
    assert len(stores.content(address, 5000)) == 5000
    with pytest.raises(TooLargeError) as refused:
        stores.content(address, 100)
    assert refused.value.size == 101


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Let a store fail so many times; gives the list of the attempts."""
    system = type(fsspec.filesystem("memory"))
    whole: Any = system.cat_file
    attempts: list[int] = []

    def cat_file(self: Any, path: str, **how: Any) -> bytes:
        attempts.append(1)
        if len(attempts) <= times:
            raise ConnectionError("the store is busy")
        data: bytes = whole(self, path, **how)
        return data

    monkeypatch.setattr(system, "cat_file", cat_file)
    monkeypatch.setattr(stores, "_WAITS", (0.0, 0.0))
    return attempts


def test_a_busy_store_is_asked_again(
    memory: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = memory("t/a.csv", table(11).encode())
    attempts = failing(monkeypatch, 2)
    (result,) = check(address, Settings(select=["PGF414"]))
    assert [finding.rule for finding in result.findings] == ["PGF414"]
    assert len(attempts) == 3


def test_a_store_that_never_answers_costs_its_files_and_says_why(
    memory: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = memory("t/a.csv", table(11).encode())
    failing(monkeypatch, 1000)
    (result,) = check(address)
    assert [finding.rule for finding in result.findings] == ["PGX160"]
    assert "the store is busy" in result.findings[0].message
    assert result.document is not None
    assert result.document.state == "unreadable"
    assert [problem.code for problem in read(address).problems] == ["PGX160"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nosuch://bucket/t"], "cannot use the address nosuch://bucket/t"),
        (["extract", "nosuch://bucket/t"], "cannot use the address nosuch://bucket/t"),
        (["check", "--fix", "memory://nowhere/a.csv"], "files of this machine only"),
        (["annotate", "memory://nowhere/a.csv", "--output", "out"], "files of this machine only"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "perfgoals_lint", "--lang", "en", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_library_an_address_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['fsspec'] = None; sys.modules['fsspec.core'] = None\n"
        "sys.argv = ['perfgoals-lint', 'check', 's3://bucket/t', '--lang', 'en']\n"
        "from perfgoals_lint.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert 'pip install "perfgoals-lint[remote]"' in done.stderr


def test_without_addresses_the_library_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(1), encoding="utf-8")
    code = (
        "import sys; sys.argv = ['perfgoals-lint', 'check', 'a.csv', '--exit-zero', '--format', 'concise']\n"
        "from perfgoals_lint.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'fsspec', 'distributed', 'perfgoals_lint.remote.stores'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == "[]"
