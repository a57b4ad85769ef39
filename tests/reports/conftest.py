"""Golden files of the reports: ``pytest tests/reports --update-golden`` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import browsing
from cli.commands import EXAMPLES, run

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that writes the golden files instead of comparing with them."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files of the reports anew"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of a name, or writes it when that was asked for."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"{path} is missing: run pytest tests/reports --update-golden"
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from browsing.started(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the examples."""
    path = tmp_path_factory.mktemp("page") / "报告.html"
    done = run("check", "examples", "-o", f"html={path}", "--exit-zero", cwd=EXAMPLES.parent)
    assert path.is_file(), done.stderr.decode()
    return path
