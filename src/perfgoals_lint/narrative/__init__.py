"""Goal prose: the amounts, counted things and calculations that it states, each with its place."""

from perfgoals_lint.narrative.scan import scan
from perfgoals_lint.narrative.types import Narrative

__all__ = ["Narrative", "scan"]
