"""What may be set aside at all, and by which names."""

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.lint.finding import problem_codes, unread
from perfgoals_lint.model import Finding
from perfgoals_lint.rulebook.rules import Rulebook

_NEVER = frozenset({"PGX201", "PGX308", "PGX309", "PGX310"})
"""What says that a rule was not asked, or that a file is not what it should be."""


def protected(finding: Finding, plan: Plan | None) -> bool:
    """May nothing set the finding aside? So it is with mandatory rules and with what could not be read."""
    return unread(finding) or finding.rule in _NEVER or (plan is not None and finding.rule in plan.mandatory)


def codes_of(book: Rulebook, selector: str) -> list[str]:
    """The codes that a selector names, reading problems included. Raises ``UnknownRuleError``."""
    return problem_codes(selector) or [rule.code for rule in book.find(selector)]
