"""Rules in Python from installed packages: the entry points of the group ``perfgoals_lint.rules``.

An entry point names the directory of the plug-in's rule pages (a path, or a function that gives one). A page's check is
a declarative kind or ``{kind: python, function: "package.module:function"}``. Only plug-ins that configuration or the
command line names are imported; nothing is ever loaded from the directory that is linted.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.packs.pages import read_pages
from perfgoals_lint.rulebook.rules import Rule

GROUP = "perfgoals_lint.rules"


def load(names: list[str]) -> list[Rule]:
    """The rules of the named plug-ins. Raises :class:`PackError` for one that is missing or broken."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    rules: list[Rule] = []
    for name in names:
        if name not in known:
            listed = ", ".join(sorted(known)) or "-"
            raise PackError(name, None, f"no such plug-in is installed (installed: {listed})")
        rules += _rules(known[name])
    return rules


def _rules(point: EntryPoint) -> list[Rule]:
    try:
        found = point.load()
        directory = Path(found() if callable(found) else found)
    except Exception as error:
        raise PackError(point.value, None, f"{type(error).__name__}: {error}") from error
    rules = read_pages(directory)
    if not rules:
        raise PackError(directory, None, "no rule page in it")
    for rule in rules:
        if rule.code.startswith("PG"):
            raise PackError(
                rule.origin, 2, f"{rule.code}: codes that begin with PG belong to the built-in rules"
            )
    return rules
