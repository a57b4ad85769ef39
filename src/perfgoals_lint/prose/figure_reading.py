"""The figures of a text read from its tokens: the value, what is counted, for what and for how long, and what each is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import (
    HALF_YEAR,
    PERIODS,
    Dimension,
    Figure,
    is_start,
    lower_end,
    tenths,
    times_a_year,
)
from perfgoals_lint.prose.inherited import inherit
from perfgoals_lint.prose.tokens import QuantityToken, Statement, WordMark, per_of
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.structure import Structure
    from perfgoals_lint.prose.types import Per, Span

_TIMES = frozenset({*PERIODS, "天", "日", "工作日", "小时", "分钟", "秒", "周", "星期"})
_TAIL = 16
_LEAD = 40
_NEAR = 5
_STOPS = compiled("[。；：:\n]{1,2}")
_CJK = compiled("[一-龥]")
_NO_UNIT = frozenset("，。、号条款点届级版强至到和及与或的等，起为是在之按以")
_AFTER_MONEY = compiled(
    r"$|[，。；;,、：:（()）\s+＋=＝×*÷/\-和及与等为整，！？”]|[一-龥]{2,10}[费款金][：:]约?\d|[一-龥]{0,3}[（(]|用于|作为|左右|以[内上下]|人民币|由|的标准"
)
_PER_BEHIND = compiled(r"(?:一|每)(年|季度|月|人|户|个|次|场|台)(?![度月]?[一-龥]*\d)")
_EACH_THING = compiled(
    "每(?:个|名|位|座|所)?((?![年月季周天日半学])[一-龥]{1,3}?)(?:[（(][一-龥][）)])?(?:每(?:年|月|季度?|周|天|日))?$"
)
"""Each of anything in front of a price, whether or not it is a measure word: 每站."""
_OF_THE_YEAR = compiled("[，、]?年[约需共计]?")
_EACH_NAMED = compiled("每([一-龥]{1,3})[一-龥]{0,6}$")
_EACH_COUNTED = compiled("每(?:个)?((?![年月季周天日半学])[一-龥]{3,14})$")
_MOST_NOUNS = 12
_LONGEST_NOUN = 3
_CLASS = compiled("[A-Za-z][级类型]")
_NOUN = compiled("[一-龥]+")
_NOUN_IN_FRONT = compiled("[一-龥]{2,6}$")
_NAME = compiled("[一-龥]{2}$")
_NEXT_ENTRY = compiled(r"[一-龥]{1,10}[费款金][：:]约?[0-9]")
_TO_EACH = compiled(
    "(?<![、和及与][一-龥]{2})(?<![、和及与][一-龥]{3})各(?![类种级地项界方单部村镇乡县市区位个])[一-龥]{0,8}$"
)
"""So many to each of what is counted in front of it (为8所学校各配备2台), and not of what is named (春节、中秋各慰问1次)."""
_AVERAGE = compiled("((?<![春夏秋冬](?=季))[年月季周])(?:均|各)[^，。；、]{0,6}$")
_IN_RATIO = compiled(r"\d[:：∶]$")
_IN_NAME = compiled("[一-龥][（(][0-9]{1,2}[)）][一-龥]")
_MEASURES: dict[str, Dimension] = {"money": "money", "foreign": "foreign", "percent": "share"}
_MONEY_LEAD, _COUNTED = 10, 4
_OF_YEAR = 4
"""How many characters may stand between 一年 and an amount that is for it."""
_REACH = 14
"""How far in front of a figure the number of its years stands, in characters."""
_HEADING = compiled(r"[：:]|[一-龥]{2,14}[：:](?=[^\d约])")
"""A colon behind a figure, or behind what the money is for and in front of a name (投入85万元开展三项工作：普法…)."""


def _measured(quantity: QuantityToken, lead: str, tail: str, spelled: bool) -> tuple[Dimension, str]:
    """What a quantity measures and its unit, which for a bare number may be told by the words around it; for one
    ``spelled`` in Chinese, by those in front of it only."""
    if quantity.parted:
        return "bare", ""
    if quantity.kind in _MEASURES:
        return _MEASURES[quantity.kind], quantity.unit
    if quantity.kind == "count":
        if quantity.unit[:1] == "个" and quantity.unit[1:] in _TIMES and quantity.unit not in PERIODS:
            return "time", quantity.unit[1:]  # 20个工作日
        return ("time" if quantity.unit in _TIMES else "count"), quantity.unit
    if lead.endswith(("¥", "￥")):
        return "money", "元"
    if quantity.printed.scale >= 10**4:
        counted = matcher("figures.counted").search(lead[-_COUNTED:]) is not None
        paid = not spelled and (quantity.per or (_AFTER_MONEY.match(tail) and not counted))
        if paid or cues().money.search(lead[-_MONEY_LEAD:]):
            return "money", "元"
    if _CJK.match(tail) and tail[0] not in _NO_UNIT and not is_start(lead, tail):
        return "count", "周岁" if tail.startswith("周岁") else tail[0]
    return "bare", quantity.unit


def _without_next_name(quantity: QuantityToken, text: str) -> QuantityToken:
    """An amount without 元 whose next line begins with what is no unit (清运费：15万 and 处理费：18万, the line end lost)."""
    start, end = quantity.span
    if quantity.kind != "count" or quantity.per or quantity.printed.scale < 10**4:
        return quantity
    unit = end - len(quantity.unit)
    if _NEXT_ENTRY.match(text, unit) is None:
        return quantity
    return replace(quantity, kind="bare", unit="", span=(start, unit))


def read_figures(text: str, built: Structure, sentences: list[tuple[Span, list[Statement]]]) -> list[Figure]:
    """The quantities of a compact text in its order; numbers that are no quantities are left out."""
    found: list[Figure] = []
    opened = _depths(text)
    nouns: list[str] = []
    for index, (span, statements) in enumerate(sentences):
        if statements:
            found.extend(_FigureReader(text, built, index, span, opened, nouns).run(statements))
    inherit(found, text)
    return found


def _depths(text: str) -> list[int]:
    """For each character the number of brackets open in front of it; a bracket that never closes opens none."""
    if "（" not in text and "(" not in text:
        return [0] * (len(text) + 1)
    depths: list[int] = []
    depth = 0
    for character in text:
        if character in "）)" and depth:
            depth -= 1
        depths.append(depth)
        if character in "（(":
            depth += 1
        elif character == "\n":
            depth = 0
    depths.append(depth)
    return depths


class _FigureReader:
    def __init__(
        self, text: str, built: Structure, index: int, span: Span, depths: list[int], nouns: list[str]
    ) -> None:
        self.text, self.built, self.index, self.span = text, built, index, span
        self.depths, self.nouns = depths, nouns
        self.item = built.item_at(span[0])
        self.end = built.labels.get(span[0], span[0])
        self.before = self.end
        self.clause = -1
        self.clause_end = 0
        self.each: list[tuple[Per, str]] = []
        self.yearly: tuple[Per, str] | None = None
        self.years: tuple[int, int, int] | None = None
        self.year_at = -1
        self.counted = self.noun = ""

    def run(self, statements: list[Statement]) -> list[Figure]:
        found: list[Figure] = []
        for statement in statements:
            if isinstance(statement, WordMark):
                if statement.kind == "EACH":
                    self._each(statement)
            elif isinstance(statement, QuantityToken):
                figure = self._figure(statement)
                if not (figure.dimension == "bare" and (_numbers(figure) or self._of_name(figure))):
                    found.append(figure)
            else:
                found.extend(map(self._figure, statement.quantities))
        return found

    def _of_name(self, figure: Figure) -> bool:
        """Does a bare number stand alone in a bracket inside a name (小（2）型水库)?"""
        start, end = figure.span
        return _IN_NAME.fullmatch(self.text, max(0, start - 2), end + 2) is not None

    def _enter(self, position: int) -> None:
        if position < self.clause_end:
            return
        clause = self.built.clause_at(position)
        starts = self.built.clause_starts
        self.clause_end = starts[clause + 1] if clause + 1 < len(starts) else len(self.text)
        if clause != self.clause:
            self.clause, self.each, self.yearly = clause, [], None
            self.before = self.end
            self.end = max(self.end, starts[clause])

    def _lead(self) -> int:
        """Where the words in front of the next figure begin: a label in front of a colon (合计：) is one of them."""
        end = self.end
        if end > self.span[0] and self.text[end - 1 : end] in "：:" and self.clause:
            before = self.built.clause_starts[self.clause - 1]
            return max(self.before, before, self.built.labels.get(self.span[0], 0))
        return end

    def _before_bracket(self, start: int, end: int) -> str | None:
        """The name in front of a bracket that holds a figure alone (设备更新（25万元）), which is what the figure is of."""
        text = self.text
        if (
            text[start - 1 : start] not in ("（", "(")
            or text[end : end + 1] not in ("）", ")")
            or not self.clause
        ):
            return None
        begin = max(self.before, self.built.clause_starts[self.clause - 1], start - _LEAD)
        name = text[begin : start - 1]
        return name if _NAME.search(name) else None

    def _each(self, mark: WordMark) -> None:
        self._enter(mark.span[0])
        per = per_of(mark.text)
        unit = HALF_YEAR if HALF_YEAR in mark.text else per.unit
        if unit in ("年", "年度"):
            self.yearly = (per, unit)
        else:
            self.each.append((per, unit))

    def _figure(self, quantity: QuantityToken) -> Figure:
        text = self.text
        quantity = _without_next_name(quantity, text)
        start, end = quantity.span
        self._enter(start)
        named = self._before_bracket(start, end)
        lead = named or text[max(self._lead(), start - _LEAD) : start]
        stop = end + _TAIL
        tail = text[end:stop]
        printed, raw = quantity.printed, text[start:end]
        dimension, unit = _measured(quantity, lead, tail, not raw[0].isascii())
        if dimension == "count" and not quantity.unit and _IN_RATIO.search(text, max(0, start - 2), start):
            dimension, unit = "bare", ""  # 按5:3负担
        figure = Figure(
            span=quantity.span,
            raw=raw,
            value=printed.value,
            step=printed.step,
            scale=printed.factor,
            dimension=dimension,
            unit=unit,
            lead=lead,
            tail=tail,
            clause=self.clause,
            sentence=self.index,
            item=self.item,
            depth=self.depths[start] - (named is not None),
            quoted=self.built.quoted(start),
        )
        if unit in ("成", "折"):
            tenths(figure)
        if quantity.low:
            lower_end(figure)
        self._periods(figure, quantity)
        _roles(figure, printed.many)
        self.each = []
        if dimension == "count":
            noun = _NOUN.match(tail)
            self.counted, self.noun = unit, noun[0] if noun else ""
            in_front = _NOUN_IN_FRONT.search(lead) if not noun else None
            called = self.noun or (in_front[0] if in_front else "")
            self.nouns[:] = [*self.nouns[1 - _MOST_NOUNS :], called]
        self.before = self.end = end
        self._years(figure)
        if figure.total and not (figure.listed or figure.years) and self.built.labels:
            figure.listed = self._heads_list(end)
        return figure

    def _years(self, figure: Figure) -> None:
        """Set the years that a figure is for where they stand in front of it, or remember it as their number."""
        (start, end), unit, dimension = figure.span, figure.unit, figure.dimension
        if dimension == "time" and unit in ("年", "个年度") and 1 < figure.value <= 50 and not figure.per:
            self.years = (int(figure.value), end, self.clause)
        elif self.years is not None and self.years[2] == self.clause and start - self.years[1] <= _REACH:
            figure.years = self.years[0]
        elif (
            self.year_at == start - len(figure.lead) and figure.parts is None and len(figure.lead) <= _OF_YEAR
        ):
            figure.parts = 1
        if dimension == "time" and unit == "年" and figure.value == 1 and not figure.per:
            self.year_at = end

    def _heads_list(self, end: int) -> bool:
        """Does a numbered list that begins anew follow directly behind a full stop or a line end?"""
        stop = _STOPS.match(self.text, end)
        item = self.built.item_at(stop.end()) if stop else None
        return item is not None and item != self.item and self.built.items[item].number == 1

    def _periods(self, figure: Figure, quantity: QuantityToken) -> None:
        """Set how many times a year a figure counts, and what it is said of each (每人, 每个村)."""
        money = figure.dimension == "money"
        average = _AVERAGE.search(figure.lead) if money or figure.dimension == "count" else None
        if average is not None:
            figure.parts = PERIODS[average[1]]
        elif figure.dimension == "money" and _OF_THE_YEAR.fullmatch(figure.lead):
            figure.parts = 1
        if self.counted and not self.each and not quantity.per and _TO_EACH.search(figure.lead):
            figure.per.append(per_of("/" + self.counted))
        if not (self.each or self.yearly or quantity.per or money):
            return
        each = [*self.each, *((per, per.unit) for per in quantity.per)]
        if self.yearly is not None and not any(unit in ("年", "年度") for _, unit in each):
            each.append(self.yearly)
        if money:
            self._price_of_each(figure, each)
        for per, unit in each:
            parts = times_a_year(per, unit, self.text)
            if parts is None:
                figure.per.append(per)
            else:
                figure.parts = max(figure.parts or 1, parts)

    def _price_of_each(self, figure: Figure, each: list[tuple[Per, str]]) -> None:
        """Add to ``each`` what an amount is paid for, by the words around it; set its period where only they name one."""
        units = [match[1] for match in [_PER_BEHIND.match(figure.tail)] if match]
        named = [unit for _, unit in each] + units
        by_day = any(unit.endswith(("天", "日")) for unit in named)
        if matcher("figures.daily").search(figure.lead) and not by_day:
            units.append("天")
        elif all(unit in PERIODS for unit in named):
            units += filter(None, [self._priced(figure.lead)])
        each += [(per_of("/" + unit), unit) for unit in units]
        if not any(unit in PERIODS for _, unit in each) and (period := cues().period.search(figure.lead)):
            figure.parts = PERIODS[period[1] or period[2]]

    def _noun_of(self, words: str) -> str:
        """The noun, at the beginning of the words behind 每, of something that was counted before (12个帮扶乡镇…每乡镇运转补助145万元)."""
        starts = (words[:length] for length in range(min(len(words), _LONGEST_NOUN), 0, -1))
        return next(
            (
                start
                for start in starts
                if any(noun.endswith(start) or (len(start) > 1 and start in noun) for noun in self.nouns)
            ),
            "",
        )

    def _priced(self, lead: str) -> str:
        """What the words in front of an amount say that it is for one of: each thing, or what the sentence counted in front
        of it by its unit (1300路，每路年租金2400元; 1440人次，人次经费300元) or the end of its name (26个监测井，每井运维费)."""
        thing = _EACH_THING.search(lead)
        if thing:
            return _without_verb(thing[1])
        each = _EACH_COUNTED.search(lead)
        if each and (counted := self._noun_of(each[1])):
            return counted
        if not self.counted or f"每{self.counted}" in lead:
            return self.counted
        named = _EACH_NAMED.search(lead)
        ends = (named[1][:length] for length in range(len(named[1]), 0, -1)) if named else ()
        unit = next((end for end in ends if self.noun.endswith(end)), "")
        words = lead.lstrip("，,")
        rest = words.removeprefix(self.counted)
        of_one = rest != words and (
            matcher("figures.price_names").fullmatch(rest) or matcher("figures.fees").fullmatch(rest)
        )
        return unit or (self.counted if of_one else "")


def _numbers(figure: Figure) -> bool:
    """Is a bare number that of an entry of the text (目标1：…), or a part of the name of a class (5A级)?"""
    entry = figure.tail[:1] in ("：", ":") and matcher("figures.entries").search(figure.lead) is not None
    return entry or _CLASS.match(figure.tail) is not None


def _without_verb(name: str) -> str:
    """The name of each thing without a verb of paying at its end (每校补助)."""
    verbs = (matcher("figures.total_leads"), cues().excluded)
    ends = [one.start() for verb in verbs for one in verb.finditer(name) if one.end() == len(name)]
    return name[: ends[0]] or name if ends else name


def _in_idiom(lead: str, start: int) -> bool:
    """Is the word of a total a part of one that holds it without its meaning (公共场所电梯64台)?"""
    return any(one.start() <= start < one.end() for one in cues().total_idioms.finditer(lead))


def _roles(figure: Figure, many: bool) -> None:
    """Set the bound of a figure and what it is, by the words in front of it and behind it."""
    words = cues()
    lead, tail = figure.lead, figure.tail
    near = max(0, len(lead) - _NEAR)
    if many:
        figure.bound = "~"
    elif words.bounded.search(lead, near) or words.bounded_behind.match(tail):
        if words.about.search(lead, near) or words.about_behind.match(tail):
            figure.bound = "~"
        elif words.at_most.search(lead, near) or words.at_most_behind.match(tail):
            figure.bound = "<="
        else:
            figure.bound = ">="
    total = words.total.search(lead) if lead else None
    figure.total = (
        total is not None
        and not _in_idiom(lead, total.start())
        and not lead[: total.start()].endswith("占")  # 占总预算120万元的70%
    )
    figure.listed = _HEADING.match(tail) is not None or words.lists.match(figure.onward) is not None
    if figure.bound == ">=" and figure.listed and matcher("figures.reached").search(lead[near:]):
        figure.bound = "="  # 总投资达到85万元，其中…: what the parts make, and no least amount
    figure.past = words.past.search(lead) is not None or is_start(lead, tail)
    figure.price = bool(figure.per)
    if figure.dimension == "money" and not figure.price:
        named = not figure.total and words.price_lead.search(lead) is not None
        figure.price = named or words.price_tail.match(tail) is not None
