"""Lark parsers restored from kept tables, with the regular expressions of their lexers kept compiled
(:mod:`perfgoals_lint.rulebook.patterns`)."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import lark
from lark import Lark, Token
from lark.lexer import BasicLexer, ContextualLexer, LexerState

from perfgoals_lint.rulebook.patterns import ENGINE_VERSION, Patterns, code_of, key_of
from perfgoals_lint.rulebook.policy import built

if TYPE_CHECKING:
    from lark import Transformer

_VERSION = f"{lark.__version__}-{ENGINE_VERSION}"


class _Places(BasicLexer):
    """Tokens that know their places in the text, but not their lines and columns, which nobody asks for: counting
    them, and making a token through its constructor, cost more than finding the token."""

    _match: Callable[[str, int, int], re.Match[str] | None] | None = None

    def next_token(self, lex_state: LexerState, parser_state: Any = None) -> Token:
        counter, text = lex_state.line_ctr, lex_state.text
        start = counter.char_pos
        match = self._match or self._prepared()
        found = match(text.text, start, text.end) if match and start < text.end else None
        if not found or not found.lastgroup:
            return super().next_token(lex_state, parser_state)
        value = found[0]
        token = str.__new__(Token, value)
        token.type, token.value, token.start_pos = found.lastgroup, value, start
        token.line = token.column = token.end_line = token.end_column = 1
        token.end_pos = counter.char_pos = found.end()
        lex_state.last_token = token
        return token

    def _prepared(self) -> Callable[[str, int, int], re.Match[str] | None] | None:
        """The match of the one pattern, unless there are tokens to pass over or to call back for."""
        patterns = self.scanner._mres
        if len(patterns) == 1 and not self.ignore_types and not self.callback:
            self._match = patterns[0].match
        return self._match


class _PlaceLexer(ContextualLexer):
    BasicLexer = _Places


def restore(
    kind: str, digest: str, source: Callable[[], str], transformer: Transformer[Any, Any] | None = None
) -> Lark:
    """The LALR parser of a grammar, with ``transformer`` applied while it reads.

    ``source`` gives the grammar's text when its tables have to be made; ``digest`` names everything that the text
    depends on.
    """

    def build() -> bytes:
        return _make(source())

    content = built(kind, f"{digest}-{_VERSION}", build)
    try:
        return _load(pickle.loads(content), transformer)
    except (pickle.UnpicklingError, EOFError, LookupError, AttributeError, TypeError):
        return _load(pickle.loads(build()), transformer)


def _load(kept: dict[str, Any], transformer: Transformer[Any, Any] | None) -> Lark:
    # The generated stand-alone parsers load their tables this way; Lark.load takes no transformer.
    restored: Callable[..., Lark] = Lark._load_from_dict
    plugins = {"ContextualLexer": _PlaceLexer}
    parser = restored(kept["data"], kept["memo"], transformer=transformer, _plugins=plugins)
    _use(parser, Patterns(kept["patterns"]))
    return parser


def _make(grammar: str) -> bytes:
    """The tables of a grammar and the code of its lexers' patterns, as ``restore`` reads them."""
    tables = io.BytesIO()
    Lark(
        grammar, parser="lalr", lexer="contextual", maybe_placeholders=False, propagate_positions=False
    ).save(tables)
    kept: dict[str, Any] = pickle.loads(tables.getvalue()) | {"patterns": {}}
    for lexer in _lexers(_load(kept, None)):
        for mre in lexer.scanner._mres:
            code = code_of(mre.pattern, mre.flags & ~re.UNICODE)
            if code:
                kept["patterns"][key_of(mre.pattern, mre.flags & ~re.UNICODE)] = code
    return pickle.dumps(kept)


def _lexers(parser: Lark) -> list[Any]:
    contextual: Any = parser.parser.lexer
    return list(dict.fromkeys(contextual.lexers.values()))


def _use(parser: Lark, patterns: Patterns) -> None:
    for lexer in _lexers(parser):
        lexer.re = patterns
