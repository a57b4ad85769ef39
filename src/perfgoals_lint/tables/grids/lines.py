"""Lines before their cells are told apart: rules that are drawn left out, tables printed on one line parted into words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from perfgoals_lint.model import Line, Location, TextBlock
from perfgoals_lint.rulebook.labels import column_of, field_of, is_level1, is_level2, is_listed
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.lists import is_page_mark
from perfgoals_lint.text import width_of

_WORD = compiled(r"\S+")
_CELL = compiled(r"[^|]*\||[^|]+$")
_FEWEST = 12
"""Words of a line that holds a table."""
_ROWS = 2
"""Classes with other words between them that a line of one row may have."""
_LONGEST = 16
_WRAPPED = 4
"""Names of a header that go on in the line below."""
_FEWEST_NAMES = 3
_OF_A_FRAME = 4
"""Rules that may stand around a table and its header alone."""
_MARKS = frozenset("|\t")
_WIDE = compiled(r"(?<=\S)(?: {2,}|\u3000+)(?=\S)")
"""The blanks between two cells of a line."""
_EVEN = 3
"""How many times as many lines may be set apart in one way as in the other."""
_DRAWN = str.maketrans({"│": "|", "┃": "|", "║": "|", "\uff5c": "|", "￨": "|"})
_RULE = compiled(
    r"[\s|+\u2500-\u257f:=-]*(?:[\u2500-\u257f]{3}|\+[-=]{3,}\+)[\s|+\u2500-\u257f:=-]*|\s*\|={3,}\s*"
)
"""A line that is nothing but drawn, corners and crossings included."""
_HYPHENS = compiled(r"\s*-{12,}\s*")
"""A line between parts of a page: no rule of a table."""
_ITEM = compiled(r"(\d{1,2})(?:[.．](?!\d)|[、)）])|[（(]\d{1,2}[)）]|[①-⑳]")
"""What an item of a list begins with, its number where that is a figure."""
_FIGURE = compiled(r"[≥≤＞＜><]|\d[\d,]*(?:\.\d+)?(?:[^\d.,，年月日]{1,4})?$")
"""What begins with a sign, or is a number with no more than a unit behind it."""
_PART = compiled(r"[+├┼╠╬][-=\u2500-\u257f]{3,}[-=+\u2500-\u257f]*")
"""A rule beside a cell that goes on below it."""


def part(line: Line, start: int, end: int | None = None) -> Line:
    """The characters ``start`` to ``end`` (exclusive, 0-based) of a line."""
    place = line.location
    column = (place.column or 1) + start
    own = Location(
        place.path,
        place.sheet,
        place.cell,
        place.table,
        place.row,
        column,
        place.page,
        place.bbox,
        place.line,
    )
    return Line(line.text[start:end], own)


def words_of(line: Line) -> list[Line]:
    """What stands between the blanks of a line."""
    return [part(line, *match.span()) for match in _WORD.finditer(line.text)]


def offset(line: Line, word: Line) -> int:
    """At which character of its line a word begins, from 0."""
    return (word.location.column or 1) - (line.location.column or 1)


def from_word(row: Sequence[Line], word: Line) -> list[Line]:
    """The lines of a row from one of its words on."""
    first = next(n for n, line in enumerate(row) if word in words_of(line))
    return [part(row[first], offset(row[first], word)), *row[first + 1 :]]


def is_full(upper: str, lower: str) -> bool:
    """May the last line of a cell be as wide as its column, another one below it?"""
    width = width_of(upper.rpartition("\n")[2])
    return width + min(1.0, width / 4) >= width_of(lower)


def joined(lines: Sequence[Line], printed: Iterable[Line]) -> list[Line]:
    """Parts of lines, those that are printed beside each other with nothing but blanks between them as one."""
    whole = {(line.location.page, line.location.line): line for line in printed}
    found: list[Line] = []
    for line in lines:
        place = line.location.page, line.location.line
        last = found[-1] if found else None
        if last and (last.location.page, last.location.line) == place and place in whole:
            start = whole[place].location.column or 1
            first, at = (one.location.column or 1 for one in (last, line))
            printed_there = whole[place].text[first - start : at - start]
            between = printed_there[len(last.text) :]
            if printed_there.startswith(last.text) and not between.strip():
                found[-1] = Line(f"{last.text}{between}{line.text}", last.location)
                continue
        found.append(line)
    return found


def without_rules(block: TextBlock) -> TextBlock:
    """A block of text with bars between its cells, where tables are drawn with lines: a row a line where rules part most
    rows, else with blank lines in the place of rules. Where no rule is drawn, wide bars part cells if many lines have several."""
    block = TextBlock(
        [replace(line, text="") if _HYPHENS.fullmatch(line.text) else line for line in block.lines]
    )
    rules = sum(_RULE.fullmatch(line.text) is not None for line in block.lines)
    if not rules:
        plain = [replace(line, text=line.text.translate(_DRAWN)) for line in block.lines]
        barred = sum(
            "|" in own.text and "|" not in line.text for own, line in zip(plain, block.lines, strict=True)
        )
        filled = sum(bool(line.text.strip()) for line in block.lines)
        return TextBlock(plain) if barred > _OF_A_FRAME and 2 * barred >= filled else block
    apart = rules > _OF_A_FRAME and not _holds_several(block.lines)
    lines: list[Line] = []
    inside = False
    for line in block.lines:
        rule = _RULE.fullmatch(line.text) is not None
        if rule and not apart and rules > _OF_A_FRAME:
            continue  # around several rows: no blank line parts them
        drawn = line.text.translate(_DRAWN)
        text = "" if rule else _PART.sub(lambda part: f"|{' ' * (len(part[0]) - 1)}", drawn)
        if apart and inside and "|" in text and text.count("|") == lines[-1].text.count("|"):
            cells = zip(lines[-1].text.split("|"), text.split("|"), strict=True)
            lines[-1] = replace(
                lines[-1], text="|".join(_wrapped(cell.rstrip(), more.strip()) for cell, more in cells)
            )
        else:
            lines.append(replace(line, text=text))
        inside = "|" in text
    return TextBlock(lines)


def _holds_several(lines: Iterable[Line]) -> bool:
    """Do rules stand around groups of rows? In most of what they enclose in more than one line, two lines have a class or a
    figure in the same column; else a cell goes on in the next line."""
    bands: list[list[str]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line.text):
            bands.append([])
        elif "|" in (text := line.text.translate(_DRAWN)):
            bands[-1].append(text)
    wrapped = [band for band in bands if len(band) > 1]
    return 2 * sum(map(_has_rows, wrapped)) > len(wrapped)


def _has_rows(band: Sequence[str]) -> bool:
    """Have two lines a class, or a figure, in the same column?"""
    begun: set[tuple[int, bool]] = set()
    for line in band:
        for column, cell in enumerate(line.split("|")):
            text = cell.strip()
            figure = _FIGURE.match(text) is not None
            if figure or (text.endswith("指标") and len(text) < _LONGEST and is_level2(text)):
                if (column, figure) in begun:
                    return True
                begun.add((column, figure))
    return False


def _wrapped(cell: str, more: str) -> str:
    """A cell with its next line: a numbered item begins a line, a blank stands between two words of letters."""
    item = _ITEM.match(more)
    before = str(int(item[1]) - 1) if item and item[1] else ""
    if item and (not before or any(line.strip().startswith(before) for line in cell.split("\n"))):
        return f"{cell}\n{more}"
    letters = cell[-1:].isascii() and cell[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f"{cell}{' ' * letters}{more}"


def with_whole_cells(block: TextBlock) -> TextBlock:
    """A block of text in which every bar begins a cell on a line of its own, the lines up to the next bar joined; what stands
    between two tables, and behind the last bar, stays as it is. Bars in front of labels with values begin rows."""
    barred = [number for number, line in enumerate(block.lines) if "|" in line.text]
    if len(barred) < _FEWEST or any("|" in block.lines[number].text.strip()[1:] for number in barred):
        return block
    lines = list(block.lines[: barred[0]])
    rows = 0
    for start, end in pairwise([*barred, len(block.lines)]):
        cell = block.lines[start:end]
        first = 1 if cell[0].text.strip() == "|" else 0
        whole = reduce(_wrapped, (line.text.strip() for line in cell[first:]), "")
        if end < len(block.lines) and len(cell) > first + 1 and not _ends_run(cell):
            rows += _names(cell[first].text.strip(" |")) and not _names(whole.strip("|"))
            cell = [*cell[:first], replace(cell[first], text=whole)]
        lines += cell
    return block if rows > _ROWS else TextBlock(lines)


def _names(text: str) -> bool:
    """Is a text a label, the name of a column or a class?"""
    return bool(field_of(text) or column_of(text) or is_level1(text) or is_level2(text))


def _ends_run(cell: Sequence[Line]) -> bool:
    """Is something that stands below a table, or above one, among the lines?"""
    texts = (line.text.strip() for line in cell)
    return any(
        not text or is_page_mark(text) or expression("text_tables.run_end").search(text) for text in texts
    )


def unrolled(block: TextBlock) -> TextBlock:
    """A block of text whose lines that hold a table of several rows are parted into a line for each word; where a line
    between bars holds the header and a row, no line is a row, and each cell has one."""
    if any(_holds_header_and_row(line.text) for line in block.lines):
        return TextBlock([cell for line in block.lines for cell in _cells_of(line)])
    lines = [own for line in block.lines for own in (words_of(line) if _holds_rows(line.text) else (line,))]
    return TextBlock(lines)


def _cells_of(line: Line) -> Iterator[Line]:
    """What stands in front of each bar of a line, with its bar, and what stands behind the last one."""
    for cell in _CELL.finditer(line.text):
        yield part(line, *cell.span())


def _holds_header_and_row(text: str) -> bool:
    """Does a line hold, between bars, the name of the column of names and, behind it, a class?"""
    cells = [cell.strip() for cell in text.split("|")] if "|" in text else []
    short = [cell for cell in cells if len(cell) < _LONGEST]
    header = next((n for n, cell in enumerate(short) if column_of(cell) == "level3"), len(short))
    return any(cell.endswith("指标") and (is_level1(cell) or is_level2(cell)) for cell in short[header:])


def _holds_rows(text: str) -> bool:
    """Does a line hold the name of a column and, behind it, classes of several rows?"""
    parts = text.split()
    if len(parts) < _FEWEST:
        return False
    header = next((n for n, word in enumerate(parts) if len(word) < _LONGEST and column_of(word)), len(parts))
    behind = enumerate(parts[header:])
    classes = [n for n, word in behind if len(word) < _LONGEST and (is_level1(word) or is_level2(word))]
    apart = [n for n in classes if n + 1 not in classes]
    return len(apart) > _ROWS


def evenly_tabbed(block: TextBlock) -> TextBlock:
    """A block of text in which cells are set apart by tabs here, by wide blanks there: by tabs everywhere."""
    tabbed = sum("\t" in line.text for line in block.lines)
    wide = sum("\t" not in line.text and _WIDE.search(line.text) is not None for line in block.lines)
    if min(tabbed, wide) * _EVEN <= max(tabbed, wide) or any("|" in line.text for line in block.lines):
        return block
    return TextBlock(
        [
            line
            if "\t" in line.text
            else replace(line, text=_WIDE.sub(lambda gap: gap[0].replace(gap[0][0], "\t", 1), line.text))
            for line in block.lines
        ]
    )


def with_whole_names(block: TextBlock) -> TextBlock:
    """A block of text in which the names of a header that go on in the line below, word for word, are whole (年度 实际 over
    指标值 完成值), and the labels of boxes (主管部 over 门)."""
    lines: list[Line] = []
    for line in block.lines:
        drawn = line.location.page is not None  # where a word stands says what it belongs to
        if lines and not drawn:
            lines[-1], line = _with_whole_labels(lines[-1], line)
        whole = _header_with(lines[-1].text, line.text) if lines and not drawn else None
        if whole is None:
            lines.append(line)
        else:
            lines[-1] = replace(lines[-1], text=whole)
    return TextBlock(lines)


def _with_whole_labels(above: Line, line: Line) -> tuple[Line, Line]:
    """Two lines, the words of the second that end labels of the first, which are none without them, behind these. Only labels
    that are listed: the grammar of names puts many words together."""
    ends = line.text.split()
    if (
        not 0 < len(ends) <= _FEWEST_NAMES
        or len(above.text.split()) < 2
        or not _MARKS.isdisjoint(above.text + line.text)
    ):
        return above, line
    text, rest = above.text, line.text
    for end in ends:
        if is_listed(end) or column_of(end):
            continue
        for name in text.split():
            if (
                len(name) > _ROWS
                and len(name + end) < _LONGEST
                and is_listed(name + end)
                and _is_whole(name + end)
                and not _is_whole(name)
            ):
                text, rest = text.replace(name, name + end, 1), rest.replace(end, "", 1)
                break
    return (replace(above, text=text), replace(line, text=rest)) if rest != line.text else (above, line)


def _is_whole(text: str) -> bool:
    """Is a text the label of a box without figures, its brackets closed?"""
    opened = text.count("（") + text.count("(")
    closed = opened == text.count("）") + text.count(")")
    return closed and field_of(text) is not None and not any(map(str.isdigit, text))


def _header_with(text: str, below: str) -> str | None:
    """A header with the words of the line below it behind those of its own that are no names without them; ``None`` where
    that makes no names of all of them."""
    names, ends = text.split(), below.split()
    if not ends or len(ends) > _WRAPPED or len(names) < _FEWEST_NAMES or not _MARKS.isdisjoint(text + below):
        return None
    if sum(column_of(name) is not None for name in names if len(name) < _LONGEST) < _FEWEST_NAMES:
        return None
    for at in range(len(names) - len(ends) + 1):
        own = names[at : at + len(ends)]
        whole = [name + end for name, end in zip(own, ends, strict=True)]
        if all(len(name) < _LONGEST and column_of(name) for name in whole) and not any(map(column_of, own)):
            return " ".join([*names[:at], *whole, *names[at + len(ends) :]])
    return None
