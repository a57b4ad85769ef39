"""LALR parsers that run from kept tables: the tokens of a text, and what the rules of a grammar make of them.

The tables are made by Lark (:mod:`perfgoals_lint.rulebook.grammar_tables`), in the build of the package or the first
time that they are needed, and kept as plain JSON: a file in a user's cache is data and cannot run anything. Parsing
itself needs no library: a state knows the pattern of the tokens that may come and what each of them leads to.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from perfgoals_lint.rulebook.policy import built, shipped

FORMAT = "1"
"""Names the form of the tables; another one is never read."""
END = "$END"

Match = Callable[[str, int], "re.Match[str] | None"]
Make = Callable[[list[Any]], Any]


class UnreadableError(ValueError):
    """A text that the grammar does not know; the message is what is left of it."""


class Token(str):
    """A piece of a text: its terminal and its place, as 0-based characters."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int


@dataclass(slots=True)
class Tree:
    """What a rule found, where nothing else is made of it: the rule's name and what it holds."""

    data: str
    children: list[Any]


class _Reduction(NamedTuple):
    """A rule when all of it is there: how many values it takes, which of them it keeps (the position, and is that a list
    of values to be opened?; ``None`` for all as they are), and what it makes of them (``None``: the list itself, for a
    rule that is part of another). ``alone``: a single value stays as it is."""

    origin: str
    size: int
    kept: list[tuple[int, bool]] | None
    make: Make | None
    alone: bool


class Parser:
    """Reads texts by the tables of one grammar. ``actions`` has for each state what a token or a rule leads to: a state,
    or, below zero, the rule that ends before it (``~number``)."""

    def __init__(self, tables: dict[str, Any], codes: dict[str, Any], maker: object = None) -> None:
        self._actions: list[dict[str, int]] = tables["actions"]
        self._start, self._end = tables["start"], tables["end"]
        self._rules = [_reduction(row, maker) for row in tables["rules"]]
        self._lexers: list[Match] = [
            _lazily(number, pattern, flags, codes, self)
            for number, (pattern, flags) in enumerate(tables["lexers"])
        ]
        self._lexer_of: list[int] = tables["lexer_of"]

    def parse(self, text: str) -> Any:
        """What the grammar's first rule makes of a text. Raises :class:`UnreadableError`."""
        actions, lexers, lexer_of = self._actions, self._lexers, self._lexer_of
        states, values = [self._start], list[Any]()
        at, size = 0, len(text)
        while True:
            if at < size:
                found = lexers[lexer_of[states[-1]]](text, at)
                if found is None or found.end() == at or (kind := found.lastgroup) is None:
                    raise UnreadableError(text[at:])
                token = Token(found[0])
                token.type, token.start_pos = kind, at
                token.end_pos = at = found.end()
            else:
                kind, token = END, Token()
            while (action := actions[states[-1]].get(kind)) is not None and action < 0:
                rule = self._rules[~action]
                made = _reduced(rule, values)
                if rule.size:
                    del states[-rule.size :]
                states.append(actions[states[-1]][rule.origin])
                values.append(made)
                if kind is END and states[-1] == self._end:
                    return made
            if action is None:
                raise UnreadableError(text[at - len(token) :])
            states.append(action)
            values.append(token)


def _reduced(rule: _Reduction, values: list[Any]) -> Any:
    """What a rule makes of the last values, which are taken away."""
    size = rule.size
    taken = values[-size:] if size else []
    if size:
        del values[-size:]
    if rule.kept is not None:
        kept: list[Any] = []
        for position, opened in rule.kept:
            if not opened:
                kept.append(taken[position])
            elif kept:
                kept += taken[position]
            else:  # a list that grows at its end is not copied each time
                kept = taken[position]
        taken = kept
    if rule.alone and len(taken) == 1:
        return taken[0]
    return taken if rule.make is None else rule.make(taken)


def _reduction(row: list[Any], maker: object) -> _Reduction:
    origin, size, kept, name, alone = row
    make: Make | None = getattr(maker, name, None)
    if make is None and not origin.startswith("_"):

        def make(children: list[Any]) -> Tree:
            return Tree(name, children)

    pairs = None if kept is None else [(int(position), bool(opened)) for position, opened in kept]
    return _Reduction(origin, size, pairs, make, alone)


def _lazily(number: int, pattern: str, flags: int, codes: dict[str, Any], parser: Parser) -> Match:
    """The match of a pattern that is compiled when a text first needs it; few of a grammar's are in most runs."""

    def first(text: str, at: int) -> re.Match[str] | None:
        match = parser._lexers[number] = _compiled(pattern, flags, codes.get(str(number))).match
        return match(text, at)

    return first


def _compiled(pattern: str, flags: int, code: list[Any] | None) -> re.Pattern[str]:
    """A pattern, from the code that the package brings for it (:func:`code_of`) where it brings one."""
    if code is not None:
        try:
            made: re.Pattern[str] = import_module("_sre").compile(pattern, *code)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            pass
        else:
            return made
    return re.compile(pattern, flags)


def restore(kind: str, digest: str, source: Callable[[], str], maker: object = None) -> Parser:
    """The parser of a grammar. What a rule found goes to the method of ``maker`` with its name, as the parser goes along.

    ``source`` gives the grammar's text when its tables have to be made; ``digest`` names everything that the text
    depends on.
    """

    def build() -> bytes:
        from perfgoals_lint.rulebook.grammar_tables import tables

        return tables(source())

    content = built(kind, f"{digest}-{FORMAT}", build)
    codes = json.loads(shipped(kind, f"{digest}-{engine_version()}") or "{}")
    try:
        return Parser(json.loads(content), codes, maker)
    except (ValueError, LookupError, TypeError):
        return Parser(json.loads(build()), codes, maker)


def engine_version() -> str:
    """Names the engine of regular expressions whose code may be shipped: another one does not know it."""
    return f"code-{sys.implementation.cache_tag}-{import_module('_sre').MAGIC}"
