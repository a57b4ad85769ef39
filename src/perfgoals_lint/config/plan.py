"""The rules that a file is checked with: a configuration's selectors resolved, and everything a result depends on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any, NamedTuple

from perfgoals_lint.config.layers import (
    HELD,
    ConfigError,
    Configs,
    Layer,
    SettingEntry,
    effective,
    folder_of,
    overrides,
)
from perfgoals_lint.config.patterns import matches
from perfgoals_lint.config.schema import Path
from perfgoals_lint.lint.finding import problem_codes
from perfgoals_lint.model import Severity
from perfgoals_lint.rulebook.rules import Rulebook, UnknownRuleError
from perfgoals_lint.text import nearest


@dataclass(slots=True)
class Override:
    """What holds for the projects whose name fits ``pattern`` (``*`` and ``?`` are wild)."""

    pattern: str
    ignore: frozenset[str] = frozenset()
    severity: dict[str, Severity] = member(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """How one file is checked and judged. Files with the same ``key`` share an engine and may share cached results.

    ``codes`` are the rules in order, ``forced`` those that run even where they are off by default. ``packs`` and
    ``plugins`` name what the rulebook holds beside its own rules, ``digest`` its state. ``severity`` and ``projects`` are
    applied to the findings, ``mandatory`` rules can be neither suppressed nor baselined. ``home`` is the path of the
    configuration, ``warnings`` how many warnings all its files may have, ``unsaid`` the reading problems (``PGX…``) that
    are not wanted.
    """

    codes: tuple[str, ...]
    forced: frozenset[str]
    framework: str | None = None
    parameters: dict[str, dict[str, Any]] = member(default_factory=dict)
    severity: dict[str, Severity] = member(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    projects: tuple[Override, ...] = ()
    limits: dict[str, Any] = member(default_factory=dict)
    lang: str = "zh"
    packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    digest: str = ""
    across: bool = False
    against: str | None = None
    fail_on: Severity = "error"
    warnings: int | None = None
    baseline: str | None = None
    exceptions: str | None = None
    require_reason: bool = False
    home: str = ""
    unsaid: frozenset[str] = frozenset()
    key: str = ""

    def __post_init__(self) -> None:
        self.key = json.dumps(self.row(), sort_keys=True, ensure_ascii=False)

    @property
    def is_plain(self) -> bool:
        """Are findings reported as the rules make them, as far as the configuration has a say?"""
        changed = self.severity or self.projects or self.unsaid or self.baseline is not None
        return not changed and not self.across and self.against is None

    def row(self) -> dict[str, Any]:
        """What the result of a file depends on, as plain data: the members by name (see :meth:`of_row`)."""
        return {
            "codes": list(self.codes),
            "forced": sorted(self.forced),
            "framework": self.framework,
            "parameters": self.parameters,
            "limits": self.limits,
            "lang": self.lang,
            "packs": list(self.packs),
            "plugins": list(self.plugins),
            "digest": self.digest,
            "across": self.across,
            "against": self.against,
        }

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Plan:
        """The plan that checks as the one that :meth:`row` was asked of; how findings are judged is not in it."""
        lists = {name: tuple(row[name]) for name in ("codes", "packs", "plugins")}
        return cls(**{**row, **lists, "forced": frozenset(row["forced"])})


class Escaped(NamedTuple):
    """Rules (``codes``) that the configuration ``path`` makes mandatory, and a nearer one (``home``) does not."""

    home: str
    path: str
    codes: list[str]


class Books:
    """Rulebooks by the packs and plug-ins in them, each loaded once."""

    def __init__(self) -> None:
        self._loaded: dict[tuple[tuple[str, ...], tuple[str, ...]], Rulebook] = {}

    def of(self, packs: tuple[str, ...] = (), plugins: tuple[str, ...] = ()) -> Rulebook:
        """The rulebook with the rules of packs and plug-ins. Raises what
        :func:`perfgoals_lint.packs.loading.load_with` raises."""
        if (packs, plugins) not in self._loaded:
            from perfgoals_lint.packs.loading import load_with

            self._loaded[packs, plugins] = load_with(packs, plugins)
        return self._loaded[packs, plugins]


class Plans:
    """The plan of every file; made once for all files of which the same configuration and overrides hold.

    ``options`` is the layer of the command line; ``books`` may be shared with others. Raises :class:`perfgoals_lint.config.layers.ConfigError` and, for a selector
    of the command line, :class:`perfgoals_lint.rulebook.rules.UnknownRuleError`.
    """

    def __init__(self, configs: Configs, options: Layer, books: Books | None = None) -> None:
        self.books = books or Books()
        self._configs = configs
        self._options = options
        self._patterns: dict[str, list[str]] = {}
        self._made: dict[tuple[str, tuple[str, ...]], Plan] = {}
        self._last: tuple[str, Plan | None] = ("", None)
        self._by_folder: dict[str, Plan] = {}
        self._escaped: dict[str, list[Escaped]] = {}

    def under(self, options: Layer) -> Plans:
        """The plans under another layer of options, with the same configurations and rulebooks."""
        return Plans(self._configs, options, self.books)

    def of(self, path: str) -> Plan:
        """The plan of one file."""
        folder = folder_of(path)
        plain = self._by_folder.get(folder)
        if plain is not None:
            return plain
        if path == self._last[0] and self._last[1] is not None:
            return self._last[1]
        config = self._configs.of(path)
        patterns = self._patterns.get(config.path)
        if patterns is None:
            patterns = [pattern for pattern, _ in overrides(config.layer, "per-file")]
            self._patterns[config.path] = patterns
        key = (config.path, tuple(pattern for pattern in patterns if matches(path, pattern)))
        if key not in self._made:
            layer = effective(config, path, self._options)
            self._made[key] = make_plan(self.books.of(*_added(layer)), layer, config.path)
        self._last = path, self._made[key]
        if not patterns:  # nothing is said of single files
            self._by_folder[folder] = self._made[key]
        return self._made[key]

    def book(self, plan: Plan) -> Rulebook:
        """The rulebook that a plan's rules are from."""
        return self.books.of(plan.packs, plan.plugins)

    def made(self) -> Iterator[Plan]:
        """The plans that files have been given so far."""
        yield from self._made.values()

    def excluded(self, path: str) -> bool:
        """Does the file's configuration, or the command line, exclude it?"""
        entry = self._options.get(("exclude",))
        patterns = entry.value if entry else ()
        return any(matches(path, pattern) for pattern in patterns) or self._configs.of(path).excludes(path)

    def escaped(self, path: str) -> list[Escaped]:
        """What configurations above the file's own made mandatory and its own, which does not extend them, does not;
        the nearest one first."""
        config = self._configs.of(path)
        if config.path not in self._escaped:
            plan = self.of(path)
            found: list[Escaped] = []
            for above in self._configs.above(config):
                codes = _Resolver(self.book(plan)).known(above.mandatory())
                left = [code for code in codes if code not in plan.mandatory]
                found += [Escaped(config.path, above.path, left)] if left else []
            self._escaped[config.path] = found
        return self._escaped[config.path]

    def slipped(self, path: str) -> str | None:
        """The path of the configuration that excludes a file from rules which another makes mandatory: one that it
        extends, or that lies above it. ``None`` for a file that is checked, or excluded by the one that says so."""
        config = self._configs.of(path)
        if not config.excludes(path):
            return None
        if not config.excludes_freely(path):
            return config.path
        above = (one for one in self._configs.above(config) if one.mandatory())
        return config.path if any(not one.excludes(path) for one in above) else None

    def root(self, path: str) -> str:
        """The directory of the file's configuration, empty when it has none."""
        return self._configs.of(path).root


def make_plan(book: Rulebook, layer: Layer, home: str) -> Plan:
    """The plan that a layer of effective values stands for; ``home`` is the path of the configuration."""
    resolve = _Resolver(book)
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
    said = {key[0]: entry.value for key, entry in layer.items() if len(key) == 1}
    packs, plugins = _added(layer)
    return Plan(
        codes=tuple(chosen),
        forced=(selected | extended | mandatory) & frozenset(chosen),
        framework=framework.value if framework else None,
        parameters=resolve.held_parameters(layer),
        severity=resolve.severity(layer, mandatory),
        mandatory=mandatory,
        projects=tuple(
            Override(pattern, resolve.codes(own, ("ignore",)) - mandatory, resolve.severity(own, mandatory))
            for pattern, own in overrides(layer, "per-project")
        ),
        limits=limits_of(layer),
        lang=said["lang"],
        packs=packs,
        plugins=plugins,
        digest=book.digest,
        across=bool(said.get("across")),
        against=said.get("against"),
        fail_on=said["fail-on"],
        warnings=said.get("max-warnings"),
        baseline=said.get("baseline") or None,
        exceptions=said.get("exceptions"),
        require_reason=bool(said.get("require-reason")),
        home=home,
        unsaid=frozenset(code for code in ignored if code not in book.rules),
    )


def _added(layer: Layer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The packs and the plug-ins that a layer names."""
    packs, plugins = (tuple(layer[key].value) if key in layer else () for key in (("packs",), ("plugins",)))
    return packs, plugins


def limits_of(layer: Layer) -> dict[str, Any]:
    """The limits that a layer sets, by the names of :class:`perfgoals_lint.readers.limits.Limits`."""
    return {key[1].replace("-", "_"): entry.value for key, entry in layer.items() if key[0] == "limits"}


class _Resolver:
    """Turns names into codes; what names nothing is an error at the place where it was said."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book

    def codes(self, layer: Layer, path: Path) -> frozenset[str]:
        entry = layer.get(path)
        found = (self._find(selector, entry) for selector in entry.value) if entry else ()
        return frozenset(code for codes in found for code in codes)

    def known(self, selectors: list[str]) -> list[str]:
        """The codes that selectors of another configuration name here; a rule of its own packs names none."""
        codes: dict[str, None] = {}
        for selector in selectors:
            with suppress(UnknownRuleError):
                codes.update(dict.fromkeys(rule.code for rule in self._book.find(selector)))
        return list(codes)

    def severity(self, layer: Layer, mandatory: frozenset[str]) -> dict[str, Severity]:
        """The severities by code. That of a mandatory rule stays: lowered enough, it would not forbid anything."""
        said = ((key[1], entry) for key, entry in layer.items() if key[0] == "severity")
        return {
            code: entry.value
            for selector, entry in sorted(said, key=lambda pair: len(self._find(*pair)), reverse=True)
            for code in self._find(selector, entry)
            if code not in mandatory
        }

    def held_parameters(self, layer: Layer) -> dict[str, dict[str, Any]]:
        """The thresholds by code. A mandatory rule has those of the lowest layer that made it so: a threshold raised or
        lowered enough would switch it off."""
        made = self.parameters(layer)
        for below in reversed(layer[HELD].value if HELD in layer else ()):
            own = self.parameters(below)
            for code in self.codes(below, ("mandatory",)):
                made.pop(code, None)
                made.update({code: own[code]} if code in own else {})
        return made

    def parameters(self, layer: Layer) -> dict[str, dict[str, Any]]:
        made: dict[str, dict[str, Any]] = {}
        for key, entry in layer.items():
            if key[0] != "rules":
                continue
            for code in self._find(key[1], entry):
                if code not in self._book.rules:
                    raise self._error(entry, "config.no_parameters", rule=code, name=key[2], near=[])
                known: Mapping[str, Any] = self._book.rules[code].parameters
                if key[2] not in known:
                    reason = "config.unknown_parameter" if known else "config.no_parameters"
                    near = nearest(key[2], list(known)) or list(known)
                    raise self._error(entry, reason, rule=code, name=key[2], near=near)
                # Page heads write decimals and bounds as text.
                value = str(entry.value) if isinstance(known[key[2]], str) else entry.value
                made.setdefault(code, {})[key[2]] = value
        return made

    def framework(self, entry: SettingEntry) -> None:
        from perfgoals_lint.rulebook import frameworks

        if entry.value not in frameworks.names():
            near = nearest(entry.value, frameworks.names()) or frameworks.names()
            raise self._error(entry, "config.unknown_framework", name=entry.value, near=near)

    def _find(self, selector: str, entry: SettingEntry) -> list[str]:
        problems = problem_codes(selector)
        if problems:
            return problems
        try:
            return [rule.code for rule in self._book.find(selector)]
        except UnknownRuleError as error:
            if entry.origin.label.startswith("--"):
                raise
            raise self._error(entry, "config.unknown_rule", name=selector, near=error.near) from None

    def _error(self, entry: SettingEntry, key: str, **args: object) -> ConfigError:
        return ConfigError(entry.origin.label, _item_line(entry, args), key, args)


def _item_line(entry: SettingEntry, args: Mapping[str, object]) -> int | None:
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
