"""A selector that names no rule is told what it may have meant, or what a selector can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands import EXAMPLES, run
from perfgoals_lint.rulebook.rules import Rulebook, UnknownRuleError


def said(selector: str, lang: str) -> str:
    done = run("check", EXAMPLES / "small-form.txt", "--select", selector, "--lang", lang)
    assert done.returncode == 2
    line: str = done.stderr.decode().strip()
    assert "\n" not in line
    return line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unknown_word_gets_help(lang: str) -> None:
    for word in ("prose", "一致"):
        line = said(word, lang)
        assert ("是否指" if lang == "zh" else "did you mean") in line or "PGK601" in line, word


def test_a_part_of_a_name_leads_to_names_that_have_it() -> None:
    book = Rulebook.load()
    parts = {part for rule in book for part in rule.name.split("-") if len(part) > 2}
    helped = {}
    for part in parts:
        try:
            book.find(part)
        except UnknownRuleError as error:
            helped[part] = error.near
    assert helped
    assert all(helped.values()), helped


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("rule", "PGK999"), ("PGK609", "PGK619")),
        (("check", EXAMPLES, "--format", "jsn"), ("concise", "grouped")),
        (("check", EXAMPLES, "-o", "jsn=x"), ("concise", "grouped")),
        (("init", "--framework", "mof22"), ("mof15", "mof21")),
    ],
)
def test_names_are_listed_as_the_language_lists_them(
    words: tuple[object, ...], named: tuple[str, str], lang: str
) -> None:
    done = run(*words, "--lang", lang)
    assert done.returncode == 2
    between = "、" if lang == "zh" else ", "
    assert named[0] + between in done.stderr.decode()
    assert between + named[1] in done.stderr.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pack_that_is_not_there_is_said_in_the_language_of_the_run(lang: str, tmp_path: Path) -> None:
    for place, said_of_it in (
        (tmp_path / "none", {"zh": "没有这个文件或目录", "en": "no such file or directory"}),
        (tmp_path, {"zh": "里面没有规则", "en": "no rule in it"}),
    ):
        done = run("rules", "test", place, "--lang", lang)
        assert done.returncode == 2
        assert said_of_it[lang] in done.stderr.decode()


@pytest.mark.parametrize("option", [("--per", "unit"), ("--opinion-form", "lines")])
@pytest.mark.parametrize("command", ["check", "annotate"])
def test_options_of_opinions_need_an_opinion(command: str, option: tuple[str, str], tmp_path: Path) -> None:
    to = ("-o", tmp_path / "out") if command == "annotate" else ()
    done = run(command, EXAMPLES / "small-form.txt", *to, *option)
    assert done.returncode == 2
    assert option[0] in done.stderr.decode()
    assert not list(tmp_path.iterdir())
