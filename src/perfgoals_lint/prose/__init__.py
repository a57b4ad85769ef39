"""Goal prose: the amounts, counted things and calculations that it states, each with its place."""

from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.scan import scan
from perfgoals_lint.prose.types import (
    Amount,
    Count,
    Enumeration,
    Item,
    Per,
    YearMention,
    YearSpan,
)

__all__ = [
    "Amount",
    "Count",
    "Enumeration",
    "Item",
    "Narrative",
    "Per",
    "YearMention",
    "YearSpan",
    "scan",
]
