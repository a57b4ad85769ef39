"""Speed and exactness of the value parser beside a plain regular expression and the usual libraries, in one run.

    python benchmarks/values.py [--values 20000] [--peer-values 400] [--rounds 3]

Libraries are used when they can be imported (recognizers_number, jionlp, cn2an, quantulum3, pint); the others are
named as absent. All values are made up here, with the operator, figure and unit that they state. Rates are values per
CPU second, the best of the rounds. “number” is the share whose figure is right; “+ operator” adds the comparison;
“+ unit” everything, and “read rightly” is the rate of values with everything right. A library that raises, finds
nothing or finds something else has not read the value.
Two ratios stand on their own lines: values per CPU second against Recognizers-Text's dimension model and against cn2an,
medians of interleaved rounds; a library that is not there is skipped with the reason.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal, InvalidOperation
from importlib import import_module
from io import StringIO
from statistics import median
from typing import Any, NamedTuple

from perfgoals_lint.values.parser import parse
from perfgoals_lint.values.types import Quantity


class Truth(NamedTuple):
    text: str
    op: str
    value: Decimal
    unit: str | None
    easy: bool


Reading = tuple[str | None, Decimal | None, str | None]
Reader = Callable[[str], Reading]
NOTHING: Reading = (None, None, None)

EASY = ("≥{n}%", "{n}家", "≥{n}次", "≤{n}万元", "{n}", "{n}%", "≤{n}天", ">{n}人")
HARD = (
    "三年≥{n}家", "{n}家以上", "不少于{n}次", "每年≥{n}次", "{n}元/人/年", "控制在{n}%以内", "满意度≥{n}%", "不低于{n}%", "大于{n}次",
    "{n}个工作日内", "约{n}人", "较上年增长{n}%", "百分之{c}", "{c}家", "新增床位{n}张", "至少{n}场次", "{n}万人次", "≧ {n} %",
    "一次性合格率达{n}%以上", "人民币{n}万元",
)  # fmt: skip
MEANT = {
    "≥": ">=", "≧": ">=", "≤": "<=", ">": ">", "以上": ">=", "不少于": ">=", "不低于": ">=", "至少": ">=", "控制在": "<=",
    "内": "<=", "大于": ">", "约": "~",
}  # fmt: skip


def made_up(number: int) -> list[Truth]:
    """Distinct values, half of them easy, with what they state."""
    dice = random.Random(7)
    found: dict[str, Truth] = {}
    while len(found) < number:
        easy = len(found) % 2 == 0
        template = dice.choice(EASY if easy else HARD)
        figure = dice.choice(
            (dice.randint(1, 99), dice.randint(100, 99_999), Decimal(dice.randint(1, 99_999)) / 100)
        )
        value = Decimal(figure)
        if "{c}" in template:
            value = Decimal(dice.randint(1, 99))
        text = template.format(n=figure, c=_chinese(int(value) % 100))
        op = next((sign for mark, sign in MEANT.items() if mark in template), "=")
        scale = 10_000 if re.search(r"}万", template) else 1
        found[text] = Truth(text, op, value * scale, _unit(template), easy)
    return list(found.values())


def _unit(template: str) -> str | None:
    match = re.search(r"}\s*(?:个(?=工作日))?万?(工作日|%|人次|场次|家|次|天|人|元|张)", template)
    return "%" if "百分之" in template else match[1] if match else None


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (
        (digits[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (digits[ones] if ones or not tens else "")
    )


# --- the readers ------------------------------------------------------------------------------------------------------


def ours(text: str) -> Reading:
    found = parse.__wrapped__(text)
    return (found.op, found.value, found.unit) if isinstance(found, Quantity) else NOTHING


_EASY = re.compile(r"([≥≤><=]?)\s*(\d+(?:\.\d+)?)(万?)([%家次元天人]?)")
_SIGN = {"≥": ">=", "≤": "<=", "": "="}


def regular_expression(text: str) -> Reading:
    match = _EASY.fullmatch(text)
    if not match:
        return NOTHING
    value = Decimal(match[2]) * (10_000 if match[3] else 1)
    return _SIGN.get(match[1], match[1]), value, match[4] or None


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text).rstrip("%"))
    except InvalidOperation:
        return None


def recognizers() -> Reader:
    module = import_module("recognizers_number")
    culture = import_module("recognizers_text").Culture.Chinese
    numbers = module.NumberRecognizer(culture)
    models = [numbers.get_percentage_model(), numbers.get_number_model()]

    def read(text: str) -> Reading:
        for model in models:
            for result in model.parse(text):
                value = str(result.resolution["value"])
                return "=", _number(value), "%" if value.endswith("%") else None
        return NOTHING

    return read


def dimensions() -> Reader:
    module = import_module("recognizers_number_with_unit")
    model = module.NumberWithUnitRecognizer(
        import_module("recognizers_text").Culture.Chinese
    ).get_dimension_model()

    def read(text: str) -> Reading:
        for result in model.parse(text):
            return "=", _number(result.resolution["value"]), result.resolution["unit"]
        return NOTHING

    return read


def jionlp() -> Reader:
    module = import_module("jionlp")
    signs = {"+": ">=", "-": "<="}

    def read(text: str) -> Reading:
        found = module.parse_money(text)
        number = found["num"] if found else None
        value = number[0] if isinstance(number, list) else number
        op = signs.get(found.get("definition", ""), "=") if found else None
        return op, _number(value), found.get("case") if found else None

    return read


def cn2an() -> Reader:
    module = import_module("cn2an")
    return lambda text: ("=", _number(module.cn2an(text, "smart")), None)


def quantulum3() -> Reader:
    module = import_module("quantulum3.parser")

    def read(text: str) -> Reading:
        found = module.parse(text)
        if not found:
            return NOTHING
        unit = "%" if found[0].unit.name == "percentage" else None
        return "=", _number(found[0].value), unit

    return read


def pint() -> Reader:
    registry = import_module("pint").UnitRegistry()

    def read(text: str) -> Reading:
        found = registry.parse_expression(text)
        return "=", _number(getattr(found, "magnitude", found)), None

    return read


PEERS: dict[str, Callable[[], Reader]] = {
    "Recognizers-Text": recognizers, "jionlp": jionlp, "cn2an": cn2an, "quantulum3": quantulum3, "pint": pint,
}  # fmt: skip


# --- measuring --------------------------------------------------------------------------------------------------------


def safely(read: Reader) -> Reader:
    """``read`` with every failure as nothing read."""

    def guarded(text: str) -> Reading:
        try:
            return read(text)
        except Exception:
            return NOTHING

    return guarded


def rate(read: Reader, texts: list[str], rounds: int) -> float:
    """Values per CPU second, the best of the rounds."""
    best = 0.0
    for _ in range(rounds):
        begin = time.process_time()
        for text in texts:
            read(text)
        best = max(best, len(texts) / (time.process_time() - begin))
    return best


def shares(read: Reader, values: list[Truth]) -> tuple[float, float, float]:
    """The shares read rightly: figure; figure and operator; figure, operator and unit."""
    right = [0, 0, 0]
    for truth in values:
        op, value, unit = read(truth.text)
        if value == truth.value:
            right[0] += 1
            right[1] += op == truth.op
            right[2] += op == truth.op and unit == truth.unit
    return right[0] / len(values), right[1] / len(values), right[2] / len(values)


def ratios(values: list[Truth], few: list[Truth], rounds: int) -> None:
    """Print how many distinct values are read for one that a library reads: medians of interleaved rounds.

    Recognizers-Text is asked for its dimension model; cn2an reads numerals only, and is given just these.
    """
    texts = [truth.text for truth in values]
    some = [truth.text for truth in few]
    figures = [found[0] for text in texts if (found := _NUMERAL.search(text))]
    peers: dict[str, tuple[Callable[[], Reader], list[str], float]] = {
        "Recognizers-Text, dimensions": (dimensions, some, 6),
        "cn2an, the bare numerals": (cn2an, figures, 0.7),
    }
    for name, (make, given, wanted) in peers.items():
        try:
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                read = safely(make())
                read(given[0])
        except ImportError as missing:
            print(f"{name}: skipped, {missing}")
            continue
        measured = [(rate(ours, texts, 1), rate(read, given, 1)) for _ in range(max(rounds, 5))]
        ratio = median(own / other for own, other in measured)
        print(f"{name}: {ratio:.2f} times its values per CPU second (wanted: {wanted})")


_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+")


def report(name: str, read: Reader, values: list[Truth], rounds: int) -> float:
    """Print one line; gives the values read wholly right per CPU second."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for truth in values[:20]:
            read(truth.text)
        speed = rate(read, [truth.text for truth in values], rounds)
        number, operator, unit = shares(read, values)
    print(
        f"{name:<34} {speed:>12,.0f}/s {speed * unit:>12,.0f}/s   {number:>7.1%} {operator:>10.1%} {unit:>8.1%}"
        f"   n={len(values)}"
    )
    return speed * unit


def remembered(text: str) -> Reading:
    """As a run reads values: one that comes again is not read again."""
    parse(text)
    return NOTHING


def stream_rate(values: list[Truth], rounds: int) -> float:
    """Values per CPU second on a stream in which every value comes four times, as rows of goal tables repeat theirs."""
    texts = [truth.text for truth in values[: len(values) // 4]] * 4
    random.Random(3).shuffle(texts)
    best = 0.0
    for _ in range(rounds):
        parse.cache_clear()
        best = max(best, rate(remembered, texts, 1))
    return best


def main() -> None:
    options = argparse.ArgumentParser(description="Speed and exactness of the value parser beside its peers.")
    options.add_argument("--values", type=int, default=20_000)
    options.add_argument("--peer-values", type=int, default=400)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    values = made_up(chosen.values)
    few = values[: chosen.peer_values]
    print(
        f"{'':<34} {'values/CPU s':>14} {'read rightly':>14}   {'number':>7} {'+ operator':>10} {'+ unit':>8}"
    )
    report("perfgoals-lint, distinct", ours, values, chosen.rounds)
    report("perfgoals-lint, the easy half", ours, [one for one in values if one.easy], chosen.rounds)
    report(
        "regular expression, the easy half",
        regular_expression,
        [one for one in values if one.easy],
        chosen.rounds,
    )
    print(f"{'perfgoals-lint, with repeats':<34} {stream_rate(values, chosen.rounds):>12,.0f}/s")
    ratios(values[:4000], few, chosen.rounds)
    own = report("perfgoals-lint, the peers' values", ours, few, chosen.rounds)
    absent = []
    for name, make in PEERS.items():
        try:
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                read = make()
        except ImportError:
            absent.append(name)
            continue
        speed = report(name, safely(read), few, 1)
        print(f"{'':<34} perfgoals-lint reads {own / speed:,.0f} times as many rightly" if speed else "")
    if absent:
        print("absent, not measured:", ", ".join(absent))


if __name__ == "__main__":
    main()
