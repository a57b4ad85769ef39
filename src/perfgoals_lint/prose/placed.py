"""The figures of a text with the places that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.narrative import Narrative


def places(text: Narrative) -> dict[Figure, str]:
    """The place of each figure of a text that has one: its own, that of its clause, or of the words in front of a colon
    (东村：改厕40座，修路2公里)."""
    found: dict[Figure, str] = {}
    here, clause, topic, sentence = "", -1, "", -1
    for figure in text.figures:
        if figure.sentence != sentence:
            sentence, topic = figure.sentence, ""
        if figure.clause != clause:
            clause, here = figure.clause, topic
        if own := figure.place:
            here = own
            topic = own if f"{own}：" in figure.lead or f"{own}:" in figure.lead else topic
        if here and not ((figure.total or figure.price) and not own):
            found[figure] = here
    return found
