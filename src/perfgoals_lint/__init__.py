"""A linter for Chinese budget performance-goal tables (绩效目标表).

The public API is what this module names (see ``docs/api.md``). Every name is imported on first use, so that
``import perfgoals_lint`` costs nothing.
"""

from perfgoals_lint.version import __version__

# Type checkers take the name for true. typing itself takes longer than all else until signals are handled.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from perfgoals_lint.api import Content as Content
    from perfgoals_lint.api import Result as Result
    from perfgoals_lint.api import check as check
    from perfgoals_lint.api import extract as extract
    from perfgoals_lint.api import read as read
    from perfgoals_lint.config.settings import Settings as Settings
    from perfgoals_lint.model import Document as Document
    from perfgoals_lint.model import Finding as Finding
    from perfgoals_lint.model import GoalTable as GoalTable
    from perfgoals_lint.model import Indicator as Indicator
    from perfgoals_lint.model import Location as Location
    from perfgoals_lint.model import to_json as to_json
    from perfgoals_lint.rulebook.rule import Rule as Rule
    from perfgoals_lint.rulebook.rules import Rulebook as Rulebook
    from perfgoals_lint.values import parse as parse_value
else:
    _HOMES = {
        **dict.fromkeys(("Content", "Result", "check", "extract", "read"), "api"),
        **dict.fromkeys(("Document", "Finding", "GoalTable", "Indicator", "Location", "to_json"), "model"),
        "Settings": "config.settings",
        "Rule": "rulebook.rule",
        "Rulebook": "rulebook.rules",
        "parse_value": "values",
    }

    # A type checker sees the imports above and nothing of this, so that a misspelt name is an error to it.
    def __getattr__(name):
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = import_module(f"{__name__}.{_HOMES[name]}")
        found = globals()[name] = getattr(home, {"parse_value": "parse"}.get(name, name))
        return found

    def __dir__():
        return sorted({*globals(), *_HOMES})


__all__ = [
    "Content", "Document", "Finding", "GoalTable", "Indicator", "Location", "Result", "Rule", "Rulebook",
    "Settings", "__version__", "check", "extract", "parse_value", "read", "to_json",
]  # fmt: skip
