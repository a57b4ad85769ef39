"""Look over the word lists: lists that no rule and no code reads, classes without a reason, words that a list holds twice
or that a product of two lists gives, or that a shorter word of the same list covers where words are looked for anywhere. Prints what it finds; exit status 1."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
LEXICONS = ROOT / "rules" / "lexicons"
# Read as wholes: their keys are data, not word lists.
WHOLE = {
    "units",
    "values",
    "sources",
    "measured",
    "severities",
    "grids",
    "printed",
    "narrative",
    "years",
    "regions",
}
EXPLAINED = (
    "names",
    "matters",
    "ecology",
    "timeliness",
    "management",
    "satisfaction",
    "secrecy",
    "economy",
    "ends",
)


def unread() -> Iterator[str]:
    """Lists that nothing names."""
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for folder, pattern in (
            ("src", "*.py"),
            ("rules", "*.md"),
            ("scripts", "*.py"),
            ("rules", "expressions.yaml"),
        )
        for path in (ROOT / folder).rglob(pattern)
    )
    # Lists that others are put together from, by their names.
    names = yaml.safe_load((LEXICONS / "names.yaml").read_text(encoding="utf-8"))
    texts += "".join(f' "{listed}"' for row in names["products"] for listed in row)
    for path in sorted(LEXICONS.glob("*.yaml")):
        if path.stem in WHOLE:
            continue
        for key in yaml.safe_load(path.read_text(encoding="utf-8")):
            if not re.search(rf"[\"'@.{{]{re.escape(str(key))}\b", texts) and not _built(
                path.stem, str(key), texts
            ):
                yield f"{path.name}: nothing reads {key}"


def _built(file: str, key: str, texts: str) -> bool:
    """Is the name put together in code (``names.{one}``, ``label_{part}``)?"""
    head, _, tail = key.partition("_")
    return bool(re.search(rf"{file}\.\{{|{file}\.{head}_\{{", texts)) and (
        key in texts or (tail != "" and tail in texts)
    )


def unexplained() -> Iterator[str]:
    """Word classes without a comment that says why they are one."""
    for stem in EXPLAINED:
        lines = (LEXICONS / f"{stem}.yaml").read_text(encoding="utf-8").splitlines()
        explained = False
        for line in lines:
            if line.startswith("#"):
                explained = True
            elif not line.strip():
                explained = False
            elif re.match(r"\w+:", line) and not explained:
                yield f"{stem}.yaml: {line.split(':')[0]} does not say why"


def unexplained_expressions() -> Iterator[str]:
    """Expressions without a comment right above them that says what they recognise."""
    lines = (LEXICONS / "expressions.yaml").read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if re.match(r"  \w+:", line) and not above.startswith("  #"):
            yield f"expressions.yaml: {line.split(':')[0].strip()} does not say why"


def doubled() -> Iterator[str]:
    """Words that stand twice in one list."""
    for path in sorted(LEXICONS.glob("*.yaml")):
        if path.stem in WHOLE:
            continue
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, listed in data.items() if isinstance(data, dict) else ():
            if isinstance(listed, list) and all(isinstance(word, str) for word in listed):
                twice = sorted({word for word in listed if listed.count(word) > 1})
                if twice:
                    yield f"{path.name}: {key} holds {'、'.join(twice)} twice"


def given() -> Iterator[str]:
    """Words of a class that a product of two other lists makes already, and that no other class has."""
    names = yaml.safe_load((LEXICONS / "names.yaml").read_text(encoding="utf-8"))
    for listed in sorted({row[2] for row in names["products"]}):
        pairs = [
            product(names[starts], names[ends]) for starts, ends, of in names["products"] if of == listed
        ]
        made = {start + end for pair in pairs for start, end in pair}
        classes = {row[2] for row in names["products"]} | {
            "mending",
            "rising",
            "neutral",
            "acts",
            "wrongly",
            "costs",
        }
        others = {word for one in classes - {listed} for word in names[one]}
        if twice := sorted(made & set(names[listed]) - others):
            yield f"names.yaml: products give {'、'.join(twice)} of {listed}"


def shadowed() -> Iterator[str]:
    """Words of a class of names that a class read before it holds, where nothing else reads the class."""
    names = yaml.safe_load((LEXICONS / "names.yaml").read_text(encoding="utf-8"))
    before = {"bad": ("innocent", "wrongly"), "good": ("innocent", "bad", "mending", "falling")}
    for listed, earlier in before.items():
        for one in earlier:
            if twice := sorted(set(names[listed]) & set(names[one])):
                yield f"names.yaml: {one} holds {'、'.join(twice)} before {listed}"


def main() -> int:
    found = [*unread(), *unexplained(), *unexplained_expressions(), *doubled(), *given(), *shadowed()]
    print("\n".join(found) or "the lexicons are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
