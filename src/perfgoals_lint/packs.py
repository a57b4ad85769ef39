"""A bureau's own rules: a YAML file of short rules, or a directory with such files and rule pages.

A short rule is its code, its title, a declarative check, and at least one bad and one good sample in a line each:

.. code-block:: yaml

    pack: 青禾市财政局
    rules:
      - code: QH001
        title: 满意度不得低于85%
        check: {kind: bound, where: {class: satisfaction}, value: "≥85%"}
        bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
        good: 满意度 | 服务对象满意度 | 群众满意度 | ≥85%

A pack loads only when every rule of it does what its samples say. Nothing in a pack is run as code: a check that names
a Python function is refused here; plug-ins are for that.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from perfgoals_lint import policy
from perfgoals_lint.findings import wording
from perfgoals_lint.rulebook import Rule
from perfgoals_lint.samples import SampleError, samples_of

_HEADER = "| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n"


class PackError(ValueError):
    """A pack that cannot be used: where (file, line) and why."""

    def __init__(self, path: Path | str, line: int | None, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")


def load(path: str) -> list[Rule]:
    """The rules of a pack, tested by their samples; a pack that has not changed since is not tested again.

    Raises :class:`PackError`.
    """
    place = Path(path)
    if not place.exists():
        raise PackError(path, None, "no such file or directory")
    files = _files(place)
    if not files:
        raise PackError(path, None, "no rule in it (*.yaml, *.md)")
    state = hashlib.sha256(policy.index()["digest"].encode())
    for file in files:
        state.update(file.as_posix().encode() + file.read_bytes())

    def build() -> bytes:
        return json.dumps([rule.head for rule in tested(read(path))], ensure_ascii=False).encode()

    heads: list[dict[str, Any]] = json.loads(policy.built("pack", state.hexdigest()[:16], build))
    return [_rule(head) for head in heads]


def read(path: str) -> list[Rule]:
    """The rules of a pack as they are written, untested. Raises :class:`PackError`."""
    rules: list[Rule] = []
    for file in _files(Path(path)):
        rules += _short_rules(file) if file.suffix in (".yaml", ".yml") else [_page(file)]
    return rules


def read_pages(directory: Path) -> list[Rule]:
    """The rule pages of a plug-in, whose checks may be Python functions. Raises :class:`PackError`."""
    return [_page(file, python=True) for file in sorted(directory.rglob("*.md"))]


def tested(rules: list[Rule]) -> list[Rule]:
    """The rules, when every one of them does what its samples say. Raises :class:`PackError` otherwise."""
    from perfgoals_lint.testing import failures

    for rule in rules:
        try:
            wrong = failures(rule, samples_of(rule.head["text"], rule.code))
        except (SampleError, ValueError) as error:
            wrong = [str(error)]
        if wrong:
            raise PackError(rule.origin, rule.head.get("line"), f"{rule.code}: {wrong[0]}")
    return rules


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [
        file
        for file in sorted(path.rglob("*"))
        if file.suffix in (".yaml", ".yml", ".md") and file.name != "README.md"
    ]


def _rule(head: dict[str, Any]) -> Rule:
    return Rule(head, head["origin"], dict(head.get("parameters", {})))


def _page(file: Path, python: bool = False) -> Rule:
    from perfgoals_lint.pack_schema import PageHead, checked

    try:
        head = policy.page_head(file)
    except ValueError as error:
        raise PackError(file, None, str(error).removeprefix(f"{file}: ")) from error
    checked(PageHead, head, file, first_line=2)
    if head["check"]["kind"] == "python" and not python:
        raise PackError(file, None, "a pack has no Python functions; write a plug-in for that")
    text = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    return _rule({**head, "text": text, "origin": str(file)})


def _short_rules(file: Path) -> list[Rule]:
    from perfgoals_lint.pack_schema import PackFile, checked

    try:
        data = policy.load_yaml(file.read_text(encoding="utf-8"), file)
    except (ValueError, OSError) as error:
        raise PackError(file, None, str(error).removeprefix(f"{file}: ")) from error
    pack = checked(PackFile, data, file)
    return [
        _rule(_head(rule.model_dump(by_alias=True, exclude_none=True), file, rule.line))
        for rule in pack.rules
    ]


def _head(short: dict[str, Any], file: Path, line: int | None) -> dict[str, Any]:
    """The full head of a short rule: what it leaves out follows from its check and its title."""
    from perfgoals_lint.declarative.kinds import scopes_of

    title = _both(short["title"])
    kind = short["check"]["kind"]
    scope = short.get("scope") or scopes_of(kind)[0]
    row = scope == "row"
    said = {
        lang: wording(f"pack.{'row' if row else 'table'}", lang).replace("{title}", title[lang])
        for lang in title
    }
    if row:
        short["check"].setdefault("where", {}).setdefault("filled", True)
    return {
        **short,
        "name": short.get("name") or short["code"].lower(),
        "title": title,
        "message": _both(short["message"]) if "message" in short else said,
        "scope": scope,
        "origin": str(file),
        "line": line,
        "text": _text(title["zh"], short.pop("bad"), short.pop("good")),
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
    lines = [line.strip() for line in sample.strip().splitlines()]
    rows = "".join(f"| {line.strip('| ')} |\n" for line in lines if "|" in line)
    others = "".join(f"{line}\n" for line in lines if "|" not in line)
    return f"{others}\n{_HEADER}{rows}" if rows else others
