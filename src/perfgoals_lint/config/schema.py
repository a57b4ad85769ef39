"""What a configuration file may say: one table of keys, from which validation, JSON Schema and comments are made."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from perfgoals_lint.model import SEVERITIES
from perfgoals_lint.rulebook.policy import index
from perfgoals_lint.text import nearest

Kind = Literal["string", "strings", "boolean", "integer", "number", "scalar", "jobs"]
Path = tuple[str, ...]
ANY = "*"
"""A key of a table whose names the user chooses: a selector, a pattern, the code of a rule."""


class Key(NamedTuple):
    """One key: its path (``*`` for a chosen name), what its value is, and who resolves it.

    ``per_file`` keys may differ from file to file and stand under ``[per-file]`` too; ``selectors`` values name rules.
    ``choices`` name the only values; ``sample`` is what ``config init`` shows.
    """

    path: Path
    kind: Kind
    sample: Any = None
    choices: tuple[str, ...] = ()
    per_file: bool = False
    selectors: bool = False

    @property
    def name(self) -> str:
        """The key as it is written in messages: its path, joined by dots."""
        return ".".join(self.path)


_RULES = (
    Key(("select",), "strings", ["PGK", "完整性"], per_file=True, selectors=True),
    Key(("extend-select",), "strings", ["PGN"], per_file=True, selectors=True),
    Key(("ignore",), "strings", ["PGN501"], per_file=True, selectors=True),
    Key(("severity", ANY), "string", {"PGK601": "warning"}, SEVERITIES, per_file=True, selectors=True),
)
KEYS: tuple[Key, ...] = (
    Key(("extends",), "strings", ["builtin:strict"]),
    Key(("required-version",), "string", ">=0.1"),
    Key(("lang",), "string", "zh", ("zh", "en")),
    Key(("format",), "string", "rich"),
    Key(("output",), "strings", ["sarif=out.sarif"]),
    Key(("fail-on",), "string", "error", SEVERITIES),
    Key(("max-warnings",), "integer", 20),
    Key(("jobs",), "jobs", "auto"),
    Key(("baseline",), "string", "perfgoals-baseline.json"),
    Key(("exceptions",), "string", "perfgoals-exceptions.yaml"),
    Key(("require-reason",), "boolean", True),
    Key(("across",), "boolean", True),
    Key(("against",), "string", "../2025"),
    Key(("cache-bytes",), "integer", 200_000_000),
    Key(("packs",), "strings", ["本局规则.yaml"]),
    Key(("plugins",), "strings", ["bureau"]),
    Key(("exclude",), "strings", ["归档/**"]),
    Key(("mandatory",), "strings", ["PGK602"], selectors=True),
    Key(("framework",), "string", "mof21", per_file=True),
    *_RULES,
    Key(("rules", ANY, ANY), "scalar", {"PGF403": {"similarity": 0.9}}, per_file=True, selectors=True),
    Key(("limits", "seconds"), "number", 60),
    Key(("limits", "file-bytes"), "integer", 100_000_000),
    Key(("limits", "pages"), "integer", 10_000),
    Key(("limits", "cells"), "integer", 1_000_000),
    Key(("limits", "memory"), "integer", 1_073_741_824),
    Key(("limits", "part-bytes"), "integer", 209_715_200),
    Key(("limits", "total-bytes"), "integer", 524_288_000),
    Key(("limits", "ratio"), "integer", 200),
    Key(("limits", "parts"), "integer", 20_000),
    Key(("limits", "sheets"), "integer", 5_000),
    Key(("limits", "characters"), "integer", 50_000_000),
    Key(("limits", "page-objects"), "integer", 200_000),
)
PER_FILE = tuple(key for key in KEYS if key.per_file)
PER_PROJECT = tuple(key for key in _RULES if key.path[0] in {"ignore", "severity"})
RUN_KEYS = frozenset({("jobs",), ("output",), ("format",), ("cache-bytes",)})
"""Keys that only a run as a whole can follow: said in the configuration of some of its files they are not followed."""
OVERRIDES: Mapping[str, tuple[Key, ...]] = {"per-file": PER_FILE, "per-project": PER_PROJECT}
"""Tables of overrides: a pattern, and below it the keys that may differ."""
ADDED = frozenset({("extend-select",), ("mandatory",), ("exclude",), ("packs",), ("plugins",)})
"""Keys whose values a nearer layer adds to; every other value is replaced."""


class FaultError(Exception):
    """One fault of a configuration: where (``path`` of keys, ``item`` of a list) and the wording with its arguments."""

    def __init__(self, path: Path, key: str, item: str | None = None, **args: object) -> None:
        super().__init__(key)
        self.path = path
        self.key = key
        self.item = item
        self.args_shown = args


def flatten(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every value of a parsed configuration under its path, checked. Raises :class:`FaultError` at the first fault."""
    yield from _walk(data, (), KEYS, top=True)


def _walk(
    data: Mapping[str, Any], prefix: Path, keys: tuple[Key, ...], *, top: bool = False, depth: int = 0
) -> Iterator[tuple[Path, Any]]:
    for name, value in data.items():
        path = (*prefix, name)
        fitting = tuple(key for key in keys if key.path[depth] in (name, ANY))
        if top and name in OVERRIDES:
            for pattern, override in _table(value, path).items():
                yield from _walk(_table(override, (*path, pattern)), (*path, pattern), OVERRIDES[name])
        elif not fitting:
            known = {key.path[depth] for key in keys} | (set(OVERRIDES) if top else set())
            raise FaultError(
                path,
                "config.unknown_key",
                name=name,
                near=nearest(name, [one for one in known if one != ANY]),
            )
        elif len(fitting[0].path) == depth + 1:
            yield path, _checked(fitting[0], path, value)
        else:
            yield from _walk(_table(value, path), path, fitting, depth=depth + 1)


def _table(value: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FaultError(path, "config.wrong_type", name=".".join(path), kind="table")
    return value


def _checked(key: Key, path: Path, value: Any) -> Any:
    if path == ("extends",) and isinstance(value, str):
        value = [value]
    if not _FITS[key.kind](value):
        raise FaultError(path, "config.wrong_type", name=".".join(path), kind=key.kind)
    if key.choices and value not in key.choices:
        raise FaultError(path, "config.wrong_choice", name=".".join(path), known=", ".join(key.choices))
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_FITS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "strings": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_count,
    "number": _is_number,
    "scalar": lambda value: isinstance(value, str | int | float | bool),
    "jobs": lambda value: value == "auto" or (_is_count(value) and value > 0),
}


# --- JSON Schema --------------------------------------------------------------------------------------------------

_JSON_KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "exclusiveMinimum": 0},
    "scalar": {"type": ["string", "number", "boolean"]},
    "jobs": {"oneOf": [{"const": "auto"}, {"type": "integer", "minimum": 1}]},
}


def describe(name: str, lang: str) -> str:
    """What a key is for, in one line."""
    text: str = index()["messages"]["config"][f"key.{name}"][lang]
    return text


def json_schema(lang: str = "zh") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``perfgoals.toml``."""
    made = _node(KEYS, 0, lang)
    made["properties"]["extends"] = {
        "description": describe("extends", lang),
        "oneOf": [_JSON_KINDS["string"], _JSON_KINDS["strings"]],
    }
    for name, keys in OVERRIDES.items():
        inner = _node(keys, 0, lang)
        made["properties"][name] = {
            "description": describe(name, lang),
            "type": "object",
            "additionalProperties": inner,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "perfgoals-lint/config/1",
        "title": "perfgoals.toml",
        **made,
    }


def _node(keys: tuple[Key, ...], depth: int, lang: str) -> dict[str, Any]:
    """The schema of what stands below the first ``depth`` parts of the keys' paths, which they share."""
    said = {"description": describe(".".join(keys[0].path[:depth]), lang)} if depth else {}
    if len(keys[0].path) == depth:
        choices = {"enum": list(keys[0].choices)} if keys[0].choices else {}
        return {**said, **_JSON_KINDS[keys[0].kind], **choices}
    names = dict.fromkeys(key.path[depth] for key in keys)
    below = {name: tuple(key for key in keys if key.path[depth] == name) for name in names}
    if ANY in below:
        return {**said, "type": "object", "additionalProperties": _node(below[ANY], depth + 1, lang)}
    properties = {name: _node(some, depth + 1, lang) for name, some in below.items()}
    return {**said, "type": "object", "additionalProperties": False, "properties": properties}
