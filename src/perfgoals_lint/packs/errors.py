"""What is said of a pack or plug-in that cannot be used."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perfgoals_lint.rulebook.messages import listed, reason
from perfgoals_lint.rulebook.policy import index


class Said(NamedTuple):
    """One thing that is wrong: the 1-based line where it is known, the wording's key, its arguments, and the names that
    may have been meant."""

    line: int | None
    key: str
    args: dict[str, str]
    near: Sequence[str] = ()


class PackError(ValueError):
    """A pack that cannot be used, with everything that is wrong with one file of it."""

    def __init__(self, path: Path | str, line: int | None, why: str, faults: Sequence[Said] = ()) -> None:
        self.path = path
        self.faults = list(faults) or [Said(line, "plain", {"why": why})]
        super().__init__(self.said("en"))

    def said(self, lang: str) -> str:
        """All that is wrong, a line each."""
        texts = index()["messages"]["packs"]["errors"]
        lines = []
        for line, key, args, near in self.faults:
            hint = texts["near"][lang].format(near=listed(near, lang)) if near else ""
            shown = {"where": "", "near": hint, **args}
            shown["why"] = _failure(shown.get("why", ""), lang)
            if key == "described":
                shown["text"] = index()["messages"]["packs"]["rule"][shown["key"]][lang]
            place = f"{self.path}:{line}" if line else str(self.path)
            lines.append(f"{place}: {texts[key][lang].format(**shown).removeprefix('：').removeprefix(': ')}")
        return "\n".join(lines)


def _failure(why: str, lang: str) -> str:
    """What is wrong with a page or a sample, which is told in English where it is found: its phrases in a language."""
    for text, said in index()["messages"]["packs"]["failures"].items():
        why = why.replace(text, said[lang])
    return reason(why, lang)
