"""Why a file cannot be read, as a library says it in English, is told in the language of the run."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from cli.commands import run
from perfgoals_lint.rulebook.messages import reason

BROKEN_YAML = {
    "unclosed quote": '- "abc\n',
    "unclosed list": "a: [1, 2\nb: 3\n",
    "unclosed map": "a: {b: 1\nc: d\n",
    "two colons": "a: b: c\n",
    "tab": "a:\n\t- b\n",
    "percent": "a: %b\n",
    "at": "a: @b\n",
    "no colon": "a: 1\nbcd\ne: 2\n",
    "outdented": "a:\n    - 1\n  - 2\n",
    "mixed": "- 1\nb: 2\n",
    "alias": "a: *b\n",
    "escape": 'a: "\\q"\n',
    "control": "a: \x01\n",
    "two values": '"a" "b"\n',
    "brackets": "a: ]\n",
}
BROKEN_TOML = {
    "no sign": "a 3",
    "no value": "a = ",
    "no quotes": "a = 甲",
    "unclosed quote": 'a = "b',
    "unclosed list": "a = [1",
    "unclosed table": "a = {b = 1",
    "twice": "a = 1\na = 2",
    "section twice": "[a]\n[a]",
    "chinese name": "甲 = 1",
    "backslash": 'a = "C:\\d"',
    "two values": "a = 1 2",
    "section": "[a",
    "line": "= 1",
    "control": "a = '\x01'",
}
BROKEN_JSON = {
    "value": '{"a": }',
    "quotes": "{a: 1}",
    "comma": '{"a": 1 "b": 2}',
    "colon": '{"a" 1}',
    "more": "{} {}",
    "unclosed": '{"a": "b',
    "break": '{"a": "b\nc"}',
    "escape": '{"a": "\\q"}',
}


def said(read: Callable[[], object]) -> str:
    """What a library says of something that it cannot read."""
    try:
        read()
    except yaml.MarkedYAMLError as error:
        return error.problem or ""
    except yaml.reader.ReaderError as error:
        return str(error.reason)
    except json.JSONDecodeError as error:
        return error.msg
    except (tomllib.TOMLDecodeError, zipfile.BadZipFile) as error:
        return str(error)
    pytest.fail("it could be read")


def sayings() -> Iterator[tuple[str, str]]:
    """What libraries say of every kind of broken text, by its name."""
    for name, text in BROKEN_YAML.items():
        for loader in dict.fromkeys((yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader))):
            yield f"{loader.__name__} {name}", said(lambda: yaml.load(text, Loader=loader))  # noqa: B023
    for name, text in BROKEN_TOML.items():
        yield f"toml {name}", said(lambda: tomllib.loads(text))  # noqa: B023
    for name, text in BROKEN_JSON.items():
        yield f"json {name}", said(lambda: json.loads(text))  # noqa: B023
    yield "zip", said(lambda: zipfile.ZipFile(io.BytesIO(b"PK\x03\x04 broken")))


@pytest.mark.parametrize("english", [pytest.param(text, id=name) for name, text in sayings()])
def test_a_reason_has_chinese_words(english: str) -> None:
    chinese = reason(english, "zh")
    assert re.search("[一-龥]", chinese), english
    assert not re.search("[a-z]{3}", chinese), english
    assert reason(english, "en") == english


def test_a_reason_that_nobody_foresaw_stays() -> None:
    assert reason("something unheard of", "zh") == "something unheard of"


@pytest.mark.parametrize(
    ("name", "content", "arguments"),
    [
        ("perfgoals-exceptions.yaml", b'- {rule: PGK601, reason: "a\n', ()),
        ("perfgoals.toml", b"select 3\n", ()),
        ("b.json", b'{"a": }', ("--baseline", "b.json")),
        ("p.yaml", b"pack: x\nrules: [\n  - a: : b\n", ("--pack", "p.yaml")),
        ("form.yaml", "项目名称: [\n a: b: c\n".encode(), ()),
        ("a.xlsx", b"PK\x03\x04 broken", ()),
    ],
)
def test_the_place_is_kept_and_no_english_is_left(
    tmp_path: Path, name: str, content: bytes, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "t.txt").write_text("甲", encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    done = run("check", ".", "-f", "concise", *arguments, cwd=tmp_path)
    told = (done.stdout + done.stderr).decode()
    line = next(line for line in told.splitlines() if name in line)
    if not name.endswith("xlsx"):
        assert re.search(rf"{re.escape(name)}:\d", line), line
    assert not re.search(r"\b[a-z]{4,}(?: [a-z]{2,})+", line), line
