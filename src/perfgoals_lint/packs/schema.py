"""What may stand in a pack: pydantic guards this edge, and every error names its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from perfgoals_lint.model import SEVERITIES, Severity
from perfgoals_lint.packs import keys
from perfgoals_lint.packs.errors import PackError, Said
from perfgoals_lint.text import nearest

Listed = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]


class TextsByLanguage(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


def _day(given: object) -> str:
    """A day, a month or a year, as YAML has it, in ISO form. Raises ``ValueError`` for anything else."""
    text = given.isoformat() if isinstance(given, date) else str(given)
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        raise ValueError("YYYY, YYYY-MM, YYYY-MM-DD") from None
    if len(text) not in (4, 7, 10):
        raise ValueError("YYYY, YYYY-MM, YYYY-MM-DD")
    return text


Day = Annotated[str, BeforeValidator(_day)]


class Effective(BaseModel):
    """Something that is in force from a day to a day; either may be open."""

    model_config = ConfigDict(extra="forbid")

    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _in_order(self) -> Effective:
        if self.first and self.last and self.first[: len(self.last)] > self.last:
            raise ValueError(f"from {self.first} > to {self.last}")
        return self


class SourceDocument(Effective):
    """A document that rules of a pack rest on: its title, and the short name of its next edition."""

    title: str | TextsByLanguage
    succeeded_by: str | None = None


class Check(BaseModel):
    """A declarative check: its kind, and the keys of that kind."""

    model_config = ConfigDict(extra="allow")

    kind: str
    where: dict[str, Any] | None = None


class ShortRule(Effective):
    """One rule of a pack file."""

    code: Annotated[
        str,
        Field(
            pattern=r"^([A-OQ-Z][A-Z]|P[A-FH-Z])[A-Z]{0,4}\d{1,4}$",
            description="字母加数字，不以 PG 开头，如 QH001",
        ),
    ]
    title: str | TextsByLanguage
    severity: Severity = "warning"
    scope: Literal["row", "table", "document"] | None = None
    check: Check
    bad: Annotated[Listed, Field(min_length=1, description="反例：一级 | 二级 | 三级 | 指标值")]
    good: Annotated[Listed, Field(min_length=1, description="正例：一级 | 二级 | 三级 | 指标值")]
    name: Annotated[str | None, Field(pattern=r"^[a-z0-9-]+$")] = None
    message: str | TextsByLanguage | None = None
    advice: str | TextsByLanguage | None = None
    basis: list[str] = []
    profiles: Literal["all"] | list[str] = "all"
    needs: list[str] = []
    parameters: dict[str, Any] = {}
    default: bool = True
    line: Annotated[int | None, Field(exclude=True)] = None


class PackFile(BaseModel):
    """A pack file."""

    model_config = ConfigDict(extra="forbid")

    pack: str
    sources: dict[str, SourceDocument] = {}
    rules: Annotated[list[ShortRule], Field(min_length=1)]


Model = TypeVar("Model", bound=BaseModel)


def checked(model: type[Model], data: Any, file: Path) -> Model:
    """The data as a model. Raises :class:`perfgoals_lint.packs.errors.PackError` with everything that is wrong and its
    lines."""
    lines = _Lines(file)
    found: list[Said] = []
    if isinstance(data, dict) and isinstance(data.get("rules"), list):
        for number, rule in enumerate(data["rules"]):
            if isinstance(rule, dict):
                rule["line"] = lines.of(("rules", number))
                if isinstance(rule.get("check"), dict):
                    path = ("rules", number, "check")
                    found += [
                        _said(fault, lines) for fault in keys.faults(rule["check"], path, rule.get("scope"))
                    ]
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        found += [_said(_fault(one, model), lines) for one in error.errors()]
    else:
        if not found:
            return made
    found += _codes_twice(data, file)
    found.sort(key=lambda one: one.line or 0)
    raise PackError(file, None, "", found)


def _codes_twice(data: Any, file: Path) -> Iterator[Said]:
    """The rules of a faulty file whose code one in front of them has. Those of sound files are found when they are tested."""
    seen: dict[str, int] = {}
    listed = data.get("rules") if isinstance(data, dict) else None
    for rule in listed if isinstance(listed, list) else []:
        code = rule.get("code") if isinstance(rule, dict) else None
        if isinstance(code, str):
            if code in seen:
                yield Said(rule["line"], "twice", {"code": code, "other": f"{file}:{seen[code]}"})
            seen.setdefault(code, rule["line"])


def _said(fault: keys.Fault, lines: _Lines) -> Said:
    where = ".".join(str(part) for part in fault.path if isinstance(part, str) and part != "rules")
    return Said(lines.of(fault.path), fault.key, {"where": where, **fault.args}, fault.near)


def _fault(error: Any, model: type[BaseModel]) -> keys.Fault:
    """What pydantic says, in the words of packs."""
    path = tuple(part for part in error["loc"] if isinstance(part, int) or part not in _BRANCHES)
    name = str(path[-1]) if path else ""
    if error["type"] == "extra_forbidden":
        known = ShortRule if "rules" in path else SourceDocument if "sources" in path else model
        names = [field.alias or key for key, field in known.model_fields.items()]
        return keys.Fault(path, "unknown_key", {"name": name}, nearest(name, names))
    if error["type"] == "model_type" and not path:
        return keys.Fault(path, "not_pack", {}, [])
    if error["type"] == "missing":
        return keys.Fault(path[:-1], "missing", {"name": name}, [])
    first = next((str(part) for part in path if part in keys.table()["rule"]), "")
    if first and error["type"] != "value_error":  # these say themselves what is wrong
        return keys.Fault(path, "described", {"name": name, "key": first}, [])
    return keys.Fault(path, "wrong", {"why": error["msg"]}, [])


_BRANCHES = frozenset({"str", "TextsByLanguage", "function-before[<lambda>(), list[str]]"})


class _Lines:
    """The lines of the parts of a YAML file, looked up when something is wrong with it."""

    def __init__(self, file: Path) -> None:
        import yaml

        text = file.read_text(encoding="utf-8")
        try:
            self._root: Any = yaml.compose(text)
        except yaml.YAMLError:
            self._root = None

    def of(self, path: tuple[int | str, ...]) -> int:
        """The 1-based line of a part, or of the nearest part that holds it."""
        node = self._root
        line = 1
        for part in path:
            children = _children(node)
            if part not in children:
                break
            key, node = children[part]
            line = key.start_mark.line + 1
        return line


def _children(node: Any) -> dict[int | str, tuple[Any, Any]]:
    kind = type(node).__name__
    if kind == "MappingNode":
        return {key.value: (key, value) for key, value in node.value}
    if kind == "SequenceNode":
        return {number: (value, value) for number, value in enumerate(node.value)}
    return {}


def json_schema(lang: str = "zh") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a pack file, with every key explained."""
    known = keys.table()
    rule = {
        name: {**_RULE_TYPES.get(name, {"type": "string"}), "description": entry[lang]}
        for name, entry in known["rule"].items()
    }
    rule["check"] = {"oneOf": [_kind_schema(name, entry, lang) for name, entry in known["kinds"].items()]}
    needed = [name for name, entry in known["rule"].items() if entry.get("needed")]
    one = {"type": "object", "properties": rule, "required": needed, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "perfgoals-lint/pack/1",
        "title": known["guide"]["title"][lang],
        "type": "object",
        "properties": {
            "pack": {"type": "string"},
            "sources": {"type": "object", "additionalProperties": _source_schema(lang)},
            "rules": {"type": "array", "items": one, "minItems": 1},
        },
        "required": ["pack", "rules"],
        "additionalProperties": False,
    }


_TEXTS: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "object"}]}
_MANY: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_DAY: dict[str, Any] = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d){0,2}$"}
_RULE_TYPES: dict[str, dict[str, Any]] = {
    "title": _TEXTS,
    "message": _TEXTS,
    "advice": _TEXTS,
    "severity": {"enum": list(SEVERITIES)},
    "scope": {"enum": ["row", "table", "document"]},
    "bad": _MANY,
    "good": _MANY,
    "basis": {"type": "array", "items": {"type": "string"}},
    "needs": {"type": "array", "items": {"type": "string"}},
    "profiles": {"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]},
    "parameters": {"type": "object"},
    "default": {"type": "boolean"},
    "from": _DAY,
    "to": _DAY,
}
_KEY_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "field": {"type": "string"},
    "bound": {"type": "string"},
    "number": {"type": ["number", "string"]},
    "yes": {"type": "boolean"},
    "map": {"type": "object"},
    "list": {"type": "array"},
    "words": {"type": "array", "items": {"type": "string"}},
    "fields": {"type": "array", "items": {"type": "string"}},
    "facts": {"type": "array", "items": {"type": "string"}},
}


def _source_schema(lang: str) -> dict[str, Any]:
    known = keys.table()["source"]
    properties = {
        name: {**_RULE_TYPES.get(name, {"type": "string"}), "description": entry[lang]}
        for name, entry in known.items()
    }
    return {"type": "object", "properties": properties, "required": ["title"], "additionalProperties": False}


def _kind_schema(kind: str, entry: Any, lang: str) -> dict[str, Any]:
    selector = _conditions_schema("selector", lang)
    properties: dict[str, Any] = {"kind": {"const": kind}, "where": selector}
    for name, key in entry["keys"].items():
        made = selector if key["type"] == "rows" else _KEY_TYPES[key["type"]]
        properties[name] = {**made, "description": key[lang]}
    needed = ["kind", *(name for name, key in entry["keys"].items() if key.get("needed"))]
    return {
        "title": kind,
        "description": entry[lang],
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _conditions_schema(what: str, lang: str) -> dict[str, Any]:
    known = keys.table()[what]
    properties = {name: {"description": entry[lang]} for name, entry in known.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}
