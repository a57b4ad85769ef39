"""The cells of rows that are printed without anything between them: what a column holds tells where its cell ends."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data, lexicon
from perfgoals_lint.tables.roles import VALUED
from perfgoals_lint.values import units
from perfgoals_lint.values.wording import judgement_adverbs

Span = tuple[int, int]
Row = dict[int, Span]
"""The cells of a row by column, counted from the column of names (0)."""

SIGNS = frozenset({"operator", "direction"})
_POINTS = frozenset({"weight", "score"})
_COMPARED = r"(?:[≥≤><=＞＜＝≧≦±═]{1,2}|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于)"
_NUMBER = r"(?>\d[\d,]*(?:\.\d+)?)(?!\.\d)"
_DATE = r"(?:(?:19|20)\d\d年(?:度(?![\u3400-\u9fff]))?(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日)?(?:底|末|[上中下]旬|[汛入][期春夏秋冬]?)?(?:之前|以前|前)?"
_BOUND = "(?:以上|以下|以内|之内|左右|内)"
"""What makes a bound of the number in front of it."""
_DOTTED = r"(?:19|20)\d\d\.(?:1[0-2]|0?[1-9])"
_DAYS = rf"{_DOTTED}(?:\.\d{{1,2}})?[-—–至到~～]+{_DOTTED}(?:\.\d{{1,2}})?|{_DOTTED}\.\d{{1,2}}"
"""A day or a span of time with dots: 2026.1.1-2026.12.31."""
_APART = r"(?<![\d.,])"
"""No number begins inside of another one."""
_OPEN, _CLOSED = compiled("[（(]"), compiled("[)）]")
_OUTSIDE = r"(?<![、，,（(《“第·.\-—至到得扣每])"
_ENDED = r"(?![、，,)）》”度级期])"
"""What does not stand in front of a value that is a cell, and behind it."""
_TWO, _FEW = 2, 3
_LONGEST_TEXT = 80
_SHORTEST_TEXT = 4
"""Characters of a text behind a name."""
_NEARLY_ALL = 0.75
"""The share of rows that must be parted for a column of texts to be seen beside the names: one in four may print none."""
_MORE = r"(?![≥≤><＞＜＝])"
"""What does not stand behind a row: the next one begins with a name."""
_NAME = r"(?P<c0>(?>(?:指标\d{1,2}[:：.、]?)?)(?=.{0,12}?[\u3400-\u9fff]{2})(?:(?!(?<![(（])[≥≤><＞＜＝=]\d).){2,60}?)"


class RowCutter:
    """Cuts the rows of a table whose columns from that of the names on have these ``roles`` (blank where nobody knows); with
    ``fewer`` also where fewer points are reached than given."""

    def __init__(self, roles: Sequence[str], fewer: bool) -> None:
        beside = [pair for pair in pairwise(roles) if VALUED & {*pair}]
        parted = any(left in SIGNS or right == "value_unit" for left, right in beside)
        kinds = [(n, _kind(role)) for n, role in enumerate(roles[1:], 1)]
        points = [n for n, kind in kinds if kind == "points"]
        self._pairs = [(n, n + 1) for n in points if n + 1 in points and fewer and not parted]
        self._beside = bool(kinds) and kinds[0][1] == "text"
        kinds = kinds[self._beside :]  # two texts side by side cannot be told apart one by one
        values = [(n, kind) for n, kind in kinds if kind == "value"]
        self._value = values[0][0] if values and not parted else None
        self._trailing = kinds[-1][0] if kinds and kinds[-1][1] == "text" else None
        inner = kinds[:-1] if self._trailing is not None else kinds
        wholes = [kinds, inner] if parted else [kinds, inner, values]
        around = not parted and bool(values) and bool(points) and points[0] < values[0][0] < points[-1]
        # A name may begin with a figure (7岁以下儿童…), where no other figure can stand behind a share.
        more = _MORE + (r"(?:(?<=[%％])|(?!\d))" if len(values) == len(kinds) == 1 else r"(?!\d)")
        self._full = [_NAME + _pattern(own, parted, words=False, fewer=fewer) for own in wholes]
        self._ways = [_NAME + _pattern(own, parted, words=False, fewer=fewer) + more for own in wholes[1:]]
        if around:  # the same points in front of the values and behind them tell where the values begin
            both = [
                _NAME + _pattern(own, parted, words=True, same=same, framed=True, fewer=fewer)
                for same in (True, False)
                for own in (kinds, inner)
            ]
            self._full[:0] = both
            self._ways[:0] = (way + more for way in both[1::2])
        self._words = [
            _NAME + _pattern(own, parted, words=True, same=same, fewer=fewer)
            for same in (True, False)[len(values) < _TWO :]
            for own in (inner, *wholes)
        ]
        self._single = _NAME + _pattern(kinds, parted, words=False, free=True, fewer=fewer)
        self._alone = _pattern(values, False, words=False) if values else None

    def rows(self, text: str, start: int, end: int, single: bool = False) -> Iterator[Row]:
        """The rows in a stretch of text without a class: its end is the end of a row, and of the only one where it is said
        to be a ``single`` one. What cannot be cut is a name."""
        alone = _made(self._alone).fullmatch(text, start, end) if self._alone else None
        if alone:
            yield _spans(alone)
            return
        if single:
            whole_rows = (*self._full, *self._words, self._single)
            one = _first(_made(way).fullmatch(text, start, end) for way in whole_rows)
            if one:
                yield _spans(one)
                return
        at = start
        while at < end:
            ways = filter(None, (_made(way).match(text, at, end) for way in self._ways))
            match = min(ways, key=lambda found: found.end("c0"), default=None)
            whole = _first(_made(way).fullmatch(text, at, end) for way in self._full)
            if whole and (match is None or whole.end("c0") == match.end("c0")):
                match = whole
            match = match or _first(_made(way).fullmatch(text, at, end) for way in self._words)
            if match is None:
                yield self._by_sign(text, at, end)
                return
            yield _spans(match)
            at = match.end()

    def _by_sign(self, text: str, start: int, end: int) -> Row:
        """A row that cannot be cut, the only figure with a sign in it as the value, what stands behind that in the last column."""
        signed = list(_made(_signed()).finditer(text, start + _TWO, end))
        if len(signed) != 1 or self._value is None or self._trailing is None:
            return {0: (start, end)}
        at, stop = signed[0].span()
        if len(_OPEN.findall(text, start, at)) != len(_CLOSED.findall(text, start, at)):
            return {0: (start, end)}  # of what the name says in brackets: 低收入户（人均收入≤8000元）
        return {0: (start, at), self._value: (at, stop), self._trailing: (stop, end)}

    def agrees(self, text: str, rows: Sequence[Row | None]) -> bool:
        """Do the points of all rows, where some reach fewer than they give, show that they were cut in the right place:
        those of every row, none above those given, which add up to what those of a table may?"""
        for pair in self._pairs:
            own = [[text[slice(*row[n])] for n in pair if n in row] for row in rows if row and pair[0] in row]
            if all(len({*points}) == 1 == len(points) - 1 for points in own):
                continue
            if any(len(points) < len(pair) or Decimal(points[1]) > Decimal(points[0]) for points in own):
                return False
            if sum(Decimal(given) for given, _ in own) not in _totals():
                return False
        return True

    def settle(self, text: str, rows: Sequence[Row | None]) -> None:
        """Part what only the other rows tell apart: a text behind the name that begins with the same word in every row;
        the end of a row, as it ends other rows, from the next name. ``None`` stands for a class between rows."""
        if self._beside:
            _part_beside(text, [row for row in rows if row and 0 in row])
        if self._trailing is None:
            return
        known = {text[slice(*row[self._trailing])] for row in rows if row and self._trailing in row} - {""}
        for before, row in pairwise(rows):
            if not before or not row or self._trailing in before or 0 not in row:
                continue
            start, end = row[0]
            again = next(
                (own for own in known if text.startswith(own, start) and start + len(own) < end), None
            )
            if again and len(before) > 1:
                before[self._trailing] = (start, start + len(again))
                row[0] = (start + len(again), end)


@lru_cache(64)
def cutter_of(roles: tuple[str, ...], fewer: bool) -> RowCutter:
    """The cutter of a table whose columns from that of the names on have these roles: tables of a document share it."""
    return RowCutter(roles, fewer)


@cache
def _totals() -> frozenset[int]:
    """What the points of a table may add up to."""
    return frozenset(framework_data("profiles")["defaults"]["weights"]["totals"])


def _part_beside(text: str, rows: Sequence[Row]) -> None:
    """Cut the names of rows where the word stands with which the text behind each begins (反映…); without such a word,
    behind the first word that most names end with (人数, 合格率), where nearly every row has one and a text behind it."""
    names = [text[slice(*row[0])] for row in rows]
    if len(names) < _FEW:
        return
    pairs = (names[0][at : at + _TWO] for at in range(_TWO, len(names[0]) - _TWO))
    word = next((word for word in pairs if all(name.count(word) == 1 for name in names)), None)
    cuts = [name.index(word) if word else _head_end(name) for name in names]
    if sum(cut > 0 for cut in cuts) < _NEARLY_ALL * len(cuts):
        return
    for row, cut in zip(rows, cuts, strict=True):
        start, end = row[0]
        if cut >= _TWO:
            row[0], row[1] = (start, start + cut), (start + cut, end)


def _head_end(name: str) -> int:
    """Behind the first word of a text that names of indicators end with, where more than a word follows; 0 without one."""
    head = _name_heads().search(name, _TWO, len(name) - _SHORTEST_TEXT)
    return head.end() if head else 0


@cache
def _name_heads() -> re.Pattern[str]:
    """The words that names of rates, counts, times and money end with."""
    heads = lexicon("names")
    known = {word for kind, listed in heads.items() if kind.endswith("_heads") for word in listed}
    return compiled(any_of(known | words("grids.name_ends")))


@lru_cache(512)
def _made(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when a row is first held against it: most tables need one or two of their dozen."""
    return compiled(pattern)


def _first(matches: Iterator[re.Match[str] | None]) -> re.Match[str] | None:
    return next((match for match in matches if match), None)


def _spans(match: re.Match[str]) -> Row:
    found = ((int(name[1:]), match.span(name)) for name in match.groupdict())
    return {column: span for column, span in found if span[0] < span[1]}


def _kind(role: str) -> str:
    if role in VALUED:
        return "value"
    if role in SIGNS:
        return "sign"
    return "unit" if role == "value_unit" else "points" if role in _POINTS else "text"


def _pattern(
    kinds: Sequence[tuple[int, str]],
    parted: bool,
    words: bool,
    same: bool = False,
    framed: bool = False,
    free: bool = False,
    fewer: bool = False,
) -> str:
    """The cells behind a name. ``parted`` says that sign, number and unit of a value have columns of their own, ``words``
    that a value may be a judgement, ``same`` that all values are the same, ``framed`` that all points are, ``free`` that a
    text at the end of a row may hold figures, ``fewer`` that fewer points may be reached than given."""
    framed = framed or same
    parts: list[str] = []
    before = ""
    last = kinds[-1][0] if kinds else 0
    first: int | None = None
    given: int | None = None
    unit: int | None = None
    for column, kind in kinds:
        if kind == "value":
            again = f"(?P=c{first})" if first is not None else ""
            again += f"(?P=c{unit})?" if again and unit is not None else ""
            own = _number_of(parted and first is None, words, framed and before == "points", free)
            parts.append(f"(?P<c{column}>{again if same and again else own + ('|' + again) * bool(again)})")
            first = column if first is None else first
        elif kind == "sign":
            parts.append(f"(?P<c{column}>{_signs()}{'?' * words})")
        elif kind == "unit":
            unit = column
            parts.append(f"(?P<c{column}>(?>(?:{_unit()})?))")
        elif kind == "points":
            # Points given and reached are cut where they are the same, or those reached have no more digits.
            again = f"(?P=c{given})" if framed and given is not None else ""
            again = again or (_reached(column - 1, fewer) if before == kind and not parted else "")
            own = (
                again
                or rf"{_APART * (not parted)}{'[1-9]' * parted}\d{{{1 - parted},{3 - parted}}}(?:\.\d{{1,2}})?"
            )
            open_end = (column + 1, kind) in kinds or (framed and given is None)
            given = column if given is None else given
            parts.append(rf"(?P<c{column}>{own})" + r"(?!\d)" * (not open_end))
        elif free and column == last:
            parts.append(rf"(?P<c{column}>[^≥≤><＞＜＝]{{0,{_LONGEST_TEXT}}})")
        else:
            amount = rf"(?!{_NUMBER}(?:{_unit()}))" if column == last else ""
            parts.append(rf"(?P<c{column}>(?:{amount}[^≥≤><＞＜＝]){{0,16}})")
        before = kind
    return "".join(parts)


def _reached(column: int, fewer: bool) -> str:
    """The points reached behind those given: the same, or also ``fewer``, whose digits are the second half of all."""
    less = r"|(?:(?<=\d\d)(?<!\d\d\d)\d{1,2}|(?<!\d\d)\d)(?:\.\d{1,2})?"
    return f"(?P=c{column}){less if fewer else ''}"


@cache
def _number_of(parted: bool, words: bool, behind: bool, free: bool) -> str:
    """What a value is; ``behind`` says that it stands right behind points, from which nothing parts it, ``free`` that any
    text may stand behind it."""
    judged = f"|{_judgement()}" if words else ""
    if parted:
        return f"(?:{_APART}{_NUMBER}{judged})"
    bare = (
        _NUMBER if free else rf"(?:{_NUMBER}(?!\d*[\u3400-\u9fff%％‰])|(?<=[{_unit_ends()}][)）]){_NUMBER})"
    )
    amount = rf"(?:{_NUMBER}(?>{_unit()}){_BOUND}?|{bare})"
    compared = _signed()
    apart = "" if behind else _OUTSIDE + _APART
    return rf"(?:(?:{compared}|{apart}(?:(?>{_DAYS})|(?>{_DATE})(?:[-—至到]+(?>{_DATE}))?|{amount})){_ENDED}{judged})"


@cache
def _signed() -> str:
    return f"{_COMPARED}{_NUMBER}(?>(?:{_unit()})?){_BOUND}?"


@cache
def _unit() -> str:
    known = rf"(?:{any_of(units.table().canonical)})(?!(?<=年)度)"  # 320人 in front of 年度, no 人年
    return rf"[%％]|(?:百分[比点]|[百千万亿]*(?:{known})|[百千万亿]+)(?:[/／·*×](?:{known}))*(?:[（(](?:{known})[)）])?"


@cache
def _unit_ends() -> str:
    """The characters in which units end: a figure behind 培训人数（人） has its unit in front of it."""
    return re.escape("".join(sorted({unit[-1] for unit in units.table().canonical} | {"%", "％"})))


@cache
def _signs() -> str:
    return f"(?:{_COMPARED}|{any_of(framework_data('fields')['value_parts']['operators'])})"


@cache
def _judgement() -> str:
    data = lexicon("values")["judgement"]
    adverbs = any_of(judgement_adverbs())
    heads, words = (any_of(data[kind]) for kind in ("heads", "words"))
    earlier = r"(?:[较比](?:上年|去年|往年|前一年)度?)?"
    return f"{earlier}(?:(?:{adverbs})*(?:{heads}){{1,2}}|{words})"
