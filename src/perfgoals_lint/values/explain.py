"""A constraint in plain words, Chinese or English: what the parser understood, for a reader to check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.values import types

Lang = Literal["zh", "en"]

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "=": "{0}", "stated=": "等于 {0}", ">=": "不少于 {0}", ">": "多于 {0}", "<=": "不超过 {0}", "<": "少于 {0}",
        "~": "约 {0}", "between": "{0} 至 {1}", "low": "（不含 {0}）", "over": "{0}内合计：", "per": "每{0}", "perjoin": "",
        "total": "合计", "average": "平均", "each": "各", "of": "{0}的", "subject": "{0}：", "object": "（{0}）",
        "name": "（单位取自指标名称）", "baseline": "，基数 {0}", "approx_over": "，有余数", "approx_under": "，略低于", "by": "，{0}",
        "increase": "增加", "decrease": "减少", "note": "；注：{0}",
        "deadline<=": "最迟 {0}", "deadline=": "在 {0}", "deadline>=": "自 {0}起", "every": "每{0}：", "unknown": "年份未写明",
        "period": "自 {0} 至 {1}", "hours": "每日时段 {0}", "relative": "{0} {1}", "reference": "参照“{0}”", "none": "未写明的参照",
        "rank<=": "{0}前 {1} 名", "rank=": "{0}第 {1} 名", "rank%": "{0}前 {1}%", "compound": "{0} 项：", "join": "；",
        "choice": "等级：{0}", "chosen": "，取“{0}”", "judgement": "定性评价“{0}”，没有可以衡量的数值", "statement": "文字表述，没有读出指标值",
        "suspect": "疑似识别有误的数字，未作为数值", "placeholder": "占位符，尚未填写", "echo": "照抄指标名称，没有指标值",
        "withheld": "不公开", "not_applicable": "不适用", "empty": "空白", "change": "由 {0} 变为 {1}", "impossible_date": "没有这一天（月）", "doubt": "（存疑，请核对）",
    },
    "en": {
        "=": "{0}", "stated=": "exactly {0}", ">=": "at least {0}", ">": "more than {0}", "<=": "at most {0}",
        "<": "less than {0}", "~": "about {0}", "between": "{0} to {1}", "low": " (without {0})", "over": "over {0}: ",
        "per": " per {0}", "perjoin": "", "total": "in total ", "average": "on average ", "each": "each ", "of": " of {0}",
        "subject": "{0}: ", "object": " ({0})", "name": " (unit from the indicator's name)", "baseline": ", baseline {0}",
        "approx_over": ", and somewhat more", "approx_under": ", somewhat less", "by": ", {0}", "increase": "increase by ",
        "decrease": "decrease by ", "note": "; note: {0}",
        "deadline<=": "by {0}", "deadline=": "within {0}", "deadline>=": "from {0}", "every": "every {0}: ",
        "unknown": "year not stated", "period": "from {0} to {1}", "hours": "hours of the day {0}", "relative": "{0} {1}", "reference": "“{0}”",
        "none": "an unnamed reference", "rank<=": "among the first {1}{0}", "rank=": "number {1}{0}",
        "rank%": "among the first {1}%{0}", "compound": "{0} constraints: ", "join": "; ", "choice": "scale {0}",
        "chosen": ", “{0}” chosen", "judgement": "a judgement (“{0}”) without a measure",
        "statement": "words; no target value was read", "suspect": "looks like a figure damaged in scanning; not read",
        "placeholder": "a placeholder, not filled in", "echo": "repeats the indicator's name; no target value",
        "withheld": "withheld", "not_applicable": "not applicable", "empty": "empty", "change": "from {0} to {1}", "impossible_date": "there is no such date", "doubt": " (in doubt, please check)",
    },
}  # fmt: skip

_SIGNS = {
    "zh": {"=": "等于", ">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于"},
    "en": {"=": "equal to", ">=": "at least", ">": "above", "<=": "at most", "<": "below"},
}


def explain(constraint: types.Constraint, lang: Lang = "zh") -> str:
    """One line that says what was read: ``三年≥18家`` is “over 3 年: at least 18 家”. Units stay as printed."""
    said = _WORDS[lang]
    match constraint:
        case types.Quantity():
            text = _quantity(constraint, said, lang)
        case types.Deadline():
            text = _deadline(constraint, said)
        case types.PeriodValue(start=None, end=None, span=(start, end)) if ":" in constraint.text[
            start:end
        ] or any(sign in constraint.text[start:end] for sign in "时点"):
            text = said["hours"].format(constraint.text[start:end])
        case types.PeriodValue():
            text = said["period"].format(
                constraint.start or said["unknown"], constraint.end or said["unknown"]
            )
        case types.Relative():
            text = _relative(constraint, said, lang)
        case types.Rank():
            key = "rank%" if constraint.unit == "%" else "rank" + constraint.op
            scope = constraint.scope or ""
            if lang == "en" and scope:
                scope = f" of {scope}"
            text = said[key].format(scope, types.plain(constraint.value))
        case types.Compound():
            text = said["compound"].format(len(constraint.parts))
            text += said["join"].join(explain(part, lang) for part in constraint.parts)
        case types.Choice():
            text = said["choice"].format("/".join(constraint.scale))
            text += said["chosen"].format(constraint.chosen) if constraint.chosen else ""
        case types.Change():
            text = said["change"].format(
                _amount(constraint.from_, constraint.unit), _amount(constraint.to, constraint.unit)
            )
            text = said["subject"].format(constraint.subject) + text if constraint.subject else text
        case types.Judgement():
            text = said["judgement"].format(constraint.text.strip())
        case types.Statement():
            text = said[
                "suspect" if constraint.suspect else "placeholder" if constraint.placeholder else "statement"
            ]
        case types.Name():
            text = said["echo"]
        case _:
            text = said[constraint.kind]
    return text + (said["note"].format(constraint.note) if constraint.note else "")


def _amount(value: Decimal | None, unit: str | None) -> str:
    figure = "" if value is None else types.plain(value)
    return figure + (unit if unit in {"%", "‰", "‱"} else f" {unit}" if unit else "")


def _measure(measure: types.Measure, always: bool = False) -> str:
    return (
        measure.unit if measure.count == 1 and not always else f"{types.plain(measure.count)} {measure.unit}"
    )


def _quantity(found: types.Quantity, said: dict[str, str], lang: Lang) -> str:
    if found.op == "between":
        text = said["between"].format(_amount(found.low, None), _amount(found.high, found.unit))
        text += said["low"].format(_amount(found.low, None)) if found.low_op == ">" else ""
        text += said["low"].format(_amount(found.high, None)) if found.high_op == "<" else ""
    else:
        key = "stated=" if found.op == "=" and found.op_stated else found.op
        text = said[key].format(found.ratio or _amount(found.value, found.unit))
    rate = "".join(said["per"].format(_measure(one)) for one in found.per)
    reference = said["of"].format(found.reference) if found.reference and not found.change else ""
    aggregate = said[found.aggregate] if found.aggregate else ""
    change = said[found.change] if found.change else ""
    text = (
        f"{rate}{aggregate}{change}{reference}{text}"
        if lang == "zh"
        else f"{aggregate}{change}{text}{reference}{rate}"
    )
    if found.over is not None:
        text = said["over"].format(_measure(found.over, always=True)) + text
    if found.subject:
        text = said["subject"].format(found.subject) + text
    return text + _additions(found, said)


def _additions(found: types.Quantity, said: dict[str, str]) -> str:
    text = said["object"].format(found.object) if found.object else ""
    if found.approx in {"over", "under"}:
        text += said[f"approx_{found.approx}"]
    if found.baseline is not None:
        text += said["baseline"].format(_amount(found.baseline.value, found.baseline.unit))
    if found.deadline is not None:
        text += said["by"].format(_deadline(found.deadline, said))
    text += said["doubt"] if found.suspect else ""
    return text + (said["name"] if found.unit_source == "name" else "")


def _deadline(found: types.Deadline, said: dict[str, str]) -> str:
    parts: tuple[Any, ...] = (found.year, found.month, found.day)
    named = "-".join(f"{part:02d}" for part in parts if part is not None)
    when = found.date or (
        f"{named} ({said['unknown']})" if named and found.every is None else named or found.text
    )
    text = said["deadline" + found.op].format(when)
    if found.every is not None:
        text = said["every"].format(_measure(found.every)) + text
    return said["subject"].format(found.subject) + text if found.subject else text


def _relative(found: types.Relative, said: dict[str, str], lang: Lang) -> str:
    if found.reference is not None:
        other = said["reference"].format(found.reference)
    else:
        other = said["none"] if found.value is None else _amount(found.value, found.unit)
    text = said["relative"].format(_SIGNS[lang][found.op], other)
    return said["subject"].format(found.subject) + text if found.subject else text
