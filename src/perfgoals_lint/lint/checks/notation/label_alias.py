"""Class labels: those that the form spells otherwise, and those that serve as names."""

from functools import cache, lru_cache

from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Violation, Violations
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.labels import canonical, classify, split_code, without_ordinal
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.text import squeeze

_LEVELS = ((1, "level1"), (2, "level2"))


def label_alias(view: DocumentView, rule: Rule) -> Violations:
    """PGN510: class labels are spelt as the form spells them; the standard label is right in every form."""
    form = view.framework.name
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for table in view.tables:
        for row in table.rows if not table.withheld else ():
            for level, field in _LEVELS:
                label = getattr(row.indicator, field)
                if label and (proper := _proper(label, level, form)):
                    groups.setdefault((field, squeeze(label), proper), []).append(row)
    for (field, label, proper), rows in groups.items():
        yield _alias(field, label, proper, rows)


@lru_cache(4096)
def _proper(label: str, level: int, form: str) -> str | None:
    """The form's spelling of a label, when it is another one."""
    name = classify(label, level)
    spellings = _own_labels(form).get((level, name)) if name else None
    if not name or not spellings or _key(label) in map(_key, (*spellings, canonical(name))):
        return None
    return spellings[0]


@cache
def _own_labels(form: str) -> dict[tuple[int, str], list[str]]:
    """The labels that a form prints, by level and class."""
    own: dict[tuple[int, str], list[str]] = {}
    for above in framework_data("profiles")["profiles"][form]["levels"]:
        for level, entry in ((1, above), *((2, child) for child in above.get("children", ()))):
            if "class" in entry:
                own.setdefault((level, entry["class"]), []).append(entry["label"])
    return own


def _key(label: str) -> str:
    """A label without white space, code, ordinal and 指标: 经济效益 and 经济效益指标 are one spelling."""
    text = without_ordinal(split_code(squeeze(label))[1]).replace("（", "(").replace("）", ")")
    return text.removesuffix("指标")


def _alias(field: str, label: str, proper: str, rows: list[Row]) -> Violation:
    first, *others = rows
    places = {row.place(field): row for row in rows}
    return Violation(
        row=first,
        field=field,
        args={"label": label, "proper": proper, "count": str(len(rows))},
        related=[("same", {"project": row.table.title}, row.place(field)) for row in others],
        edits=[Edit(place, field, getattr(row.indicator, field), proper) for place, row in places.items()],
    )


@lru_cache(maxsize=4096)
def is_class_label(name: str) -> bool:
    """Is the name a class label of any edition? Labels of satisfaction are judged by PGR213, and bare words that are
    an indicator in their own right (工期) are none."""
    bare = squeeze(name)
    if not bare or bare in words("naming.indicator_labels"):
        return False
    if expression("label_alias.composed").fullmatch(bare):
        return True
    found = {classify(bare, level) for level, _ in _LEVELS} - {None}
    return bool(found) and found.isdisjoint(("satisfaction", "service"))
