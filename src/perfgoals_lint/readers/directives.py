"""Inline comments of text carriers: ``<!-- perfgoals: ignore[PGF401] reason -->`` and ``# perfgoals: ignore[…] reason``.

A comment holds for its own line or row; one that stands alone holds for the next. ``ignore-start[…]`` holds up to the
next ``ignore-end``, ``ignore-table[…]`` for the whole table that it stands in or before. What only looks like such a
comment is reported, never passed over. Comments are taken out of what was read before a layout looks at it, so that
they change nothing else.
"""

import bisect
import re
from collections.abc import Iterator

from perfgoals_lint.model import Directive, Grid, Source, TextBlock
from perfgoals_lint.readers.text import LINE_END
from perfgoals_lint.rulebook.patterns import compiled

TEXT_FORMATS = frozenset({"text", "csv", "markdown", "yaml", "json", "html"})
_MARKER = b"perfgoals"
_WIDE_MARKER = b"p\0e\0r\0f\0g\0o\0a\0l\0s"
_WORDS = r"ignore|ignored|disable|enable|noqa|suppress|skip|off|on|豁免|忽略|不查"
_OPEN = rf"perfgoals(?:\s*[:：]|\s+(?=(?:{_WORDS})\b)|\s*(?=[\[［【]))"
"""How a comment for this tool begins; ``perfgoals-lint`` and other prose does not."""
_COMMENT = compiled(
    rf"<!--\s*(?P<marked>{_OPEN}[^\n]*?)(?:-->|(?P<unclosed>$))|[#＃]\s*(?P<plain>{_OPEN}[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_RIGHT = compiled(r"perfgoals:\s*(?P<word>[a-z-]+)\s*(?:\[(?P<rules>[^\]\n]*)\])?(?P<reason>.*)", re.I)
_KINDS = {"ignore": "ignore", "ignore-start": "range", "ignore-end": "end", "ignore-table": "table"}


def may_comment(data: bytes) -> bool:
    """Do the bytes of a text in any encoding that texts come in hold the name of this tool, without which no comment is
    for it?"""
    lower = data.lower()
    return _MARKER in lower or _WIDE_MARKER in lower


def take_comments(source: Source, path: str) -> list[Directive]:
    """The comments of a source about single lines and rows; all comments are removed from its blocks. Those of a page
    come from its reader, which drops comments and knows the encoding."""
    if source.format not in TEXT_FORMATS or not source.blocks:
        return []
    if source.raw is not None and not may_comment(source.raw):
        return []
    if source.format == "html":
        return [
            directive
            for comment in source.comments
            if (match := _COMMENT.search(comment.text))
            for directive in _single(match, comment.line, [comment.row], comment.table)
        ]
    found: list[Directive] = []
    # In YAML a comment is none of the data, and lines are counted.
    keep = path.lower().endswith((".yaml", ".yml"))
    for block in source.blocks:
        found += _in_lines(block, keep) if isinstance(block, TextBlock) else _in_grid(block)
    return found


def comments_of(text: str) -> list[Directive]:
    """The comments of a text about ranges and tables, and those that are not understood: ``line`` is that of the text,
    ``rows`` the first and the last line that a range covers, the line itself for a table."""
    found: list[Directive] = []
    opened: list[Directive] = []
    lines = LINE_END.split(text)
    for number, line in enumerate(lines, 1):
        for match in _COMMENT.finditer(line):
            made = _parsed(match)
            made.line, made.rows = number, [number]
            if made.kind == "range":
                opened.append(made)
            elif made.kind == "end":
                closed = [one for one in opened if not made.selectors or one.selectors == made.selectors]
                for one in closed:
                    one.rows = [one.line, number]
                    opened.remove(one)
                found += closed or [_faulty(made, "start")]
            elif made.kind != "ignore":
                found.append(made)
    return found + [_faulty(one, "end") for one in opened]


def _faulty(directive: Directive, why: str) -> Directive:
    directive.kind, directive.fault = "fault", why
    return directive


def _parsed(match: re.Match[str]) -> Directive:
    """What a comment says; of kind ``fault`` when it is only nearly right."""
    body = (match["marked"] or match["plain"] or "").strip()
    directive = Directive([], "", 0, [], text=body)
    right = _RIGHT.fullmatch(body)
    kind = _KINDS.get(right["word"].lower()) if right else None
    if match["marked"] and match["unclosed"] is not None:
        return _faulty(directive, "unclosed")
    if right is None or match[0].startswith("＃"):
        return _faulty(directive, "brackets" if right is None and "ignore" in body.lower() else "word")
    if kind is None:
        return _faulty(directive, "word")
    if right["rules"] is None and kind != "end":
        return _faulty(directive, "brackets")
    directive.kind = kind
    rules = right["rules"] or ""
    directive.selectors = [one.strip() for one in re.split(r"[,，、]", rules) if one.strip()]
    directive.reason = right["reason"].strip()
    if not directive.selectors and kind != "end":
        return _faulty(directive, "empty")
    return directive


def _in_lines(block: TextBlock, keep: bool) -> Iterator[Directive]:
    numbers = [line.location.line or 0 for line in block.lines]
    kept = []
    for line in block.lines:
        match = _COMMENT.search(line.text)
        if match is None:
            kept.append(line)
            continue
        at = line.location.line or 0
        rest = _COMMENT.sub("", line.text).rstrip()
        if rest.strip():
            line.text = line.text if keep else rest
            kept.append(line)
            rows = [at]
        else:
            following = bisect.bisect_right(numbers, at)
            rows = numbers[following : following + 1]
        yield from _single(match, at, rows)
    if not keep:
        block.lines[:] = kept


def _single(
    match: re.Match[str], line: int, rows: list[int], table: int | None = None
) -> Iterator[Directive]:
    """The comment, if it is about a line or a row."""
    made = _parsed(match)
    if made.kind == "ignore":
        made.line, made.rows, made.table = line, rows, table
        yield made


def _in_grid(grid: Grid) -> Iterator[Directive]:
    marked: dict[int, re.Match[str]] = {}
    filled: set[int] = set()
    for number, cell in enumerate(grid.cells):
        match = _whole_comment(grid, number) if "perfgoals" in cell.text.lower() else None
        if match:
            marked[cell.row] = match
        if cell.text.strip():
            filled.add(cell.row)
    if not marked:
        return
    ordered = sorted(filled)
    for row, match in marked.items():
        following = bisect.bisect_left(ordered, row)  # its own row when anything else stands there
        rows = [number + 1 for number in ordered[following : following + 1]]
        yield from _single(match, row + 1, rows, grid.table)
    alone = set(marked) - filled
    grid.cells[:] = [cell for cell in grid.cells if cell.row not in alone]


def _whole_comment(grid: Grid, number: int) -> re.Match[str] | None:
    """The comment that starts in a cell, taken out of it; a delimiter inside it has made several cells of it."""
    first = grid.cells[number]
    rest = [cell for cell in grid.cells[number + 1 :][: grid.columns] if cell.row == first.row]
    best: tuple[re.Match[str], int] | None = None
    for taken in range(len(rest) + 1):
        match = _COMMENT.search(",".join([first.text, *(cell.text for cell in rest[:taken])]))
        if match and (best is None or _parsed(best[0]).kind == "fault"):
            best = match, taken
            if _parsed(match).kind != "fault":
                break
    if best is None:
        return None
    match, taken = best
    alone = not first.text[: match.start()].strip()
    first.text = first.text[: match.start()].rstrip()
    for cell in rest if alone else rest[:taken]:
        cell.text = ""
    return match
