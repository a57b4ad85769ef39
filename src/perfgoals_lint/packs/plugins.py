"""Rules in Python from installed packages: the entry points of the group ``perfgoals_lint.rules``.

An entry point names the directory of the plug-in's rule pages (a path, or a function that gives one). A page's check is
a declarative kind or ``{kind: python, function: "package.module:function"}``. Only plug-ins that configuration or the
command line names are imported; nothing is ever loaded from the directory that is linted.
"""

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from perfgoals_lint.packs.errors import PackError, Said
from perfgoals_lint.packs.pages import read_pages
from perfgoals_lint.rulebook.rule import Rule

GROUP = "perfgoals_lint.rules"


def load(names: list[str]) -> list[Rule]:
    """The rules of the named plug-ins. Raises :class:`PackError` for one that is missing or broken."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    rules: list[Rule] = []
    for name in names:
        if name not in known:
            listed = ", ".join(sorted(known)) or "-"
            raise PackError(name, None, "", [Said(None, "no_plugin", {"known": listed})])
        rules += _rules(known[name])
    return rules


def state_of(names: list[str]) -> str:
    """The state of the code of the named plug-ins: a hash over the files of their distributions and packages, by which
    results of an earlier state are told from those of now. Nothing is imported; what is missing is left out."""
    import hashlib
    from importlib.util import find_spec

    state = hashlib.sha256()
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        if point.name not in names:
            continue
        listed = point.dist.files if point.dist else None
        files = {Path(str(file.locate())) for file in listed or ()}
        spec = find_spec(point.module.partition(".")[0])
        if spec is not None:
            for place in spec.submodule_search_locations or ():
                files.update(Path(place).rglob("*"))
            files.update([Path(spec.origin)] if spec.origin and spec.has_location else [])
        for file in sorted(files):
            if file.is_file() and file.suffix != ".pyc":
                state.update(f"{file}\x1f".encode("utf-8", "surrogatepass") + file.read_bytes())
    return state.hexdigest()[:16]


def _rules(point: EntryPoint) -> list[Rule]:
    try:
        found = point.load()
        directory = Path(found() if callable(found) else found)
    except Exception as error:
        raise PackError(point.value, None, f"{type(error).__name__}: {error}") from error
    rules = read_pages(directory)
    if not rules:
        raise PackError(directory, None, "", [Said(None, "no_pages", {})])
    for rule in rules:
        if rule.code.startswith("PG"):
            raise PackError(rule.origin, None, "", [Said(2, "own_code", {"code": rule.code})])
    return rules
