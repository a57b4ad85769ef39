"""What a check says: where a rule is broken, and the figures that its message needs."""

from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.model import Edit, Location, Severity


@dataclass(slots=True)
class Violation:
    """One place where a rule is broken.

    ``args`` fill the message of the rule's page; ``{name}`` (level-3), ``{value}`` and ``{project}`` are always there.
    An argument is a text, a pair of texts by language (``{"zh": …, "en": …}``), or a list of those.
    ``case`` picks one of the page's variants (their own severity, message, advice). ``span`` is the faulty part, as
    0-based characters in the text of ``field``. ``related`` pairs a message key of the page with args and a place.
    ``advice`` is the key of a text of ``rules/messages/engine.yaml`` that takes the place of the page's advice.
    ``evidence`` holds the terms of a calculation: ``expression`` (``9 + 9 + 13 = 31 万元``) and what else a machine
    may want. ``edits`` put it right; they are safe only when the page says so. ``suspects`` are the figures of a
    contradiction of which each alone may be wrong: what one change would settle is one finding (``lint/contradictions.py``).
    """

    table: Table | None = None
    row: Row | None = None
    field: str | None = None
    args: dict[str, Any] = member(default_factory=dict)
    case: str | None = None
    span: tuple[int, int] | None = None
    related: list[tuple[str, dict[str, Any], Location]] = member(default_factory=list)
    evidence: dict[str, Any] | None = None
    edits: list[Edit] = member(default_factory=list)
    location: Location | None = None
    severity: Severity | None = None
    unit: str | None = None
    advice: str | None = None
    suspects: list[Suspect] = member(default_factory=list)
