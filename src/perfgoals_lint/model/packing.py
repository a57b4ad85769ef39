"""Dataclasses as plain data, and back: how documents and results travel between processes and lie in caches.

An object is the list of its members in their order. What they are made of again is read off their annotations, so that
the classes are the one description of what is sent and kept. Members annotated ``Any`` must hold plain data.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Made = TypeVar("Made")
Reader = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, NoneType})


def packed(value: Any) -> Any:
    """A dataclass, or lists and mappings of some, as lists, mappings, texts, numbers and ``None``."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [packed(one) for one in value]
    if isinstance(value, dict):
        return {key: packed(one) for key, one in value.items()}
    if isinstance(value, Decimal):
        return str(value)
    if not is_dataclass(kind):
        return value
    members, readers = _members(kind)
    row = list(members(value))
    for place, _ in readers:
        if row[place] is not None:
            row[place] = packed(row[place])
    return row


def unpacked(kind: type[Made], row: Any) -> Made:
    """The object of a class that :func:`packed` made a list of. Raises ``TypeError``, ``ValueError`` or ``LookupError`` for
    most other data."""
    data = list(row)
    for place, read in _members(kind)[1]:
        if data[place] is not None:
            data[place] = read(data[place])
    return kind(*data)


def _members_of(kind: Any) -> tuple[Callable[[Any], Iterable[Any]], list[tuple[int, Reader]]]:
    """What gives the members of an object in their order, and those that are not plain data, with their readers."""
    names = [member.name for member in fields(kind)]
    hints = get_type_hints(kind)
    readers = [(place, read) for place, name in enumerate(names) if (read := _reader(hints[name]))]
    return (attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, names[0])]), readers


_members: Callable[[Any], tuple[Callable[[Any], Iterable[Any]], list[tuple[int, Reader]]]] = cache(
    _members_of
)


def _reader(kind: Any) -> Reader | None:
    """How a member of a type is made of plain data; ``None`` where it is plain data itself."""
    if kind is Decimal:
        return Decimal
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(unpacked, kind)
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one is not NoneType]
    if origin is tuple:
        return tuple
    if origin is UnionType and len(inner) > 1 and all(map(is_dataclass, inner)):
        by_length = {len(fields(one)): one for one in inner}
        return lambda row: unpacked(by_length[len(row)], row)
    read = _reader(inner[-1]) if origin in (list, dict, UnionType) else None
    if read is None or origin is UnionType:
        return read
    if origin is list:
        return lambda row: [read(one) for one in row]
    return lambda row: {key: read(one) for key, one in row.items()}
