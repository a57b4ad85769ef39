"""What a value asks for, the same for two that ask for it in other words or units."""

from operator import attrgetter
from unicodedata import normalize

from perfgoals_lint.lint.context import Value
from perfgoals_lint.values.units import measure_of

_MORE = attrgetter(
    "low", "high", "per", "over", "aggregate", "subject", "object", "reference", "baseline", "approx", "change", "ratio",
    "deadline", "note",
)  # fmt: skip
"""What a quantity has beside its bound, its number and its unit."""


def asked_for(value: Value) -> tuple[object, ...]:
    """The bound, the dimension and the number in base units (≥3000平方米 and 0.3万平方米以上); of a value that says more, its
    text without blanks, in one width."""
    quantity = value.quantity
    if quantity is None or quantity.value is None or any(_MORE(quantity)):
        return ("".join(normalize("NFKC", value.text).split()),)
    dimension, size = measure_of(quantity.unit)
    return quantity.op, dimension, quantity.value * size
