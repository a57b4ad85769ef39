"""Kinds of check that look at one row."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.context import VALUE_FIELDS, Row
from perfgoals_lint.lint.kinds.bounds import bound_of, misses, quantities
from perfgoals_lint.lint.kinds.comparison import FIGURES, figures_test, texts_test
from perfgoals_lint.lint.kinds.selector import Maker, Spec, row_selector, selected
from perfgoals_lint.lint.kinds.texts import Span, expand, text_test
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.rule import Check, Rule


def _forbidden(spec: Spec) -> Check:
    select, case_of = selected(spec), _case_of(spec)

    # Most rows are not selected: a list costs less than a generator.
    def check(row: Row, rule: Rule) -> list[Violation]:
        match = select(row)
        if match is None:
            return []
        case = case_of(row)
        hit = Violation(row=row, field=match.field or _given(row, spec.get("at")), span=match.span, case=case)
        for field, text in spec.get("edit", {}).items():
            old = getattr(row.indicator, field)
            if old and old != text:
                hit.edits.append(Edit(row.place(field), field, old, text))
        return [hit]

    return check


def _case_of(spec: Spec) -> Callable[[Row], str | None]:
    """The variant of the page that a row picks: the first of the ``cases`` that fits it."""
    cases = [(case, row_selector(where)) for case, where in spec.get("cases", {}).items()]
    return lambda row: next((case for case, fits in cases if fits(row)), spec.get("case"))


def _given(row: Row, field: str | None) -> str | None:
    """A field; for a value column that is empty the other one, where a value stands there."""
    return row.values[0].field if field in VALUE_FIELDS and row.values and not row.value(field) else field


def _text_fields(row: Row, field: str | list[str]) -> list[tuple[str, str]]:
    if isinstance(field, list):
        return [entry for one in field for entry in _text_fields(row, one)]
    if field == "value":
        return [(value.field, value.text) for value in row.values]
    text = getattr(row.indicator, field)
    return [(field, text)] if text else []


def _parts(row: Row, field: str, text: str, within: str | None) -> list[Span]:
    """The parts of a value that a pattern looks into, the last first: those that state its numbers, or each of these with
    what stands in front (``bound``); all of it without ``within``."""
    if within is None:
        return [(0, len(text))]
    value = row.value(field)
    if value is None or value.kind not in ("quantity", "compound"):
        return []
    found = {quantity.span for quantity in quantities(value.constraint)}
    spans = sorted(span for span in found if span)
    starts = [0, *(end for _, end in spans)] if within == "bound" else [start for start, _ in spans]
    return [(start, end) for start, (_, end) in zip(starts, spans, strict=False)][::-1]


def _replacement(spec: Spec) -> Callable[[str], str]:
    patterns = [(compiled(old), new) for old, new in spec.get("replace", {}).items()]

    def replaced(text: str) -> str:
        for pattern, new in patterns:
            text = pattern.sub(new, text)
        return text

    return replaced


def _pattern(spec: Spec) -> Check:
    select, test = selected(spec), text_test({"matches": spec["matches"]})
    usual, case_of = _replacement(spec), _case_of(spec)
    exception = spec.get("instead")
    other = (row_selector(exception["where"]), _replacement(exception)) if exception else None

    def check(row: Row, rule: Rule) -> list[Violation]:
        if not select(row):
            return []
        hit: Violation | None = None
        for field, text in _text_fields(row, spec["field"]):
            fixed, found = text, None
            for start, end in _parts(row, field, text, spec.get("within")):
                span = test(text[start:end])
                if span:
                    replaced = other[1] if other and other[0](row) else usual
                    found = (start + span[0], start + span[1])
                    fixed = fixed[:start] + replaced(fixed[start:end]) + fixed[end:]
            if found is None:
                continue
            args = {"part": text[found[0] : found[1]], "fixed": fixed}
            hit = hit or Violation(row=row, field=field, span=found, args=args, case=case_of(row))
            if fixed != text:
                hit.edits.append(Edit(row.place(field), field, text, fixed))
        return [hit] if hit else []

    return check


def _lexicon(spec: Spec) -> Check:
    select = selected(spec)
    listed = text_test({"is" if spec.get("whole") else "contains": expand(spec["words"])})
    residue = text_test({"residue": spec["residue"]}) if "residue" in spec else None
    better = spec.get("instead")

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        if not select(row):
            return
        for field, text in _text_fields(row, spec["field"]):
            span = listed(text) or (residue(text) if residue else None)
            if span:
                hit = Violation(row=row, field=field, span=span, args={"part": text[span[0] : span[1]]})
                longer = getattr(row.indicator, better) if better else None
                repeated = longer in [value.text for value in row.values]
                if longer and len(longer) > len(text) and not repeated:
                    hit.edits.append(Edit(row.place(field), field, text, longer))
                yield hit
                return

    return check


def _bound(spec: Spec) -> Check:
    select = selected(spec)
    limits = [(text_test(limit["about"]), limit["value"]) for limit in spec.get("limits", ())]

    @lru_cache(maxsize=1_000)
    def parameter(about: str) -> str | None:
        return next((key for test, key in limits if test(about)), None)

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        if not select(row):
            return
        for value in row.values:
            for quantity in quantities(value.constraint):
                key = parameter(f"{row.name} {quantity.subject or ''}") if limits else None
                notation = str(rule.parameters[key]) if key else spec.get("value")
                if notation and misses(quantity, bound_of(notation)):
                    yield Violation(row=row, field=value.field, span=quantity.span, args={"bound": notation})
                    return

    return check


def _direction(spec: Spec) -> Check:
    select = selected(spec)
    barred = {"<=": (">=", ">"), ">=": ("<=", "<")}[spec["must"]]

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        if not select(row):
            return
        for value in row.values:
            if value.quantity and value.quantity.op in barred:
                yield Violation(row=row, field=value.field, span=value.span, case=spec.get("case"))
                return

    return check


def _unit(spec: Spec) -> Check:
    select = selected(spec)
    allowed = expand(spec["units"]) if "units" in spec else None

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        if not select(row):
            return
        for value in row.values:
            if value.quantity is None:
                continue
            unit = value.quantity.unit
            if unit is None if allowed is None else unit not in allowed:
                yield Violation(
                    row=row, field=value.field, args={"unit": unit or "", "units": "、".join(allowed or ())}
                )
                return

    return check


def _compare(spec: Spec) -> Check:
    return _compare_figures(spec) if spec["relation"] in FIGURES else _compare_texts(spec)


def _compare_texts(spec: Spec) -> Check:
    select, breaks = selected(spec), texts_test(spec)

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        if select(row) and breaks(row.indicator):
            args = {side: getattr(row.indicator, spec[side]) for side in ("left", "right")}
            yield Violation(row=row, field=spec["left"], args=args)

    return check


def _compared(row: Row, spec: Spec, left: Decimal, right: Decimal) -> list[Suspect]:
    """The two sides of a comparison, each as the one that is wrong."""
    factor = Decimal(str(spec.get("times", 1)))
    limits = {"left": right * factor, "right": left / factor}
    found = []
    for side, upper in (("left", True), ("right", False)):
        bounds = (None, limits[side]) if upper == (spec["relation"] == "at_most") else (limits[side], None)
        field = spec[side]
        found.append(
            suspects.budget(row.table, *bounds) if field == "budget" else suspects.cell(row, field, *bounds)
        )
    return found


def _compare_figures(spec: Spec) -> Check:
    select, broken = selected(spec), figures_test(spec)
    relation = ">" if spec["relation"] == "at_most" else "<"
    times = f"{spec['times']} × " if "times" in spec else ""

    def check(row: Row, rule: Rule) -> Iterator[Violation]:
        found = broken(row) if select(row) else None
        value = row.value(spec["left"]) if found else None
        if found and value:
            left, right = found
            yield Violation(
                row=row,
                field=value.field,
                span=value.span,
                args={"left": left.text, "right": right.text},
                evidence={"expression": f"{left.shown} {relation} {times}{right.shown}"},
                suspects=_compared(row, spec, left.number, right.number),
            )

    return check


ROW_KINDS: dict[str, Maker] = {
    "forbidden": _forbidden,
    "pattern": _pattern,
    "lexicon": _lexicon,
    "bound": _bound,
    "direction": _direction,
    "unit": _unit,
    "compare": _compare,
}
