"""The lexer never has to guess, and the tables come back from the cache as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import grammar
from perfgoals_lint.values.parser import _tools

SNIPPETS = [
    "≥90%", "三年≥18家", "每场约100家企业", "780元/生/年", "2023年12月底前完成", "第三季度末", "第三方满意度", "百分之九十五以上", "1-12月",
    "2023.07-2024.01", "全国前三名", "人民币100万元", "万亩28", "一个半月", "十五年以上30年以下", "大于等于95%(2022:90%)", "年均3次", "上半年",
    "正增长", "数十家", "500余人", "3/4", "1:3", "每两年1个", "控制在3%以内", "达到一级标准", "5A级景区", "12345热线", "年底前", "当年10月",
    "[80%,90%)", "【80，90】家", "过半数", "一半以上", "年度内完成", "不低于2022年水平", "廿二场",
]  # fmt: skip


def _texts() -> Iterator[str]:
    yield from SNIPPETS
    units, values = lexicon("units"), lexicon("values")
    yield from (unit + "以上" for unit in grammar.unit_words(units))
    for listed in (*values["operators"]["compared"].values(), *values["operators"]["numeric"].values()):
        yield from (word + "3个" for word in listed)
    yield from (word + "满意度" for word in values["idioms"]["words"])
    for listed in values["bounds"].values():
        yield from (word + "；" for word in listed)


def test_no_two_terminals_of_a_state_match_the_same_text_at_one_priority() -> None:
    import re

    from perfgoals_lint.rulebook.grammar_tables import lark_of

    made: Any = lark_of(grammar.source())
    lexers = {id(lexer): lexer for lexer in made.parser.lexer.lexers.values()}
    clashes = set()
    for lexer in lexers.values():
        compiled = [(t.name, t.priority, re.compile(t.pattern.to_regexp())) for t in lexer.terminals]
        for text in _texts():
            for start in range(len(text)):
                seen: dict[tuple[int, int], str] = {}
                for name, priority, pattern in compiled:
                    match = pattern.match(text, start)
                    if match and (other := seen.setdefault((priority, match.end()), name)) != name:
                        clashes.add((other, name, match[0]))
    assert not clashes


def test_the_parser_has_no_reduce_conflicts_and_takes_every_character() -> None:
    parser = _tools().parser
    for text in ("》", "☃", "𠮷野家", "a1b2", "§3%", ")(", "每", "第", "¥", "//", "::"):
        try:
            parser.parse(text)
        except _tools().failure as error:
            pytest.fail(f"{text!r}: {error}")


def test_tables_are_named_by_everything_they_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = grammar.digest()
    assert before == grammar.digest()
    changed = {"units": dict(lexicon("units"), spans=["年"]), "values": lexicon("values")}
    monkeypatch.setattr(grammar, "lexicon", changed.__getitem__)
    assert grammar.digest() != before


def test_words_prefers_the_longest() -> None:
    import re

    pattern = re.compile(grammar.words(["人", "人次", "个"]))
    assert pattern.findall("人次人个") == ["人次", "人", "个"]
