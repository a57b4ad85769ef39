"""Text conditions: what a text must be, hold, begin or end with, match, or consist of (see the selectors for their
keys)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled

Span = tuple[int, int]
TextTest = Callable[[str], Span | None]


def expand(listed: Iterable[str]) -> list[str]:
    """Words with ``@list`` references replaced by their lists."""
    found: list[str] = []
    for word in listed:
        found += sorted(words(word[1:])) if word.startswith("@") else [str(word)]
    return found


def text_test(spec: Any) -> TextTest:
    """A text condition as a function that gives the span of what it found, or ``None``."""
    if isinstance(spec, str):
        spec = [spec]
    if isinstance(spec, list):
        spec = {"contains": spec}
    tests = [CONDITIONS[key](value) for key, value in spec.items() if key in CONDITIONS]
    ignored = compiled(_any_of(spec["without"])) if "without" in spec else None
    if len(tests) == 1 and not ignored:
        return tests[0]

    def test(text: str) -> Span | None:
        found: Span = (0, len(text))
        if ignored:
            text = ignored.sub(lambda match: "\0" * len(match[0]), text)
        for one in tests:
            span = one(text)
            if span is None:
                return None
            if span[1] - span[0] < found[1] - found[0]:
                found = span
        return found

    return test


def _searching(pattern: str) -> TextTest:
    # Most conditions of most rules are never asked of a table: a class or a kind has settled it before.
    made = cache(lambda: compiled(pattern))

    def test(text: str) -> Span | None:
        match = made().search(text)
        return match.span() if match else None

    return test


def _any_of(spec: Any) -> str:
    return f"(?:{pattern_of(_listed(spec))})"


def _listed(spec: Any) -> list[str]:
    return expand([spec] if isinstance(spec, str) else spec)


def _wording(
    spec: Any,
    pattern: str,
    find: Callable[[str, str], int],
    asked: Callable[[tuple[str, ...]], Callable[[str], bool]] | None = None,
) -> TextTest:
    """A test for any of some words; ``find`` gives where a word stands as asked, or -1, ``asked`` a quick test whether
    any does. Plain words need no regular expression, which would take longer to compile than all tables of a small file
    take to check."""
    listed = sorted(_listed(spec), key=lambda word: (-len(word), word))
    if any("*" in word for word in listed):
        return _searching(pattern.format(_any_of(spec)))

    possible = asked(tuple(listed)) if asked else None

    def test(text: str) -> Span | None:
        if possible and not possible(text):
            return None
        places = [(start, -len(word)) for word in listed if (start := find(text, word)) >= 0]
        start, length = min(places, default=(-1, 0))
        return (start, start - length) if places else None

    return test


def _exactly(spec: Any) -> TextTest:
    listed = _listed(spec)
    if any("*" in word for word in listed):
        return _searching(rf"^\s*{_any_of(spec)}\s*$")
    known = frozenset(listed)

    def test(text: str) -> Span | None:
        word = text.strip()
        if word not in known:
            return None
        start = text.index(word)
        return (start, start + len(word))

    return test


def _starts(text: str, word: str) -> int:
    return 0 if text.startswith(word) else -1


def _ends(text: str, word: str) -> int:
    return len(text) - len(word) if text.endswith(word) else -1


def _left_empty(spec: Any) -> TextTest:
    words = compiled(f"{_any_of(spec)}|[\\s\\W\\d_]")

    def test(text: str) -> Span | None:
        return (0, len(text)) if text.strip() and not words.sub("", text) else None

    return test


def _failing(spec: Any) -> TextTest:
    inner = text_test(spec)
    return lambda text: None if inner(text) else (0, len(text))


CONDITIONS: dict[str, Callable[[Any], TextTest]] = {
    "is": _exactly,
    "contains": lambda spec: _wording(spec, "{}", str.find),
    "starts": lambda spec: _wording(spec, "^{}", _starts, lambda words: lambda text: text.startswith(words)),
    "ends": lambda spec: _wording(spec, "{}$", _ends, lambda words: lambda text: text.endswith(words)),
    "matches": _searching,
    "residue": _left_empty,
    "not": _failing,
}
