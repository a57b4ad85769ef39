"""Shares of parties that leave a rest to somebody are not all there are."""

from __future__ import annotations

import pytest

from perfgoals_lint import prose

LEVELS = ["省级补助{}%，市级补助{}%", "中央承担{}%，省级承担{}%", "省级补助{}%为50万元，市级补助{}%为30万元"]
RESTS = ["其余自筹", "其余由镇村自筹", "剩余部分由县级配套"]


def wrong(text: str) -> bool:
    return any(one.kind == "shares" and one.holds is False for one in prose.figures_of(text).relations)


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize("rest", RESTS)
def test_a_rest_makes_them_whole(levels: str, rest: str) -> None:
    assert not wrong(levels.format(50, 30) + "，" + rest + "。")
    assert wrong(levels.format(50, 60) + "，" + rest + "。")


@pytest.mark.parametrize("levels", LEVELS[:2])
def test_without_a_rest_they_are_all(levels: str) -> None:
    assert wrong(levels.format(50, 30) + "。其余工作由镇村负责。")
    assert not wrong(levels.format(50, 50) + "。")
