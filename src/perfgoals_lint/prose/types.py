"""What goal prose states, each statement with its place.

Every ``span`` is ``(start, end)``, 0-based characters of the text handed to ``scan``. Indexes are 0-based positions in
the lists of the ``Narrative``.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Span = tuple[int, int]
YearsKind = Literal["total", "policy", "term", "plan", "other"]
Operator = Literal["=", ">=", ">", "<=", "<", "~"]


@dataclass(slots=True, frozen=True)
class Per:
    """One denominator of a rate: ``/场`` is 1 场, ``每两年`` is 2 年."""

    count: Decimal
    unit: str


@dataclass(slots=True)
class ListItem:
    """One entry of a numbered list. ``level`` counts from 0; ``parent`` is an index into ``items``; ``list_id`` is
    shared by the entries of one list; ``body`` starts behind the label."""

    label: str
    number: int
    level: int
    list_id: int
    parent: int | None
    span: Span
    body: int


@dataclass(slots=True)
class Count:
    """A number of counted things. ``before`` and ``after`` are the words around it inside the clause, ``topic`` the
    preceding clause when both say nothing; ``noun`` is the best of them. ``years`` is the span it is spread over."""

    number: Decimal
    unit: str
    span: Span
    noun: str = ""
    before: str = ""
    after: str = ""
    topic: str = ""
    per: list[Per] = field(default_factory=list)
    years: int | None = None
    operator: Operator = "="
    background: bool = False
    quoted: bool = False
    sentence: int = 0
    clause: int = 0
    item: int | None = None


@dataclass(slots=True)
class YearSpan:
    """A duration in years: ``total`` (三年合共), ``policy`` (政策一定三年), ``term`` (通过三年建设), ``plan`` (用三年建成)
    or ``other``."""

    years: int
    kind: YearsKind
    span: Span
    quoted: bool = False


@dataclass(slots=True)
class YearMention:
    """A calendar year. ``last`` is the end of a range (2022-2024年), else the year itself; ``verb`` the word of
    planning tied to it in its clause. ``past`` is said of
    what has already been done. ``money``
    marks a number that only looks like a year (2019万元)."""

    year: int
    last: int
    span: Span
    verb: str | None = None
    document_number: bool = False
    past: bool = False
    money: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Enumeration:
    """A stated number of things against the things listed; ``stated`` is ``None`` for a list nobody counted.
    ``possible`` are the counts a reader could arrive at, ascending; ``closed`` says that the list is plainly all of
    them (分别为, a numbered list behind the number's colon)."""

    stated: int | None
    unit: str
    noun: str
    span: Span
    possible: tuple[int, ...]
    closed: bool = False
