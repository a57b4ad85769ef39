"""The labelled rows of ``labelled.yaml`` as documents: each row stands in an otherwise ordinary table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from perfgoals_lint.model import Document
from perfgoals_lint.packs.samples import samples_of

FILE = Path(__file__).with_name("labelled.yaml")
_NEUTRAL = (
    ("产出", "数量", "渡口维护个数", "=12个"),
    ("产出", "质量", "渡口设施完好率", "≥96%"),
    ("产出", "时效", "渡口维护完成时间", "2025年11月底前"),
    ("产出", "成本", "项目总成本", "≤85万元"),
    ("效益", "社会效益", "渡运服务人口", "≥32000人"),
    ("满意度", "服务对象满意度", "沿江群众满意度", "≥92%"),
)
_GOAL = "2025年维护渡口12个，设施完好率达到96%以上，服务人口32000人，沿江群众满意度达到92%以上。"


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled row: ``meant`` says whether the rule should speak of it; ``alternatives`` name the same fault,
    ``form`` is the profile."""

    rule: str
    alternatives: tuple[str, ...]
    meant: bool
    name: str
    value: str
    document: Document
    form: str


def cases() -> Iterator[Case]:
    """All labelled cases, in the order of the file."""
    for block in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        for side in ("positive", "near"):
            for text in _expanded(block.get(side, []), block.get("words", {})):
                yield _case(block, text, side == "positive")


def _expanded(templates: list[Any], words: dict[str, list[str]]) -> Iterator[str]:
    for template in map(str, templates):
        used = [key for key in words if f"{{{key}}}" in template]
        for chosen in product(*(words[key] for key in used)):
            yield template.format(**dict(zip(used, chosen, strict=True)))


def _case(block: dict[str, Any], text: str, meant: bool) -> Case:
    field = block.get("field")
    rows = [block["name"] if field else text]
    if block.get("twice"):
        rows = text.split("//") if "//" in text else [text, text]
    lines = [
        "- 项目名称：渡口维护",
        "- 预算年度：2025",
        "- 用款单位：青岚县航务所",
        "- 预算数：85 万元",
        f"- 年度目标：{_GOAL}",
    ]
    lines += ["| 一级 | 二级 | 三级 | 年度值 | 绩效指标描述 | 指标值确定依据 |", "|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} | | |" for row in _NEUTRAL]
    first, second = block["class"]
    for row in rows:
        name, value = row.split("|")
        extra = {"description": "", "basis": "", **({field: text} if field else {})}
        lines.append(f"| {first} | {second} | {name} | {value} | {extra['description']} | {extra['basis']} |")
    document = samples_of("## 正例\n" + "\n".join(lines) + "\n", "labelled")[0].document
    name, value = rows[0].split("|")
    return Case(
        block["rule"], tuple(block.get("alt", ())), meant, name, value, document, block.get("form", "mof15")
    )
