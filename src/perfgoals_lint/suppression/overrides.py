"""What the configuration says of findings: severities, and what is not wanted of some projects."""

import re
from functools import lru_cache

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.lint.finding import unread
from perfgoals_lint.model import Finding
from perfgoals_lint.rulebook.patterns import compiled


def overridden(finding: Finding, plan: Plan) -> bool:
    """Does the finding stay? Severities of the configuration are put in on the way; what says that
    a file could not be read stays as it is."""
    if unread(finding):
        return True
    if finding.rule in plan.unsaid and finding.severity != "error":
        return False
    finding.severity = plan.severity.get(finding.rule, finding.severity)
    for override in plan.projects:
        if finding.project_name is not None and _pattern(override.pattern).fullmatch(finding.project_name):
            if finding.rule in override.ignore:
                return False
            finding.severity = override.severity.get(finding.rule, finding.severity)
    return True


@lru_cache(256)
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"([*?])", pattern)
    return compiled("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts), re.DOTALL)
