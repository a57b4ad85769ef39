"""What all tests share."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from shared_data import DATA

# How long an example takes, or takes to be drawn, says more about the machine than about the code; and a run says of a
# tree what the last one said. HYPOTHESIS_PROFILE=drawn looks further: other examples in every run.
_CALM = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("repeated", **_CALM, derandomize=True, database=None)  # type: ignore[arg-type]
hypothesis.settings.register_profile("drawn", **_CALM)  # type: ignore[arg-type]
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeated"))


def pytest_collection_finish() -> None:
    """What thousands of collected tests are made of stays to the end: no garbage collection need look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The directory of published documents; the test is skipped where it is not."""
    directory = DATA / "corpus"
    if not directory.is_dir():
        pytest.skip(f"the corpus of published documents is not at {directory}")
    return directory


@pytest.fixture(scope="session")
def samples() -> Path:
    """The directory of hand-made truth; the test is skipped where it is not."""
    directory = DATA / "samples"
    if not directory.is_dir():
        pytest.skip(f"the samples with known truth are not at {directory}")
    return directory


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither read nor fill the user's cache."""
    os.environ.setdefault("PERFGOALS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(autouse=True)
def _screenshot(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test with a browser leaves on its page, as a picture in the directory that ``PERFGOALS_SCREENSHOTS`` names."""
    folder = os.environ.get("PERFGOALS_SCREENSHOTS")
    if not folder or "browser" not in request.fixturenames:
        yield
        return
    browser = request.getfixturevalue("browser")
    yield
    Path(folder).mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(Path(folder) / f"{re.sub(r'[^a-z0-9_]+', '-', request.node.name)}.png"))


QUICK = ("values", "reports/test_golden.py", "lint/test_engine.py", "rulebook/test_heads.py")
"""Where the tests of the inner loop are: what most changes break first, without drawn inputs, without processes and without
inputs that grow."""

_HOME = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Are the tests of a file left alone? With ``-m quick`` those are that hold none of the inner loop: importing them takes
    longer than the loop."""
    if config.getoption("-m") != "quick" or collection_path.is_dir():
        return None
    return None if collection_path.relative_to(_HOME).as_posix().startswith(QUICK) else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the inner loop: ``pytest -m quick``."""
    for item in items:
        place = item.path.relative_to(_HOME).as_posix()
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if place.startswith(QUICK) and not drawn and "growth" not in item.keywords:
            item.add_marker("quick")
