"""Imports run one way: no module of the package, however late it imports, leads back to itself or to a higher floor. Names
are of one class each, files and functions short."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import perfgoals_lint

FLOORS = (
    ("model", "money", "text", "console", "version", "files", "remote"),
    ("rulebook",),
    ("values", "prose"),
    ("readers",),
    ("tables", "forms", "extraction"),
    ("lint", "packs"),
    ("config", "suppression"),
    ("fixes", "reports", "handback"),
    ("runner",),
    ("api", "lsp", "cli", "serve"),
)
"""The packages and modules of the program, lowest floor first; each imports from its own floor and from lower ones."""

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
"""In lines: so many are allowed to a file, and are too many for a function."""

PACKAGE = Path(perfgoals_lint.__file__).parent
ROOT = Path(__file__).parents[1]
FILES = {
    ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports anywhere, in functions and for type checking too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom) and node.module in FILES:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in inner if name in FILES)
            if any(name not in FILES for name in inner):
                yield str(node.module)


def _is_own_package(name: str, other: str) -> bool:
    """Is one of them the package that holds the other? What a package offers may be made by its modules."""
    return name == other or name.rpartition(".")[0] == other or other.rpartition(".")[0] == name


def test_no_module_leads_back_to_itself() -> None:
    assert len(FILES) > 100
    graph = {
        name: {other for other in imported(path) if not _is_own_package(name, other)}
        for name, path in FILES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_import_leads_to_a_higher_floor() -> None:
    floor_of = {name: number for number, floor in enumerate(FLOORS) for name in floor}
    upward = []
    for name, path in FILES.items():
        home = name.split(".")[1] if "." in name else None
        if (
            home is None or home == "__main__"
        ):  # the package itself and the program's entry stand above all floors
            continue
        for other in imported(path):
            target = other.split(".")[1] if "." in other else None
            if target is None or floor_of[target] > floor_of[home]:
                upward.append(f"{name} → {other}")
    assert upward == []


def test_every_package_stands_on_a_floor_and_few_modules_are_loose() -> None:
    homes = {name.split(".")[1] for name in FILES if "." in name} - {"__main__"}
    assert homes == {name for floor in FLOORS for name in floor}
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert len(loose) <= 6


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_the_map_of_the_house_shows_the_same_floors(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| `")]
    assert rows == [" ".join(f"`{name}`" for name in floor) for floor in FLOORS]


def test_what_the_architecture_names_exists() -> None:
    """Names of modules, and of functions, classes and methods in them."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+(?:\.[a-z_]+)?)`", text)
    assert len(named) > 15
    for name in named:
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            module = ".".join((PACKAGE.name, *parts[:length]))
            if module in FILES:
                found: object = importlib.import_module(module)
                for part in parts[length:]:
                    found = getattr(found, part)
                break
        else:
            pytest.fail(name)


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_files_and_functions_are_short() -> None:
    long: dict[str, int] = {}
    for name, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            long[name] = text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines >= LONGEST_FUNCTION:
                    long[f"{name}.{node.name}"] = lines
    assert long == {}
