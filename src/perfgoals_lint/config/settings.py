"""What a run was asked to do beyond the configuration of its files: the one object that a command hands down."""

from dataclasses import dataclass
from dataclasses import field as member
from datetime import date
from typing import Any, Literal

from perfgoals_lint.config.layers import ConfigError, Layer, Origin, SettingEntry
from perfgoals_lint.config.schema import FaultError, Path, flatten
from perfgoals_lint.model import Severity


@dataclass(slots=True)
class Settings:
    """What holds for files goes over every file's own configuration (:meth:`layer`); what is empty leaves it to that.

    ``lang`` is the language of the report; that of a file's findings too, where it was asked for (``lang_asked``).
    ``baseline`` and ``exceptions`` are paths; ``baselined`` false takes no notice of any baseline; without ``exceptions`` the file is looked for beside each document and at
    the root of its configuration or of the run (``root``). ``suppress`` false shows everything. ``today`` decides what
    has expired. ``jobs`` is the number of processes, ``cache_bytes`` what the cache may hold. ``against`` is the path of
    last year's tables; ``across`` asks rules over several tables of all files together; ``accounting`` keeps what became
    of every rule in every table.
    """

    lang: str = "zh"
    lang_asked: bool = True
    framework: str | None = None
    select: list[str] = member(default_factory=list)
    extend_select: list[str] = member(default_factory=list)
    ignore: list[str] = member(default_factory=list)
    fail_on: Severity | None = None
    max_warnings: int | None = None
    parameters: dict[str, dict[str, Any]] = member(default_factory=dict)
    exclude: list[str] = member(default_factory=list)
    packs: list[str] = member(default_factory=list)
    plugins: list[str] = member(default_factory=list)
    baseline: str | None = None
    baselined: bool = True
    exceptions: str | None = None
    suppress: bool = True
    today: date | None = None
    root: str | None = None
    jobs: int | Literal["auto"] = 1
    cache: bool = False
    cache_bytes: int | None = None
    results: str | None = None
    """The file in which finished results are cached, where it is not the user's own."""
    timed: bool = False
    passwords: list[str] = member(default_factory=list, repr=False)
    convert: bool = False
    against: str | None = None
    across: bool = False
    accounting: bool = False
    projects: bool = False
    """Are the projects of every file kept, for opinions and comparisons?"""
    printed: bool = False
    """Are the tables kept as they are printed, for a report that shows them?"""
    lines: bool = False
    """Is nothing wanted but the concise report, as it is written without colour? Unchanged files then give the lines that
    were printed of them."""
    walked: bool = False
    """Were files met in directories and archives? Among these a run must find some goal table."""
    excluded: list[str] = member(default_factory=list)
    """The files that were met and are not to be checked."""
    scheduler: str | None = None
    """The address of the Dask scheduler whose workers check the files."""
    shared_cache: str | None = None
    """The directory or address of a cache that these workers share."""
    partial: bool = False
    """Were files left out of the run on purpose (only what changed)? What then goes unused is not reported."""

    def layer(self) -> Layer:
        """The options that hold for files, as a layer over their configurations. Raises :class:`ConfigError` for a value that
        the key of a configuration file of that name could not have."""
        given = {
            "select": self.select or None,
            "extend-select": self.extend_select or None,
            "ignore": self.ignore or None,
            "exclude": self.exclude or None,
            "packs": self.packs or None,
            "plugins": self.plugins or None,
            "framework": self.framework,
            "lang": self.lang if self.lang_asked else None,
            "fail-on": self.fail_on,
            "baseline": self.baseline if self.baselined else "",
            "exceptions": self.exceptions,
            "against": self.against,
            "across": self.across or None,
            "rules": self.parameters or None,
        }
        try:
            values = list(flatten({name: value for name, value in given.items() if value is not None}))
        except FaultError as wrong:
            raise ConfigError(_option(wrong.path), None, wrong.key, wrong.args_shown) from None
        return {path: SettingEntry(value, Origin(_option(path))) for path, value in values}


def _option(path: Path) -> str:
    """The option that says what stands under a path of keys."""
    return "--parameter" if path[0] == "rules" else f"--{path[0]}"
