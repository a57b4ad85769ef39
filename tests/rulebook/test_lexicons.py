"""The word lists are read by something, say why they are what they are, and hold no word twice."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import yaml

from perfgoals_lint.rulebook.lexicons import WordFinder, pattern_of


def test_lexicons_are_in_order() -> None:
    script = Path(__file__).parents[2] / "scripts" / "lint_lexicons.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_words_in_a_text_are_those_of_the_pattern_of_them() -> None:
    dice = random.Random(6)
    for _ in range(300):
        listed = ["".join(dice.choices("甲乙丙", k=dice.randint(1, 4))) for _ in range(dice.randint(1, 8))]
        text = "".join(dice.choices("甲乙丙丁", k=30))
        usual = [(found.start(), found[0]) for found in re.finditer(pattern_of(listed), text)]
        assert list(WordFinder(listed).find(text)) == usual
    assert list(WordFinder([""]).find("甲")) == []


def test_the_data_of_the_rulebook_is_yaml_to_every_parser() -> None:
    """The parser in C reads some texts that the one in Python, which is all that some machines have, refuses."""
    for path in sorted((Path(__file__).parents[2] / "rules").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader), path


def test_no_key_stands_twice_in_one_mapping() -> None:
    """The later one would silently stand for both."""
    for path in sorted((Path(__file__).parents[2] / "rules").rglob("*.yaml")):
        nodes = [yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
        for node in nodes:
            if isinstance(node, yaml.MappingNode):
                keys = [key.value for key, _ in node.value]
                assert len(keys) == len(set(keys)), (
                    path,
                    sorted({one for one in keys if keys.count(one) > 1}),
                )
                nodes += [value for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                nodes += node.value
