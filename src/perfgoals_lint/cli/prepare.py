"""From options and configuration to a run: what ``check`` and ``baseline`` have in common."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from dataclasses import field as member
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, refuse_config, refuse_rule, split
from perfgoals_lint.cli.wording import configure, language, say

if TYPE_CHECKING:
    from perfgoals_lint.config.layers import Configs, Layer
    from perfgoals_lint.config.plan import Plans
    from perfgoals_lint.config.settings import Settings
    from perfgoals_lint.rulebook.rules import Rulebook
    from perfgoals_lint.runner.discover import Found
    from perfgoals_lint.runner.run import Run
    from perfgoals_lint.runner.since import Since


@dataclass(slots=True)
class Asked:
    """What the command line asks of a run; what is ``None`` or empty is left to the configuration."""

    paths: tuple[str, ...]
    config: str | None = None
    no_config: bool = False
    select: list[str] = member(default_factory=list)
    extend_select: list[str] = member(default_factory=list)
    ignore: list[str] = member(default_factory=list)
    exclude: list[str] = member(default_factory=list)
    framework: str | None = None
    baseline: str | None = None
    exceptions: str | None = None
    no_exceptions: bool = False
    jobs: str | None = None
    no_cache: bool = False
    stdin_filename: str | None = None
    diff_base: str | None = None
    pack: tuple[str, ...] = ()
    plugin: tuple[str, ...] = ()
    against: str | None = None
    across: bool = False
    password_file: str | None = None
    convert: bool = False
    packages: dict[str, list[Found]] = member(default_factory=dict)
    """The files of packages among the paths, by the path of the package."""


@dataclass(slots=True)
class Prepared:
    """A run that is ready: its files, the settings, and the layer that holds for the run as a whole.

    ``excluded`` are the files that were named or met but are not to be checked; ``since`` is what stood at the revision
    that the run compares with. The rulebook is loaded once, for all runs over these files.
    """

    files: list[Found]
    settings: Settings
    configs: Configs
    layer: Layer
    excluded: list[str] = member(default_factory=list)
    since: Since | None = None
    book: Rulebook | None = None

    def run(self, files: Any = None, **changed: Any) -> Run:
        """The run, over ``files`` or all of them, with settings that were ``changed`` for it alone."""
        from perfgoals_lint.runner.run import Run

        settings = replace(self.settings, **changed)
        run = Run(self.files if files is None else files, settings, self.book, self.configs, self.since)
        if run.gate.exceptions is not None:
            run.gate.exceptions.look_ahead(found.shown for found in self.files)
        return run

    def value(self, *path: str) -> Any:
        """The run's value of a configuration key, ``None`` when nothing says it."""
        entry = self.layer.get(path)
        return entry.value if entry else None


_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option("--select", multiple=True, callback=split, metavar="RULES", help=say("check.select")),
    click.option(
        "--extend-select", multiple=True, callback=split, metavar="RULES", help=say("check.extend_select")
    ),
    click.option("--ignore", multiple=True, callback=split, metavar="RULES", help=say("check.ignore")),
    click.option("--framework", metavar="NAME", help=say("check.framework")),
    click.option("--exclude", multiple=True, callback=split, metavar="PATTERN", help=say("check.exclude")),
    click.option("--config", "config", metavar="FILE", help=say("check.config")),
    click.option("--no-config", is_flag=True, help=say("check.no_config")),
    click.option("--pack", multiple=True, metavar="PATH", help=say("check.pack")),
    click.option("--plugin", multiple=True, metavar="NAME", help=say("check.plugin")),
    click.option("--against", metavar="PATH", type=click.Path(exists=True), help=say("check.against")),
    click.option("--across", is_flag=True, help=say("check.across")),
    click.option("--password-file", metavar="FILE", help=say("check.password_file")),
    click.option("--convert", is_flag=True, help=say("check.convert")),
    click.option("--exceptions", metavar="FILE", help=say("check.exceptions")),
    click.option("--no-exceptions", is_flag=True, help=say("check.no_exceptions")),
    click.option("--jobs", "-j", metavar="auto|N", help=say("check.jobs")),
    click.option("--no-cache", is_flag=True, help=say("check.no_cache")),
)


def run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a run is chosen, on any command that starts one."""
    return functools.reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), function)


@contextmanager
def said_clearly() -> Iterator[None]:
    """Errors of configuration, selectors and rulebook as one line each, with exit status 2."""
    from perfgoals_lint.config.layers import ConfigError
    from perfgoals_lint.rulebook.rules import UnknownRuleError
    from perfgoals_lint.runner.changes import NotInGitError

    try:
        yield
    except ConfigError as error:
        refuse_config(error)
    except UnknownRuleError as error:
        refuse_rule(error.selector, error.near)
    except NotInGitError as error:
        raise InputError(say(error.key, reason=str(error))) from error
    except ValueError as error:
        raise InputError(say("error.rulebook", error=error)) from error


def prepare(asked: Asked) -> Prepared:
    """Everything that a run needs. Raises :class:`InputError` for wrong usage or configuration."""
    from perfgoals_lint.config.layers import Configs, effective
    from perfgoals_lint.rulebook import frameworks

    if asked.framework is not None and asked.framework not in frameworks.names():
        raise InputError(say("error.framework", name=asked.framework, known=", ".join(frameworks.names())))
    with said_clearly():
        configs = Configs(asked.config, asked.no_config)
        root = common_directory(asked.paths)
        settings = _settings(asked, root)
        layer = effective(configs.in_directory(root), None, settings.layer())
        configure(layer["lang",].value)
        settings.lang = language()
        prepared = Prepared([], settings, configs, layer)
        settings.baseline = asked.baseline or prepared.value("baseline")
        settings.exceptions = asked.exceptions or prepared.value("exceptions")
        settings.packs = [*(prepared.value("packs") or []), *asked.pack]
        settings.plugins = [*(prepared.value("plugins") or []), *asked.plugin]
        settings.jobs = _jobs(asked.jobs or prepared.value("jobs"))
        _choose_files(asked, prepared)
    return prepared


def _settings(asked: Asked, root: str) -> Settings:
    from perfgoals_lint.cli.passwords import read_passwords
    from perfgoals_lint.config.settings import Settings

    return Settings(
        framework=asked.framework,
        select=asked.select,
        extend_select=asked.extend_select,
        ignore=asked.ignore,
        exclude=[_bound(pattern) for pattern in asked.exclude],
        suppress=not asked.no_exceptions,
        against=asked.against,
        across=asked.across,
        passwords=read_passwords(asked.password_file),
        convert=asked.convert,
        root=root,
        cache=not asked.no_cache,
        partial=asked.diff_base is not None,
    )


def _choose_files(asked: Asked, prepared: Prepared) -> None:
    """The files of the run: found, not excluded, changed where that was asked, and their configurations sound."""
    from perfgoals_lint.config.plan import Plans
    from perfgoals_lint.packs.loading import load_with
    from perfgoals_lint.runner.discover import find

    book = prepared.book = load_with(prepared.settings.packs, prepared.settings.plugins)
    plans = Plans(book, prepared.configs, prepared.settings.layer())
    plain = [path for path in asked.paths if path not in asked.packages]
    found = [*find(plain, _stdin(asked)), *(one for files in asked.packages.values() for one in files)]
    if not found:
        raise InputError(say("check.nothing"))
    changes = None
    if asked.diff_base is not None:
        from perfgoals_lint.runner.changes import changed_since

        changes = changed_since(asked.diff_base, prepared.settings.root or ".")
        if not asked.across:
            found = [one for one in found if changes.touch(one)]
    for one in found:
        if plans.excluded(one.shown):
            prepared.excluded.append(one.shown)
            if one.named:
                click.echo(say("check.excluded", path=one.shown), err=True)
        else:
            plans.of(one.shown)  # every configuration is looked at before anything is printed
            prepared.files.append(one)
    if changes is not None:
        from perfgoals_lint.runner.since import Since

        prepared.since = Since(changes, prepared.files)
        prepared.files = prepared.since.files
    _check_plans(plans, prepared)


def _check_plans(plans: Plans, prepared: Prepared) -> None:
    """Selectors of the run's own configuration are checked even when no file is left."""
    plans.of(os.path.join(prepared.settings.root or os.curdir, "-"))


def _stdin(asked: Asked) -> dict[str, str]:
    """Where standard input was put and the name it goes by, for the path ``-``."""
    if "-" not in asked.paths:
        return {}
    import atexit
    import tempfile

    handle, path = tempfile.mkstemp(suffix=Path(asked.stdin_filename or "").suffix)
    atexit.register(lambda: Path(path).unlink(missing_ok=True))
    with os.fdopen(handle, "wb") as file:
        file.write(sys.stdin.buffer.read())
    return {path: asked.stdin_filename or "stdin"}


def _jobs(text: Any) -> Any:
    """The number of processes, or ``auto``. Raises :class:`InputError` for anything else."""
    if text == "auto" or (isinstance(text, int) and text > 0):
        return text
    if isinstance(text, str) and text.isdecimal() and 0 < int(text) <= 1024:
        return int(text)
    raise InputError(say("error.jobs", text=text))


def _bound(pattern: str) -> str:
    from perfgoals_lint.config.patterns import absolute

    return absolute(pattern, os.getcwd())


def common_directory(paths: tuple[str, ...]) -> str:
    """The absolute directory that holds all given paths; the current one for standard input."""
    real = [os.path.abspath(path) for path in paths if path != "-"]
    homes = [path if os.path.isdir(path) else os.path.dirname(path) for path in real]
    try:
        return os.path.commonpath(homes) if homes else os.getcwd()
    except ValueError:
        return os.getcwd()
