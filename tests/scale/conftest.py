"""What the tests of distributed checking share: a store, a cluster of two processes, tables with known faults."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXTRA = 'the extra is not installed: pip install "perfgoals-lint[distributed,s3]"'
Run = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which ``s3://`` leads to a server of this test run."""
    pytest.importorskip("s3fs", reason=EXTRA)
    pytest.importorskip("moto", reason="moto, a stand-in for the store, is not installed")
    said = tmp_path_factory.mktemp("store") / "said.txt"
    with said.open("wb") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "moto.server",
                "-H",
                "127.0.0.1",
                "-p",
                "0",
            ],  # the system finds a free port
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        for _ in range(1200):
            found = re.search(r"http://127\.0\.0\.1:\d+", said.read_text(encoding="utf-8", errors="replace"))
            if found or server.poll() is not None:
                break
            time.sleep(0.1)
        assert found, said.read_text(encoding="utf-8", errors="replace")
        yield {
            "AWS_ENDPOINT_URL": found[0],
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.wait()


@dataclass
class Cluster:
    """A running cluster: the address of its scheduler, and the process numbers of its workers."""

    address: str
    workers: list[int]


def _started(environment: dict[str, str]) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason=EXTRA)
    process = subprocess.Popen(
        [sys.executable, str(HERE / "cluster.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the cluster did not start"
        yield Cluster(address, [int(number) for number in process.stdout.readline().split()])
    finally:
        process.stdin.close()
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


@pytest.fixture(scope="session")
def cluster(store: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two worker processes that reaches the store."""
    yield from _started({**store, "PERFGOALS_CACHE_DIR": _cache(tmp_path_factory.mktemp("workers"))})


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster for one test, whose workers may be killed."""
    yield from _started({"PERFGOALS_CACHE_DIR": _cache(tmp_path / "workers")})


def _cache(directory: Path) -> str:
    """A cache of its own without results; the rulebook, which takes seconds to compile, is there."""
    directory.mkdir(exist_ok=True)
    for path in Path(os.environ["PERFGOALS_CACHE_DIR"]).iterdir():
        if path.is_file() and ".sqlite" not in path.name:
            shutil.copy(path, directory)
    return str(directory)


@pytest.fixture
def check(store: dict[str, str], tmp_path: Path) -> Callable[..., Run]:
    """Runs the command in the directory of the test, and gives the finished process."""

    def run(*arguments: str) -> Run:
        environment = {**os.environ, **store}
        command = [sys.executable, "-m", "perfgoals_lint", "check", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)

    return run


@pytest.fixture(scope="session")
def upload(store: dict[str, str]) -> Callable[[Path, str], None]:
    """Puts a directory into a new bucket of the store."""

    def put(directory: Path, bucket: str) -> None:
        import s3fs

        system = s3fs.S3FileSystem(
            endpoint_url=store["AWS_ENDPOINT_URL"], key="testing", secret="testing", skip_instance_cache=True
        )
        system.mkdir(bucket)
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                system.pipe_file(f"{bucket}/{path.relative_to(directory).as_posix()}", path.read_bytes())

    return put
