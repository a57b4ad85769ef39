"""Target values as typed constraints: ``parse("三年≥18家")`` is a ``Quantity`` of at least 18 家 over 3 年."""

from perfgoals_lint.values.parser import is_whole, parse

__all__ = ["is_whole", "parse"]
