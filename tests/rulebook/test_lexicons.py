"""The word lists are read by something, say why they are what they are, and hold no word twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_lexicons_are_in_order() -> None:
    script = Path(__file__).parents[2] / "scripts" / "lint_lexicons.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
