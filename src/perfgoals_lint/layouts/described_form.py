"""Layout ``described-form``: a dumped form whose rows have a description or a basis beside name and value."""

from __future__ import annotations

import re

from perfgoals_lint.layouts.dump_form import find_forms, read_forms
from perfgoals_lint.layouts.dump_text import Dump, join_lines
from perfgoals_lint.model import Document, Line, Source, SubGoal

_TITLE = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_PARTS = ("绩效目标", "绩效指标")
_PART = re.compile(r"(绩效目标|绩效指标)[:：]")


def recognise(source: Source) -> Document | None:
    """The goal tables and narrative sub-goals of a described form dump, or ``None`` when the text has none."""
    dump = Dump(source)
    forms = find_forms(dump)
    headers = [form.header for form in forms if form.header]
    if not any({"description", "basis"} & set(header.columns) for header in headers):
        return None
    document = read_forms(source, dump, forms, "described-form")
    document.subgoals = narrative_subgoals(dump.lines[: dump.pieces[forms[0].start].line])
    return document


def narrative_subgoals(lines: list[Line]) -> list[SubGoal]:
    """The narrative sub-goals: a numbered title, then a goal line and an indicator line, each of which may run on."""
    found: list[SubGoal] = []
    title: Line | None = None
    parts: dict[str, list[str]] = {}
    for line in [*lines, None]:
        text = line.text.strip() if line else ""
        label = _PART.match(text)
        if line is None or _TITLE.match(text) or _HEADING.match(text):
            if title and parts:
                goal, indicators = (join_lines(parts[name]) if name in parts else None for name in _PARTS)
                found.append(SubGoal(title.text.strip(), goal, indicators, title.location))
            title, parts = (line if _TITLE.match(text) else None), {}
        elif label:
            parts[label[1]] = [text[label.end() :]]
        elif parts:
            next(reversed(parts.values())).append(text)
    return found
