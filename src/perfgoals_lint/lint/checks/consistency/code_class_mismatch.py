"""Printed class codes (1-产出, 11-数量) against each other and against their labels, and level 2 against level 1."""

from functools import cache

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.rulebook.labels import canonical, classify, parent_of
from perfgoals_lint.rulebook.policy import framework_data


@cache
def _classes(framework: str) -> dict[str, str]:
    """The code of each class label that a profile prints, with its class."""
    levels = framework_data("profiles")["profiles"][framework]["levels"]
    entries = [entry for level in levels for entry in (level, *level.get("children", ()))]
    return {entry["code"]: entry["class"] for entry in entries if "code" in entry and "class" in entry}


def code_mismatch(row: Row, rule: Rule) -> Violations:
    """PGK625: a level-2 code belongs to its level-1 code, each code to its label, and level 2 to level 1."""
    indicator = row.indicator
    above, below = indicator.level1_code, indicator.level2_code
    if above and below and len(below) > len(above) and not below.startswith(above):
        codes = {"above": f"{above}-{indicator.level1}", "below": f"{below}-{indicator.level2}"}
        yield Violation(row=row, field="level2", case="codes", args=codes)
        return
    known = _classes(row.table.document.framework.name)
    for field, code, label, level in (
        ("level1", above, indicator.level1, 1),
        ("level2", below, indicator.level2, 2),
    ):
        wanted = known.get(code) if code else None
        printed = classify(label, level) if wanted else None
        if wanted and printed and wanted != printed:
            args = {"code": code or "", "label": label or "", "wanted": canonical(wanted)}
            yield Violation(row=row, field=field, case="label", args=args)
            return
    yield from _other_class(row)


_JUDGED = frozenset({"output", "benefit", "satisfaction"})
_OLDER = {("benefit", "satisfaction"), ("output", "cost"), ("cost", "output")}
"""Level 1 over the parent of level 2 as older forms have them: satisfaction among the effects, cost among the outputs."""


def _other_class(row: Row) -> Violations:
    """Level 2 is printed below a level 1 that it is no part of."""
    indicator = row.indicator
    above = classify(indicator.level1, 1)
    own = classify(indicator.level2, 2)
    parent = parent_of(own) if own else None
    if above is None or parent is None or above == parent or own == "output_cost":
        return
    if parent in _JUDGED and above in _JUDGED | {"cost"} and (above, parent) not in _OLDER:
        args = {"above": indicator.level1 or "", "below": indicator.level2 or "", "wanted": canonical(parent)}
        yield Violation(row=row, field="level2", case="levels", args=args)
