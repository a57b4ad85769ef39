"""The rules that a file is checked with: a configuration's selectors resolved, and everything a result depends on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from perfgoals_lint.config.layers import Config, ConfigError, Configs, Entry, Layer, effective, overrides
from perfgoals_lint.config.patterns import matches
from perfgoals_lint.config.schema import Path, nearest
from perfgoals_lint.model import Severity
from perfgoals_lint.rulebook.rules import Rulebook, UnknownRuleError


@dataclass(slots=True)
class Override:
    """What holds for the projects whose name fits ``pattern`` (``*`` and ``?`` are wild)."""

    pattern: str
    ignore: frozenset[str] = frozenset()
    severity: dict[str, Severity] = member(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """How one file is checked. Files with the same ``key`` share an engine and may share cached results.

    ``codes`` are the rules in order, ``forced`` those that run even where they are off by default. ``severity`` and
    ``projects`` are applied to the findings, ``mandatory`` rules can be neither suppressed nor baselined.
    """

    codes: tuple[str, ...]
    forced: frozenset[str]
    framework: str | None = None
    parameters: dict[str, dict[str, Any]] = member(default_factory=dict)
    severity: dict[str, Severity] = member(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    projects: tuple[Override, ...] = ()
    limits: dict[str, Any] = member(default_factory=dict)
    key: str = ""

    def __post_init__(self) -> None:
        checked = (self.codes, sorted(self.forced), self.framework, self.parameters, self.limits)
        self.key = json.dumps(checked, sort_keys=True, ensure_ascii=False)


class Plans:
    """The plan of every file; made once for all files of which the same configuration and overrides hold.

    ``options`` is the layer of the command line. Raises :class:`perfgoals_lint.config.layers.ConfigError` and, for a selector
    of the command line, :class:`perfgoals_lint.rulebook.rules.UnknownRuleError`.
    """

    def __init__(self, book: Rulebook, configs: Configs, options: Layer) -> None:
        self._book = book
        self._configs = configs
        self._options = options
        self._patterns: dict[str, list[str]] = {}
        self._made: dict[tuple[str, tuple[str, ...]], Plan] = {}

    def of(self, path: str) -> Plan:
        """The plan of one file."""
        config = self._configs.of(path)
        patterns = self._patterns.get(config.path)
        if patterns is None:
            patterns = [pattern for pattern, _ in overrides(config.layer, "per-file")]
            self._patterns[config.path] = patterns
        key = (config.path, tuple(pattern for pattern in patterns if matches(path, pattern)))
        if key not in self._made:
            self._made[key] = make_plan(self._book, effective(config, path, self._options), config)
        return self._made[key]

    def excluded(self, path: str) -> bool:
        """Does the file's configuration, or the command line, exclude it?"""
        entry = self._options.get(("exclude",))
        patterns = entry.value if entry else ()
        return any(matches(path, pattern) for pattern in patterns) or self._configs.of(path).excludes(path)

    def root(self, path: str) -> str:
        """The directory of the file's configuration, empty when it has none."""
        return self._configs.of(path).root


def make_plan(book: Rulebook, layer: Layer, config: Config) -> Plan:
    """The plan that a layer of effective values stands for; ``config`` only serves to say where an error is."""
    resolve = _Resolver(book, config)
    selected = resolve.codes(layer, ("select",))
    extended = resolve.codes(layer, ("extend-select",))
    ignored = resolve.codes(layer, ("ignore",))
    mandatory = resolve.codes(layer, ("mandatory",))
    selects = ("select",) in layer and bool(layer["select",].value)
    chosen = [
        code
        for code in book.rules
        if code in mandatory or (code not in ignored and (not selects or code in selected | extended))
    ]
    framework = layer.get(("framework",))
    if framework:
        resolve.framework(framework)
    return Plan(
        tuple(chosen),
        (selected | extended | mandatory) & frozenset(chosen),
        framework.value if framework else None,
        resolve.parameters(layer),
        resolve.severity(layer, mandatory),
        mandatory,
        tuple(
            Override(pattern, resolve.codes(own, ("ignore",)) - mandatory, resolve.severity(own, mandatory))
            for pattern, own in overrides(layer, "per-project")
        ),
        limits_of(layer),
    )


def limits_of(layer: Layer) -> dict[str, Any]:
    """The limits that a layer sets, by the names of :class:`perfgoals_lint.readers.limits.Limits`."""
    return {key[1].replace("-", "_"): entry.value for key, entry in layer.items() if key[0] == "limits"}


class _Resolver:
    """Turns names into codes; what names nothing is an error at the place where it was said."""

    def __init__(self, book: Rulebook, config: Config) -> None:
        self._book = book
        self._config = config

    def codes(self, layer: Layer, path: Path) -> frozenset[str]:
        entry = layer.get(path)
        found = (self._find(selector, entry) for selector in entry.value) if entry else ()
        return frozenset(code for codes in found for code in codes)

    def severity(self, layer: Layer, mandatory: frozenset[str]) -> dict[str, Severity]:
        """The severities by code. That of a mandatory rule stays: lowered enough, it would not forbid anything."""
        said = ((key[1], entry) for key, entry in layer.items() if key[0] == "severity")
        return {
            code: entry.value
            for selector, entry in sorted(said, key=lambda pair: len(self._find(*pair)), reverse=True)
            for code in self._find(selector, entry)
            if code not in mandatory
        }

    def parameters(self, layer: Layer) -> dict[str, dict[str, Any]]:
        made: dict[str, dict[str, Any]] = {}
        for key, entry in layer.items():
            if key[0] != "rules":
                continue
            for code in self._find(key[1], entry):
                known: Mapping[str, Any] = self._book.rules[code].head.get("parameters", {})
                if key[2] not in known:
                    reason = "config.unknown_parameter" if known else "config.no_parameters"
                    near = nearest(key[2], list(known)) or list(known)
                    raise self._error(entry, reason, rule=code, name=key[2], near=near)
                made.setdefault(code, {})[key[2]] = _like(known[key[2]], entry.value)
        return made

    def framework(self, entry: Entry) -> None:
        from perfgoals_lint.rulebook import frameworks

        if entry.value not in frameworks.names():
            near = nearest(entry.value, frameworks.names()) or frameworks.names()
            raise self._error(entry, "config.unknown_framework", name=entry.value, near=near)

    def _find(self, selector: str, entry: Entry) -> list[str]:
        try:
            return [rule.code for rule in self._book.find(selector)]
        except UnknownRuleError as error:
            if entry.origin.label.startswith("--"):
                raise
            raise self._error(entry, "config.unknown_rule", name=selector, near=error.near) from None

    def _error(self, entry: Entry, key: str, **args: object) -> ConfigError:
        return ConfigError(entry.origin.label, _item_line(entry, args), key, args)


def _item_line(entry: Entry, args: Mapping[str, object]) -> int | None:
    """The line of the faulty item in a list of several lines; that of the key where it cannot be told."""
    try:
        with open(entry.origin.label, encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
    except OSError:
        return entry.origin.line
    start = entry.origin.line or 1
    name = str(args.get("name", ""))
    later = (
        n for n in range(start, len(lines) + 1) if f'"{name}"' in lines[n - 1] or f"'{name}'" in lines[n - 1]
    )
    return next(later, entry.origin.line) if isinstance(entry.value, list) else entry.origin.line


def _like(default: Any, value: Any) -> Any:
    """The value in the type of the parameter's default: page heads write decimals and bounds as text."""
    return str(value) if isinstance(default, str) else value
