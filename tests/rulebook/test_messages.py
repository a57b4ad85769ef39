"""Every text that people read is there in both languages, takes the same arguments in both, and is asked for by its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.policy import index
from perfgoals_lint.rulebook.rule import _SHAPES, faults

SOURCE = Path(__file__).parents[2] / "src" / "perfgoals_lint"
LANGUAGES = ("zh", "en")
PROBLEM = re.compile(r"PGX\d{3}$")
ARGUMENT = re.compile(r"(?<!\{)\{(\w+)")
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
NOT_IDS = {"reasons": "", "packs": "failures.", "values": ""}
"""Texts that are found by what a library or a tester says in English or by what a constraint is, not by an id."""


def texts(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """The texts of a group of messages, each with its path of keys."""
    for key, held in group.items():
        if isinstance(held, dict) and set(LANGUAGES) & held.keys():
            yield (*path, str(key)), held
        elif isinstance(held, dict):
            yield from texts(held, (*path, str(key)))


def listed() -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    for name, group in index()["messages"].items():
        for path, said in texts(group):
            yield name, path, said


def with_ids() -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    for name, path, said in listed():
        if name not in NOT_IDS or not ".".join(path).startswith(NOT_IDS[name]):
            yield name, path, said


def test_every_text_is_there_in_both_languages() -> None:
    assert [(name, path) for name, path, said in listed() if not set(LANGUAGES) <= said.keys()] == []


def test_both_languages_take_the_same_arguments() -> None:
    differ = []
    for name, path, said in with_ids():
        sets = [set(ARGUMENT.findall(str(said[lang]))) for lang in LANGUAGES]
        # A plural is chosen by n, and names of things that somebody fills in are words of a language.
        if (sets[0] ^ sets[1]) - {"n"} and all(one.isascii() for one in sets[0] | sets[1]):
            differ.append((name, path))
    assert differ == []


def test_every_id_is_asked_for_somewhere() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*")
        if path.suffix in (".py", ".js", ".html")
    )
    composed = set(re.findall(r"([\w.]+[._])\{", source))
    composed |= {f"{group}." for group in re.findall(r"\.name\(\s*\"(\w+)\"", source)}

    def is_asked_for(path: tuple[str, ...]) -> bool:
        key = ".".join(path)
        last = key.split(".")[-1]
        begun = any(key.startswith(one) or last.startswith(one) for one in composed)
        return begun or key in source or re.search(rf"[\"'`]{re.escape(last)}[\"'`]", source) is not None

    asked = {path for _, path, _ in with_ids() if PROBLEM.match(path[0]) or is_asked_for(path)}
    assert [path for _, path, _ in with_ids() if path not in asked] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_id_can_be_said(lang: str) -> None:
    for name, path, said in listed():
        if isinstance(said[lang], str) and name not in NOT_IDS:
            assert isinstance(message(name, ".".join(path), lang), str)


@pytest.mark.parametrize("name", _SHAPES)
def test_what_is_wrong_with_a_page_is_told_in_chinese(name: str) -> None:
    for head in ({name: ...}, {name: {"zh": ...}}, {}):
        for key, why in faults(head):
            said = PackError("本局.md", 3, f"{key} {why}").said("zh")
            listing = said.partition("应为其中之一")[0].replace("severity 和 frameworks 或 where", "")
            assert not ENGLISH.search(listing), said
