"""Is a row about time? The figure decides first: a date, a span of time; then the name."""

import re
from functools import cache, lru_cache

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.algebra import parts_of
from perfgoals_lint.values.types import Constraint


def is_timely(row: Row) -> bool:
    """Does a row set a date, a span or promptness, by its values or its name?"""
    return any(_tells_time(value) for value in row.values) or named_timely(row.name)


def _tells_time(value: Value) -> bool:
    if value.kind in ("deadline", "period") or finds(value.text, "times.dated"):
        return True
    if any(_is_span(part) for part in parts_of(value.constraint)):
        return True
    return contains_any(value.text, "timeliness.values")


def _is_span(part: Constraint) -> bool:
    return (
        getattr(part, "unit", None) in words("relevance.time_units")
        or getattr(part, "deadline", None) is not None
    )


@cache
def _before() -> re.Pattern[str]:
    return compiled(str(lexicon("timeliness")["before"]))


@lru_cache(8192)
def named_timely(name: str) -> bool:
    """Does a name say that time is measured: a word of time at its end, an adverb of promptness, or 汛前…, 24小时内…?"""
    from perfgoals_lint.lint.facts.heads import bare

    text = matcher("timeliness.not").sub("\0", bare(name))
    # However a share is called, it is one (投资完成比例).
    text = matcher("names.share_heads").sub("率", text)
    return bool(
        expression("times.heads").search(text)
        or contains_any(text, "timeliness.prompt")
        or _before().search(text)
        or _before().search(name)
    )
