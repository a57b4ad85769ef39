"""What is left to ask of rows of one signature: selectors without what the signature settles, and where to look at all.

All rows of a signature (:mod:`perfgoals_lint.lint.kinds.narrowing`) answer the settled conditions of a selector alike.
So a selector is worked out once for them: settled conditions are taken away, branches that cannot hold as well. What is
left looks at texts, and mostly for words: a rule that can only find something where one of some characters stands is not
asked of a row without them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.kinds.generated import Selecting, planned
from perfgoals_lint.lint.kinds.narrowing import narrowed
from perfgoals_lint.lint.kinds.selector import row_selector
from perfgoals_lint.lint.kinds.texts import expand
from perfgoals_lint.rulebook.edges import DIGIT, Characters, found_by

Thing = TypeVar("Thing")
Signs = tuple[frozenset[str], frozenset[str]]
"""Characters of which one must stand in the name or, the second ones, in a value."""
_NOWHERE: frozenset[str] = frozenset()
_MOST_KEPT = 4096
_OFTEN = 32
"""Rows after which it pays to make one function of the selectors."""


def settled(spec: Mapping[str, Any], row: Row, *, matched: bool = True) -> dict[str, Any] | None:
    """What is left of a row selector for rows with the signature of this one; ``None`` where it selects none of them.

    ``matched``: what the selector finds is asked for, not only whether it selects.
    """
    left: dict[str, Any] = {}
    for key, given in spec.items():
        if key == "any":
            branches = [settled(one, row, matched=False) for one in given]
            open_ = [one for one in branches if one is not None]
            if not open_:
                return None
            if all(open_):
                left[key] = open_
        elif key == "none":
            barring = [settled(one, row, matched=False) for one in given]
            if {} in barring:
                return None
            if any(barring):
                left[key] = [one for one in barring if one]
        else:
            kept, whole = narrowed({key: given})
            if kept and row_selector(kept)(row) is None:
                return None
            if not whole or (matched and key == "value"):
                left[key] = given
    return left


def signs(spec: Mapping[str, Any]) -> Signs | None:
    """Where a check of one row can find something at all; ``None`` where nothing is known of that."""
    found = [_of_kind(spec), _of_selector(spec.get("where", {}))]
    return _fewest(found)


def _of_kind(spec: Mapping[str, Any]) -> Signs | None:
    if spec["kind"] == "pattern":
        return _in_fields(spec["field"], found_by(spec["matches"]))
    if spec["kind"] == "lexicon" and "residue" not in spec:
        return _in_fields(spec["field"], _of_words(expand(spec["words"])))
    if spec["kind"] == "bound" and "value" not in spec:
        # What a limit is about stands in the name or in front of the figure.
        texts = [_of_text(limit["about"]) for limit in spec["limits"]]
        return _of_any(None if one is None else (one, one) for one in texts)
    return None


def _in_fields(field: str | list[str], characters: Characters) -> Signs | None:
    fields = set(field if isinstance(field, list) else [field])
    if characters is None or not fields <= {"level3", "value"}:
        return None
    return (characters if "level3" in fields else _NOWHERE, characters if "value" in fields else _NOWHERE)


def _of_selector(spec: Mapping[str, Any]) -> Signs | None:
    found: list[Signs | None] = []
    if "name" in spec and (characters := _of_text(spec["name"])) is not None:
        found.append((characters, _NOWHERE))
    if "value" in spec and (characters := _of_text(spec["value"])) is not None:
        found.append((_NOWHERE, characters))
    if "any" in spec:
        found.append(_of_any(map(_of_selector, spec["any"])))
    return _fewest(found)


def _of_any(branches: Iterable[Signs | None]) -> Signs | None:
    names, values = _NOWHERE, _NOWHERE
    for branch in branches:
        if branch is None:
            return None
        names, values = names | branch[0], values | branch[1]
    return names, values


def _fewest(found: Iterable[Signs | None]) -> Signs | None:
    known = [one for one in found if one is not None]
    return min(known, key=lambda one: len(one[0]) + len(one[1]), default=None)


def _of_text(spec: Any) -> Characters:
    """Characters of which a text must hold one to meet a condition."""
    if isinstance(spec, str):
        spec = [spec]
    if isinstance(spec, list):
        spec = {"contains": spec}
    found: list[Characters] = []
    for key in ("is", "contains", "starts", "ends"):
        if key in spec:
            listed = spec[key]
            found.append(_of_words(expand([listed] if isinstance(listed, str) else listed)))
    if "matches" in spec:
        found.append(found_by(spec["matches"]))
    return min((one for one in found if one is not None), key=len, default=None)


def _of_words(words: Sequence[str]) -> Characters:
    """For each word a character that it has; ``*`` in it stands for any text."""
    found: set[str] = set()
    for word in words:
        pieces = [character for character in word if character != "*"]
        if not pieces:
            return None
        if found.isdisjoint(pieces):
            found.add(pieces[-1])
    return frozenset(found)


class _Bits(dict[str, int]):
    """By character the things that it makes possible, as bits."""

    def __init__(self) -> None:
        super().__init__()
        self.digit = 0

    def add(self, characters: Iterable[str], bit: int) -> None:
        for character in characters:
            if character == DIGIT:
                self.digit |= bit
            else:
                self[character] = self[character] | bit if character in self else bit

    def __missing__(self, character: str) -> int:
        self[character] = made = self.digit if character.isdecimal() else 0
        return made

    def of(self, text: str) -> int:
        """What the characters of a text make possible."""
        found = 0
        for character in text:
            found |= self[character]
        return found


class Index(Generic[Thing]):
    """Things, each with its signs, and which of them are possible for a row; where ``selectors`` are given (each with the
    code of its rule), in the order of the things, only those that they select, once it has been asked often."""

    def __init__(
        self,
        things: Sequence[tuple[Thing, Signs | None]],
        selectors: Sequence[tuple[str, Mapping[str, Any] | None]] = (),
    ) -> None:
        self._selectors = selectors
        self._asked = 0
        self._select: Selecting | None = None
        self._things = [thing for thing, _ in things]
        self._always = 0
        self._names, self._values = _Bits(), _Bits()
        self._kept: dict[int, list[Thing]] = {}
        for place, (_, where) in enumerate(things):
            if where is None:
                self._always |= 1 << place
            else:
                self._names.add(where[0], 1 << place)
                self._values.add(where[1], 1 << place)
        for bits in (self._names, self._values):
            for character in bits:
                if character.isdecimal():
                    bits[character] |= bits.digit

    def of(self, row: Row) -> list[Thing]:
        """The things that are possible for a row, in their order."""
        possible = self._always | self._names.of(row.name)
        for value in row.values:
            possible |= self._values.of(value.text)
        if self._select is not None:
            possible = self._select(row, possible)
        elif self._selectors:
            self._asked += 1
            if self._asked > _OFTEN:
                self._select = planned(self._selectors).select
        found = self._kept.get(possible)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = [thing for place, thing in enumerate(self._things) if possible >> place & 1]
            self._kept[possible] = found
        return found
