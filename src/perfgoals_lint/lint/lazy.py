"""Members that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Made = TypeVar("Made")


class lazy(Generic[Made]):  # noqa: N801 - it stands where functools.cached_property would
    """A member that is made by the method that it decorates and then kept with the object.

    A rule asks for dozens of them a table. Unlike ``functools.cached_property`` it takes no lock, which costs more than
    most of what is made: a table is looked at by one thread.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, thing: None, owner: type) -> lazy[Made]: ...

    @overload
    def __get__(self, thing: object, owner: type) -> Made: ...

    def __get__(self, thing: object | None, owner: type) -> lazy[Made] | Made:
        """What was made; the member itself when the class is asked."""
        if thing is None:
            return self
        made = thing.__dict__[self._name] = self._make(thing)
        return made
