"""What there was, what is added, and what there will be."""

from __future__ import annotations

import re

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import same
from perfgoals_lint.prose.relations.relation import Relation, in_unit

_GROWN = re.compile("(?:达到|增加到|增至|增加至|达)[^，。；、]{0,3}$")
_STOOD = re.compile("原有|现有|已有|原|目前|截至|已建|已设|现设|现共")
_ADDED = re.compile("新增|增加|扩|新建|增设|补充|增配|再增|净增")


def grown(figures: list[Figure], index: int) -> Relation | None:
    """原有A处，新增B处，达到C处: what there was and what is added make what there will be."""
    if index < 2 or not _GROWN.search(figures[index].lead):
        return None
    stood, added, grown = figures[index - 2 : index + 1]
    alike = same(stood, grown) and same(added, grown) and stood.sentence == grown.sentence
    if not alike or not _STOOD.search(stood.lead) or not _ADDED.search(added.lead):
        return None
    if any(one.bound == "~" or one.low is not None or one.per or one.parts for one in (stood, added, grown)):
        return None
    computed = stood.value + added.value
    expression = f"{stood.raw} + {added.raw} = {in_unit(computed, grown)}"
    holds = computed == grown.value
    return Relation("sum", [stood, added], grown, computed, holds, expression, "likely")
