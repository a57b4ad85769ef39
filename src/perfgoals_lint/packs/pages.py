"""Rules as packs and plug-ins write them: short rules in YAML, and pages like those of the rulebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_lint.lint.kinds.kinds import KINDS
from perfgoals_lint.packs.errors import PackError, Said
from perfgoals_lint.packs.keys import in_own_names, scope_of
from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.rule import Rule

if TYPE_CHECKING:
    from perfgoals_lint.packs.schema import SourceDocument

_HEADER = "| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n"


def read(path: str) -> list[Rule]:
    """The rules of a pack as they are written, untested. Raises :class:`PackError`."""
    rules: list[Rule] = []
    for file in files_of(Path(path)):
        rules += _short_rules(file) if file.suffix in (".yaml", ".yml") else [_page(file)]
    return rules


def read_pages(directory: Path) -> list[Rule]:
    """The rule pages of a plug-in, whose checks may be Python functions. Raises :class:`PackError`."""
    return [_page(file, python=True) for file in sorted(directory.rglob("*.md"))]


def files_of(path: Path) -> list[Path]:
    """The files of a pack: itself, or those of the directory that it is."""
    if path.is_file():
        return [path]
    return [
        file
        for file in sorted(path.rglob("*"))
        if file.suffix in (".yaml", ".yml", ".md") and file.name != "README.md"
    ]


def _page(file: Path, python: bool = False) -> Rule:
    try:
        head = policy.page_head(file)
    except policy.PageError as error:
        raise PackError(file, error.line, error.reason) from error
    kind = head["check"]["kind"]
    if kind != "python" and kind not in KINDS:
        known = {"where": "check.kind", "name": kind, "known": ", ".join(sorted(KINDS))}
        raise PackError(file, None, "", [Said(None, "unknown_kind", known)])
    if kind == "python" and not python:
        raise PackError(file, None, "", [Said(None, "no_functions", {})])
    text = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    return Rule.of({**head, "page_text": text}, str(file))


def _short_rules(file: Path) -> list[Rule]:
    from perfgoals_lint.packs.schema import PackFile, checked

    try:
        data = policy.load_yaml(file.read_text(encoding="utf-8"), file)
    except policy.PageError as error:
        raise PackError(file, error.line, error.reason) from error
    except (ValueError, OSError) as error:
        raise PackError(file, None, str(error)) from error
    pack = checked(PackFile, data, file)
    sources = {name: _source(source) for name, source in pack.sources.items()}
    return [
        Rule.of(
            {**_head(rule.model_dump(by_alias=True, exclude_none=True), rule.line), "sources": sources},
            str(file),
        )
        for rule in pack.rules
    ]


def _source(source: SourceDocument) -> dict[str, Any]:
    """A document of a pack as the rulebook's own stand in ``rules/lexicons/sources.yaml``."""
    given = source.model_dump(by_alias=True, exclude_none=True)
    return {**_both(given.pop("title")), **given}


def _head(short: dict[str, Any], line: int | None) -> dict[str, Any]:
    """The full head of a short rule: what it leaves out follows from its check and its title."""
    short["check"] = in_own_names(short["check"])
    title = _both(short["title"])
    scope = short.get("scope") or scope_of(short["check"])
    row = scope == "row"
    said = {
        lang: message("engine", f"pack.{'row' if row else 'table'}", lang).replace("{title}", title[lang])
        for lang in title
    }
    if row:
        short["check"].setdefault("where", {}).setdefault("filled", True)
    text = _text(title["zh"], short.pop("bad"), short.pop("good"))
    return {
        **short,
        "name": short.get("name") or short["code"].lower(),
        "title": title,
        "message": _both(short["message"]) if "message" in short else said,
        "scope": scope,
        "line": line,
        "page_text": text,
    } | ({"advice": _both(short["advice"])} if "advice" in short else {})


def _both(text: str | dict[str, str]) -> dict[str, str]:
    return text if isinstance(text, dict) else {"zh": text, "en": text}


def _text(title: str, bad: list[str], good: list[str]) -> str:
    """The page of a short rule: its title and its samples as tables."""
    parts = [f"## 检查什么\n\n{title}\n"]
    for heading, listed in (("反例", bad), ("正例", good)):
        samples = [f"### {number}\n\n{_table(sample)}" for number, sample in enumerate(listed, 1)]
        parts.append(f"## {heading}\n\n" + "\n\n".join(samples) + "\n")
    return "\n".join(parts)


def _table(sample: str) -> str:
    """A short sample as a page has it: each run of rows is a table, under its own header or under the usual one."""
    parts: list[str] = []
    inside = False
    for line in sample.strip().splitlines():
        text = line.strip()
        is_row = "|" in text and not text.startswith("- ")
        if is_row:
            row = f"| {text.strip('| ')} |\n"
            if not inside:
                parts.append("\n")
                own = any(column_of(cell.strip()) == "level3" for cell in text.split("|"))
                row = row + "|" + "---|" * row.count(" | ") + "---|\n" if own else _HEADER + row
            parts.append(row)
        else:
            parts.append(f"\n{text}\n" if inside else f"{text}\n")
        inside = is_row
    return "".join(parts)
