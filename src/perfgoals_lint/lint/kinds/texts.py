"""Text conditions: what a text must be, hold, begin or end with, match, or consist of (see the selectors for their
keys)."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from perfgoals_lint.rulebook.lexicons import WordFinder, pattern_of, words
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


def _containing(spec: Any) -> TextTest:
    """A test for any of some words anywhere, the first, and there the longest. Plain words need no regular expression,
    which would take longer to compile than all tables of a small file take to check."""
    listed = _listed(spec)
    if any("*" in word for word in listed):
        return _searching(_any_of(spec))
    finder = cache(lambda: WordFinder(listed))
    everywhere = "" in listed  # an empty word stands at the start of every text

    def test(text: str) -> Span | None:
        start, word = next(finder().find(text), (0, ""))
        if everywhere and start:
            return 0, 0
        return (start, start + len(word)) if word or everywhere else None

    return test


def _at_an_end(spec: Any, pattern: str, stands: Callable[[str, Any], bool], last: bool) -> TextTest:
    """A test for any of some words at one end of a text (``stands`` tells), the longest."""
    listed = tuple(sorted(_listed(spec), key=lambda word: (-len(word), word)))
    if any("*" in word for word in listed):
        return _searching(pattern.format(_any_of(spec)))

    def test(text: str) -> Span | None:
        if not stands(text, listed):
            return None
        length = next(len(word) for word in listed if stands(text, word))
        return (len(text) - length, len(text)) if last else (0, length)

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


def _left_empty(spec: Any) -> TextTest:
    words = compiled(f"{_any_of(spec)}|[\\s\\W\\d_]")

    def test(text: str) -> Span | None:
        # Most texts begin with something else.
        left_empty = text.strip() and words.match(text) and not words.sub("", text)
        return (0, len(text)) if left_empty else None

    return test


def _failing(spec: Any) -> TextTest:
    inner = text_test(spec)
    return lambda text: None if inner(text) else (0, len(text))


CONDITIONS: dict[str, Callable[[Any], TextTest]] = {
    "is": _exactly,
    "contains": _containing,
    "starts": lambda spec: _at_an_end(spec, "^{}", str.startswith, last=False),
    "ends": lambda spec: _at_an_end(spec, "{}$", str.endswith, last=True),
    "matches": _searching,
    "residue": _left_empty,
    "not": _failing,
}
