"""Checking on the workers of a scheduler says, byte for byte, what one process says."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scale.conftest import Cluster
from scale.helpers import Run, findings, table, write_tables

Check = Callable[..., Run]
ALONE = ["--jobs", "1", "--no-cache"]


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("tables") / "表"
    write_tables(directory, 70)
    return directory


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_cluster_says_what_one_process_says(
    cluster: Cluster, check: Check, tables: Path, form: str
) -> None:
    asked = [str(tables), "--format", form, "--across"]
    alone = check(*asked, *ALONE)
    together = check(*asked, "--scheduler", cluster.address, "--no-cache")
    assert together.stderr == alone.stderr
    assert together.stdout == alone.stdout
    assert together.returncode == alone.returncode == 2
    if form == "json":
        found = Counter(finding["rule"] for finding in findings(alone))
        assert {"PGF414", "PGR217", "PGA313", "PGX003", "PGX009"} <= set(found)
        assert json.loads(alone.stdout)["summary"]["tables"] > 70


def unnamed(printed: bytes) -> Any:
    """A report without what depends on the place of a file: the fingerprints of what could not be read, which know the
    path, and whether fixes can be written there (at no address)."""
    report = json.loads(printed)
    for finding in report["findings"]:
        if finding["rule"].startswith("PGX"):
            del finding["fingerprint"]
        if finding.get("fix"):
            del finding["fix"]["safe"]
    return report


def test_addresses_are_read_alike_by_one_process_and_by_a_cluster(
    cluster: Cluster, check: Check, tables: Path, upload: Callable[[Path, str], None]
) -> None:
    upload(tables, "submitted")
    asked = ["s3://submitted/", "--format", "json", "--across"]
    alone = check(*asked, *ALONE)
    together = check(*asked, "--scheduler", cluster.address)
    assert together.stdout == alone.stdout
    from_disk = check(str(tables), "--format", "json", "--across", *ALONE).stdout
    name = json.dumps(str(tables), ensure_ascii=False)[1:-1].encode()
    assert unnamed(alone.stdout) == unnamed(from_disk.replace(name, b"s3://submitted"))
    across = [finding for finding in findings(together) if finding["rule"] == "PGR217"]
    assert across
    assert all(finding["document"].startswith("s3://submitted/") for finding in across)
    sarif = json.loads(check("s3://submitted/区1", "--format", "sarif", *ALONE).stdout)
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
    }
    assert places
    assert all(place.startswith("s3://submitted/%E5%8C%BA1/") for place in places)


@pytest.mark.slow
def test_thousands_of_tables_from_disk_and_store_are_told_as_by_one_process(
    cluster: Cluster, check: Check, tmp_path: Path, upload: Callable[[Path, str], None]
) -> None:
    directory = tmp_path / "many"
    write_tables(directory, 2000)
    upload(directory, "thousands")
    asked = ["--format", "json", "--across", "--no-cache"]
    alone = check(str(directory), *asked, "--jobs", "1")
    from_disk = check(str(directory), *asked, "--scheduler", cluster.address)
    assert from_disk.stdout == alone.stdout
    from_store = check("s3://thousands/", *asked, "--scheduler", cluster.address)
    name = json.dumps(str(directory), ensure_ascii=False)[1:-1].encode()
    assert unnamed(from_store.stdout) == unnamed(alone.stdout.replace(name, b"s3://thousands"))
    assert alone.returncode == from_disk.returncode == from_store.returncode == 2
    found = Counter(finding["rule"] for finding in findings(from_store))
    assert min(found[rule] for rule in ("PGF414", "PGR217")) > 0
    assert json.loads(from_store.stdout)["summary"]["tables"] > 2000


def test_a_file_that_is_not_in_the_store_is_named(
    cluster: Cluster, check: Check, store: dict[str, str]
) -> None:
    for more in (ALONE, ["--scheduler", cluster.address]):
        done = check("s3://nowhere/目标表.csv", "--format", "json", *more)
        assert done.returncode == 2
        assert [(one["rule"], one["document"]) for one in findings(done)] == [
            ("PGX001", "s3://nowhere/目标表.csv")
        ]


def test_last_year_is_compared_on_the_workers(
    cluster: Cluster, check: Check, tables: Path, tmp_path: Path
) -> None:
    last = tmp_path / "去年"
    shutil.copytree(tables / "区1", last)
    for path in last.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("居民满意度,≥90%", "居民满意度,≥95%"), encoding="utf-8")
    (last / "twice.csv").write_text(table(6), encoding="utf-8")
    asked = [str(tables), "--format", "json", "--against", str(last)]
    alone = check(*asked, *ALONE)
    together = check(*asked, "--scheduler", cluster.address)
    assert together.stdout == alone.stdout
    assert Counter(finding["rule"] for finding in findings(alone))["PGY701"] == 13


def test_what_changed_since_a_revision_is_compared_on_the_workers(
    cluster: Cluster, check: Check, tmp_path: Path
) -> None:
    from pipelines.helpers import commit_all

    write_tables(tmp_path / "表", 30)
    commit_all(tmp_path)
    changed = tmp_path / "表" / "区1" / "0001.csv"
    changed.write_text(table(1).replace("≥90%", "≥190%"), encoding="utf-8")
    asked = ["表", "--format", "json", "--across", "--diff-base", "HEAD"]
    alone = check(*asked, *ALONE)
    together = check(*asked, "--scheduler", cluster.address)
    assert together.stdout == alone.stdout
    assert {finding["document"] for finding in findings(alone)} == {"表/区1/0001.csv"}


def test_a_killed_worker_loses_nothing(
    own_cluster: Cluster, check: Check, tmp_path: Path, store: dict[str, str]
) -> None:
    write_tables(tmp_path / "表", 160)
    asked = ["表", "--format", "jsonl", "--across", "--no-cache"]
    alone = check(*asked, "--jobs", "1")
    command = [sys.executable, "-m", "perfgoals_lint", "check", *asked, "--scheduler", own_cluster.address]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, env={**os.environ, **store}
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        os.kill(own_cluster.workers[0], signal.SIGKILL)
        rest = process.stdout.read()
    assert first + rest == alone.stdout
    assert process.returncode == alone.returncode


def test_a_shared_cache_is_filled_and_asked(
    cluster: Cluster, own_cluster: Cluster, check: Check, tables: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    asked = [str(tables / "区1"), "--format", "json", "--shared-cache", str(kept), "--scheduler"]
    first = findings(check(*asked, cluster.address))
    entries = [path for path in kept.rglob("*") if path.is_file()]
    assert len(entries) == len(list((tables / "区1").iterdir()))
    for (
        path
    ) in entries:  # what another cluster, whose own cache is empty, says of them can only come from here
        path.write_text(path.read_text(encoding="utf-8").replace("指标", "指针"), encoding="utf-8")
    again = findings(check(*asked, own_cluster.address))
    assert [one["message"].replace("指标", "指针") for one in first] == [one["message"] for one in again]
    assert first != again
    entries[0].write_text("damaged", encoding="utf-8")
    for path in (tmp_path / "workers").glob("results*"):
        path.unlink()
    assert len(findings(check(*asked, own_cluster.address))) == len(first)


def test_a_scheduler_that_is_not_there_is_one_line(check: Check, tables: Path) -> None:
    pytest.importorskip("distributed")
    done = check(str(tables / "区1"), "--scheduler", "tcp://127.0.0.1:1", "--lang", "en", "--format", "json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(
        "perfgoals-lint: error: cannot reach the scheduler tcp://127.0.0.1:1"
    )


def test_passwords_do_not_travel_in_the_clear(check: Check, tables: Path, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("secret\n", encoding="utf-8")
    done = check(str(tables), "--scheduler", "tcp://127.0.0.1:1", "--password-file", "words", "--lang", "en")
    assert done.returncode == 2
    assert b"tls://" in done.stderr
