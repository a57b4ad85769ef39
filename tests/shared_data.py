"""Where the test data is that does not belong to the project: published documents, samples with known truth."""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(os.environ.get("PERFGOALS_TEST_DATA") or Path(__file__).parents[2] / "shared").resolve()
