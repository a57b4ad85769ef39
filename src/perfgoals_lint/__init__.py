"""A linter for Chinese budget performance-goal tables (绩效目标表).

The public API is small; every name is imported on first use so that ``import perfgoals_lint`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from perfgoals_lint.values import parse as parse_value

__all__ = ["__version__", "parse_value"]

_HOMES = {"parse_value": ("perfgoals_lint.values", "parse")}


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    from importlib import import_module

    return getattr(import_module(module), attribute)
