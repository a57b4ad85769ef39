"""Goal prose: the amounts, counted things and calculations that it states, each with its place."""

from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.scan import scan
from perfgoals_lint.prose.types import (
    Amount,
    AnnualTotal,
    Count,
    Enumeration,
    Item,
    Per,
    Product,
    Sum,
    Term,
    YearMention,
    YearSpan,
)

__all__ = [
    "Amount",
    "AnnualTotal",
    "Count",
    "Enumeration",
    "Item",
    "Narrative",
    "Per",
    "Product",
    "Sum",
    "Term",
    "YearMention",
    "YearSpan",
    "scan",
]
