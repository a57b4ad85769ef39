"""One Python function of all row selectors that are asked of the same rows, with what they share worked out once.

The selectors are written as straight-line source: one ``if`` a rule, which takes the bit of a rule away whose selector does
not select the row. Plain words become comparisons; patterns, long lists and facts of the analysis are calls of the
interpreter's own tests (:mod:`perfgoals_lint.lint.kinds.selector`). A test that several selectors ask for is asked at most
once a row, and only when it is reached. Selectors that look at the table around the row are not written: their rules stay
possible. ``perfgoals-lint rules --explain-plan`` prints the source.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.kinds.selector import FIELDS, looks_around, row_test, value_test
from perfgoals_lint.lint.kinds.texts import expand, text_test

Selecting = Callable[[Row, int], int]
_PLAIN = {
    "is": lambda text, words: f"{text}.strip() in {words!r}",
    "starts": lambda text, words: f"{text}.startswith({words!r})",
    "ends": lambda text, words: f"{text}.endswith({words!r})",
    "contains": lambda text, words: " or ".join(f"{word!r} in {text}" for word in words) or "False",
}
"""How conditions on plain words are written."""
_OF_ROW = frozenset({"filled", "stated", "cost", "has_number", "not_applicable"})
"""Conditions that are written as a look at the row: whether it is as asked."""
_MOST_WORDS = 12
"""Words that are written out; longer lists are asked as one test."""


class SelectorFunction(NamedTuple):
    """A function that is given a row and bits, one a rule, and takes those away whose selectors do not select the row;
    its source, and what the tests are that the source calls, by their names."""

    select: Selecting
    source: str
    tests: Mapping[str, str]


@dataclass(slots=True)
class _SelectorSource:
    """Writes selectors as expressions in which every test is a mark, so that its uses can be counted."""

    written: list[str] = field(default_factory=list)
    marks: dict[tuple[str, str], int] = field(default_factory=dict)
    uses: Counter[int] = field(default_factory=Counter)
    called: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)

    def selector(self, spec: Mapping[str, Any]) -> str:
        """The expression that is true where a row selector selects a row, in the order in which it is interpreted."""
        parts: list[str] = []
        for key, test in row_test(spec):
            parts.append(self._test(key, spec[key], partial(self._row, key, spec[key], test)))
        for key in spec:
            if key in FIELDS:
                self.fields.add(key)
                parts.append(self._test(key, spec[key], partial(self._text, key, spec[key])))
        if "value" in spec:
            given = spec["value"]
            parts.append(
                self._test("value", given, lambda: f"{self._call(value_test(given))}(row) is not None")
            )
        if barred := [self.selector(one) for one in spec.get("none", ())]:
            parts.append(f"not ({' or '.join(barred)})")
        if "any" in spec:
            parts.append(f"({' or '.join(self.selector(one) for one in spec['any']) or 'False'})")
        return f"({' and '.join(parts)})" if parts else "True"

    def _test(self, key: str, spec: Any, write: Callable[[], str]) -> str:
        known = (key, repr(spec))
        if known not in self.marks:
            self.marks[known] = len(self.written)
            before = len(self.called)
            self.written.append(write())
            if len(self.called) > before:
                self.said[f"test_{before}"] = f"{key}: {spec!r}"
        number = self.marks[known]
        self.uses[number] += 1
        return f"\0{number}\0"

    def _call(self, test: Callable[..., Any]) -> str:
        name = f"test_{len(self.called)}"
        self.called[name] = test
        return name

    def _row(self, key: str, spec: Any, test: Callable[[Row], bool]) -> str:
        if key in _OF_ROW and isinstance(spec, bool):
            return f"row.{'is_cost' if key == 'cost' else key} is {spec}"
        if key in ("class", "class_not"):
            classes = tuple(spec) if isinstance(spec, list) else (spec,)
            said = f"row.class1 in {classes!r} or row.class2 in {classes!r}"
            return said if key == "class" else f"not ({said})"
        return f"{self._call(test)}(row)"

    def _text(self, key: str, spec: Any) -> str:
        given = spec if isinstance(spec, Mapping) else {"contains": spec}
        parts: list[str] = []
        for condition, listed in given.items():
            words = (
                tuple(expand([listed] if isinstance(listed, str) else listed)) if condition in _PLAIN else ()
            )
            if condition not in _PLAIN or len(words) > _MOST_WORDS or any("*" in word for word in words):
                return f"{self._call(text_test(spec))}({key}) is not None"
            parts.append(f"({_PLAIN[condition](key, words)})")
        return " and ".join(parts) or "True"

    def resolved(self, expression: str) -> str:
        """An expression with its tests in the place of their marks; one of many uses is remembered where it is first
        asked."""
        pieces = expression.split("\0")
        for place in range(1, len(pieces), 2):
            number = int(pieces[place])
            test = self.written[number]
            known = f"known_{number}"
            pieces[place] = (
                f"({known} if {known} is not None else ({known} := bool({test})))"
                if self.uses[number] > 1
                else f"({test})"
            )
        return "".join(pieces)


def planned(selectors: Sequence[tuple[str, Mapping[str, Any] | None]]) -> SelectorFunction:
    """The plan of some selectors, each with the code of its rule, in the order of their bits; ``None`` stands for a rule
    whose rows are not told by a selector."""
    writer = _SelectorSource()
    asked = [
        (place, code, writer.selector(spec))
        for place, (code, spec) in enumerate(selectors)
        if spec and not looks_around(spec)
    ]
    lines = ["def select(row, bits):"]
    if writer.fields:
        lines.append("    own = row.indicator")
        lines += [f"    {key} = own.{FIELDS[key]} or ''" for key in FIELDS if key in writer.fields]
    lines += [f"    known_{number} = None" for number, uses in sorted(writer.uses.items()) if uses > 1]
    for place, code, expression in asked:
        lines.append(f"    # {' '.join(code.split())}")
        lines.append(f"    if bits & {1 << place:#x} and not {writer.resolved(expression)}:")
        lines.append(f"        bits ^= {1 << place:#x}")
    lines.append("    return bits")
    source = "\n".join(lines) + "\n"
    made: dict[str, Any] = dict(writer.called)
    # Words stand in the source as literals and nowhere else; a page cannot bring code in.
    exec(compile(source, "<plan>", "exec"), made)
    return SelectorFunction(_careful(made["select"]), source, writer.said)


def _careful(select: Selecting) -> Selecting:
    """The same, leaving all rules possible where a test fails, which the rule itself then says."""

    def careful(row: Row, bits: int) -> int:
        try:
            return select(row, bits)
        except Exception:
            return bits

    return careful
