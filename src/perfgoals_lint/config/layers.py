"""The configuration that holds for a file: the closest one, what it extends, and where every value came from.

A configuration is a flat layer of values by path of keys (``("rules", "PGF403", "similarity")``). Layers are put over
one another only where ``extends`` says so, then the file's own overrides, then the command line.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from perfgoals_lint.config.patterns import absolute, matches
from perfgoals_lint.config.schema import ADDED, OVERRIDES, FaultError, Path, flatten
from perfgoals_lint.config.text import line_of, version_fits
from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.messages import message, near, system_reason
from perfgoals_lint.text import nearest

NAMES = ("perfgoals.toml", ".perfgoals.toml", "pyproject.toml")
_PATHS = frozenset({("packs",), ("baseline",), ("exceptions",), ("against",)})
"""Keys whose values are paths, relative to the file that says them."""
_SECTION = ("tool", "perfgoals-lint")


class ConfigError(ValueError):
    """A configuration that cannot be used: the file, the line where it is known, and the wording's key and arguments.

    ``near`` holds the names that may have been meant.
    """

    def __init__(self, path: str, line: int | None, key: str, args: Mapping[str, Any]) -> None:
        super().__init__(path, line, key)
        self.path = path
        self.line = line
        self.key = key
        self.args_shown = {name: value for name, value in args.items() if name != "near"}
        self.near: list[str] = list(args.get("near", ()))

    def __str__(self) -> str:
        return self.said("en")

    def said(self, lang: str) -> str:
        """What is wrong, and where, in a language."""
        args = dict(self.args_shown)
        if "kind" in args:
            args["kind"] = message("config", f"kind.{args['kind']}", lang)
        if "errno" in args:
            args["reason"] = system_reason(args["errno"], args["reason"], lang)
        text = message("config", self.key, lang, **args) + near(self.near, lang)
        place = "config.place_line" if self.line else "config.place"
        return message("config", place, lang, path=self.path, line=self.line, message=text)


@contextmanager
def read_soundly(path: str) -> Iterator[None]:
    """A file that somebody wrote for the tool is read. Raises :class:`ConfigError` where it cannot be read or is nested
    too deeply."""
    try:
        yield
    except RecursionError:
        raise ConfigError(path, None, "config.too_deep", {}) from None
    except UnicodeDecodeError:
        raise ConfigError(path, None, "config.no_utf8", {}) from None
    except OSError as error:  # in the system's words, and its number for words in another language
        told = {"reason": error.strerror or str(error), "errno": error.errno}
        raise ConfigError(path, None, "config.unreadable", told) from None


class Origin(NamedTuple):
    """Where a value was said: ``label`` is a path, ``builtin:strict``, an option or ``default``; 1-based ``line``."""

    label: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.label}:{self.line}" if self.line else self.label


class SettingEntry(NamedTuple):
    """One value and where it was said."""

    value: Any
    origin: Origin


Layer = dict[Path, SettingEntry]
DEFAULT = Origin("default")
HELD = ("held",)
"""Where a layer keeps the layers below it that made rules mandatory: their thresholds hold, whatever lies over them."""
DEFAULTS: Layer = {
    ("lang",): SettingEntry("zh", DEFAULT),
    ("format",): SettingEntry("rich", DEFAULT),
    ("fail-on",): SettingEntry("error", DEFAULT),
    ("jobs",): SettingEntry("auto", DEFAULT),
    ("limits", "seconds"): SettingEntry(60, DEFAULT),
}


@dataclass(slots=True)
class Config:
    """One configuration file with everything that it extends. ``root`` is its directory."""

    path: str
    root: str
    layer: Layer

    def excludes(self, path: str) -> bool:
        """Does ``exclude`` name the file or a directory above it?"""
        return _excludes(self.layer, path)

    def excludes_freely(self, path: str) -> bool:
        """Do layers that made rules mandatory exclude the file themselves, if there are any?"""
        held = self.layer.get(HELD)
        return held is None or any(_excludes(below, path) for below in held.value)

    def mandatory(self) -> list[str]:
        """The selectors of the rules that may not be set aside."""
        entry = self.layer.get(("mandatory",))
        return list(entry.value) if entry else []


def _excludes(layer: Layer, path: str) -> bool:
    entry = layer.get(("exclude",))
    return entry is not None and any(matches(path, pattern) for pattern in entry.value)


NO_CONFIG = Config("", "", {})


def over(below: Layer, above: Layer) -> Layer:
    """Both layers as one. The upper one wins; lists that are added to are joined; a new ``select`` starts afresh."""
    joined = dict(below)
    if ("select",) in above:
        for dropped in (("ignore",), ("extend-select",)):
            joined.pop(dropped, None)
    for path, entry in above.items():
        if path in ADDED and path in joined:
            both = dict.fromkeys([*joined[path].value, *entry.value])
            entry = SettingEntry(list(both), entry.origin)
        joined[path] = entry
    return joined


def _extending(below: Layer, above: Layer) -> Layer:
    """A layer over one that it extends, which is kept as it is where it makes rules mandatory."""
    joined = over(below, above)
    held = [*(below[HELD].value if HELD in below else ()), *(above[HELD].value if HELD in above else ())]
    if ("mandatory",) in below and HELD not in below:
        held.insert(0, below)
    if held:
        joined[HELD] = SettingEntry(held, DEFAULT)
    return joined


def folder_of(path: str) -> str:
    """The part of a path by which files of one directory are known; cheaper than its directory, which it stands for."""
    return os.path.dirname(path) if os.altsep else path[: path.rfind(os.sep) + 1]


class Configs:
    """Finds the configuration of each file, each directory looked at once. ``fixed`` names one for all files, and
    ``isolated`` leaves all aside. Raises :class:`ConfigError` when one is wrong."""

    def __init__(self, fixed: str | None = None, isolated: bool = False) -> None:
        self._fixed = load(fixed) if fixed else NO_CONFIG if isolated else None
        self._by_directory: dict[str, Config] = {}
        self._by_given: dict[str, Config] = {}

    def of(self, path: str) -> Config:
        """The configuration closest to a file."""
        given = folder_of(path)
        known = self._by_given.get(given)
        if known is None:
            known = self._by_given[given] = self.in_directory(os.path.dirname(os.path.abspath(path)))
        return known

    def in_directory(self, directory: str) -> Config:
        """The configuration of a directory (absolute), or of the closest one above it that has one."""
        if self._fixed is not None:
            return self._fixed
        passed: list[str] = []
        while directory not in self._by_directory:
            passed.append(directory)
            parent = os.path.dirname(directory)
            here = _here(directory)
            if here is not None or parent == directory:
                self._by_directory[directory] = here or NO_CONFIG
                break
            directory = parent
        found = self._by_directory[directory]
        self._by_directory.update(dict.fromkeys(passed, found))
        return found

    def above(self, config: Config) -> Iterator[Config]:
        """The configurations of the directories above one, which do not hold there unless it extends them."""
        while config.root and self._fixed is None and os.path.dirname(config.root) != config.root:
            config = self.in_directory(os.path.dirname(config.root))
            if config.path:
                yield config


def effective(config: Config, path: str | None, options: Layer) -> Layer:
    """What holds for a file (``None``: for the run as a whole): defaults, configuration, its overrides, options."""
    layer = over(DEFAULTS, _of_file(config.layer, path))
    if HELD in layer:
        layer[HELD] = SettingEntry([_of_file(below, path) for below in layer[HELD].value], DEFAULT)
    return over(layer, options)


def _of_file(layer: Layer, path: str | None) -> Layer:
    """A layer with what it says of one file put over the rest of it."""
    made = {key: entry for key, entry in layer.items() if key[0] != "per-file"}
    if path is not None:
        for pattern, own in overrides(layer, "per-file"):
            if matches(path, pattern):
                made = over(made, own)
    return made


def load(path: str, chain: tuple[str, ...] = (), root: str | None = None) -> Config:
    """A configuration file with all that it extends. Raises :class:`ConfigError`.

    ``chain`` are the files that extend it, ``root`` is where its patterns start if that is not its directory.
    """
    found = _read(path, chain, root)
    if found is None:
        raise ConfigError(_shown(path), None, "config.unreadable", {"reason": "[tool.perfgoals-lint]"})
    return found


def _here(directory: str) -> Config | None:
    for name in NAMES:
        path = os.path.join(directory, name)
        if os.path.isfile(path):
            found = _read(path)
            if found is not None:
                return found
    return None


def _read(path: str, chain: tuple[str, ...] = (), root: str | None = None) -> Config | None:
    """One file; ``None`` for a ``pyproject.toml`` without the tool's table."""
    real = os.path.realpath(path)
    shown = _shown(path)
    if real in chain:
        raise ConfigError(shown, None, "config.extends_loop", {"name": shown})
    import tomllib  # hardly any run has a file of configuration

    with read_soundly(shown):
        text = FilePath(path).read_text(encoding="utf-8-sig")
        try:
            data: Any = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column \d+\)", str(error))
            reason = str(error).split(" (at ")[0]
            # Without a place the file ends before something in it does.
            at = int(place[1]) if place else len(text.splitlines())
            raise ConfigError(shown, at, "config.syntax", {"reason": reason}) from None
    prefix: Path = ()
    if os.path.basename(path) == "pyproject.toml":
        prefix = _SECTION
        tools = data.get("tool")
        data = tools.get("perfgoals-lint") if isinstance(tools, dict) else None
        if not isinstance(data, dict):
            return None
    base = root or os.path.dirname(os.path.abspath(path))
    layer = _layer(data, shown, text, prefix, base)
    below: Layer = {}
    for wanted in layer.get(("extends",), SettingEntry([], DEFAULT)).value:
        line = line_of(text, (*prefix, "extends"), wanted)
        below = _extending(below, _extended(wanted, shown, line, base, (*chain, real)))
    return Config(path, base, _extending(below, layer))


def _layer(data: Mapping[str, Any], shown: str, text: str, prefix: Path, base: str) -> Layer:
    """The values of one file as a layer, patterns made absolute."""
    layer: Layer = {}
    try:
        if isinstance(data.get("required-version"), str):  # first: a later version may know other keys
            version_fits(data["required-version"])
        for path, value in flatten(data):
            if path == ("exclude",):
                value = [absolute(pattern, base) for pattern in value]
            elif path in _PATHS:
                single = isinstance(value, str)
                value = os.path.join(base, value) if single else [os.path.join(base, one) for one in value]
            origin = Origin(shown, line_of(text, (*prefix, *path)))
            if path[0] == "per-file":
                path = (path[0], absolute(path[1], base), *path[2:])
            layer[path] = SettingEntry(value, origin)
    except FaultError as wrong:
        line = line_of(text, (*prefix, *wrong.path), wrong.item)
        raise ConfigError(shown, line, wrong.key, wrong.args_shown) from None
    return layer


def _extended(wanted: str, shown: str, line: int | None, base: str, chain: tuple[str, ...]) -> Layer:
    """The layer that ``extends`` names. Patterns in profiles and packages start at the directory that extends them."""
    kind, _, name = wanted.partition(":")
    if kind == "builtin":
        path = policy.rules_dir() / "profiles" / f"{name}.toml"
        if name not in profiles():
            args = {"name": name, "near": nearest(name, profiles()) or profiles()}
            raise ConfigError(shown, line, "config.unknown_profile", args)
    elif kind == "package":
        found = _package_file(name)
        if found is None:
            raise ConfigError(shown, line, "config.unknown_package", {"name": name})
        path = found
    else:
        return load(os.path.join(base, wanted), chain).layer
    return {
        key: SettingEntry(entry.value, Origin(wanted, entry.origin.line)) if key != HELD else entry
        for key, entry in load(str(path), chain, base).layer.items()
    }


@lru_cache(1)
def profiles() -> list[str]:
    """The names of the built-in profiles."""
    return sorted(path.stem for path in (policy.rules_dir() / "profiles").glob("*.toml"))


def _package_file(name: str) -> FilePath | None:
    """The ``perfgoals.toml`` inside an installed package, without importing the package."""
    from importlib.util import find_spec

    try:
        spec = find_spec(name) if re.fullmatch(r"\w+", name) else None
    except (ImportError, ValueError):
        spec = None
    places: Iterable[str] = (spec.submodule_search_locations or ()) if spec else ()
    files = (FilePath(place) / "perfgoals.toml" for place in places)
    return next((file for file in files if file.is_file()), None)


def overrides(layer: Layer, table: str) -> Iterator[tuple[str, Layer]]:
    """The patterns of ``per-file`` or ``per-project`` with the values below each, in order."""
    assert table in OVERRIDES
    for pattern in dict.fromkeys(key[1] for key in layer if key[0] == table):
        yield pattern, {key[2:]: entry for key, entry in layer.items() if key[:2] == (table, pattern)}


def _shown(path: str) -> str:
    """The path as an error shows it: relative where it lies below the current directory."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return path
    return path if relative.startswith("..") else relative
