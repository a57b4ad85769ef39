"""What a rule finds, and what became of a rule."""

from dataclasses import dataclass
from dataclasses import field as member
from typing import Any, Literal, get_args

from perfgoals_lint.model.places import Location

_SIGNS = frozenset("+×÷=≠<>≤≥→;")
"""One of these stands in whatever was calculated or compared."""

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the gravest to the least."""
Status = Literal["passed", "found", "not_applicable", "not_checked", "crashed"]


@dataclass(slots=True)
class Related:
    """A place that a finding is about as well, and what is said of it."""

    message: str
    location: Location


@dataclass(slots=True)
class Edit:
    """Replace ``old`` by ``new`` in one field of one row; ``location`` is the field's place."""

    location: Location
    field: str
    old: str
    new: str


@dataclass(slots=True)
class Fix:
    """Edits that put a finding right. Only a ``safe`` fix is applied without being asked for one by one: one that is
    ``certain``, which is for the rule to say, in a file that can be written. What is certain in any other file is a
    suggestion, for a copy or for people."""

    safe: bool
    edits: list[Edit]
    certain: bool = member(default=False, metadata={"printed": False})


@dataclass(slots=True)
class Finding:
    """The one thing that reports see. ``span`` (start, end, 0-based characters) marks the faulty part in the text of
    ``field``; ``quote`` is that text. ``values`` are the values of the row (``cycle_value``, ``annual_value``), for reports
    that show it. ``suppressed`` says who set the finding aside (``kind`` ``inline`` or ``external``,
    ``reason`` …); ``baseline_state`` is ``new``, ``unchanged``, ``updated`` or ``absent``, ``None`` without a baseline."""

    rule: str
    name: str
    severity: Severity
    dimension: str
    message: str
    document: str
    advice: str | None = None
    basis: str | None = None
    project_name: str | None = None
    unit: str | None = None
    table_index: int | None = None
    indicator: dict[str, str | None] | None = None
    field: str | None = None
    location: Location | None = None
    related: list[Related] = member(default_factory=list)
    evidence: dict[str, Any] | None = None
    fix: Fix | None = None
    fingerprint: str = ""
    quote: str | None = None
    span: tuple[int, int] | None = None
    values: dict[str, str | None] | None = None
    suppressed: dict[str, Any] | None = None
    baseline_state: str | None = None
    heading: str | None = member(default=None, metadata={"printed": False})
    """How the document itself calls the field."""
    digest: str = member(default="", metadata={"printed": False})
    """What the message says of its subject, without places and the same in every language; for the baseline only."""

    @property
    def calculation(self) -> str | None:
        """How the finding was calculated (``10 + 1 = 11 万元``); ``None`` without one: a lone figure is no calculation."""
        expression = str((self.evidence or {}).get("expression") or "")
        return expression if any(sign in expression for sign in _SIGNS) else None
