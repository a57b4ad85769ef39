"""LALR parsers that run from kept tables: the tokens of a text, and what the rules of a grammar make of them.

The tables are made by Lark (:mod:`perfgoals_lint.rulebook.grammar_tables`), in the build of the package or the first
time that they are needed, and kept as plain JSON: a file in a user's cache is data and cannot run anything. Parsing
itself needs no library: a state knows which tokens may come and what each of them leads to.

A grammar full of word lists has long patterns, and ``re`` takes longer to compile one than a small table takes to
check. So a pattern stands for one kind of token, not for all that may come in a state; it is compiled when a text
first needs it, and tried only where the character is one that it can begin with.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfgoals_lint.rulebook.edges import may
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import built

FORMAT = "2"
"""Names the form of the tables; another one is never read."""
END = "$END"
_MOST_CHARACTERS = 4096

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


class _Terminal:
    """A kind of token: its name, its pattern, and the characters with which it can begin (``None``: any)."""

    __slots__ = ("_match", "first", "name", "pattern")

    def __init__(self, name: str, pattern: str, first: list[str] | None) -> None:
        self.name = name
        self.pattern = pattern
        self.first = None if first is None else frozenset(first)
        self._match: Match | None = None

    def end(self, text: str, at: int) -> int:
        """Where the token that begins at a place ends; the place itself when none does."""
        match = self._match
        if match is None:
            match = self._match = compiled(self.pattern).match
        found = match(text, at)
        return found.end() if found else at


class Parser:
    """Reads texts by the tables of one grammar. ``actions`` has for each state what a token or a rule leads to: a state,
    or, below zero, the rule that ends before it (``~number``)."""

    def __init__(self, tables: dict[str, Any], maker: object = None) -> None:
        self._actions: list[dict[str, int]] = tables["actions"]
        self._start, self._end = tables["start"], tables["end"]
        self._rules = [_reduction(row, maker) for row in tables["rules"]]
        terminals = [_Terminal(*row) for row in tables["terminals"]]
        lexers = [[terminals[number] for number in listed] for listed in tables["lexers"]]
        self._lexers: list[list[_Terminal]] = [lexers[number] for number in tables["lexer_of"]]
        self._possible: list[dict[str, list[_Terminal]]] = [{} for _ in self._lexers]

    def _beginning(self, state: int, character: str) -> list[_Terminal]:
        """The kinds of token that may begin with a character in a state, in the order in which they are tried."""
        found = [one for one in self._lexers[state] if may(one.first, character)]
        known = self._possible[state]
        if len(known) < _MOST_CHARACTERS:
            known[character] = found
        return found

    def parse(self, text: str) -> Any:
        """What the grammar's first rule makes of a text. Raises :class:`UnreadableError`."""
        actions, possible = self._actions, self._possible
        states, values = [self._start], list[Any]()
        at, size = 0, len(text)
        while True:
            if at < size:
                state, character = states[-1], text[at]
                for terminal in possible[state].get(character) or self._beginning(state, character):
                    end = terminal.end(text, at)
                    if end > at:
                        break
                else:
                    raise UnreadableError(text[at:])
                token = Token(text[at:end])
                kind = token.type = terminal.name
                token.start_pos, token.end_pos = at, end
                at = end
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


def restore(kind: str, digest: str, source: Callable[[], str], maker: object = None) -> Parser:
    """The parser of a grammar. What a rule found goes to the method of ``maker`` with its name, as the parser goes along.

    ``source`` gives the grammar's text when its tables have to be made; ``digest`` names everything that the text
    depends on.
    """

    def build() -> bytes:
        from perfgoals_lint.rulebook.grammar_tables import tables

        return tables(source())

    content = built(kind, f"{digest}-{FORMAT}", build)
    try:
        return Parser(json.loads(content), maker)
    except (ValueError, LookupError, TypeError):
        return Parser(json.loads(build()), maker)
