"""Right and wrong sentences from the templates of ``tests/prose/wordings.yaml``, as tables with a budget and rows."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

FILES = (
    Path(__file__).parents[1] / "prose" / "wordings.yaml",
    Path(__file__).parents[1] / "prose" / "wordings_of_sectors.yaml",
    Path(__file__).parents[1] / "prose" / "wordings_of_clauses.yaml",
)
FEES = (
    "苗圃养护费",
    "水泵检修费",
    "档案数字化费",
    "场馆保洁费",
    "课程开发费",
    "疫苗冷藏费",
    "车辆燃油费",
    "桥梁检测费",
    "展品布置费",
    "评审劳务费",
    "网络租用费",
    "食材配送费",
)
PLACES = ("枫桥村", "柳泉村", "云岭村", "沙湾村", "丹溪村", "梅园村", "竹溪村", "北塘村")
THINGS = ("净水机", "显微镜", "洒水车", "测温仪", "广播主机", "巡检无人机")
FRAME = (
    ("产出指标", "数量指标", "完成任务数", "≥3项"),
    ("产出指标", "质量指标", "验收合格率", "=100%"),
    ("产出指标", "时效指标", "资料归档时间", "12月底前"),
    ("效益指标", "社会效益指标", "投诉下降率", "≥10%"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
)
_NUMERALS = "零一二三四五六七八九十"
_RANGES = {
    **dict.fromkeys("abcde", (3, 60)),
    **dict.fromkeys("nmk", (2, 12)),
    **dict.fromkeys("xy", (100, 900)),
}
_TRIES = 500


@dataclass
class Case:
    """One table: the text with its box, the budget in 万元, further rows and boxes, and whether a figure is wrong."""

    name: str
    text: str
    box: str
    budget: str
    wrong: bool
    rows: list[list[str]] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    def table(self) -> str:
        """The table as csv."""
        boxes = {**self.others, self.box: self.text}
        boxes.setdefault("年度目标", "按计划完成年度任务，保障设施安全运行。")
        lines = [
            ["项目支出绩效目标表（2024年度）"],
            ["项目名称", "青禾市设施提升项目"],
            ["主管部门", "青禾市市政局"],
        ]
        lines += [["预算金额（万元）", self.budget], *([name, text] for name, text in boxes.items())]
        lines += [["一级指标", "二级指标", "三级指标", "指标值"], *map(list, FRAME), *self.rows]
        written = io.StringIO()
        csv.writer(written).writerows([*line, *[""] * (4 - len(line))] for line in lines)
        return written.getvalue()


def cases(seed: str = "", files: Iterable[Path] = FILES) -> list[Case]:
    """A right case of each template and, where something is stated, a wrong one."""
    found: list[Case] = []
    for kind, listed in chain.from_iterable(_templates(file).items() for file in files):
        for number, template in enumerate(listed):
            sides = (False, True) if template[1] else (False,)
            found += [
                _case(f"{kind}-{number:02d}{'w' if wrong else 'r'}", template, wrong, seed) for wrong in sides
            ]
    return found


def _templates(file: Path) -> dict[str, list[list[Any]]]:
    """The templates of a file by kind, no kind with the name of one in another file."""
    read: dict[str, list[list[Any]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read if file == FILES[0] else {f"{file.stem}-{kind}": listed for kind, listed in read.items()}


def _case(name: str, template: list[Any], wrong: bool, seed: str) -> Case:
    rng = random.Random(f"{seed}{name}{template[0]}")
    text, expression, budget = template[:3]
    options: dict[str, Any] = template[3] if len(template) > 3 else {}
    values, true = _drawn(rng, text, expression, options)
    stated = _wrong(rng, true, text, options) if wrong and true is not None else true
    names = dict(zip("ACDE", fees := rng.sample(FEES, 5), strict=False))
    names["B1" if "{B1}" in text else "B"] = fees[4]
    names.update(zip("VWXYZ", rng.sample(PLACES, 5), strict=True))
    names["th"] = rng.choice(THINGS)
    shown = {key: plain(value) for key, value in values.items()}
    if stated is not None:
        shown["T"] = plain(stated)
    if expression == "B":
        names.pop("B", None)
        shown["B"] = shown["T"]

    def fill(pattern: str) -> str:
        if stated is not None and 0 < stated <= 10:
            pattern = pattern.replace("{T:cn}", _NUMERALS[int(stated)])
        for key, value in {**shown, **names}.items():
            pattern = pattern.replace("{" + key + "}", value)
        return pattern

    return Case(
        name,
        fill(text),
        options.get("field", "年度目标"),
        plain(_budget(budget, expression, true, stated, values)),
        wrong,
        [[fill(cell) for cell in row] for row in options.get("rows", [])],
        {key: fill(value) for key, value in options.get("other", {}).items()},
    )


def _drawn(
    rng: random.Random, text: str, expression: str, options: dict[str, Any]
) -> tuple[dict[str, Decimal], Decimal | None]:
    """The numbers of one sentence, no two alike, and what they make."""
    for _ in range(_TRIES):
        drawn = {letter: rng.randint(*bounds) for letter, bounds in _RANGES.items()}
        drawn |= {letter: 100 * rng.randint(3, 40) for letter in "pq"}
        drawn |= {letter: 5 * rng.randint(2, 18) for letter in "rs"}
        drawn |= {letter: rng.randint(*bounds) for letter, bounds in options.get("range", {}).items()}
        drawn |= {letter: drawn[letter] // by * by for letter, by in options.get("mult", {}).items()}
        for letter, least in options.get("min", {}).items():
            drawn[letter] = max(drawn[letter], least + rng.randint(0, 9))
        values = {letter: Decimal(number) for letter, number in drawn.items()}
        values |= {letter: Decimal(rng.randint(105, 3999)) / 100 for letter in "uvw"}
        used = [values[letter] for letter in values if "{" + letter + "}" in text]
        more, less = options.get("gt", ("x", "n"))
        if len(set(used)) < len(used) or not values[more] > values[less]:
            continue
        for letter, made in options.get("let", {}).items():
            values[letter] = Decimal(eval(made, {}, values))
        if expression == "B":
            return values, values["a"]
        true = Decimal(eval(expression, {}, values)) if expression else None
        if true is None or (true > 0 and len(plain(true).partition(".")[2]) <= 4):
            return values, true
    raise ValueError(text)


def _wrong(rng: random.Random, true: Decimal, text: str, options: dict[str, Any]) -> Decimal:
    """Another number of about the same size."""
    if "count" in options or "month" in options:
        steps = {"up": (1, 2), "down": (-1,)}.get(str(options.get("count")), (-1, 1, 2) if true > 2 else (1,))
        return true + rng.choice(steps)
    if options.get("up"):
        return true * 2
    places = min(int(true.normalize().as_tuple().exponent), 0)
    stated = (true + true * rng.choice((6, 9, 12, -7, -10, -15)) / 100).quantize(Decimal(1).scaleb(places))
    if stated == true or stated <= 0:
        stated = true + rng.choice((2, 3))
    return true - 4 if "{T}%" in text and stated >= 100 else stated


def _budget(
    budget: str, expression: str, true: Decimal | None, stated: Decimal | None, values: dict[str, Decimal]
) -> Decimal:
    if budget in ("T", "T/10000") and stated is not None:
        return stated / (10000 if "/" in budget else 1)
    if budget == "B" and true is not None and stated is not None:
        return true if expression == "B" else stated
    return Decimal(eval(str(budget), {}, values))


def plain(number: Decimal) -> str:
    """A number without exponent and trailing zeros."""
    return f"{number.quantize(Decimal('0.000001')).normalize():f}"
