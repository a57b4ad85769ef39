"""A real browser for tests: headless Chromium with its driver. ``REASON`` says why there is none.

``AXE_CORE`` names the file ``axe.min.js`` of the npm package axe-core, which judges accessibility.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
REASON = (
    "selenium is not installed"
    if find_spec("selenium") is None
    else "chromium and chromedriver are not installed"
    if not (CHROMIUM and DRIVER)
    else ""
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1500,950",
)


def started(home: Path) -> Iterator[Any]:
    """A browser whose downloads lie in its ``downloads``."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={home / 'user'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(home / "downloads")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.downloads = home / "downloads"
    yield driver
    driver.quit()


def wait(done: Any, seconds: int = 60) -> Any:
    """What ``done`` gives as soon as it gives something."""
    for _ in range(20 * seconds):
        result = done()
        if result:
            return result
        time.sleep(0.05)
    pytest.fail("the page did not come to it")


def all_of(browser: Any, selector: str) -> list[Any]:
    """The elements of a selector."""
    return list(browser.find_elements("css selector", selector))


def one(browser: Any, selector: str) -> Any:
    """The first element of a selector."""
    return browser.find_element("css selector", selector)


def violations(browser: Any) -> list[tuple[str, int]]:
    """What axe-core finds on the page: kinds and their numbers. Skips the test where there is no axe-core."""
    axe = os.environ.get("AXE_CORE")
    if not axe:
        pytest.skip("no axe-core: set AXE_CORE to its axe.min.js")
    source = Path(axe).read_text(encoding="utf-8")
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": source})  # whatever the page itself may load
    told = browser.execute_async_script("axe.run().then(arguments[0])")
    return [(kind["id"], len(kind["nodes"])) for kind in told["violations"]]
