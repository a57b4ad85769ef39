"""One rule as its page states it: the head of the page, typed, and checked once when the page is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal, TypedDict, get_args

from perfgoals_lint.model import SEVERITIES, Severity
from perfgoals_lint.rulebook.patterns import compiled

Scope = Literal["row", "table", "document", "run"]
RuleStatus = Literal["preview", "stable", "deprecated"]
Check = Callable[[Any, "Rule"], Iterable[Any]]
"""What a rule runs: gets an object of the rule's scope and the rule, gives its violations."""


Texts = Mapping[str, str]
"""A text by language, ``zh`` and ``en``."""


class Case(TypedDict, total=False):
    """A variant of a rule: what differs from the rule's own severity and texts."""

    severity: Severity
    message: Texts
    advice: Texts


class SeverityCondition(TypedDict, total=False):
    """Another severity, in some frameworks or where the table fits a selector."""

    severity: Severity
    frameworks: Sequence[str]
    where: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Rule:
    """One rule page: the keys of its head, with ``origin`` (where it was read) and ``bound`` (its check, once that has
    been asked for: :mod:`perfgoals_lint.lint.binding`).

    ``check`` names a declarative kind with its keys, or a Python function. ``scope`` is what the check looks at.
    ``status`` is ``preview`` (tried out, off unless asked for), ``stable`` or ``deprecated`` (about to go), and
    ``replaced_by`` the code of the rule that does its job; ``formerly`` holds codes and names that the rule had.
    ``default`` is said where it is not the status that decides whether the rule is on (:attr:`is_on`). ``profiles`` are those it applies to at all, ``default_in``
    those in which it is on although ``default`` is not. ``effective`` says ``from`` and ``to`` when it is in force, of
    budgets (:func:`perfgoals_lint.rulebook.editions.outside`); ``sources`` are documents of a pack that ``basis`` may name. ``because`` names why it has its severity (``lexicons/severities.yaml``). ``cell_order`` is its place among the rules of which only the
    first reports a cell. A rule that ``yields_to`` others is silent where they speak. ``withheld`` and
    ``blank`` rules are asked of secret projects and of blank forms, too. ``across`` rules compare the files
    of a run. ``page`` is relative to the rules; a rule of a pack carries its ``page_text``, and its 1-based ``line``.
    """

    code: str
    name: str
    title: Texts
    severity: Severity
    message: Texts
    check: Mapping[str, Any]
    advice: Texts | None = None
    dimension: str | None = None
    scope: Scope = "table"
    status: RuleStatus = "stable"
    since: str | None = None
    replaced_by: str | None = None
    formerly: Sequence[str] = ()
    needs: Sequence[str] = ()
    tags: Sequence[str] = ()
    cell_order: int | None = None
    default: bool | None = None
    default_in: Sequence[str] = ()
    profiles: Literal["all"] | Sequence[str] = "all"
    cases: Mapping[str, Case] = field(default_factory=dict)
    related: Mapping[str, Texts] = field(default_factory=dict)
    basis: Sequence[str] = ()
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    effective: Mapping[str, str] = field(default_factory=dict)
    because: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    fix_safe: bool = False
    yields_to: Sequence[str] = ()
    severity_when: Sequence[SeverityCondition] = ()
    withheld: bool = False
    blank: bool = False
    across: bool = False
    page: str | None = None
    page_text: str | None = None
    line: int | None = None
    origin: str = ""
    bound: Check | None = None

    @classmethod
    def of(cls, head: Mapping[str, Any], origin: str) -> Rule:
        """The rule of a head that has no :func:`faults`."""
        keys = {key: value for key, value in head.items() if key not in _DATES}
        return cls(**keys, effective={key: head[key] for key in _DATES if key in head}, origin=origin)

    def as_data(self) -> dict[str, Any]:
        """The head as plain data, keys that say nothing left out; :meth:`of` makes the rule of it again."""
        keys = {name: getattr(self, name) for name in _DEFAULTS}
        return {name: value for name, value in keys.items() if value != _DEFAULTS[name]} | {**self.effective}

    @property
    def letter(self) -> str:
        """The dimension's letter: the third of a built-in code; a bureau's own rule may name one, or has ``U``."""
        return self.dimension or (self.code[2] if self.code.startswith("PG") else "U")

    @property
    def is_on(self) -> bool:
        """Is the rule on where nobody said anything about it?"""
        return self.status == "stable" if self.default is None else self.default

    def on_in(self, framework: str) -> bool:
        """Is the rule on by default in a profile?"""
        return self.is_on or framework in self.default_in

    def covers(self, framework: str) -> bool:
        """Does the rule apply to a profile at all?"""
        return self.profiles == "all" or framework in self.profiles

    def number(self, parameter: str) -> Decimal:
        """A threshold of the page, or of the configuration in its place."""
        return Decimal(str(self.parameters[parameter]))

    def text(
        self, key: Literal["title", "message", "advice"], lang: str, case: str | None = None
    ) -> str | None:
        """A text of the page in one language, the case's own where it has one."""
        own: Mapping[str, Any] = self.cases.get(case, {}) if case else {}
        texts = own.get(key) or getattr(self, key)
        return str(texts[lang]) if texts else None


_DATES = ("from", "to")
_RUNTIME = ("effective", "origin", "bound")
_DEFAULTS: dict[str, Any] = {
    one.name: one.default_factory() if one.default_factory is not MISSING else one.default
    for one in fields(Rule)
    if one.name not in _RUNTIME
}

_DATE = compiled(r"\d{4}(-\d\d){0,2}")
_IS_TEXTS = "texts in both languages, {zh: …, en: …}"
_IS_LIST = "a list of texts"
_SHAPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(
        ("code", "name", "dimension", "since", "replaced_by", "because", "page", "page_text"),
        ("a text", lambda value: isinstance(value, str) and value != ""),
    ),
    **dict.fromkeys(("title", "message", "advice"), (_IS_TEXTS, lambda value: _is_texts(value))),
    **dict.fromkeys(
        ("formerly", "needs", "tags", "default_in", "basis", "yields_to"),
        (_IS_LIST, lambda value: _is_list(value)),
    ),
    **dict.fromkeys(
        ("default", "fix_safe", "withheld", "blank", "across"),
        ("true or false", lambda value: isinstance(value, bool)),
    ),
    **dict.fromkeys(
        ("cell_order", "line"),
        ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    ),
    **dict.fromkeys(
        _DATES,
        (
            "a year, a month or a day, 2024-01-01",
            lambda value: isinstance(value, str) and _DATE.fullmatch(value) is not None,
        ),
    ),
    "sources": ("a mapping of documents", lambda value: isinstance(value, dict)),
    "severity": (f"one of {', '.join(SEVERITIES)}", lambda value: value in SEVERITIES),
    "scope": (f"one of {', '.join(get_args(Scope))}", lambda value: value in get_args(Scope)),
    "status": (f"one of {', '.join(get_args(RuleStatus))}", lambda value: value in get_args(RuleStatus)),
    "check": ("a mapping with a kind", lambda value: isinstance(value, dict) and "kind" in value),
    "profiles": (f"all, or {_IS_LIST}", lambda value: value == "all" or _is_list(value)),
    "parameters": ("a mapping of thresholds", lambda value: isinstance(value, dict)),
    "related": (f"a mapping to {_IS_TEXTS}", lambda value: _is_mapping(value, _is_texts)),
    "cases": (
        "a mapping to variants with severity, message, advice",
        lambda value: _is_mapping(value, _is_case),
    ),
    "severity_when": (
        "a list of conditions with severity and frameworks or where",
        lambda value: isinstance(value, list) and all(_is_condition(one) for one in value),
    ),
}
"""Key to what it must be, in words, and whether a value is that."""


def faults(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the head of a page: the key, and why."""
    for name, default in _DEFAULTS.items():
        if default is MISSING and name not in head:
            yield name, "is missing"
    for name, value in head.items():
        if name not in _SHAPES:
            yield name, "is no key of a rule page"
        elif not _SHAPES[name][1](value):
            yield name, f"is not {_SHAPES[name][0]}"
    first, last = (str(head.get(name, "")) for name in _DATES)
    if last and first[: len(last)] > last:
        yield "to", f"is before {first}"


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"zh", "en"} and all(value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_mapping(value: Any, holds: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and all(holds(one) for one in value.values())


def _is_case(value: Any) -> bool:
    known = {"severity", "message", "advice"}
    return (
        isinstance(value, dict)
        and value.keys() <= known
        and all(_SHAPES[key][1](value[key]) for key in value)
    )


def _is_condition(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("severity") in SEVERITIES
        and value.keys() <= SeverityCondition.__annotations__.keys()
    )
