"""How a text is built: quotations, numbered lists, sentences and clauses."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from perfgoals_lint.prose.types import ListItem, Span
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import numerals

_OPENING = {"“": "”", "《": "》", "‘": "’", "「": "」", "『": "』"}
_CLOSING = frozenset(_OPENING.values())
_QUOTES = "".join(sorted({*_OPENING, *_CLOSING}))
_NUMERAL = "[一二三四五六七八九十]{1,3}|[—–-](?=、)"
_LABEL = compiled(
    # Most characters begin no label, which is seen soonest by one set of those that do.
    rf"(?=[（(0-9一二三四五六七八九十①-⑳第—–-])(?:(?P<paren>[（(](?:[0-9]{{1,2}}|{_NUMERAL})[）)][、.]?)"
    rf"|(?P<half>[0-9]{{1,2}}[）)])"
    rf"|(?P<chinese>(?:{_NUMERAL})、)"
    r"|(?P<comma>[0-9]{1,2}、)"
    r"|(?P<point>[0-9]{1,2}\.(?![0-9])|[0-9]{1,2}\.(?=(?:19|20)[0-9]{2}年))"
    r"|(?P<ring>[①-⑳]、?)"
    r"|(?P<ordinal>第[一二三四五六七八九十]，|[一二三四五六七八九十]是))"
)
_BEFORE_LABEL = frozenset("。；;，,：:！!？?、”）)》\n ")
_BEFORE_LIST = frozenset({"其中", "包括", "如下"})
"""Words directly behind which a numbered list may begin, without a mark."""
_SENTENCE_END = frozenset("。；;！!？?\n")
_STOP = compiled("[。；;！!？?\n.]")
_QUOTE = compiled(f'["{_QUOTES}]')
_CLAUSE_END = compiled(
    r"(?<=[一-龥])[（(](?P<other>[一-龥])[）)]|[，：:（）()“”]|,(?![0-9])|。|[；;！!？?\n]"
)
"""Not a bracket with one character in it, which is another word for the one in front (每卷（册）)."""
_MARK = compiled(f'[{re.escape(".,，：:（()）。；;！!？?")}\n"{_QUOTES}]')
"""What sentences, clauses and quotations begin and end with."""
_MISSED = 2  # a list may lose this many numbers to the layout and still be one list


@dataclass(slots=True)
class Structure:
    """Sorted, non-overlapping ``sentences``; ``clause_starts`` are their inner bounds; the outermost ``quotes``; list entries as a forest."""

    sentences: list[Span]
    clause_starts: list[int]
    quotes: list[Span]
    items: list[ListItem]
    labels: dict[int, int] = field(default_factory=dict)
    _item_starts: list[int] = field(default_factory=list)

    def clause_at(self, position: int) -> int:
        """The index of the clause that a position stands in."""
        return bisect_right(self.clause_starts, position) - 1

    def item_at(self, position: int) -> int | None:
        """The innermost list entry that a position stands in."""
        index = bisect_right(self._item_starts, position) - 1
        while index >= 0:
            item = self.items[index]
            if position < item.span[1]:
                return index
            if item.parent is None:
                return None
            index = item.parent
        return None

    def quoted(self, position: int) -> bool:
        """Whether a position stands inside a quotation or a title."""
        if not self.quotes:
            return False
        index = bisect_right(self.quotes, (position, 1 << 60)) - 1
        return index >= 0 and position < self.quotes[index][1]


def structure(text: str) -> Structure:
    """The structure of a compact text."""
    marked = _MARK.search(text) is not None
    quotes = _quotes(text) if marked else []
    items = _items(text, quotes)
    if not (marked or items):
        return Structure([(0, len(text))] if text else [], [0], [], [])
    starts = {item.span[0] for item in items}
    sentences = _sentences(text, starts)
    clauses = {start for start, _ in sentences} | {item.body for item in items} | {0}
    clauses.update(match.end() for match in _CLAUSE_END.finditer(text) if not match["other"])
    return Structure(
        sentences,
        sorted(clauses),
        quotes,
        items,
        {item.span[0]: item.body for item in items},
        [item.span[0] for item in items],
    )


def _quotes(text: str) -> list[Span]:
    """Matched quotations, of nested ones the outer; an opening that is never closed quotes nothing."""
    found: list[Span] = []
    open_at: list[tuple[str, int]] = []
    straight: int | None = None
    for match in _QUOTE.finditer(text):
        position, character = match.start(), match[0]
        if character in _OPENING:
            open_at.append((_OPENING[character], position))
        elif character in _CLOSING:
            while open_at:
                closing, start = open_at.pop()
                if closing == character:
                    found.append((start, position + 1))
                    break
        elif character == '"':
            if straight is None:
                straight = position
            else:
                found.append((straight, position + 1))
                straight = None
    outer: list[Span] = []
    for span in sorted(found):
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def _sentences(text: str, item_starts: set[int]) -> list[Span]:
    spans: list[Span] = []
    start = 0
    stops = {match.start() for match in _STOP.finditer(text)}
    for position in sorted(stops | item_starts):
        character = text[position]
        if position in item_starts and position > start:
            spans.append((start, position))
            start = position
        stop = character in _SENTENCE_END or (character == "." and _full_stop(text, position))
        if stop and position not in item_starts and position >= start:
            spans.append((start, position + 1))
            start = position + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _full_stop(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


# --- numbered lists -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _OpenEntry:
    style: str
    number: int
    list_id: int
    item: int


def _items(text: str, quotes: list[Span]) -> list[ListItem]:
    """Labels that count on from their predecessors of the same style; any other number at a label's place is text."""
    items: list[ListItem] = []
    stack: list[_OpenEntry] = []
    lists = 0
    bounds = iter(quotes)
    quote = next(bounds, None)
    for match in _LABEL.finditer(text):
        start = match.start()
        while quote is not None and quote[1] <= start:
            quote = next(bounds, None)
        if quote is not None and quote[0] < start:
            continue
        style = _style(match)
        number = _number(match[0])
        if not _label_place(text, start) and not _goes_on(match, stack, style, number):
            continue
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].style == style), None)
        if depth is not None and 0 < number - stack[depth].number <= _MISSED:
            opened = stack[depth]
            _close(items, stack[depth:], start)
            del stack[depth + 1 :]
        elif number == 1:
            keep = len(stack) if depth is None else depth
            _close(items, stack[keep:], start)
            del stack[keep:]
            opened = _OpenEntry(style, 0, lists, -1)
            lists += 1
            stack.append(opened)
        else:
            continue
        parent = stack[-2].item if len(stack) > 1 else None
        opened.number, opened.item = number, len(items)
        items.append(
            ListItem(
                match[0], number, len(stack) - 1, opened.list_id, parent, (start, len(text)), match.end()
            )
        )
    return items


def _goes_on(match: re.Match[str], stack: list[_OpenEntry], style: str, number: int) -> bool:
    """Is a label that nothing parts from the entry in front of it the next of its list (①办公费②培训费)?"""
    last = next((one.number for one in reversed(stack) if one.style == style), 0)
    return match.lastgroup in ("ring", "paren") and last > 0 and number == last + 1


def _close(items: list[ListItem], opened: list[_OpenEntry], end: int) -> None:
    for level in opened:
        if level.item >= 0:
            item = items[level.item]
            item.span = (item.span[0], end)


def _label_place(text: str, start: int) -> bool:
    if start == 0 or text[start - 1] in _BEFORE_LABEL:
        return text[start - 1 : start] != "、" or not text[start].isdigit()
    return text[start - 2 : start] in _BEFORE_LIST


def _style(match: re.Match[str]) -> str:
    group = match.lastgroup or ""
    return group + ("0" if match[0].strip("（(")[:1].isdigit() else "")


def _number(label: str) -> int:
    body = label.strip("（()）、.，第是")
    if "①" <= body[:1] <= "⑳":
        return ord(body[0]) - ord("①") + 1
    if body.isdigit():
        return int(body)
    value = numerals.parse("一" if body in "—–-" else body)
    return int(value) if value is not None else 0
