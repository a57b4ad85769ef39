"""``--watch``: check again whenever a file or a configuration changes, until interrupted."""

import os
import time
from collections.abc import Callable
from typing import NoReturn

import click

from perfgoals_lint.cli.prepare import Asked, common_directory
from perfgoals_lint.cli.wording import say
from perfgoals_lint.config.layers import NAMES
from perfgoals_lint.files import archives
from perfgoals_lint.runner.discover import OWN, Passed, find

_PAUSE = 0.5
State = dict[str, tuple[int, int]]


def forever(check: Callable[[], int], asked: Asked) -> NoReturn:
    """Check now and after every change; errors of usage or configuration are shown and waited out."""
    while True:
        before = state(asked)
        try:
            check()
        except click.ClickException as error:
            error.show()
        click.echo(say("watch.waiting"), err=True)
        while state(asked) == before:
            time.sleep(_PAUSE)


def state(asked: Asked) -> State:
    """Time and size of every file that a run looks at, configurations and exceptions included."""
    passed: list[Passed] = []
    files = find((path for path in asked.paths if path != "-"), passed=passed)
    places = [*(one.path for one in files), *(one.path for one in passed)]
    paths = list(dict.fromkeys(map(archives.home, places)))
    homes = {os.path.dirname(os.path.abspath(path)) for path in paths} | {common_directory(asked.paths)}
    for home in list(homes):
        while (parent := os.path.dirname(home)) not in homes and parent != home:
            homes.add(home := parent)
    paths += [os.path.join(home, name) for home in sorted(homes) for name in (*NAMES, *sorted(OWN))]
    paths += [path for path in (asked.config, asked.baseline, asked.exceptions, *asked.pack) if path]
    stamps: State = {}
    for path in paths:
        try:
            found = os.stat(path)
        except OSError:
            continue
        stamps[path] = (found.st_mtime_ns, found.st_size)
    return stamps
