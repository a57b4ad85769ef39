"""``parse``: what begins with a minus is a value unless it can only be a mistyped option."""

from __future__ import annotations

import json

import pytest

from cli.commands import run


@pytest.mark.parametrize(
    ("text", "op", "value"), [("-18℃以下", "<=", "-18"), ("-5dB", "=", "-5"), ("-0.3%", "=", "-0.3")]
)
def test_negative_values_need_no_double_dash(text: str, op: str, value: str) -> None:
    done = run("parse", text, "-f", "json")
    assert done.returncode == 0, done.stderr.decode()
    (constraint,) = json.loads(done.stdout)["constraints"]
    assert (constraint["op"], constraint["value"]) == (op, value)


@pytest.mark.parametrize("option", ["--bogus", "-x"])
def test_mistyped_options_are_named(option: str) -> None:
    done = run("parse", option, "3家")
    assert done.returncode == 2
    assert option in done.stderr.decode()
