"""What all kinds of check share: the mapping that a page writes, and the rows that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from perfgoals_lint.lint.kinds.selector import Match, row_selector

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Check

Spec = Mapping[str, Any]
Maker = Callable[[Spec], "Check"]


def selected(spec: Spec) -> Callable[[Row], Match | None]:
    """The row selector ``where``; all rows where the page has none."""
    return row_selector(spec.get("where", {}))
