"""Texts of all prose fields as offices write them, each with its budget: the right ones are silent, in the wrong ones
the figure is seen."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run
from strategies.wordings import Case

TEXTS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "texts_of_fields.yaml").read_text(encoding="utf-8")
)
HARD = ("error", "warning")


@pytest.mark.parametrize("side", ["right", "wrong"])
def test_texts_of_fields(tmp_path: Path, side: str) -> None:
    cases = [
        Case(
            f"{number:04d}",
            one["text"],
            one["field"],
            str(one["budget"]),
            side == "wrong",
            rows=one.get("rows", []),
        )
        for number, one in enumerate(TEXTS[side])
    ]
    for case in cases:
        (tmp_path / f"{case.name}.csv").write_text(case.table(), encoding="utf-8")
    found = defaultdict(list)
    for finding in Run(find([str(tmp_path)]), Settings()).report.findings:
        if finding.rule[:3] in ("PGK", "PGA") and finding.severity in HARD:
            found[Path(finding.location.path or "").stem].append(f"{finding.rule} {finding.message}")
    if side == "right":
        assert [(case.text, found[case.name]) for case in cases if found[case.name]] == []
    else:
        assert [case.text for case in cases if not found[case.name]] == []
