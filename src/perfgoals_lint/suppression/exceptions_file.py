"""``perfgoals-exceptions.yaml``: what somebody has approved, where, why, and until when.

One table of keys gives the validation and the JSON Schema. A key may be written in Chinese.
"""

import datetime
import os
import re
from dataclasses import dataclass
from typing import Any

from perfgoals_lint.config.layers import ConfigError, read_soundly
from perfgoals_lint.config.patterns import absolute
from perfgoals_lint.config.schema import describe
from perfgoals_lint.text import nearest

NAME = "perfgoals-exceptions.yaml"
KEYS = {
    "rule": "规则", "project": "项目", "indicator": "指标", "field": "栏目", "quote": "原文",
    "document": "文件", "reason": "理由", "person": "批准人", "date": "日期", "expires": "到期",
}  # fmt: skip
"""Every key of an exception and its Chinese spelling."""
REQUIRED = ("rule", "reason", "person", "date")
_DATES = ("date", "expires")
_BY_NAME = {spelling: key for key, chinese in KEYS.items() for spelling in (key, chinese)}


@dataclass(slots=True)
class Exemption:
    """One exception as written, with the file and the 1-based line where it starts, and what a run made of it.

    ``document`` is a pattern made absolute. ``used`` tells whether it suppressed anything, ``lapsed`` holds the text
    that stands where the quoted one stood.
    """

    path: str
    line: int
    selectors: list[str]
    reason: str
    person: str
    date: datetime.date
    project: str | None = None
    indicator: str | None = None
    field: str | None = None
    quote: str | None = None
    document: str | None = None
    expires: datetime.date | None = None
    used: bool = False
    lapsed: str | None = None
    outdated: bool = False
    refused: str | None = None

    @property
    def target(self) -> str:
        """What the exception is about, in a few words."""
        parts = [part for part in (self.project, self.indicator) if part]
        return " › ".join(parts) or os.path.basename(self.document or "") or "*"


def load(path: str) -> list[Exemption]:
    """The exceptions of a file. Raises :class:`perfgoals_lint.config.layers.ConfigError` with file and line."""
    import yaml

    with read_soundly(path), open(path, encoding="utf-8-sig") as file:
        try:
            root = yaml.compose(file, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            reason = getattr(error, "problem", None) or "YAML"
            raise ConfigError(path, line, "config.syntax_yaml", {"reason": reason}) from None
    if root is None:
        return []
    items = root
    if isinstance(root, yaml.MappingNode):
        items = next((value for key, value in root.value if key.value in ("exceptions", "豁免")), root)
    if not isinstance(items, yaml.SequenceNode):
        raise ConfigError(path, root.start_mark.line + 1, "exceptions.no_list", {})
    return [_exemption(node, path) for node in items.value]


def _exemption(node: Any, path: str) -> Exemption:
    line = node.start_mark.line + 1
    if node.id != "mapping":
        raise ConfigError(path, line, "exceptions.no_list", {})
    values: dict[str, str] = {}
    for key_node, value_node in node.value:
        at = key_node.start_mark.line + 1
        key = _BY_NAME.get(str(key_node.value))
        if key is None:
            args = {"name": key_node.value, "near": nearest(str(key_node.value), set(_BY_NAME))}
            raise ConfigError(path, at, "config.unknown_key", args)
        values[key] = _text(value_node, key, path, at)
    for key in REQUIRED:
        if not values.get(key):
            raise ConfigError(path, line, "exceptions.missing", {"name": key})
    if not values.get("project") and not values.get("document"):
        raise ConfigError(path, line, "exceptions.missing", {"name": "project"})
    dates = {key: _date(values[key], key, path, line) for key in _DATES if key in values}
    pattern = values.get("document")
    return Exemption(
        path,
        line,
        [one for one in re.split(r"[,，、\s]+", values["rule"]) if one],
        values["reason"],
        values["person"],
        dates["date"],
        values.get("project"),
        values.get("indicator"),
        values.get("field"),
        values.get("quote"),
        absolute(pattern, os.path.dirname(os.path.abspath(path))) if pattern else None,
        dates.get("expires"),
    )


def _text(node: Any, key: str, path: str, line: int) -> str:
    if node.id == "sequence" and key == "rule" and all(one.id == "scalar" for one in node.value):
        return ",".join(one.value for one in node.value)
    if node.id != "scalar":
        raise ConfigError(path, line, "config.wrong_type", {"name": key, "kind": "string"})
    return str(node.value)


def _date(text: str, key: str, path: str, line: int) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise ConfigError(path, line, "exceptions.no_date", {"name": key, "text": text}) from None


def json_schema(lang: str = "zh") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``perfgoals-exceptions.yaml``."""
    properties: dict[str, Any] = {}
    for key, chinese in KEYS.items():
        kind: dict[str, Any] = {"type": "string", "description": describe(f"exception.{key}", lang)}
        if key == "rule":
            kind["type"] = ["string", "array"]
            kind["items"] = {"type": "string"}
        properties[key] = properties[chinese] = kind
    one = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "allOf": [{"anyOf": [{"required": [key]}, {"required": [KEYS[key]]}]} for key in REQUIRED],
    }
    listed = {"type": "array", "items": one}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "perfgoals-lint/exceptions/1",
        "title": NAME,
        "oneOf": [
            listed,
            {
                "type": "object",
                "properties": {"exceptions": listed, "豁免": listed},
                "additionalProperties": False,
            },
        ],
    }
