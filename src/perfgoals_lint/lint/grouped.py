"""Checks whose hits each lie within one group of rows, so that the groups of many files can be judged apart."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from perfgoals_lint.lint.context import DocumentView, Row
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.rule import Rule


@dataclass(slots=True, frozen=True)
class GroupedCheck:
    """A check of a document that compares rows of one group.

    ``groups_of`` gives the groups of a row, none for a row that takes no part. It may look at the row and at the name,
    code, unit, year and budget of its project, as may ``check``; what either finds in one group depends on no other row.
    """

    check: Callable[[DocumentView, Rule], Iterable[Violation]]
    groups_of: Callable[[Row], Sequence[Hashable]]

    def __call__(self, view: DocumentView, rule: Rule) -> Iterable[Violation]:
        """The violations of the check."""
        return self.check(view, rule)


def grouped(
    groups_of: Callable[[Row], Sequence[Hashable]],
) -> Callable[[Callable[[DocumentView, Rule], Iterable[Violation]]], GroupedCheck]:
    """Declare what groups a check compares."""
    return lambda check: GroupedCheck(check, groups_of)
