"""The bytes of files: whole, within bounds, and never by waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfgoals_lint.files.contents import NotAFileError, TooLargeError, contents


@pytest.mark.parametrize("size", [0, 1, 100, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(os.urandom(size))
    assert contents(str(path), size) == path.read_bytes()


def test_a_file_over_the_bound_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"x" * 11)
    with pytest.raises(TooLargeError) as refused:
        contents(str(path), 10)
    assert refused.value.size == 11


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(NotAFileError):
        contents(str(tmp_path), 10)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(NotAFileError):
            contents(str(tmp_path / "pipe"), 10)


@pytest.mark.skipif(not os.path.isfile("/proc/self/status"), reason="the system has no files without a size")
def test_a_file_without_a_size_is_read_to_its_end_and_within_the_bound() -> None:
    assert contents("/proc/self/status", 1 << 20).startswith(b"Name:")
    with pytest.raises(TooLargeError):
        contents("/proc/self/status", 10)
