"""Makes the tables of :mod:`perfgoals_lint.rulebook.lexing` from a grammar, with Lark; only builds and first runs do."""

import json
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

from perfgoals_lint.rulebook.edges import edges


def lark_of(grammar: str) -> Lark:
    """Lark's own parser of a grammar, which gives the same trees as the tables do."""
    return Lark(
        grammar, parser="lalr", lexer="contextual", maybe_placeholders=False, propagate_positions=False
    )


def tables(grammar: str) -> bytes:
    """The LALR tables of a grammar as JSON. Raises ``ValueError`` for what the parser does not know: terminals that are
    passed over or called back for."""
    made = lark_of(grammar)
    inner: Any = made.parser
    table = inner.parser._parse_table
    lexers = {state: _lexer(one) for state, one in inner.lexer.lexers.items()}
    terminals = {one.name: one for one in made.terminals}
    names = {name: number for number, name in enumerate(terminals)}
    distinct = list(dict.fromkeys(((), *lexers.values())))
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
        "terminals": [_terminal(one) for one in terminals.values()],
        "lexers": [[names[name] for name in listed] for listed in distinct],
        "lexer_of": [distinct.index(lexers.get(state, ())) for state in range(len(actions))],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _lexer(lexer: Any) -> tuple[str, ...]:
    """The names of the terminals that may come in a state, in the order in which they are tried."""
    found = tuple(str(one.name) for one in lexer.scanner.terminals)
    if lexer.ignore_types or lexer.callback:
        raise ValueError("a grammar with terminals that are passed over or called back for")
    return found


def _terminal(terminal: Any) -> list[Any]:
    """Name, pattern, and the characters that it may begin with (``None``: any)."""
    pattern = str(terminal.pattern.to_regexp())
    first = edges(pattern)[0]
    return [str(terminal.name), pattern, None if first is None else sorted(first)]


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
