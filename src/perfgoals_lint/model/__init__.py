"""The nouns: what a document holds, what a goal table says, what a rule finds.

All are plain slots dataclasses: they are created by the hundred thousand and must not cost an import of pydantic.
``to_json`` gives the JSON of the data contract; ``schemas.py`` lets pydantic derive the JSON Schemas from these
same classes. Amounts are ``Decimal`` in 元. Positions inside a ``Grid`` are 0-based, positions inside a ``Location``
are 1-based.
"""

from perfgoals_lint.model.findings import SEVERITIES, Edit, Finding, Fix, Related, Severity, Status
from perfgoals_lint.model.goals import (
    SOURCES,
    SPENDING,
    CellAccount,
    Document,
    GoalTable,
    HeaderText,
    Indicator,
    MoneyUnit,
    Period,
    SubGoal,
    Task,
    TextOutside,
    Total,
    UnreadCell,
)
from perfgoals_lint.model.packing import packed, unpacked
from perfgoals_lint.model.places import Location, Problem, cell_name, cell_place, column_letters
from perfgoals_lint.model.printing import to_json
from perfgoals_lint.model.sources import (
    Cell,
    Directive,
    Grid,
    Line,
    Part,
    PartKind,
    Source,
    SourceComment,
    TextBlock,
)

__all__ = [
    "SEVERITIES", "SOURCES", "SPENDING", "Cell", "CellAccount", "Directive", "Document", "Edit", "Finding", "Fix",
    "GoalTable", "Grid", "HeaderText", "Indicator", "Line", "Location", "MoneyUnit", "Part", "PartKind",
    "Period", "Problem", "Related", "Severity", "Source", "SourceComment", "Status", "SubGoal", "Task",
    "TextBlock", "TextOutside", "Total", "UnreadCell", "cell_name", "cell_place", "column_letters", "packed",
    "to_json", "unpacked",
]  # fmt: skip
