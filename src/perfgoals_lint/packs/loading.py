"""Rules that are not the rulebook's own: those of packs and of installed plug-ins."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_lint.lint.deadline import TooMuchWork, work_limit
from perfgoals_lint.packs.errors import PackError, Said
from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.rulebook.rules import Rulebook, load

if TYPE_CHECKING:
    from perfgoals_lint.packs.samples import Sample

_MOST_SECONDS = 10.0
"""What the samples of a rule may take: a pattern that takes longer on a few rows would never end on a table."""

_OF_NUMBERS = frozenset({"bound", "direction", "unit"})
"""Kinds of check that have nothing to say of a value without a number."""


def load_with(packs: Sequence[str] = (), plugins: Sequence[str] = ()) -> Rulebook:
    """The rulebook with the rules of packs (files or directories) and of installed plug-ins (by name).

    Raises ``ValueError`` for a pack or plug-in that cannot be used, or a code that is used twice.
    """
    book = load(more=_rules(packs, plugins))
    if plugins:
        from perfgoals_lint.packs.plugins import state_of

        code = state_of(list(plugins))
        book.digest = hashlib.sha256(f"{book.digest}{code}".encode()).hexdigest()[:16]
    return book


def _rules(packs: Sequence[str], plugins: Sequence[str]) -> Iterator[Rule]:
    files: set[str] = set()
    for path in packs:
        # A file may be named twice, on the command line and in a configuration, or by its directory too.
        rules = [rule for rule in load_pack(path) if os.path.realpath(rule.origin) not in files]
        files.update(os.path.realpath(rule.origin) for rule in rules)
        yield from rules
    if plugins:
        from perfgoals_lint.packs import plugins as installed

        yield from installed.load(list(plugins))


def load_pack(path: str) -> list[Rule]:
    """The rules of a pack, tested by their samples; a pack that has not changed since is not tested again.

    Raises :class:`PackError`.
    """
    from perfgoals_lint.packs.pages import files_of, read

    place = Path(path)
    if not place.exists():
        raise PackError(path, None, "", [Said(None, "absent", {})])
    files = files_of(place)
    if not files:
        raise PackError(path, None, "", [Said(None, "no_rules", {})])
    state = hashlib.sha256(policy.index()["digest"].encode())
    for file in files:
        state.update(file.as_posix().encode() + file.read_bytes())

    def build() -> bytes:
        return json.dumps(
            [(rule.as_data(), rule.origin) for rule in tested(read(path))], ensure_ascii=False
        ).encode()

    heads: list[tuple[dict[str, Any], str]] = json.loads(policy.built("pack", state.hexdigest()[:16], build))
    return [Rule.of(head, origin) for head, origin in heads]


def tested(rules: list[Rule]) -> list[Rule]:
    """The rules, when every one of them does what its samples say. Raises :class:`PackError` otherwise."""
    from perfgoals_lint.packs.samples import SampleError, samples_of
    from perfgoals_lint.packs.testing import NOTHING_FOUND, failures

    found: dict[str, list[Said]] = {}
    seen: dict[str, Rule] = {}
    for rule in rules:
        faults = found.setdefault(rule.origin, [])
        if rule.code in seen:
            other = f"{seen[rule.code].origin}:{seen[rule.code].line or 1}"
            faults.append(Said(rule.line, "twice", {"code": rule.code, "other": other}))
        seen.setdefault(rule.code, rule)
        try:
            with work_limit(_MOST_SECONDS):
                samples = samples_of(rule.page_text or "", rule.code)
                wrong = failures(rule, samples)
        except (SampleError, ValueError, re.error) as error:
            samples, wrong = [], [str(error)]
        except (TypeError, KeyError, AttributeError) as error:  # a part of its check is none that it may be
            faults.append(Said(rule.line, "unusable", {"code": rule.code, "why": str(error)}))
            continue
        except TooMuchWork:
            faults.append(Said(rule.line, "slow", {"code": rule.code, "seconds": format(_MOST_SECONDS, "g")}))
            continue
        silent = wrong and NOTHING_FOUND in wrong[0]
        if silent and (hint := _without_number(rule, samples)):
            faults.append(Said(rule.line, "numberless", {"code": rule.code, **hint}))
        elif wrong:
            faults.append(Said(rule.line, "sample", {"code": rule.code, "why": wrong[0]}))
    for origin, faults in found.items():
        if faults:
            raise PackError(origin, None, "", faults)
    return rules


def _without_number(rule: Rule, samples: list[Sample]) -> dict[str, str] | None:
    """What to write instead of a check of numbers whose bad samples have none in their values; ``None`` for any other."""
    check = rule.check
    if check.get("kind") not in _OF_NUMBERS:
        return None
    rows = [row for one in samples if one.bad for table in one.document.tables for row in table.indicators]
    values = [value for row in rows for value in (row.annual_value, row.cycle_value) if value]
    if not values or any(char.isnumeric() for value in values for char in value):
        return None
    named = check.get("where", {}).get("class", "…")
    listed = [named] if isinstance(named, str) else list(named)
    timely = set(listed) <= {"timeliness", "时效", "时效指标"}
    classes = listed[0] if len(listed) == 1 else f"[{', '.join(listed)}]"
    return {"kind": check["kind"], "classes": classes, "kinds": "deadline, period" if timely else "quantity"}
