"""Pydantic at the edge: JSON Schema of the constraints, and constraints read back from JSON."""

from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from perfgoals_lint.values import types

Discriminated = Annotated[types.Constraint, Field(discriminator="kind")]


@cache
def constraint_adapter() -> TypeAdapter[types.Constraint]:
    """The adapter of the union of all constraints, told apart by ``kind``.

    ``validate_json`` gives the same slots dataclasses that ``parse`` gives; ``json_schema`` the published schema.
    """
    adapter: TypeAdapter[types.Constraint] = TypeAdapter(Discriminated)
    return adapter
