"""Inline comments of text carriers: ``<!-- perfgoals: ignore[PGF401] reason -->`` and ``# perfgoals: ignore[…] reason``.

A comment holds for its own line or row; one that stands alone holds for the next. It is taken out of what was read
before a layout looks at it, so that it changes nothing else.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from perfgoals_lint.model import Directive, Grid, Source, TextBlock

_TEXT = frozenset({"text", "csv", "markdown", "yaml", "json", "html"})
_BODY = r"perfgoals:\s*ignore\[(?P<rules>[^\]\n]*)\]"
_COMMENT = re.compile(
    rf"<!--\s*{_BODY}(?P<reason>[^\n]*?)-->|#\s*{_BODY.replace('rules', 'more')}(?P<why>[^\n]*)",
    re.IGNORECASE,
)


def take_comments(source: Source, path: str) -> list[Directive]:
    """The comments of a source, which are removed from its blocks. Those of a page come from its reader, which drops
    comments and knows the encoding."""
    if source.format not in _TEXT or not source.blocks:
        return []
    if source.format == "html":
        return [
            _directive(match, comment.line, [comment.row], comment.table)
            for comment in source.comments
            if (match := _COMMENT.search(comment.text))
        ]
    found: list[Directive] = []
    keep = path.lower().endswith(
        (".yaml", ".yml")
    )  # there a comment is none of the data, and lines are counted
    for block in source.blocks:
        found += _in_lines(block, keep) if isinstance(block, TextBlock) else _in_grid(block)
    return found


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
            yield _directive(match, at, [at])
        else:
            following = bisect.bisect_right(numbers, at)
            yield _directive(match, at, numbers[following : following + 1])
    if not keep:
        block.lines[:] = kept


def _in_grid(grid: Grid) -> Iterator[Directive]:
    marked: dict[int, re.Match[str]] = {}
    filled: set[int] = set()
    for number, cell in enumerate(grid.cells):
        match = _whole_comment(grid, number) if "perfgoals:" in cell.text else None
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
        yield _directive(match, row + 1, rows, grid.table)
    alone = set(marked) - filled
    grid.cells[:] = [cell for cell in grid.cells if cell.row not in alone]


def _whole_comment(grid: Grid, number: int) -> re.Match[str] | None:
    """The comment that starts in a cell, taken out of it; a delimiter inside it has made several cells of it."""
    first = grid.cells[number]
    rest = [cell for cell in grid.cells[number + 1 :][: grid.columns] if cell.row == first.row]
    for taken in range(len(rest) + 1):
        match = _COMMENT.search(",".join([first.text, *(cell.text for cell in rest[:taken])]))
        if match:
            alone = not first.text[: match.start()].strip()
            first.text = first.text[: match.start()].rstrip()
            for cell in rest if alone else rest[:taken]:
                cell.text = ""
            return match
    return None


def _directive(match: re.Match[str], line: int, rows: list[int], table: int | None = None) -> Directive:
    rules = match["rules"] if match["rules"] is not None else match["more"]
    reason = (match["reason"] or match["why"] or "").strip()
    selectors = [one.strip() for one in re.split(r"[,，、]", rules) if one.strip()]
    return Directive(selectors, reason, line, rows, table)
