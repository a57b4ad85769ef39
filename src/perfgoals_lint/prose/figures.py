"""Every figure of a text as a fact: its value, what it counts, its role by the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.places import place_at
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.types import Per, Span

Dimension = Literal["money", "count", "share", "time", "bare", "foreign"]
Bound = Literal["=", ">=", "<=", "~"]
PERIODS = {
    "月": 12,
    "个月": 12,
    "季度": 4,
    "季": 4,
    "个季度": 4,
    "半年": 2,
    "学期": 2,
    "个学期": 2,
    "年": 1,
    "年度": 1,
    "个年度": 1,
    "周": 52,
    "星期": 52,
}
"""The periods that an amount may be for, as parts of a year."""
HALF_YEAR = "半年"
_SEASON = compiled("[春夏秋冬](?=[、和及与]?[春夏秋冬]?两?[季天])")
_LOWER = compiled(r"([\d,]+(?:\.\d+)?)([万亿]?)")
_CLAUSE_END = compiled("[，,。；;：:、\n]")
_ASIDE = compiled(r"^[（(][^（()）\d：:]{1,10}[)）](?=[，,：:；;。]?其中)")
_FROM = compiled("(?:由|从|自)[^，。；由从]{0,18}$")
_TO = compiled(r"[^，。；、\d]{0,8}(?:到|至|为|成|达)[^，。；、\d]{0,4}(?=\d|$)")


@dataclass(slots=True, eq=False)
class Figure:
    """One figure of a text. ``value`` is in 元 for money, with the scale multiplied in elsewhere; ``step`` is one unit
    of the last printed digit, ``scale`` the printed unit (10000 for 万元). ``lead`` and ``tail`` are the words of the
    clause in front of it and behind it. ``parts`` of a year: 12 for a monthly amount, 4 for a quarterly one; 1 for one
    said to be yearly, ``None`` where no period is named. ``years`` is the number of years that it is said to be for (三年共),
    ``depth`` counts the open brackets."""

    span: Span
    raw: str
    value: Decimal
    step: Decimal
    scale: Decimal
    dimension: Dimension
    unit: str
    lead: str
    tail: str
    clause: int
    sentence: int
    item: int | None
    depth: int = 0
    per: list[Per] = field(default_factory=list)
    low: Decimal | None = None
    bound: Bound = "="
    parts: int | None = None
    total: bool = False
    listed: bool = False
    price: bool = False
    past: bool = False
    quoted: bool = False
    years: int | None = None
    joined: bool = False
    """A price that is for the unit of the one directly in front of it (每亩10元和12元)."""
    lent: bool = False
    """A fee whose period is taken to be that of the price in front of it, though it may be another (每月工资3000元、服装费800元)."""

    @property
    def onward(self) -> str:
        """The words behind it without a bracket that holds no number (120万元（含税），其中), or it alone (资金（120万元），其中)."""
        alone = not self.depth and self.tail.startswith(("）", ")"))
        return _ASIDE.sub("", self.tail[alone:], count=1)

    @property
    def about(self) -> bool:
        """Said to be approximate, or a range."""
        return self.bound == "~" or self.low is not None

    @property
    def exact(self) -> bool:
        """Printed as one number without a bound."""
        return self.bound == "=" and self.low is None

    @property
    def plain(self) -> bool:
        """An exact number of no part of the time, for none of several, of no year before and not quoted."""
        return self.exact and not (self.per or self.parts or self.past or self.quoted)

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return self.step / 2

    @property
    def each(self) -> Decimal:
        """How many of the units it is for have it together: 10 of 每10亩500元."""
        return prod((one.count for one in self.per), start=Decimal(1))

    @property
    def planned(self) -> bool:
        """Money of this plan: not quoted, of no year before, and nothing that the work yields or others pay."""
        return not (self.quoted or self.past or cues().excluded.search(self.lead))

    @property
    def decimals(self) -> bool:
        """Printed with digits behind the point, so that it may be rounded."""
        return self.step < self.scale

    @property
    def place(self) -> str:
        """The place that is named in front of the figure as the one that it is for; empty where there is none."""
        return place_at(self.lead, self.unit)

    @property
    def behind(self) -> str:
        """The words directly behind the figure in its clause."""
        return _CLAUSE_END.split(self.tail, maxsplit=1)[0]

    @property
    def thing(self) -> str:
        """The noun in front of the figure, without the words of its role."""
        return self.lead.strip("：:，,的 ").rstrip("：:约为共计").strip("，, ")


def is_start(lead: str, behind: str) -> bool:
    """Do the words in front of a figure, and those behind it up to the next one, say that something changes from the one to
    the other (由60公里增加到80公里)?"""
    return _FROM.search(lead) is not None and _TO.match(behind) is not None


@lru_cache(maxsize=16)
def _names_seasons(text: str) -> bool:
    """Are some seasons named, and not all (春秋两季; 冬季供暖、夏季制冷)? Each figure of a text asks."""
    return "两季" in text or len(set(_SEASON.findall(text))) in (2, 3)


def times_a_year(per: Per, unit: str, text: str) -> int | None:
    """How many times in a year something is that is said of each so many of a unit; ``None`` where that is no time, or a season
    of some that the text names (春秋两季…每季)."""
    if unit not in PERIODS or (unit == "季" and _names_seasons(text)):
        return None
    if per.count == 1 or unit == HALF_YEAR:
        return PERIODS[unit]
    if per.count == Decimal("0.5"):
        return 2 * PERIODS[unit]  # 每半月
    whole = per.count == int(per.count) and not PERIODS[unit] % int(per.count)
    return PERIODS[unit] // int(per.count) if whole else None


def lower_end(figure: Figure) -> None:
    """Set the lower end of a range, printed in the unit of the upper one (3-5名)."""
    found = _LOWER.match(figure.raw)
    if found:
        low = Decimal(found[1].replace(",", ""))
        figure.low = low * (10**4 if found[2] == "万" else figure.scale)


def tenths(figure: Figure) -> None:
    """Make a share of tenths (八折, 8.5折) one of hundredths, as 85折 and 八五折 are; 七八成 is a range."""
    tens, ones = divmod(figure.value, 10)
    if not tens:
        figure.value, figure.step = figure.value * 10, figure.step * 10
    elif ones == tens + 1 and not figure.raw[0].isascii():
        figure.low, figure.value, figure.step = tens * 10, ones * 10, figure.step * 10
