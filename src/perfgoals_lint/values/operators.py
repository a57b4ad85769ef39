"""The words of the notation, ready for look-up, and what operators in front and behind say together."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfgoals_lint.rulebook.lexing import Token
    from perfgoals_lint.values.reading import Bound
    from perfgoals_lint.values.types import Aggregate, Approx, Op

_SIGNS: dict[str, tuple[Op, Approx | None]] = {
    ">=": (">=", None), "<=": ("<=", None), ">": (">", None), "<": ("<", None), "=": ("=", None), "~": ("~", "about"),
    "reach": (">=", None), "hold": ("=", None), "nearly": ("~", "under"), "over": ("~", "over"),
}  # fmt: skip
_GLYPHS = {"≮": ">=", "≯": "<=", "≈": "~", "过": ">"}
_LONGEST_RUN = 3
"""Signs in a row that are looked up as they stand; of more each counts once."""


class Rules(NamedTuple):
    """The word lists that tell roles, ready for look-up."""

    op: dict[str, tuple[Op, Approx | None]]
    weak: frozenset[str]
    numeric: frozenset[str]
    floors: frozenset[str]
    post: dict[str, tuple[Op, Approx | None]]
    aggregates: dict[str, Aggregate]
    rates: dict[str, str]
    fillers: frozenset[str]
    remark: tuple[str, ...]
    references: re.Pattern[str]
    conjunctions: frozenset[str]
    dropped: tuple[str, ...]
    opening: tuple[str, ...]
    changed: frozenset[str]
    standing: tuple[str, ...]
    changes: re.Pattern[str]
    past: tuple[str, ...]
    longest_tail: int
    longest_reference: int


@cache
def operator_words() -> dict[str, dict[str, list[str]]]:
    """The listed operators as words, with the verbs of a change in every form that names where it arrives."""
    data: dict[str, Any] = lexicon("values")["operators"]
    arrivals = [verb + ending for verb in data["arrivals"]["verbs"] for ending in data["arrivals"]["endings"]]
    numeric = data["numeric"]
    return {"compared": data["compared"], "numeric": numeric | {"hold": [*numeric["hold"], *arrivals]}}


def _runs() -> Iterator[tuple[str, str]]:
    """Every run of signs that point one way, and what it says: equality that any of them has is meant (=>, >≥, ≥=)."""
    for strict, inclusive in (">≥", "<≤"):
        for length in range(1, _LONGEST_RUN + 1):
            for run in product(("=", strict, inclusive), repeat=length):
                yield "".join(run), run[0] if len(set(run)) == 1 and run[0] != inclusive else f"{strict}="


_LOOSE = frozenset({"内", "上下", "前后"})
_TURNED: dict[str, Op] = {">": "<=", "<": ">=", ">=": "<"}


def _negated() -> Iterator[tuple[str, Op, bool]]:
    """Every negation with every comparison: (words, sign, whether it counts only before a figure)."""
    data: dict[str, Any] = lexicon("values")["operators"]
    for sign, names in data["negated"].items():
        for negation in data["negations"]:
            yield from ((negation + name, _TURNED[sign], sign == ">=") for name in names)


@cache
def rules() -> Rules:
    """The role words of ``rules/lexicons/values.yaml``."""
    data: dict[str, Any] = lexicon("values")
    op = {glyph: _SIGNS[sign] for glyph, sign in (*_GLYPHS.items(), *_runs())}
    for listed in operator_words().values():
        for sign, names in listed.items():
            op.update(dict.fromkeys(names, _SIGNS[sign]))
    turned = list(_negated())
    op.update((words, _SIGNS[sign]) for words, sign, _ in turned)
    numeric = operator_words()["numeric"]
    aggregates: dict[str, Aggregate] = {}
    for group in ("anywhere", "numeric"):
        for kind, names in data["aggregates"][group].items():
            aggregates.update(dict.fromkeys(names, kind))
    return Rules(
        op,
        frozenset((*numeric["reach"], *numeric["hold"], *numeric["~"], *numeric["nearly"])),
        frozenset(name for names in numeric.values() for name in names)
        | {words for words, _, short in turned if short},
        frozenset((*data["operators"]["compared"][">="], *data["operators"]["compared"][">"])),
        {name: _SIGNS[sign] for sign, names in data["bounds"].items() for name in names}
        | {"多": _SIGNS["over"], "余": _SIGNS["over"], "+": _SIGNS[">="]},
        aggregates,
        data["aggregates"]["rates"],
        frozenset(data["fillers"]),
        tuple(data["remark_verbs"]),
        compiled("|".join(data["references"])),
        frozenset(data["conjunctions"]),
        tuple(data["dropped"]),
        tuple(sorted((*data["fillers"], *numeric["reach"], "完成", "占"), key=len, reverse=True)),
        frozenset(numeric["hold"]),
        tuple(data["standing"]),
        compiled("|".join(("翻", *data["rises"], *data["falls"]))),
        ("的", *lexicon("qualitative")["past_figures"]),
        data["longest_tail"],
        data["longest_reference"],
    )


def open_words() -> list[str]:
    """The words for a sign that nothing but a figure can follow (不少于, 达到, 提高至)."""
    ends = tuple(lexicon("values")["operators"]["open"])
    return [word for word in rules().op if len(word) > 1 and word.endswith(ends)]


@cache
def _endings() -> str:
    words = (word for listed in lexicon("values")["bounds"].values() for word in listed if word not in _LOOSE)
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def trailing() -> re.Pattern[str]:
    """A bound at the end of words. 内, 上下 and 前后 end other words too (省内)."""
    return compiled(f"(?:{_endings()})$")


@cache
def bounded() -> re.Pattern[str]:
    """Words up to the end of an item that end in a bound."""
    longest = lexicon("values")["longest_tail"]
    return compiled(rf"[^、,;。\n\d()]{{1,{longest}}}?(?:\([^()]{{0,4}}\))?(?:{_endings()})(?=$|[、,;。\n(])")


def op_of(bound: Bound, dangling: Token | None) -> tuple[Op, bool, Approx | None]:
    """The operator of a bound, whether the text states it, and how the figure is fuzzy: (op, stated, approx)."""
    known = rules()
    token = bound.op if bound.op is not None else dangling
    before = None if token is None else known.op.get(_each_sign(token))
    after = None if bound.post is None else behind(bound.post)
    if before is not None and not (after is not None and token in known.weak):
        fuzzy = bound.low.figure.fuzzy or (after is not None and after[1] == "over")
        return before[0], True, "over" if fuzzy else before[1]
    if after is not None:
        return after[0], True, after[1]
    return ("~", False, "over") if bound.low.figure.fuzzy else ("=", False, None)


def _each_sign(token: str) -> str:
    """The signs of a long run, each once (==>>> says what => does); other operators as they are."""
    return "".join(dict.fromkeys(token)) if len(token) > _LONGEST_RUN and token[0] in "=>≥<≤" else token


def behind(post: str) -> tuple[Op, Approx | None] | None:
    """What a bound behind an amount says; (不含)以上 leaves the figure out."""
    bracket, _, word = post.rpartition(")")
    found = rules().post.get(word)
    if found is not None and bracket.startswith("(不") and found[0] in _STRICT:
        return _STRICT[found[0]], found[1]
    return found


_STRICT: dict[str, Op] = {">=": ">", "<=": "<"}
