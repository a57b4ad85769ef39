"""The labelled rows of this folder as documents: each stands in an otherwise ordinary table, or is a goal of one.

A case is written ``name|value`` and may change its table behind that: ``|goal:…`` (the annual goal), ``|cycle:…`` (the
goal of the cycle), ``|project:…``, ``|budget:…``, ``|years:2025-2027``, ``|drop:质量`` (class whose row is left out),
``|row:数量,name,value`` (a further row, as often as needed), ``|target:…`` (the value of the cycle),
``|description:…``, ``|basis:…``. Options of a block hold for all its cases. With ``vary: goal`` (or another option)
the case itself is that option, and no row is added. ``projects: 2`` makes as many tables; a text cut by ``//`` then
gives each its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from perfgoals_lint.model import Document
from perfgoals_lint.packs.samples import samples_of

DOCUMENTS = Path(__file__).with_name("documents.md")
FILES = tuple(sorted(Path(__file__).parent.glob("*.yaml")))
_CLASSES = {
    "数量": ("产出", "数量"),
    "质量": ("产出", "质量"),
    "时效": ("产出", "时效"),
    "成本": ("产出", "成本"),
    "经济": ("效益", "经济效益"),
    "社会": ("效益", "社会效益"),
    "生态": ("效益", "生态效益"),
    "持续": ("效益", "可持续影响"),
    "满意": ("满意度", "服务对象满意度"),
}
_NEUTRAL = (
    ("数量", "渡口维护个数", "=12个"),
    ("质量", "渡口设施完好率", "≥96%"),
    ("时效", "渡口维护完成时间", "2025年11月底前"),
    ("成本", "项目总成本", "≤{budget}"),
    ("社会", "渡运服务人口", "≥32000人"),
    ("满意", "沿江群众满意度", "≥92%"),
)
_GOAL = "2025年维护渡口12个，设施完好率达到96%以上，服务人口32000人，沿江群众满意度达到92%以上。"
_TITLES = ("渡口维护", "航标养护", "趸船更新")
_OPTIONS = frozenset(
    [
        "goal",
        "cycle",
        "project",
        "budget",
        "years",
        "drop",
        "row",
        "target",
        "description",
        "basis",
        "class1",
        "class2",
        "subgoal",
    ]
)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled row or goal: ``meant`` says whether the rule should speak of it; ``alternatives`` name the same fault,
    ``form`` is the profile. ``names`` are the indicators that it may speak of, empty where any will do."""

    rule: str
    alternatives: tuple[str, ...]
    meant: bool
    text: str
    names: frozenset[str]
    document: Document
    form: str
    previous: Document | None = None


def cases(files: tuple[Path, ...] = FILES) -> Iterator[Case]:
    """All labelled cases, in the order of the files."""
    for file in files:
        for block in yaml.safe_load(file.read_text(encoding="utf-8")):
            for side in ("positive", "near"):
                for text in _expanded(block.get(side, []), block.get("words", {})):
                    yield _case(block, text, side == "positive")


def documents(file: Path = DOCUMENTS) -> Iterator[Case]:
    """The labelled documents: whole tables, of which any place may be what the rule speaks of."""
    parts = re.split(r"^# (PG\w+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for code, page in zip(parts[1::2], parts[2::2], strict=True):
        for sample in samples_of(page, code):
            form = sample.framework or "mof15"
            last = sample.previous
            yield Case(code, (), sample.bad, f"{sample.title}", frozenset(), sample.document, form, last)


def _expanded(templates: list[Any], words: dict[str, list[str]]) -> Iterator[str]:
    for template in map(str, templates):
        used = [key for key in words if f"{{{key}}}" in template]
        for chosen in product(*(words[key] for key in used)):
            yield template.format(**dict(zip(used, chosen, strict=True)))


def _case(block: dict[str, Any], text: str, meant: bool) -> Case:
    # A field that varies is a column of the row, and the row is the block's.
    vary = block.get("vary", block.get("field"))
    fields, options = _split(text) if vary is None else ([], {vary: [text]})
    if vary is not None and block.get("name"):
        fields = block["name"].split("|")
    elif vary is not None and "|" in text:
        _, extra = _split(f"|{text.partition('|')[2]}")
        options = {vary: [text.partition("|")[0]], **extra}
    options = {key: [str(block[key])] for key in _OPTIONS if key in block} | options
    document = samples_of("## 正例\n" + "\n".join(_lines(block, fields, options)) + "\n", "labelled")[
        0
    ].document
    own: set[str] = set()
    if fields:
        own = {name for index in range(3) for name, _ in _rows(block, fields, index)}
        own |= {row.split(",")[1] for row in options.get("row", [])}
    form = block.get("form", "mof15")
    return Case(block["rule"], tuple(block.get("alt", ())), meant, text, frozenset(own), document, form)


def _split(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """Name and value of a case, and its options."""
    fields: list[str] = []
    options: dict[str, list[str]] = {}
    for part in text.split("|"):
        key, colon, value = part.partition(":")
        if colon and key in _OPTIONS:
            options.setdefault(key, []).append(value)
        elif part:
            fields.append(part)
    return fields, options


def _lines(block: dict[str, Any], fields: list[str], options: dict[str, list[str]]) -> Iterator[str]:
    count = int(block.get("projects", 1))
    for index in range(count):
        own = {key: _part(texts[0], index) for key, texts in options.items() if key != "row"}
        budget = own.get("budget", "85 万元")
        yield f"- 项目名称：{own.get('project', _TITLES[index])}"
        yield "- 预算年度：2025"
        yield "- 用款单位：青岚县航务所"
        yield f"- 预算数：{budget}"
        if "years" in own:
            yield f"- 起止年度：{own['years']}"
        if "cycle" in own:
            yield f"- 周期目标：{own['cycle']}"
        yield f"- 年度目标：{own.get('goal', _GOAL)}"
        if "subgoal" in own:
            yield f"- 分项目标：{own['subgoal']}"
        columns = ["一级", "二级", "三级", "年度值", "绩效指标描述", "指标值确定依据"]
        columns += ["周期值"] if "years" in own else []
        yield f"| {' | '.join(columns)} |"
        dropped = own.get("drop", "").split("、")
        for label, name, value in _NEUTRAL:
            if label not in dropped:
                yield _row(_CLASSES[label], name, value.format(budget=budget.replace(" ", "")), own)
        for name, value in _rows(block, fields, index):
            yield _row(tuple(block["class"]), name, value, own, own)
        for row in options.get("row", []) if index == 0 else []:
            label, name, value = row.split(",")
            yield _row(_CLASSES[label], name, value, own)


def _rows(block: dict[str, Any], fields: list[str], index: int) -> Iterator[tuple[str, str]]:
    """Name and value of the rows under test: one, or with ``twice`` two, alike or cut by ``//``."""
    if not fields:
        return
    if not block.get("twice"):
        yield _part(fields[0], index), _part(fields[1], index)
        return
    text = "|".join(fields)
    for half in text.split("//") if "//" in text else (text, text):
        name, value = half.split("|")
        yield name, value


def _row(
    labels: tuple[str, ...], name: str, value: str, own: dict[str, str], more: dict[str, str] | None = None
) -> str:
    """A row; ``more`` holds the columns of a row under test, which the ordinary rows leave empty."""
    extra = more or {}
    columns = [*labels, name, value, extra.get("description", ""), extra.get("basis", "")]
    columns += [extra.get("target", value)] if "years" in own else []
    return f"| {' | '.join(columns)} |"


def _part(text: str, index: int) -> str:
    parts = text.split("//")
    return parts[min(index, len(parts) - 1)]
