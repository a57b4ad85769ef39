"""From options and configuration to a run: what ``check`` and ``baseline`` have in common."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from dataclasses import field as member
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, OptionBeside, split
from perfgoals_lint.cli.wording import asked as asked_language
from perfgoals_lint.cli.wording import configure, language, listed, near, os_error, say
from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.files.contents import TooLargeError, is_address
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.text import nearest

if TYPE_CHECKING:
    from perfgoals_lint.config.layers import Config, Configs, Layer
    from perfgoals_lint.config.plan import Plans
    from perfgoals_lint.config.settings import Settings
    from perfgoals_lint.model import Severity
    from perfgoals_lint.runner.discover import FoundFile, Passed
    from perfgoals_lint.runner.run import Run
    from perfgoals_lint.runner.since import Since


_MOST_NAMES = 10_000
"""Names of a directory that are compared with one that is not there."""


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
    scheduler: str | None = None
    shared_cache: str | None = None
    stdin_filename: str | None = None
    diff_base: str | None = None
    pack: tuple[str, ...] = ()
    plugin: tuple[str, ...] = ()
    against: str | None = None
    across: bool = False
    password_file: str | None = None
    convert: bool = False
    fail_on: Severity | None = None
    quiet: bool = False
    packages: dict[str, list[FoundFile]] = member(default_factory=dict)
    """The files of packages among the paths, by the path of the package."""


@dataclass(slots=True)
class Prepared:
    """A run that is ready: its files, the settings, and the layer that holds for the run as a whole.

    ``passed`` are the files that are not looked into; ``since`` is what stood at the revision that the run compares
    with. Plans and rulebooks are made once, for all runs over these files.
    """

    files: Sequence[FoundFile]
    settings: Settings
    plans: Plans
    layer: Layer
    passed: list[Passed] = member(default_factory=list)
    since: Since | None = None
    nothing: bool = False
    """Was no file found at all?"""

    def run(self, files: Any = None, **changed: Any) -> Run:
        """The run, over ``files`` or all of them, with settings that were ``changed`` for it alone."""
        from perfgoals_lint.runner.run import Run

        settings = replace(self.settings, **changed)
        plans = (
            self.plans if settings.layer() == self.settings.layer() else self.plans.under(settings.layer())
        )
        run = Run(self.files if files is None else files, settings, plans, self.since, self.passed)
        for found in self.files:
            run.gate.look_ahead(plans.of(found.shown), found.shown)
        return run

    def leave_out(self, files: Iterable[FoundFile]) -> None:
        """Take files out of the run."""
        if left := set(files):
            self.files = Blocks(one for one in self.files if one not in left)

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
    click.option("--scheduler", metavar="ADDRESS", help=say("check.scheduler")),
    click.option(
        "--shared-cache",
        cls=OptionBeside,
        beside=("scheduler",),
        metavar="DIR|ADDRESS",
        help=say("check.shared_cache"),
    ),
)


def run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a run is chosen, on any command that starts one."""
    return functools.reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), function)


@contextmanager
def said_clearly() -> Iterator[None]:
    """Errors of configuration, selectors and rulebook as one line each, with exit status 2."""
    try:
        yield
    except click.ClickException:
        raise
    except Exception as error:
        _refuse(error)
        raise


def _refuse(error: Exception) -> None:
    """Say in one line what a user can put right. Raises :class:`InputError`, nothing where it is another error."""
    from perfgoals_lint.config.layers import ConfigError
    from perfgoals_lint.rulebook.rules import UnknownRuleError
    from perfgoals_lint.runner.changes import NotInGitError
    from perfgoals_lint.runner.distributed.errors import SchedulerError

    if isinstance(error, ConfigError | UnknownRuleError):
        raise InputError(error.said(language())) from error
    if isinstance(error, NotInGitError):
        raise InputError(say(error.key, reason=str(error))) from error
    if isinstance(error, SchedulerError):
        raise InputError(say(error.key, **error.args_shown)) from error
    if isinstance(error, ValueError):
        said = error.said(language()) if hasattr(error, "said") else error
        raise InputError(say("error.rulebook", error=said)) from error


def prepare(asked: Asked, *, may_be_empty: bool = False) -> Prepared:
    """Everything that a run needs. Raises :class:`InputError` for wrong usage or configuration, and for a run without a file
    unless that ``may_be_empty``."""
    from perfgoals_lint.config.layers import Configs, effective
    from perfgoals_lint.config.plan import Plans
    from perfgoals_lint.rulebook import frameworks

    if asked.framework is not None and asked.framework not in frameworks.names():
        raise InputError(say("error.framework", name=asked.framework, known=listed(frameworks.names())))
    with said_clearly():
        configs = Configs(asked.config, asked.no_config)
        root = common_directory(asked.paths)
        settings = _settings(asked, root)
        layer = effective(configs.in_directory(root), None, settings.layer())
        configure(layer["lang",].value)
        settings.lang, settings.lang_asked = language(), asked_language() is not None
        prepared = Prepared([], settings, Plans(configs, settings.layer()), layer)
        settings.jobs = _jobs(asked.jobs or prepared.value("jobs"))
        settings.cache_bytes = prepared.value("cache-bytes")
        prepared.nothing = not _choose_files(asked, prepared)
        if prepared.nothing and not may_be_empty:
            raise InputError(say("check.nothing"))
        _refuse_nested(prepared, configs, configs.in_directory(root))
    return prepared


def _settings(asked: Asked, root: str) -> Settings:
    from perfgoals_lint.cli.passwords import read_passwords
    from perfgoals_lint.config.patterns import absolute
    from perfgoals_lint.config.settings import Settings

    passwords = read_passwords(asked.password_file)
    if asked.scheduler and asked.password_file and not asked.scheduler.startswith("tls://"):
        raise InputError(say("error.scheduler.passwords"))
    return Settings(
        lang_asked=False,
        framework=asked.framework,
        fail_on=asked.fail_on,
        baseline=asked.baseline,
        exceptions=asked.exceptions,
        packs=list(asked.pack),
        plugins=list(asked.plugin),
        select=asked.select,
        extend_select=asked.extend_select,
        ignore=asked.ignore,
        exclude=[absolute(pattern, os.getcwd()) for pattern in asked.exclude],
        suppress=not asked.no_exceptions,
        against=asked.against,
        across=asked.across,
        passwords=passwords,
        convert=asked.convert,
        root=root,
        cache=not asked.no_cache,
        scheduler=asked.scheduler,
        shared_cache=asked.shared_cache,
        partial=asked.diff_base is not None,
    )


def _choose_files(asked: Asked, prepared: Prepared) -> bool:
    """The files of the run: found, not excluded, changed where that was asked, and their configurations sound. Is there any
    file at all?"""
    from perfgoals_lint.runner.discover import FoundFile

    plans = prepared.plans
    passed: list[Passed] = []
    plain = [path for path in asked.paths if path not in asked.packages]
    found: Sequence[FoundFile] = Blocks(
        chain(find_all(plain, _stdin(asked), passed), *asked.packages.values())
    )
    for path in asked.paths:
        _suggest(path)
    met_any = bool(found or passed)
    changes = None
    if asked.diff_base is not None:
        from perfgoals_lint.runner.repositories import Repositories

        changes = Repositories(asked.diff_base, prepared.settings.root or ".", asked.paths)
        if not any(plans.of(one.shown).across for one in found):
            found = [one for one in found if changes.touch(one)]
        passed = [one for one in passed if changes.touch(FoundFile(one.path, False))]
    left: list[FoundFile] = []
    for one in found:
        if plans.excluded(one.shown):
            left.append(one)
            if one.named and not asked.quiet:
                click.echo(say("check.excluded", path=one.shown), err=True)
        else:
            plans.of(one.shown)  # every configuration is looked at before anything is printed
    prepared.files = found
    prepared.leave_out(left)
    prepared.settings.excluded += [one.shown for one in left]
    prepared.settings.walked = any(not one.named for one in found)
    if (met := [one.shown for one in left if not one.named]) and not asked.quiet:
        click.echo(say("check.excluded_met", n=len(met), path=met[0]), err=True)
    prepared.passed = [one for one in passed if not plans.excluded(one.path)]
    if changes is not None:
        from perfgoals_lint.runner.since import Since

        prepared.since = Since(changes, prepared.files)
        prepared.files = prepared.since.files
    # Selectors of the run's own configuration are checked even when no file is left.
    plans.of(os.path.join(prepared.settings.root or os.curdir, "-"))
    return met_any


def find_all(paths: list[str], stand_ins: dict[str, str], passed: list[Passed]) -> Iterator[FoundFile]:
    """The files of the paths. Raises :class:`InputError` for an address that cannot be used."""
    from perfgoals_lint.runner.discover import find

    for path in paths:
        if is_address(path):
            from perfgoals_lint.remote.stores import is_directory

            with reached(path):
                is_directory(path)
    yield from find(paths, stand_ins, passed)


@contextmanager
def reached(address: str) -> Iterator[None]:
    """What is wrong with an address, or with the way there, as one line with exit status 2."""
    from perfgoals_lint.remote.stores import RemoteError

    try:
        yield
    except RemoteError as error:
        raise InputError(say(error.key, path=address, reason=error.reason)) from error
    except (OSError, TooLargeError) as error:
        if not is_address(address):
            raise
        reason = os_error(error) if isinstance(error, OSError) else f"{error.size} B"
        raise InputError(say("error.remote.failed", path=address, reason=reason)) from error


def refuse_addresses(prepared: Prepared) -> None:
    """Raises :class:`InputError` for files elsewhere, which are read and never written."""
    away = next((found.shown for found in prepared.files if is_address(found.path)), None)
    if away is not None:
        raise InputError(say("error.remote.fix", path=away))


def _suggest(path: str) -> None:
    """Say which file may have been meant by a path that is not there: one with another ending, or a like name."""
    directory, name = os.path.split(path)
    if path == "-" or os.path.lexists(path) or not os.path.isdir(directory or os.curdir):
        return
    beside = sorted(os.listdir(directory or os.curdir))[:_MOST_NAMES]
    stem = os.path.splitext(name)[0]
    meant = [one for one in beside if os.path.splitext(one)[0] == stem] or nearest(name, beside)
    if meant:
        hint = near([visible(os.path.join(directory, one)) for one in meant[:3]])
        click.echo(say("error.no_such_file", path=visible(path)) + hint, err=True)


def _refuse_nested(prepared: Prepared, configs: Configs, own: Config) -> None:
    """Say which keys of some files' configurations a run cannot follow, because they are about the run as a whole."""
    from perfgoals_lint.config.schema import RUN_KEYS

    met = {config.path: config for config in (configs.of(found.shown) for found in prepared.files)}
    for config in met.values():
        if config.path == own.path:
            continue
        for key in sorted(RUN_KEYS & config.layer.keys()):
            origin = config.layer[key].origin
            if own.layer.get(key) != config.layer[key]:
                click.echo(say("config.of_the_run", name=key[0], place=origin), err=True)


def _stdin(asked: Asked) -> dict[str, str]:
    """Where standard input was put and the name it goes by, for the path ``-``."""
    if "-" not in asked.paths:
        if asked.stdin_filename is not None:
            raise InputError(say("usage.no_stdin"))
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


def common_directory(paths: tuple[str, ...]) -> str:
    """The absolute directory that holds all given paths; the current one for standard input."""
    real = [os.path.abspath(path) for path in paths if path != "-" and not is_address(path)]
    homes = [path if os.path.isdir(path) else os.path.dirname(path) for path in real]
    try:
        return os.path.commonpath(homes) if homes else os.getcwd()
    except ValueError:
        return os.getcwd()
