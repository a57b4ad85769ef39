"""Goal prose: the amounts, counted things and calculations that it states, each with its place."""

from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.scan import figures_of, scan
from perfgoals_lint.prose.types import Count, Enumeration, ListItem, Per, YearMention, YearSpan

__all__ = [
    "Count",
    "Enumeration",
    "ListItem",
    "Narrative",
    "Per",
    "YearMention",
    "YearSpan",
    "figures_of",
    "scan",
]
