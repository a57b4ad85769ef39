"""YAML and JSON as plain data whose every part knows its line: all scalars stay the text that was written.

``年度指标值: 100%``, ``1:30``, ``是`` or ``2024-01-31`` must not turn into numbers, times or dates.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from perfgoals_lint.rulebook.patterns import compiled

MAX_DEPTH = 12
MAX_EVENTS = 2_000_000
_NO_YAML = compiled("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_HALF = compiled("[\ud800-\udfff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Path = tuple[str | int, ...]
Place = tuple[int, int]


class FormSyntaxError(ValueError):
    """The text is no YAML or JSON that the form allows; ``place`` is (line, column), 1-based."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason)
        self.place = place


@dataclass(slots=True)
class Parsed:
    """One YAML document: its data (dicts, lists, texts, ``None``) and the place of every part by its path."""

    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """The place of the part, or of the nearest one that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def parse(text: str) -> list[Parsed]:
    """The documents of a YAML stream (JSON is one). Raises :class:`FormSyntaxError`; linear, nothing is expanded."""
    import yaml

    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        text = _plain_json(text)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return list(_documents(yaml.parse(text, Loader=loader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise FormSyntaxError(error.problem or "syntax error", place) from None
    except yaml.reader.ReaderError as error:
        raise FormSyntaxError(error.reason, (text.count("\n", 0, error.position) + 1, 1)) from None


def _plain_json(text: str) -> str:
    """JSON that YAML reads: JSON may have tabs between its parts (never inside a string) and, inside its strings,
    characters that YAML wants escaped."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return escaped(text.replace("\t", " "))


def escaped(text: str) -> str:
    """JSON text with the characters escaped that YAML does not allow as they are."""
    return _NO_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _documents(events: Iterator[Any]) -> Iterator[Parsed]:
    stack: list[_Open] = []
    current = Parsed()
    for number, event in enumerate(events):
        kind = type(event).__name__
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        if kind == "ScalarEvent":  # most events are scalars
            text = event.value
            _add(stack, current, None if text in _NULLS and not event.style else _whole(text), place)
        elif kind == "DocumentStartEvent":
            current = Parsed()
        elif kind == "DocumentEndEvent":
            yield current
        elif kind == "AliasEvent":
            raise FormSyntaxError("aliases are not allowed", place)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            value: Any = {} if kind.startswith("Mapping") else []
            path = _add(stack, current, value, place)
            stack.append(_Open(value, path))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            stack.pop()
        if len(stack) > MAX_DEPTH or number > MAX_EVENTS:
            raise FormSyntaxError("nested too deeply or too long", place)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; ``key`` waits for its value."""

    value: Any
    path: Path
    key: str | None = None


def _add(stack: list[_Open], current: Parsed, value: Any, place: Place) -> Path:
    """Put a value where it belongs; returns its path."""
    if not stack:
        current.data = value
        path: Path = ()
    elif isinstance(stack[-1].value, list):
        path = (*stack[-1].path, len(stack[-1].value))
        stack[-1].value.append(value)
    elif stack[-1].key is None:
        if not isinstance(value, str | None):
            raise FormSyntaxError("a key must be a text", place)
        key = value or ""
        if key in stack[-1].value:
            raise FormSyntaxError(f"the key {key!r} stands here twice", place)
        stack[-1].key = key
        stack[-1].value[key] = None
        path = (*stack[-1].path, key)
    else:
        path = (*stack[-1].path, stack[-1].key)
        stack[-1].value[stack[-1].key] = value
        stack[-1].key = None
        if isinstance(value, dict | list) or value is None:
            return path
    current.places[path] = place
    return path


def _whole(text: str) -> str:
    """JSON writes characters beyond the basic plane as two escapes; together they are one character."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
