"""Imports run one way: no module of the package, however late it imports, leads back to itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import perfgoals_lint

PACKAGE = Path(perfgoals_lint.__file__).parent
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
            if node.module == PACKAGE.name and [alias.name for alias in node.names] == ["__version__"]:
                continue  # the package itself names what it offers, and only its version is for its own modules
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
