"""The tables give what the parser generator itself gives, and a cache can neither run anything nor break a run."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput

from perfgoals_lint.rulebook import grammar_tables, lexing, policy

GRAMMAR = r"""
start: _item*
_item: sum | WORD | _SKIP
?sum: product (_PLUS product)*
product: NUMBER (_TIMES NUMBER)* unit? -> times
unit: UNIT
_PLUS.9: /\+(?=\d)/
_TIMES.9: /×(?=\d)/
NUMBER.8: /\d+/
UNIT.7: /[元个]/
WORD.5: /每年|共计/
_SKIP.1: /./s
"""


def _shape(tree: Any) -> Any:
    if isinstance(tree, str):
        return [getattr(tree, "type", None), str(tree)]
    return [str(tree.data), [_shape(child) for child in tree.children]]


@pytest.fixture(scope="module")
def parsers() -> tuple[Lark, lexing.Parser]:
    made = json.loads(grammar_tables.tables(GRAMMAR))
    return grammar_tables.lark_of(GRAMMAR), lexing.Parser(made)


@given(text=st.text(alphabet="12+×元个每年共计，\n", max_size=30))
def test_the_tables_give_the_trees_of_the_generator(parsers: tuple[Lark, lexing.Parser], text: str) -> None:
    theirs, ours = parsers
    assert _shape(ours.parse(text)) == _shape(theirs.parse(text))


def test_tokens_know_their_places(parsers: tuple[Lark, lexing.Parser]) -> None:
    tree = parsers[1].parse("每年12×3元")
    word, product = tree.children
    assert (word.type, word.start_pos, word.end_pos) == ("WORD", 0, 2)
    assert [(str(one), one.start_pos, one.end_pos) for one in product.children[:2]] == [
        ("12", 2, 4),
        ("3", 5, 6),
    ]


def test_a_text_that_the_grammar_does_not_know_is_refused_as_by_the_generator() -> None:
    grammar = "start: A B\nA: /a/\nB: /b/\n"
    theirs, ours = (
        grammar_tables.lark_of(grammar),
        lexing.Parser(json.loads(grammar_tables.tables(grammar))),
    )
    for text in ("", "a", "ba", "abb", "ac"):
        with pytest.raises(UnexpectedInput):
            theirs.parse(text)
        with pytest.raises(lexing.UnreadableError):
            ours.parse(text)
    assert _shape(ours.parse("ab")) == _shape(theirs.parse("ab"))


class _Planted:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (open, (self.path, "w"))


def test_a_cache_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "cache_dir", lambda: tmp_path)
    lexing.restore("sample", "1", lambda: GRAMMAR)
    (kept,) = tmp_path.glob("sample-*")
    witness = tmp_path / "ran"
    for content in (pickle.dumps(_Planted(str(witness))), b"", b"{}", b"[1]", b'{"actions": 3}', b"\xff\xfe"):
        kept.write_bytes(content)
        parser = lexing.restore("sample", "1", lambda: GRAMMAR)
        assert _shape(parser.parse("12元")) == [
            "start",
            [["times", [["NUMBER", "12"], ["unit", [["UNIT", "元"]]]]]],
        ]
    assert not witness.exists()
