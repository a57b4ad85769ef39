"""The JSON of the data contract."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from perfgoals_lint.model.places import Location


def to_json(value: Any) -> Any:
    """Plain JSON data of any model value: decimals as strings without exponent, ``Location`` without unset members,
    ``from_`` as ``from``."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    items = (
        (f.name.rstrip("_"), getattr(value, f.name)) for f in fields(value) if f.metadata.get("printed", True)
    )
    if isinstance(value, Location):
        return {name: to_json(item) for name, item in items if item is not None}
    return {name: to_json(item) for name, item in items}
