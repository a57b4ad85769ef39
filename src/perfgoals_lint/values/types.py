"""The constraints that target values are read into, one class a kind of the data contract.

They are plain slots dataclasses: creating one must not cost an import of pydantic, and ``schema.constraint_adapter``
lets pydantic read the very same classes at the edges. Parsed constraints are shared between callers: do not change
them. Numbers are ``Decimal`` with the scale multiplied in; ``span`` is (start, end), 0-based characters of ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeAlias

Op: TypeAlias = Literal["=", ">=", ">", "<=", "<", "~", "between"]
Comparison: TypeAlias = Literal["=", ">=", ">", "<=", "<"]
Approx: TypeAlias = Literal["over", "under", "about"]
Aggregate: TypeAlias = Literal["total", "average", "each"]
Precision: TypeAlias = Literal["year", "year-end", "month", "day"]


def plain(number: Decimal) -> str:
    """The decimal string of a number: no exponent, no trailing zeros, no negative zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _dump(value: Any, json: bool, exclude_none: bool) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return plain(value) if json else value
    if isinstance(value, tuple | list):
        items = [_dump(item, json, exclude_none) for item in value]
        return items if json or isinstance(value, list) else tuple(items)
    pairs = ((name, getattr(value, name)) for name in _names(type(value)))
    return {
        name.rstrip("_"): _dump(item, json, exclude_none)
        for name, item in pairs
        if not (exclude_none and item is None)
    }


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(cls: type) -> tuple[str, ...]:
    if cls not in _NAMES:
        names = tuple(name for name in getattr(cls, "__dataclass_fields__", ()) if name[0] != "_")
        _NAMES[cls] = ("kind", *(name for name in names if name != "kind")) if "kind" in names else names
    return _NAMES[cls]


class BaseValue:
    """Equality and a short printed form for all values, written once: generated ones cost start-up time."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _names(type(self)))

    def __repr__(self) -> str:
        pairs = ((name, getattr(self, name)) for name in _names(type(self)))
        shown = ", ".join(f"{name}={item!r}" for name, item in pairs if item not in (None, [], False))
        return f"{type(self).__name__}({shown})"


class Dumps(BaseValue):
    """Gives a constraint pydantic's two ways out, without pydantic."""

    __slots__ = ()

    def model_dump(
        self, mode: Literal["python", "json"] = "python", exclude_none: bool = False
    ) -> dict[str, Any]:
        """The fields as a dict; in JSON mode numbers are plain decimal strings and tuples are lists."""
        dumped: dict[str, Any] = _dump(self, mode == "json", exclude_none)
        return dumped

    def model_dump_json(self, exclude_none: bool = False) -> str:
        """The JSON text of the constraint."""
        from json import dumps

        return dumps(self.model_dump("json", exclude_none), ensure_ascii=False)


@dataclass(slots=True, eq=False, repr=False)
class Measure(BaseValue):
    """A count of a unit: the denominator of a rate, the years of a span."""

    count: Decimal
    unit: str


@dataclass(slots=True, eq=False, repr=False)
class PriorValue(BaseValue):
    """A prior figure printed in brackets behind a target: ``≥95%(2022:90%)``."""

    text: str
    value: Decimal
    unit: str | None = None
    year: int | None = None


@dataclass(slots=True, eq=False, repr=False)
class Quantity(Dumps):
    """An amount or a bound on one. ``value``, or ``low`` and ``high`` when ``op`` is ``between``.

    ``unit`` is as written, ``unit_standard`` its one spelling (個 is 个); ``suspect``: read, but in doubt.
    """

    text: str
    op: Op
    value: Decimal | None = None
    unit: str | None = None
    op_stated: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    low_op: Literal[">=", ">"] | None = None
    high_op: Literal["<=", "<"] | None = None
    unit_source: Literal["value", "name"] | None = None
    per: list[Measure] = field(default_factory=list)
    over: Measure | None = None
    aggregate: Aggregate | None = None
    subject: str | None = None
    object: str | None = None
    reference: str | None = None
    baseline: PriorValue | None = None
    approx: Approx | None = None
    change: Literal["increase", "decrease"] | None = None
    ratio: str | None = None
    deadline: Deadline | None = None
    unit_standard: str | None = None
    suspect: bool = False
    span: tuple[int, int] | None = None
    note: str | None = None
    kind: Literal["quantity"] = "quantity"


@dataclass(slots=True, eq=False, repr=False)
class Deadline(Dumps):
    """A point in time: by (``<=``), in (``=``) or from (``>=``) a date; ``date`` is the last day that is meant.

    ``precision`` is what the text names; ``year-end`` is a bare year, taken at its end.
    """

    text: str
    op: Literal["<=", "=", ">="] = "<="
    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision = "year"
    date: str | None = None
    every: Measure | None = None
    subject: str | None = None
    span: tuple[int, int] | None = None
    note: str | None = None
    kind: Literal["deadline"] = "deadline"


@dataclass(slots=True, eq=False, repr=False)
class PeriodValue(Dumps):
    """A stretch of time; ``start`` and ``end`` are ISO days, null while the year is unknown."""

    text: str
    start: str | None = None
    end: str | None = None
    subject: str | None = None
    span: tuple[int, int] | None = None
    note: str | None = None
    kind: Literal["period"] = "period"


@dataclass(slots=True, eq=False, repr=False)
class Relative(Dumps):
    """A bound that another figure sets: ``不低于上年``. ``value`` is set where the text gives a sign or a multiple."""

    text: str
    op: Comparison
    reference: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    subject: str | None = None
    change: Literal["increase", "decrease"] | None = None
    span: tuple[int, int] | None = None
    note: str | None = None
    kind: Literal["relative"] = "relative"


@dataclass(slots=True, eq=False, repr=False)
class Rank(Dumps):
    """A place in an order: ``全国前三`` is at most 3 within ``全国``; ``unit`` is ``%`` for a share of the field."""

    text: str
    op: Literal["=", "<="]
    value: Decimal
    scope: str | None = None
    unit: str | None = None
    subject: str | None = None
    span: tuple[int, int] | None = None
    note: str | None = None
    kind: Literal["rank"] = "rank"


@dataclass(slots=True, eq=False, repr=False)
class Compound(Dumps):
    """Several constraints in one cell. ``separated`` is false where two were run together without a mark;
    ``alternative`` is true where one of them is enough (或)."""

    text: str
    parts: list[Constraint]
    separated: bool = True
    alternative: bool = False
    note: str | None = None
    kind: Literal["compound"] = "compound"


@dataclass(slots=True, eq=False, repr=False)
class ImpossibleDate(Dumps):
    """A date that is none: ``2025年13月底前``, ``2月30日``."""

    text: str
    subject: str | None = None
    note: str | None = None
    suspect: bool = True
    kind: Literal["impossible_date"] = "impossible_date"


def _printed(name: str) -> str:
    return name.rstrip("_")


@dataclass(slots=True, eq=False, repr=False)
class Change(Dumps):
    """A change of which the text names both ends and no direction: ``85起→45起``, ``由5人调整为8人``.

    In JSON ``from_`` is ``from``. ``rate`` is the change in per cent where it is printed. A change that says where it
    arrives (减少为45起) is a quantity with a baseline.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"alias_generator": _printed}

    text: str
    from_: Decimal
    to: Decimal
    unit: str | None = None
    rate: Decimal | None = None
    subject: str | None = None
    unit_standard: str | None = None
    suspect: bool = False
    note: str | None = None
    kind: Literal["change"] = "change"


@dataclass(slots=True, eq=False, repr=False)
class Choice(Dumps):
    """An ordinal scale, and the step of it that was chosen if the text says so."""

    text: str
    scale: list[str]
    chosen: str | None = None
    note: str | None = None
    kind: Literal["choice"] = "choice"


@dataclass(slots=True, eq=False, repr=False)
class BareText(Dumps):
    """A text that states no figure, and a note on it."""

    text: str
    note: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Judgement(BareText):
    """A bare qualitative word: ``有效``, ``持续提升``."""

    kind: Literal["judgement"] = "judgement"


@dataclass(slots=True, eq=False, repr=False)
class Statement(Dumps):
    """Words that are no constraint. ``suspect``: looks like a number damaged in scanning; ``placeholder``: a masked
    number or an unfilled template."""

    text: str
    suspect: bool = False
    placeholder: bool = False
    note: str | None = None
    kind: Literal["statement"] = "statement"


@dataclass(slots=True, eq=False, repr=False)
class Name(BareText):
    """The value only repeats the indicator's name."""

    kind: Literal["name"] = "name"


@dataclass(slots=True, eq=False, repr=False)
class Withheld(BareText):
    """The target is declared not public."""

    kind: Literal["withheld"] = "withheld"


@dataclass(slots=True, eq=False, repr=False)
class NotApplicable(BareText):
    """The row does not apply: ``无``, ``不适用``, a dash."""

    kind: Literal["not_applicable"] = "not_applicable"


@dataclass(slots=True, eq=False, repr=False)
class Empty(BareText):
    """An empty cell."""

    kind: Literal["empty"] = "empty"


Constraint: TypeAlias = (
    Quantity
    | Deadline
    | PeriodValue
    | Relative
    | Rank
    | Compound
    | ImpossibleDate
    | Change
    | Choice
    | Judgement
    | Statement
    | Name
    | Withheld
    | NotApplicable
    | Empty
)
