from collections.abc import Iterator
from typing import NamedTuple

from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Table, Violation, Violations
from perfgoals_lint.model import Edit, Location
from perfgoals_lint.rulebook.dictionary import is_word
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import compiled

_DOUBLED = compiled(r"(?<=[\u4e00-\u9fff])([\u4e00-\u9fff])\1(?=[\u4e00-\u9fff])")


_TWICE_TWO = compiled(r"(.)\1(.)\2")
_ACRONYM = compiled(r"[A-Z][A-Z]{2,}(?![a-z])")


_AROUND = 2
"""How many characters on either side may show that two equal ones belong together."""


_ROW_FIELDS = ("level3", "description", "annual_value", "cycle_value")


_GOALS = ("annual_goal", "cycle_goal", "purpose")


class _Text(NamedTuple):
    table: Table
    row: Row | None
    field: str
    text: str

    @property
    def place(self) -> Location:
        return self.row.place(self.field) if self.row else self.table.place(self.field)


def slips(view: DocumentView, rule: Rule) -> Violations:
    """PGN520: no character stands twice, and no acronym has its letters exchanged."""
    texts = list(_texts(view))
    whole = "\n".join(text.text for text in texts)  # hardly any document has either, which one look tells
    told: set[tuple[int, int]] = set()
    if _DOUBLED.search(whole):
        yield from _doubles(texts, told)
    if _ACRONYM.search(whole):
        # A row that one finding speaks of needs no second one.
        yield from _acronyms([text for text in texts if text.row is None or _key(text.row) not in told])


def _texts(view: DocumentView) -> Iterator[_Text]:
    for table in view.tables:
        if table.withheld:
            continue
        yield _Text(table, None, "project_name", table.title)
        for field in _GOALS:
            yield _Text(table, None, field, getattr(table.goal, field) or "")
        for row in table.rows:
            for field in _ROW_FIELDS:
                if text := getattr(row.indicator, field):
                    yield _Text(table, row, field, text)


def _key(row: Row) -> tuple[int, int]:
    return row.table.index, row.index


def _doubles(texts: list[_Text], seen: set[tuple[int, int]]) -> Violations:
    suspects: list[tuple[_Text, int, str]] = []
    for text in texts:
        if text.row is not None and not text.row.indicator.truncated:
            suspects += [(text, at, piece) for at, piece in _suspects(text.text)]
    single = _occurring({piece for _, _, piece in suspects}, texts)
    for text, at, piece in suspects:
        row = text.row
        shown = piece in single
        if row is None or not (shown or _is_slip(text.text, at)) or _key(row) in seen:
            continue
        seen.add(_key(row))
        fixed = text.text[:at] + text.text[at + 1 :]
        yield Violation(
            row=row,
            field=text.field,
            span=(at, at + 2),
            case=None if shown else "alone",
            args={"doubled": text.text[at : at + 2], "fixed": fixed},
            # What stands nowhere else is for the writer to decide.
            edits=[Edit(text.place, text.field, text.text, fixed)] if shown else [],
        )


def _suspects(text: str) -> Iterator[tuple[int, str]]:
    """The doubled characters of a text: where, and what would stand there if one were taken out. Two equal ones of
    which each belongs to a common word of its own (小学|学生) are none, nor are those of two pairs (点点滴滴)."""
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        if _are_two_words(text, start, True) or text[max(0, start - 1) : start] in words("naming.one_by_one"):
            continue
        if _TWICE_TWO.match(text, start) or _TWICE_TWO.match(text, max(0, start - _AROUND)):
            continue
        yield start, text[start - 1 : start + 1] + text[end]


def _are_two_words(text: str, at: int, common: bool) -> bool:
    """Do two equal characters end one word and begin another? Any name may stand before the word for what it is the
    name of (柳河|河道), or for how it is counted."""
    if not _is_word(text[at + 1 : at + 3], common):
        return False
    named = text[at] in words("naming.name_heads") or text[at + 2] == "数"
    return named or _is_word(text[at - 1 : at + 1], common)


def _is_word(two: str, common: bool = False) -> bool:
    belonging = two[:1] in words("naming.name_heads") and two[1:] in words("naming.belonging")
    return belonging or is_word(two, common) or two in words("naming.more_words")


def _is_slip(text: str, at: int) -> bool:
    """Is a doubled character too many, whatever the document says elsewhere? Taken apart, one of the two is left without
    a word: it belongs to none before it or none behind it, and is no word by itself where it stands."""
    one, behind = text[at], text[at + 2]
    if one in words("naming.suffixes"):
        return True
    around = text[max(0, at - _AROUND) : at + 2 + _AROUND]
    if any(word in around for word in words("naming.doubled")):
        return False
    if _is_word(one + behind):
        return not _are_two_words(text, at, False)
    if _is_word(text[at - 1 : at + 1]):
        # 案件|件数, 安全|全覆盖
        return behind != "数" and one not in words("naming.prefixes")
    return not is_word(one * 2)


def _occurring(pieces: set[str], texts: list[_Text]) -> set[str]:
    """Those of the pieces (all of three characters) that stand in any text, in one pass over the texts."""
    found: set[str] = set()
    for entry in texts if pieces else ():
        text = entry.text
        found.update(piece for at in range(len(text) - 2) if (piece := text[at : at + 3]) in pieces)
    return found


def _acronyms(texts: list[_Text]) -> Violations:
    uses: dict[str, list[_Text]] = {}
    for text in texts:
        for token in _ACRONYM.findall(text.text):
            uses.setdefault(token, []).append(text)
    groups: dict[str, list[str]] = {}
    for token in uses:
        groups.setdefault("".join(sorted(token)), []).append(token)
    for tokens in groups.values():
        usual = max(tokens, key=lambda token: (len(uses[token]), -max(len(use.text) for use in uses[token])))
        for token in tokens:
            if (
                token != usual
                and len(uses[token]) <= len(uses[usual])
                and _alike(uses[token][0].text, token, uses[usual][0].text, usual)
            ):
                yield from _exchanged(token, usual, uses)


def _alike(text: str, token: str, other: str, usual: str) -> bool:
    """Do the two stand beside the same word? Different things that happen to share their letters do not (BMI, BIM)."""
    if {token, usual} <= words("naming.acronyms"):
        return False
    around, elsewhere = (set(_pieces(whole, one)) for whole, one in ((text, token), (other, usual)))
    return not around or not elsewhere or bool(around & elsewhere) or len(token) > 3


def _pieces(text: str, token: str) -> list[str]:
    """The two characters on either side of a token."""
    at = text.find(token)
    sides = (text[max(0, at - 2) : at], text[at + len(token) : at + len(token) + 2])
    return [side for side in sides if len(side) == 2]


def _exchanged(token: str, usual: str, uses: dict[str, list[_Text]]) -> Violations:
    """One finding for each project that has the rarer form."""
    other = uses[usual][0]
    seen: set[int] = set()
    for use in uses[token]:
        if use.table.index in seen:
            continue
        seen.add(use.table.index)
        at = use.text.index(token)
        yield Violation(
            table=use.table,
            field=use.field if use.row is None else None,
            span=(at, at + len(token)) if use.row is None else None,
            location=use.place,
            case="acronym",
            args={"token": token, "usual": usual},
            related=[("other", {"project": other.table.title}, other.place)],
        )
