"""A constraint in plain words, Chinese or English: what the parser understood, for a reader to check."""

from decimal import Decimal
from functools import cache
from typing import Any, Literal

from perfgoals_lint.rulebook.messages import entry
from perfgoals_lint.rulebook.policy import index
from perfgoals_lint.values import types

Lang = Literal["zh", "en"]


@cache
def _words(lang: Lang) -> dict[str, str]:
    """The texts of ``rules/messages/values.yaml`` by their keys."""
    texts = index()["messages"]["values"]
    return {key: text[lang] for key, text in texts.items() if key != "signs"}


def explain(constraint: types.Constraint, lang: Lang = "zh") -> str:
    """One line that says what was read: ``三年≥18家`` is “over 3 年: at least 18 家”. Units stay as printed."""
    said = _words(lang)
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
    if parts[:2] == (None, None) and found.day is not None:
        named = said["day"].format(found.day)  # of each month
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
    text = said["relative"].format(entry("values", "signs")[found.op][lang], other)
    return said["subject"].format(found.subject) + text if found.subject else text
