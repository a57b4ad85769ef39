"""The keys that checks of packs may have, from ``rules/messages/packs.yaml``: what is misspelt is named, with what may have
been meant, and classes go by their Chinese and their English names."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.lint.kinds.kinds import KINDS, scopes_of
from perfgoals_lint.rulebook.labels import classify, column_of, field_of
from perfgoals_lint.rulebook.policy import framework_data, index
from perfgoals_lint.text import nearest

_COMMON = ("kind", "where")
_SCOPES = ("row", "table", "document")
_UNITS = {"value_unit": "unit", "unit": ""}
"""What a table prints as 计量单位 is the field ``unit``; the unit that has the budget is no field."""
_FIELD_KEYS = frozenset({"field", "fields"})
_SIDES = ("left", "right")


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


def field_named(name: str) -> str | None:
    """The field that a name stands for: its own, or one that tables print for it (年度指标值); ``None`` for no name."""
    known = table()["field"]
    printed = (column_of(name), field_of(name))
    return next(
        (one for one in (name, *(_UNITS.get(one or "", one) for one in printed)) if one in known), None
    )


def field_names() -> list[str]:
    """Every field, and its Chinese name as the guide has it."""
    known = table()["field"]
    return [*known, *(entry["zh"].partition("（")[0] for entry in known.values())]


def scope_of(check: Mapping[str, Any]) -> str:
    """What a check of a known kind looks at where its rule does not say: fields of the project are held against each other
    once a table."""
    of_project = check["kind"] == "compare" and any(_holder(check.get(side)) == "project" for side in _SIDES)
    return "table" if of_project else scopes_of(check["kind"])[0]


def _holder(name: object) -> str:
    """What has a field: a ``row``, the ``project``, or the project for comparisons in a row (``compare``)."""
    return str(table()["field"].get(field_named(str(name)), {}).get("of", "row"))


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
    compared_once = kind == "compare" and (scope or scope_of(check)) == "table"
    of_project = compared_once or kind == "calculation"
    holders = ("project",) if of_project else ("row", "compare") if kind == "compare" else ("row",)
    for key in known:
        if known[key].get("needed") and key not in check:
            yield Fault(path, "missing", _named(key), [])
    for key, given in check.items():
        if key in known and (wrong := _wrong_kind(given, known[key]["type"])):
            yield Fault((*path, key), f"not_{wrong}", _named(str(given)), [])
        elif key == "where":
            yield from _conditions("table" if compared_once else "selector", given, (*path, key))
        elif key not in known and key != "kind":
            yield _unknown(key, (*path, key), [*known, *_COMMON])
        elif key != "kind" and known[key]["type"] == "rows":
            yield from _conditions("selector", given, (*path, key))
        elif key != "kind" and known[key]["type"] in ("field", "fields"):
            yield from _fields(given, (*path, key))
            yield from _of_others(given, (*path, key), holders)
        elif key == "groups":
            for number, group in enumerate(_listed(given)):
                yield from _group(group, (*path, key, number))
        elif key == "checks":
            for number, one in enumerate(_listed(given)):
                if isinstance(one, Mapping):
                    bare = {name: value for name, value in one.items() if name != "case"}
                    yield from faults(bare, (*path, key, number), "table")


def _group(group: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """What is wrong with one of the groups of rows that must be there: a label, and which rows they are."""
    if not isinstance(group, Mapping):
        yield Fault(path, "not_map", _named(str(group)), [])
        return
    for key in ("label", "where"):
        if key not in group:
            yield Fault(path, "missing", _named(key), [])
    for key in group:
        if key not in ("label", "where"):
            yield _unknown(key, (*path, key), ["label", "where"])
    yield from _conditions("selector", group.get("where", {}), (*path, "where"))


def _wrong_kind(given: Any, wanted: str) -> str | None:
    """What a value should have been and is not: ``text``, ``bound``, ``number``, ``yes``, ``map``, ``list``; ``None`` for
    one that fits, or that names a parameter of the page."""
    if isinstance(given, str) and given.startswith("$"):
        return None
    if wanted in _TYPES:
        return None if isinstance(given, _TYPES[wanted]) else wanted
    if wanted == "bound":
        return None if isinstance(given, str) and any(map(str.isnumeric, given)) else wanted
    if wanted == "number":
        plain = isinstance(given, int | float) and not isinstance(given, bool)
        return None if plain or str(given).strip().replace(".", "", 1).isdecimal() else wanted
    if wanted in _SEVERAL:
        fits = given != [] and all(isinstance(one, str) for one in _listed(given))
        return None if fits else "words"
    return None


_TYPES: dict[str, type] = {"text": str, "yes": bool, "map": Mapping, "list": list}
_SEVERAL = frozenset({"words", "field", "fields", "facts"})
"""Types of keys that hold one text or a list of texts."""


def _fields(given: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    known = table()["field"]
    for name in _listed(given):
        if field_named(str(name)) is None:
            near = nearest(str(name), field_names())
            yield Fault(path, "unknown_field", _named(str(name), known=", ".join(known)), near)


def _of_others(given: Any, path: tuple[int | str, ...], holders: tuple[str, ...]) -> Iterator[Fault]:
    """The fields that nothing of what the check looks at has."""
    for name in _listed(given):
        if field_named(str(name)) is not None and _holder(name) not in holders:
            yield Fault(
                path, "field_of_project" if "row" in holders else "field_of_row", _named(str(name)), []
            )


def _conditions(what: str, given: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    if not isinstance(given, Mapping):
        if what != "value":
            yield Fault(path, "not_map", _named(str(given)), [])
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
    near = nearest(str(key), known)
    if not near:
        return Fault(path, "no_such_key", _named(str(key), known=", ".join(dict.fromkeys(known))), [])
    return Fault(path, "unknown_key", _named(str(key)), near)


def _named(name: str, **more: str) -> dict[str, str]:
    return {"name": name, **more}


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def in_own_names(check: Any, kind: str | None = None) -> Any:
    """The check with the names of classes and fields as rules know them; ``kind`` is that of the check around a part."""
    if isinstance(check, list):
        return [in_own_names(one, kind) for one in check]
    if not isinstance(check, Mapping):
        return check
    kind = str(check["kind"]) if "kind" in check else kind
    keys = table()["kinds"].get(kind or "", {"keys": {}})["keys"] if "kind" in check else {}
    return {key: _in_own_names(key, given, keys, kind) for key, given in check.items()}


def _in_own_names(key: Any, given: Any, keys: Mapping[str, Any], kind: str | None) -> Any:
    if key in ("class", "class_not"):
        return [one for name in _listed(given) for one in classes_of(str(name))]
    wanted = keys.get(key, {}).get("type")
    if wanted in _FIELD_KEYS or (not keys and key in ("empty", "present")):
        names = [field_named(str(name)) or name for name in _listed(given)]
        return names if isinstance(given, list) or wanted != "field" else names[0]
    if wanted in ("words", "facts") and isinstance(given, str) and not given.startswith("$"):
        return [given]
    return in_own_names(given, kind)
