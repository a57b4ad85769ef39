"""The decorator of most classes: a dataclass whose comparison and printed form are written once for all of them.

``dataclasses`` writes, compiles and runs a method of its own for each class and each purpose. A start of the program
makes more than a hundred classes, and two thirds of what they cost are these two methods, which hardly any run calls.
Type checkers read the standard decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

Made = TypeVar("Made")
_OWN = frozenset({"eq", "frozen", "repr", "unsafe_hash"})
"""Options that say something of comparing and printing."""


@cache
def _members(kind: type) -> tuple[list[str], list[str]]:
    """The members by which objects of a class are compared, and those that are shown."""
    known = dataclasses.fields(kind)
    return [one.name for one in known if one.compare], [one.name for one in known if one.repr]


def _equals(self: Any, other: object) -> Any:
    compared = _members(self.__class__)[0]
    if other.__class__ is not self.__class__:
        return NotImplemented
    return all(getattr(self, name) == getattr(other, name) for name in compared)


def _shown(self: Any) -> str:
    members = ", ".join(f"{name}={getattr(self, name)!r}" for name in _members(self.__class__)[1])
    return f"{self.__class__.__qualname__}({members})"


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options: bool) -> Callable[[type[Made]], type[Made]]:
        """The same as ``dataclasses.dataclass(**options)``; what is not compared as usual is left to that."""
        if not _OWN.isdisjoint(options):
            return dataclasses.dataclass(**options)

        def made(kind: type[Made]) -> type[Made]:
            own = kind.__dict__
            methods = {"__eq__": _equals, "__hash__": None, "__repr__": _shown}
            written = {name: method for name, method in methods.items() if own.get(name) is None}
            new = dataclasses.dataclass(kind, eq=False, repr=False, **options)
            for name, method in written.items():
                setattr(new, name, method)
            return new

        return made
