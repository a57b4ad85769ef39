"""What stands under the cursor: the typed meaning of a value, and the pages of the rules that found something there."""

from collections.abc import Iterator
from typing import Literal

from lsprotocol import types

from perfgoals_lint import values
from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.lint.context import VALUE_FIELDS
from perfgoals_lint.lint.finding import problem_title
from perfgoals_lint.lsp.checked import Checked
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.rules import page_text
from perfgoals_lint.values.explain import explain

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"})


def hover(checked: Checked, position: types.Position, lang: Literal["zh", "en"]) -> types.Hover | None:
    """Markdown about the place under the cursor, ``None`` when nothing is known of it."""
    offset = checked.positions.offset(position)
    parts: list[str] = []
    where: TextSpan | None = None
    for span, text, name, year in _values(checked, offset):
        meaning = explain(values.parse(text, name=name, year=year), lang)
        parts.append(message("lsp", "value", lang, text=_plain(text), meaning=_plain(meaning)))
        where = where or span
        break
    for finding in checked.at(offset, offset):
        rule = checked.rules.get(finding.rule)
        known = checked.pages.get(finding.rule)
        page = page_text(known, lang).strip() if known else ""
        title = rule.title.get(lang, rule.name) if rule else problem_title(finding.rule, lang) or finding.name
        parts.append("\n\n".join(text for text in (f"### {finding.rule} {title}", page) if text))
        where = where or checked.span(finding)
    if where is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(parts)))
    return types.Hover(content, checked.positions.range(where))


def _values(checked: Checked, offset: int) -> Iterator[tuple[TextSpan, str, str | None, int | None]]:
    """The values under the cursor: their place, text, the indicator's name and the year of the table."""
    for table in checked.document.tables:
        for row in table.indicators:
            for field in VALUE_FIELDS:
                text, location = getattr(row, field), row.locations.get(field)
                if not text or location is None:
                    continue
                span = checked.carriers.at(location).find(location, text)
                if span is not None and span.start <= offset <= span.end:
                    yield span, text, row.level3, table.fiscal_year


def _plain(text: str) -> str:
    return text.translate(_MARKDOWN).replace("\n", " ")
