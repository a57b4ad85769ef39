"""The page about pipelines names what there is: every input, variable and hook, in both languages."""

from __future__ import annotations

import pytest

from pipelines.helpers import TOP, load


@pytest.mark.parametrize("page", ["docs/ci.md", "docs/ci.zh-CN.md"])
def test_every_input_variable_and_hook_is_described(page: str) -> None:
    text = (TOP / page).read_text(encoding="utf-8")
    names = [
        *load("action.yml")["inputs"],
        *load("ci/gitlab-ci-template.yml")["variables"],
        *(hook["id"] for hook in load(".pre-commit-hooks.yaml")),
    ]
    assert [name for name in names if f"`{name}`" not in text] == []
