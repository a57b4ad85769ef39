"""Kinds of check that look at a whole document."""

from collections.abc import Iterator

from perfgoals_lint.lint.context import DocumentView
from perfgoals_lint.lint.kinds.repetition import repeated
from perfgoals_lint.lint.kinds.selector import Maker, Spec
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.rule import Check, Rule


def _printed(spec: Spec) -> Check:
    wanted = frozenset(spec["features"])

    def check(view: DocumentView, rule: Rule) -> Iterator[Violation]:
        first = next((table for table in view.tables if table.rows), None)
        if first is not None and not wanted <= view.features:
            yield Violation(location=first.goal.location)

    return check


DOCUMENT_KINDS: dict[str, Maker] = {
    "printed": _printed,
    "repeated": repeated,
}
