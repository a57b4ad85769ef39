"""What stands above and between the tables: titles, ``label：value`` lines, the year, the money unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from perfgoals_lint.model import GoalTable, Location
from perfgoals_lint.money import UNIT_WORDS, UNITS
from perfgoals_lint.rulebook.labels import field_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import money_factor
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import KEPT, LabelledEntry
from perfgoals_lint.tables.headings import box_field, is_money
from perfgoals_lint.tables.lists import is_page_mark
from perfgoals_lint.tables.sources import printed_name
from perfgoals_lint.tables.timespans import years_of
from perfgoals_lint.tables.words import is_note, pattern, says, without_stamp
from perfgoals_lint.text import squeeze

_YEAR = compiled(r"[（(]?((?:19|20)\d\d)年度?[)）]?$|[（(]((?:19|20)\d\d)年?度?[)）]|^((?:19|20)\d\d)年度")
_STATED_YEAR = compiled(r"(?:19|20)\d\d")
_TITLE_EDGE = compiled(
    r"[（(]((?:19|20)\d\d)年?度?[)）]$|^[（(]((?:19|20)\d\d)年?度?[)）]|^((?:19|20)\d\d)年度"
)
_YEAR_FIRST = compiled(r"((?:19|20)\d\d)年(?!.*(?:19|20)\d\d)")
"""The only year of a title, with which it begins."""
_NO_SPAN = "".join(rf"(?<!(?:19|20)\d\d{year}[-—–~～至到])" for year in ("", "年", "年度"))
"""No year stands in front, from which a span leads to the one behind."""
_MONEY_UNIT = compiled(r"[（(]?(?:金额)?单位\s?[:：]\s?(?:人民币)?[千百]?[万亿]?元[)）]?")
_SEGMENT = compiled(r"\s{2,}|[\t\n]|\s(?=[^\s：:，。；]{2,12}\s?[：:])")
_PAIR = compiled(r"^\s*([^：:，。；]{2,30})\s*[：:]\s*(.*?)\s*$")
_SAID_AMOUNT = compiled(rf"^\s*([一-鿿（）()]{{2,14}}?)\s?[：:为]?\s?([\d,.]+\s?({UNIT_WORDS})?)\s*$")
"""An amount right behind its label: 财政拨款24.8万元; in a list the label beside it may name the unit."""
_AMOUNT = compiled(rf"[\d,.]+\s?(?:{UNIT_WORDS})")
_BRACKET_END = compiled(r"[（(]([^（）()]+)[)）]\s*$")
_LISTED = compiled(r"[，；;、。（）()]|,(?!\d{3})")
_OF_WHICH = compiled(r"^\s*其中\s*[：:]")
_CODED_NAME = compiled(
    r"^\s*(?!(?:19|20)\d\d\s?年|\d+\s?[千百万亿元])\d{3,12}\s?([一-鿿][^，。；：:]{2,40})$"
)
_NUMBER = r"(?:\d{1,3}[.．、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)"
_NUMBERED = compiled(rf"\s*{_NUMBER}")
_TITLE_NAME = compiled(rf"^{_NUMBER}?(.+?)(?:项目(?:支出)?)?绩效(?:目标|指标)")
_HEADING = compiled(rf"^{_NUMBER}\s*([^。；：:，,]{{2,40}})$")
_TITLE = "{titles}(?:.{0,12}表|(?:[（(].{0,12}[)）])?$)"
_SIGNATURE = r"{notes}(?<=人)(?<!负责人)[^员][\u3400-\u9fff]{1,2}"
"""Who filled in a form, the name right behind what it is that of."""
_TITLE_YEAR = rf"{_NO_SPAN}((?:19|20)\d\d)年度?(?:{{after_year}}|.{{0,6}}[省市区县])"
_GENERIC = r"(?:(?:19|20)\d\d年?度?|{no_projects}|附[件表]\d*[:：]?)+"
_MAX_TITLE = 60
_UNIT_CODE = 6
"""Digits of a unit's code; a department's has fewer."""
_MOST_BOXES = 4
LINE_FIELDS = frozenset({"department", "unit", "project_name", "project_code"})
_RUNNING = frozenset({"cycle_goal", "annual_goal", "overall_goal", "purpose"})
"""Fields whose text may have several lines."""
_KEPT = KEPT - {"indicators", "cycle_indicators"}
_FORM_FIELDS = _RUNNING | {
    "project_type", "project_level", "period", "period_start", "period_end", "fiscal_year"
}  # fmt: skip


@dataclass(slots=True)
class Lead:
    """What was said before a table; ``values`` holds fields by name with the place where they stand."""

    title: str | None = None
    title_location: Location | None = None
    form: Literal["project", "department", "self-evaluation"] = "project"
    fiscal_year: int | None = None
    titled_year: int | None = None
    """The year in the title, which may be a part of the project's name: see ``year_of``."""
    factor: int | None = None
    heading: str | None = None
    values: dict[str, tuple[str, Location]] = field(default_factory=dict)
    boxes: list[tuple[str, str, Box]] = field(default_factory=list)
    """The other fields that lines say (``年度目标：…``), by name, each with its label and a box of the value."""

    def take(self, row: GridRow) -> None:
        """Note what a row says that is a title or a line of its own."""
        titled = is_title(row)
        if titled:
            box = row.filled[0]
            self.title, self.title_location = box.text.strip(), box.location()
            self.form = form_of(box.key)
            self.titled_year = title_year(box.key)
            self.boxes = []
        for box in row.filled[:_MOST_BOXES]:
            said = _said(box.text)
            self.factor = said.factor if said.factor is not None else self.factor
            self.heading = said.heading or self.heading
            # A bracket inside of a title belongs to the project's name: 某某项目(2031)绩效目标表.
            if said.year and not titled and (said.factor is not None or said.only_year):
                self.fiscal_year = said.year
            for name, label, value in said.others:
                self.boxes.append((name, label, box.cut(value)))
                box.count("fields")
            # A title that begins with digits names a thing by them (12345热线…绩效指标), not a body by its code.
            for name, label, value in said.fields if not (titled and _CODED_NAME.match(box.text)) else ():
                box.count("fields")
                self.boxes += [(name, label, box.cut(value))] if label else []
                place = box.location()
                if name == "department" and place.line and box.text.strip()[:_UNIT_CODE].isdigit():
                    # In a text the code is a part of the name that is printed, and long enough for a unit's.
                    name, value = "unit", _MONEY_UNIT.sub("", box.text).strip()
                self.values[name] = (value, place)

    def next(self) -> Lead:
        """What still holds for the table after this one: the money unit, the year and whose document it is."""
        kept = {name: value for name, value in self.values.items() if name in ("department", "unit")}
        # A numbered title stands over the form of one project only.
        year = self.titled_year if not _NUMBERED.match(self.title or "") else None
        return Lead(fiscal_year=year or self.fiscal_year, factor=self.factor, values=kept)

    def year_of(self, project: str) -> int | None:
        """The year of the budget, not one that the title prints as a part of the project's name."""
        if self.title and project and title_year(squeeze(self.title).replace(squeeze(project), "")) is None:
            return self.fiscal_year
        return self.titled_year or self.fiscal_year

    def title_name(self) -> str | None:
        """The project named in a title like ``3.某某项目绩效目标表``."""
        match = _TITLE_NAME.match(squeeze(self.title)) if self.title else None
        named = match is not None and field_of(match[1]) is None and not pattern(_GENERIC).fullmatch(match[1])
        return match[1] if match and named else None

    def complete(self, table: GoalTable) -> None:
        """Set the fields of a table that only the lines above it print. A table without a name takes that of its department or unit
        where the form is one of a whole body; else, if no box for a name is printed, the name in its title or heading."""
        for name, (value, location) in self.values.items():
            if not getattr(table, name):
                setattr(table, name, value)
                table.locations[name] = location
        if not table.project_name and (table.form == "department" or is_of_department(table.title or "")):
            table.project_name = table.department or table.unit or ""
        if not table.project_name and "project_name" not in table.headings:
            numbered = _NUMBERED.match(self.title or "") is not None
            named = [self.title_name(), self.heading]
            table.project_name = next(filter(None, named if numbered else reversed(named)), "")


def with_boxes(lead: Lead, entries: Mapping[str, LabelledEntry]) -> Lead | None:
    """What is said above a list in boxes too (部门： beside 某局), where they say no more than whose the list is, of which year."""
    if not entries.keys() <= {"department", "unit", "fiscal_year"}:
        return None
    for name, entry in entries.items():
        if entry.text and name == "fiscal_year":
            lead.fiscal_year = next(iter(years_of(entry.text)), lead.fiscal_year)
        elif entry.text:
            lead.values[name] = (entry.text, entry.boxes[0].location())
            lead.boxes.append((name, entry.label.rstrip(":："), entry.boxes[0]))
    return lead


def is_lead(row: GridRow) -> bool:
    """Is the row a title or a line about the table to come, and nothing else?"""
    return is_title(row) or (len(row.filled) <= _MOST_BOXES and all(map(_announces, row.filled)))


def _announces(box: Box) -> bool:
    said = _said(box.text)
    return said.factor is not None or said.only_year or bool(said.fields)


class _TitleWords(NamedTuple):
    """What a text says of the table to come: the money unit in 元, a heading, a year, fields with their values."""

    factor: int | None
    heading: str | None
    year: int | None
    only_year: bool
    fields: tuple[tuple[str, str, str], ...]
    others: tuple[tuple[str, str, str], ...]
    """Fields of the form itself; of these too the labels stand before the values."""


def _said(text: str) -> _TitleWords:
    return _remembered(text) if len(text) <= _MAX_TITLE else _read(text)


def _read(text: str) -> _TitleWords:
    key = squeeze(text)
    short = len(key) <= _MAX_TITLE
    heading = _HEADING.match(_SEGMENT.split(text.strip())[0])
    year = _YEAR.search(key) if short else None
    pairs = list(labelled(text))
    named = next((value for name, _, value in pairs if name == "fiscal_year"), "") if short else ""
    stated = _STATED_YEAR.match(named)
    return _TitleWords(
        factor=(money_factor(text) or UNITS.get(key.strip("()（）"))) if short else None,
        heading=heading[1].strip() if heading and not says("no_names", heading[1]) else None,
        year=int(stated[0]) if stated else int(year[1] or year[2] or year[3]) if year else None,
        only_year=stated is not None or (year is not None and year.end() - year.start() == len(key)),
        fields=tuple(one for one in pairs if one[0] in LINE_FIELDS and len(one[2]) <= _MAX_TITLE),
        others=tuple(
            one
            for one in pairs
            if one[0] in _FORM_FIELDS or is_money(one[0]) or (one[0] in _KEPT and not is_note(one[1]))
        ),
    )


_remembered = lru_cache(4096)(_read)


def is_title(row: GridRow) -> bool:
    """Is the row the title of a goal table and nothing else?"""
    return (
        len(row.filled) == 1
        and len(row.filled[0].key) <= _MAX_TITLE
        and bool(pattern(_TITLE).search(row.filled[0].key))
        and not is_page_mark(row.filled[0].text)
    )


def is_numbered_name(row: GridRow) -> bool:
    """Is the row a heading that counts and names what follows (二、某某项目), and nothing else?"""
    return len(row.filled) == 1 and _said(row.filled[0].text).heading is not None


def is_aside(text: str) -> bool:
    """Is a text only the place for a stamp and the money unit (``（盖章） 单位：万元``, ``（万元）``), and no value?"""
    unit = text.strip()
    bracketed = unit[:1] in "(（" and unit[-1:] in ")）" and unit[1:-1] in UNITS
    return len(text) <= _MAX_TITLE and (bracketed or not without_stamp(_MONEY_UNIT.sub("", unit)))


def title_year(title: str) -> int | None:
    """The year of the budget in a title (2026年项目支出绩效目标申报表), white space taken away."""
    year = pattern(_TITLE_YEAR).search(title) or _TITLE_EDGE.search(title)
    if year is None and not says("of_past_money", title):
        year = _YEAR_FIRST.match(title)
    return int(next(filter(None, year.groups()))) if year else None


def form_of(title: str) -> Literal["project", "department", "self-evaluation"]:
    """The kind of form that a title announces."""
    if says("self_evaluation", title):
        return "self-evaluation"
    return "department" if is_of_department(title) else "project"


def is_of_department(title: str) -> bool:
    """Does a title say that the form is one of a whole department?"""
    return says("department", title)


def labelled(text: str, unit: bool = False) -> Iterator[tuple[str, str, str]]:
    """Fields written as ``部门名称：某局`` in one cell or line, several of them apart by wide blanks: the name of each, its
    printed label and its value. A code with a name behind it (``573301某分会``) is the department, without a label; a line
    without a label goes on with the text of a goal or purpose above it, up to a note or a signature. An amount right behind
    its label has its unit, or has it printed beside, as ``unit`` says."""
    found: list[tuple[str, str, str]] = []
    ended = False
    for line in _MONEY_UNIT.sub("  ", text).strip().splitlines():
        ended = ended or is_note(squeeze(line)) or pattern(_SIGNATURE).fullmatch(squeeze(line)) is not None
        said = [one for segment in _SEGMENT.split(line) for one in _of_segment(segment, unit)]
        if not ended and found and found[-1][0] in _RUNNING and not any(label for _, label, _ in said):
            name, label, above = found[-1]
            found[-1] = name, label, f"{above}\n{line.strip()}".strip()
        else:
            found += said
    return (one for one in found if one[2])


def _of_segment(segment: str, unit: bool) -> Iterator[tuple[str, str, str]]:
    """The fields of a text that no wide blank parts; a label of running text may have its value in the lines below."""
    if listed := _listed_amounts(segment):
        yield from listed
        return
    match = _PAIR.match(_OF_WHICH.sub("", segment))
    name = box_field(squeeze(match[1])) if match else None
    if match and name and (match[2] or name in _RUNNING):
        value = without_stamp(match[2])
        if value or name in _RUNNING:
            yield name, match[1], value
    elif (
        (said := _SAID_AMOUNT.match(_OF_WHICH.sub("", segment)))
        and (said[3] or (unit and not _STATED_YEAR.fullmatch(said[2])))
        and is_money(field := box_field(said[1]) or "")
    ):
        yield field, said[1], said[2]
    elif coded := _CODED_NAME.match(segment):
        yield "department", "", coded[1].strip()


def says_sources(label: str, text: str) -> bool:
    """Does a box whose label leads to sources of funds (资金来源) hold nothing but their amounts?"""
    said = [*labelled(text)] if not printed_name(f"{label}：") else []
    return bool(said) and all(is_money(name) and _AMOUNT.fullmatch(value) for name, _, value in said)


def named_amount(text: str) -> tuple[str, str | None]:
    """The name of a project without the bracket behind it that says its budget (某某项目（预算80万元）), and that amount; ``None``
    where the bracket says something else, such as a price (每人100元) or a limit."""
    bracket = _BRACKET_END.search(text)
    said = [*labelled(bracket[1])] or [("budget", "", bracket[1].strip())] if bracket else []
    if not bracket or [name for name, *_ in said] != ["budget"] or not _AMOUNT.fullmatch(said[0][2]):
        return text, None
    return text[: bracket.start()].rstrip(), said[0][2]


def _listed_amounts(segment: str) -> list[tuple[str, str, str]]:
    """The amounts of a sentence that lists nothing else (资金总额60万元，其中：财政拨款50万元，自筹资金10万元), one or none is no list."""
    parts = [part for part in _LISTED.split(segment) if part.strip()]
    said = [_SAID_AMOUNT.match(_OF_WHICH.sub("", part)) for part in parts]
    found = [(box_field(match[1]) or "", match[1], match[2]) for match in said if match]
    return found if 1 < len(found) == len(parts) and all(is_money(name) for name, _, _ in found) else []
