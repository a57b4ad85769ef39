"""Values without a unit, and names that ask for a percentage."""

from perfgoals_lint.lint.context import Value
from perfgoals_lint.lint.facts.heads import is_of_many
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression, finds
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.types import Quantity

_DIGIT = compiled(r"\d")


def bare_quantity(value: Value) -> Quantity | None:
    """The quantity of a value that prints a number without a unit; its ``unit`` is then the name's, if anything."""
    quantity = value.quantity
    if quantity is None or quantity.unit_source == "value" or quantity.ratio is not None:
        return None
    return quantity if quantity.op_stated or _DIGIT.search(value.text) else None


def is_zero(quantity: Quantity) -> bool:
    """Is it none at all, which is the same in any unit? A floor of none is no such thing."""
    numbers = {number for number in (quantity.value, quantity.low, quantity.high) if number is not None}
    return numbers == {0} and quantity.op in ("=", "<=")


def split_brackets(name: str) -> tuple[str, list[str]]:
    """A name without the brackets behind it, and what stands in them, the last first."""
    inside: list[str] = []
    head = name.rstrip()
    while head.endswith((")", "）")):
        start = max(head.rfind("("), head.rfind("（"))
        if start < 0:
            break
        inside.append(head[start + 1 : -1].strip())
        head = head[:start].rstrip()
    return head, inside


def is_rate(name: str | None) -> bool:
    """Does the name ask for a percentage: a rate, a share, a satisfaction, or a name with a percent sign?"""
    if not name:
        return False
    if finds(name, "rates.percent"):
        return True
    name = split_brackets(name)[0].removesuffix("指标")
    false = ends_with_any(name, "names.false_rates") and not ends_with_any(name, "names.true_rates")
    return not false and finds(name, "rates.asked")


def asks_rate(value: Value, quantity: Quantity) -> bool:
    """Is a percentage asked for, by the name or by the subject of the value? A rate of so many things (万台事故率) is
    none."""
    if is_of_many(value.row.name):
        return False
    return is_rate(value.row.name) or is_rate(quantity.subject)


def unit_written(value: Value, quantity: Quantity, unit: str) -> Edit:
    """The edit that writes a unit behind the number, in front of a bound that follows it (10以上)."""
    start, end = quantity.span or (0, len(value.text))
    number = expression("rates.number_end").search(value.text[start:end])
    at = start + number.end() if number else end
    fixed = f"{value.text[:at]}{unit}{value.text[at:]}"
    return Edit(value.row.place(value.field), value.field, value.text, fixed)
