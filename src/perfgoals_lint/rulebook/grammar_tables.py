"""Makes the tables of :mod:`perfgoals_lint.rulebook.lexing` from a grammar, with Lark; only builds and first runs do."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift


def lark_of(grammar: str) -> Lark:
    """Lark's own parser of a grammar, which gives the same trees as the tables do."""
    return Lark(
        grammar, parser="lalr", lexer="contextual", maybe_placeholders=False, propagate_positions=False
    )


def tables(grammar: str) -> bytes:
    """The LALR tables of a grammar as JSON. Raises ``ValueError`` for what the parser does not know: terminals that are
    passed over or called back for, and more patterns than one in a state."""
    made = lark_of(grammar)
    inner: Any = made.parser
    table = inner.parser._parse_table
    patterns: dict[tuple[str, int], int] = {}
    lexer_of: dict[int, int] = {state: _lexer(one, patterns) for state, one in inner.lexer.lexers.items()}
    numbers = {rule: number for number, rule in enumerate(made.rules)}
    actions = [
        {
            symbol: argument if action is Shift else ~numbers[argument]
            for symbol, (action, argument) in table.states[state].items()
        }
        for state in range(len(table.states))
    ]
    kept = {
        "actions": actions,
        "start": table.start_states["start"],
        "end": table.end_states["start"],
        "rules": [_rule(rule) for rule in made.rules],
        "lexers": list(patterns),
        "lexer_of": [lexer_of.get(state, 0) for state in range(len(actions))],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _lexer(lexer: Any, patterns: dict[tuple[str, int], int]) -> int:
    """The number of the pattern of a state's tokens."""
    found = lexer.scanner._mres
    if len(found) > 1 or lexer.ignore_types or lexer.callback:
        raise ValueError("a grammar with terminals that are passed over or called back for")
    # In some states nothing may come but the end.
    pattern = found[0] if found else re.compile("(?!)")
    return patterns.setdefault((pattern.pattern, pattern.flags & ~re.UNICODE), len(patterns))


def _rule(rule: Any) -> list[Any]:
    """Origin, size, what is kept, name, and does a single value stay as it is? (See ``lexing``.)"""
    symbols = rule.expansion
    kept = [
        [position, not symbol.is_term and symbol.name.startswith("_")]
        for position, symbol in enumerate(symbols)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    ]
    whole = len(kept) == len(symbols) and not any(opened for _, opened in kept)
    name = rule.alias or rule.origin.name
    return [
        str(rule.origin.name),
        len(symbols),
        None if whole else kept,
        str(name),
        bool(rule.options.expand1 and not rule.alias),
    ]


def code_of(content: bytes) -> bytes:
    """The code of the patterns in some tables, by their number, as JSON; none on an interpreter built otherwise.

    A grammar full of word lists has patterns of several thousand characters, and ``re`` takes longer to compile them
    than a small table takes to check. The package brings this beside the tables; it is never read from a cache.
    """
    try:
        parse: Any = import_module("re._parser").parse
        compiled: Any = import_module("re._compiler")._code
    except (ImportError, AttributeError):
        return b"{}"
    found: dict[str, Any] = {}
    for number, (pattern, flags) in enumerate(json.loads(content)["lexers"]):
        parsed = parse(pattern, flags)
        names = dict(parsed.state.groupdict)
        indexes: list[str | None] = [None] * parsed.state.groups
        for name, index in names.items():
            indexes[index] = name
        code = list(map(int, compiled(parsed, flags)))
        found[str(number)] = [flags | parsed.state.flags, code, parsed.state.groups - 1, names, indexes]
    return json.dumps(found, separators=(",", ":")).encode()
