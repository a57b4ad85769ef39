"""The checks that rule pages name (``check: {kind: python, function: consistency.stale_year.stale_year}``), a module a rule.

A function takes the object of its scope (a row, a table, a document) and the rule, and yields violations; what it needs
for that is named here.
"""

from collections.abc import Iterator
from typing import TypeAlias

from perfgoals_lint.lint.context import DocumentView, Row, Table, Value
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.rule import Rule

Violations: TypeAlias = Iterator[Violation]

__all__ = ["DocumentView", "Row", "Rule", "Table", "Value", "Violation", "Violations"]
