"""The keys that checks of packs may have, from ``rules/messages/packs.yaml``: what is misspelt is named, with what may have
been meant, and classes go by their Chinese and their English names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.lint.kinds.kinds import KINDS, scopes_of
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.policy import framework_data, index
from perfgoals_lint.text import nearest

_COMMON = ("kind", "where")
_SCOPES = ("row", "table", "document")
_SHORTHAND = ("is", "contains", "starts", "ends", "matches", "not", "without")
"""Keys of a text condition, which a value condition has too."""


class Fault(NamedTuple):
    """What is wrong with a part of a pack: where (path of keys), the wording's key and its arguments."""

    path: tuple[int | str, ...]
    key: str
    args: dict[str, str]
    near: list[str]


@cache
def table() -> dict[str, Any]:
    """The whole table: ``rule``, ``kinds``, ``selector``, ``value``, ``table``, and the wording around them."""
    found: dict[str, Any] = index()["messages"]["packs"]
    return found


def classes_of(name: str) -> list[str]:
    """The classes that a Chinese or English name stands for, at every level where it may stand; empty for no name."""
    known = framework_data("labels")["classes"]
    label = known[name]["canonical"] if name in known else name
    found = [found for level in (1, 2) if (found := classify(label, level))]
    return list(dict.fromkeys([name, *found] if name in known else found))


def class_names() -> list[str]:
    """Every name that a class goes by: the English one, and the Chinese label without its ending."""
    known = framework_data("labels")["classes"]
    return [*known, *(entry["canonical"].removesuffix("指标") for entry in known.values())]


def faults(
    check: Mapping[str, Any], path: tuple[int | str, ...], scope: str | None = None
) -> Iterator[Fault]:
    """What is wrong with the keys of a check, which may be asked to look at a ``scope``."""
    kind = str(check.get("kind", ""))
    if kind not in KINDS:
        yield Fault(
            (*path, "kind"), "unknown_kind", _named(kind, known=", ".join(KINDS)), nearest(kind, KINDS)
        )
        return
    possible = [one for one in KINDS if scope not in _SCOPES or scope in scopes_of(one)]
    if kind not in possible:
        yield Fault(
            (*path, "kind"), "wrong_scope", _named(kind, scope=str(scope), known=", ".join(possible)), []
        )
        return
    known = table()["kinds"].get(kind, {"keys": {}})["keys"]
    for key in known:
        if known[key].get("needed") and key not in check:
            yield Fault(path, "missing", _named(key), [])
    for key, given in check.items():
        if key == "where":
            yield from _conditions(
                "table" if _looks_at_tables(check, scope) else "selector", given, (*path, key)
            )
        elif key not in known and key != "kind":
            yield _unknown(key, (*path, key), [*known, *_COMMON])
        elif key != "kind" and known[key]["type"] == "rows":
            yield from _conditions("selector", given, (*path, key))
        elif key != "kind" and known[key]["type"] in ("field", "fields"):
            yield from _fields(given, (*path, key))
        elif key == "groups":
            for number, group in enumerate(_listed(given)):
                where = group.get("where", {}) if isinstance(group, Mapping) else {}
                yield from _conditions("selector", where, (*path, key, number, "where"))
        elif key == "checks":
            for number, one in enumerate(_listed(given)):
                if isinstance(one, Mapping):
                    bare = {name: value for name, value in one.items() if name != "case"}
                    yield from faults(bare, (*path, key, number), "table")


def _fields(given: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    known = table()["field"]
    for name in _listed(given):
        if str(name) not in known:
            yield Fault(path, "unknown_field", _named(str(name)), nearest(str(name), known))


def _looks_at_tables(check: Mapping[str, Any], scope: str | None) -> bool:
    return check.get("kind") == "compare" and (scope == "table" or check.get("relation") == "within")


def _conditions(what: str, given: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    if not isinstance(given, Mapping):
        if what != "value":
            yield Fault(path, "wrong", {"where": "", "why": "{…}"}, [])
        return
    known = table()[what]
    for key, value in given.items():
        here = (*path, key)
        if key not in known:
            yield _unknown(key, here, list(known))
        elif what == "selector" and key in ("class", "class_not"):
            for name in _listed(value):
                if not classes_of(str(name)):
                    yield Fault(here, "unknown_class", _named(str(name)), nearest(str(name), class_names()))
        elif what == "selector" and key in ("empty", "present"):
            yield from _fields(value, here)
        elif what == "selector" and key in ("value", "table"):
            yield from _conditions(key, value, here)
        elif what == "selector" and key in ("any", "none"):
            for number, one in enumerate(_listed(value)):
                yield from _conditions("selector", one, (*here, number))
        elif what == "table" and key in ("rows", "not"):
            yield from _conditions("selector" if key == "rows" else "table", value, here)


def _unknown(key: object, path: tuple[int | str, ...], known: list[str]) -> Fault:
    return Fault(path, "unknown_key", _named(str(key)), nearest(str(key), known))


def _named(name: str, **more: str) -> dict[str, str]:
    return {"name": name, **more}


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def with_classes(check: Any) -> Any:
    """The check with the names of classes as rules know them."""
    if isinstance(check, Mapping):
        return {
            key: [one for name in _listed(given) for one in classes_of(str(name))]
            if key in ("class", "class_not")
            else with_classes(given)
            for key, given in check.items()
        }
    return [with_classes(one) for one in check] if isinstance(check, list) else check
