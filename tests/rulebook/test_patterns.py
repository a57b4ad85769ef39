"""Kept patterns are those that ``re`` would compile, whatever stands in the file that keeps them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfgoals_lint.rulebook import patterns
from perfgoals_lint.rulebook.lexicons import matcher, pattern_of, words

LONG = "|".join(f"(?P<n{number}>[甲乙丙]{{{number},}}丁(?<!戊)己?|第{number}期)" for number in range(1, 9))
TEXT = "甲甲丁己，第3期，乙丙甲丁，没有，第8期"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that keeps patterns, where a build would put it."""
    monkeypatch.setattr(patterns, "_added", {})
    monkeypatch.setattr(patterns, "BUILT_DIR", str(tmp_path))
    patterns._kept.cache_clear()
    yield tmp_path / patterns._name()
    patterns._kept.cache_clear()


def _found(pattern: re.Pattern[str]) -> list[tuple[tuple[int, int], str | None, dict[str, str | None]]]:
    return [(one.span(), one.lastgroup, one.groupdict()) for one in pattern.finditer(TEXT)]


def _again() -> re.Pattern[str]:
    patterns._kept.cache_clear()
    return patterns.compiled(LONG)


def test_a_kept_pattern_is_the_one_that_was_compiled(place: Path) -> None:
    usual = re.compile(LONG)
    for made in (patterns.compiled(LONG), _again()):
        assert made == usual
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            LONG,
            usual.flags,
            usual.groups,
            usual.groupindex,
        )
        assert _found(made) == _found(usual)
    patterns.write(place.parent)
    patterns.collect()
    assert _found(_again()) == _found(usual)
    assert patterns._added == {}, "it was kept"


@pytest.mark.parametrize(
    "content", [b"", b"\0\0\0\0", b"{", b"\xff" * 9, b"\xfb" * 100_000, b"null", b"\n\n"]
)
def test_a_file_that_was_not_built_is_none(place: Path, content: bytes) -> None:
    place.write_bytes(content)
    assert _found(_again()) == _found(re.compile(LONG))


@pytest.mark.parametrize("flags", [0, re.ASCII, re.IGNORECASE | re.DOTALL])
def test_flags_are_part_of_a_pattern(place: Path, flags: re.RegexFlag) -> None:
    patterns.compiled(LONG)
    patterns.compiled(LONG, flags)
    patterns.write(place.parent)
    patterns._kept.cache_clear()
    assert patterns.compiled(LONG, flags) == re.compile(LONG, flags)
    assert (LONG, int(flags)) in patterns._kept()[0]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_none(place: Path, data: st.DataObject) -> None:
    patterns.compiled(LONG)
    patterns.write(place.parent)
    content = bytearray(place.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    place.write_bytes(content)
    assert _found(_again()) == _found(re.compile(LONG))
    assert patterns._kept()[0] == {}


def test_a_run_writes_and_reads_nothing_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(tmp_path))
    patterns._kept.cache_clear()
    assert _found(patterns.compiled(LONG)) == _found(re.compile(LONG))
    assert not list(tmp_path.iterdir())
    assert patterns._added is None


def test_word_lists_are_found_as_without_keeping() -> None:
    for name in ("names.acts", "names.quick", "satisfaction.approval"):
        usual = re.compile(pattern_of(words(name)))
        assert matcher(name) == usual
        for word in words(name):
            assert matcher(name).search(f"某{word}事") is not None


def test_on_another_interpreter_patterns_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_engine", lambda: None)
    assert patterns.compiled(LONG) == re.compile(LONG)


def test_modules_compile_their_patterns_where_they_are_kept() -> None:
    """What is compiled when a module is imported costs every run, unless the wheel brings it."""
    package = Path(patterns.__file__).parents[1]
    below = {"model", "files", "remote"}  # floors that the rulebook stands on
    found = [
        f"{path.relative_to(package)}:{call.lineno}"
        for path in package.rglob("*.py")
        if path.parent != package and path.relative_to(package).parts[0] not in below
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"
        if not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, bytes))
    ]
    assert found == []
