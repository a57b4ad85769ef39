"""What is said of a total row goes to the unit of the file, and never to one that is called 合计."""

from __future__ import annotations

import pytest

from handback.made import WORDS, finding
from perfgoals_lint.handback.opinions.subjects import subjects_of
from perfgoals_lint.lint.outcome import Project
from perfgoals_lint.model import Location


@pytest.mark.parametrize(
    ("units", "of", "meant"),
    [
        (["河湾县排水所"], "合计", "河湾县排水所"),
        (["河湾县排水所", "河湾县灯塔站"], "合计", ""),
        (["河湾县排水所", "河湾县灯塔站"], "河湾县灯塔站", "河湾县灯塔站"),
        ([""], "合计", ""),
    ],
)
def test_a_finding_of_a_total_row_is_for_a_unit_of_the_file(units: list[str], of: str, meant: str) -> None:
    projects = [Project(f"第{number}段检修", unit) for number, unit in enumerate(units)]
    told = finding(Location("f", cell="D7"), "PGK602", unit=of)
    *_, subject = subjects_of({"f": projects}, [told], WORDS)
    assert (subject.unit, subject.project, len(subject.entries)) == (meant, "", 1)
