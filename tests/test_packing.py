"""Every class of the model comes back from its plain data as it was, by way of JSON and of the pipe between processes."""

from __future__ import annotations

import json
import marshal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfgoals_lint.lint.records import FileResult
from perfgoals_lint.model import (
    Cell,
    Document,
    Edit,
    Finding,
    Fix,
    GoalTable,
    Grid,
    Location,
    Source,
    TextBlock,
    packed,
    unpacked,
)

_text = st.text(max_size=4)
_evidence = st.none() | st.dictionaries(
    _text, st.none() | st.booleans() | st.integers() | st.lists(_text, max_size=2)
)
_findings = st.builds(Finding, evidence=_evidence, suppressed=_evidence)
_flat = st.builds(Cell, nested=st.just([]), bbox=st.none())
_grids = st.builds(Grid, cells=st.lists(_flat, max_size=2))
_cells = st.builds(Cell, nested=st.lists(_grids, max_size=1))
_blocks = st.builds(Grid, cells=st.lists(_cells, max_size=2)) | st.from_type(TextBlock)
_OF: dict[Any, st.SearchStrategy[Any]] = {
    Finding: _findings,
    FileResult: st.builds(FileResult, findings=st.lists(_findings, max_size=2)),
    Source: st.builds(Source, blocks=st.lists(_blocks, max_size=3)),
    GoalTable: st.from_type(GoalTable),
    Document: st.from_type(Document),
}


@pytest.mark.parametrize("kind", _OF, ids=lambda kind: kind.__name__)
@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_packed_comes_back(kind: type[Any], data: st.DataObject) -> None:
    made = data.draw(_OF[kind])
    for sent in (marshal.loads(marshal.dumps(packed(made))), json.loads(json.dumps(packed(made)))):
        assert repr(unpacked(kind, sent)) == repr(made)  # of two that are no number none is equal


@pytest.mark.parametrize("row", [None, [], [1], ["x"] * 3, [True, 7]])
def test_other_data_are_refused(row: Any) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)):
        unpacked(Fix, row)


def test_the_members_of_a_list_are_of_their_class() -> None:
    place = Location("甲.pdf", page=2, bbox=(1.0, 2.0, 3.5, 4.0))
    fix = Fix(True, [Edit(place, "basis", "旧", "新")])
    assert unpacked(Fix, packed(fix)) == fix
