"""The kinds of check that a page can ask for without code.

Every kind may narrow its rows with ``where`` (a row selector). Bounds are written as in the tables: ``"≥85%"``.

=============  =====================================================================================================
``forbidden``  no row may be selected by ``where``; ``cases`` (case → row selector): the first that fits picks the variant;
               ``edit`` (field → text) offers these texts for the fields that hold another
``required``   of each of ``groups`` (label → row selector) at least one row; ``together: false`` reports each apart
``count``      the number of rows selected meets ``rows`` (``"≥3"``)
``share``      of the rows selected, the share that ``of`` selects meets ``share`` (``"≥50%"``); from ``least`` rows on;
               ``parameter`` names the page's parameter that sets the share where it is not ``share``
``pattern``    ``field`` must not match ``matches``; ``replace`` (pattern → text) offers the fix; ``within: number``
               looks only at the numbers of the values with their bounds and units; ``instead`` (``where``, ``replace``)
               is the fix for other rows
``lexicon``    ``field`` must not contain (``whole: true``: be) one of ``words``; ``instead`` names a field whose longer
               text is offered for it
``bound``      a numeric value must not end outside the first of ``limits`` (``about``: a text condition on the name or
               the words before the figure, ``value``: the parameter that holds the bound) that is about it, or ``value``
``direction``  a value must not be bounded on the side that ``must`` (``"<="`` or ``">="``) rules out
``unit``       a numeric value must have one of ``units``, or any unit
``first``      of ``checks`` (of a table, each with its own ``case``) the first that finds something reports
``sum``        the numbers of ``field`` over the rows add up to one of ``equals``
``compare``    ``left`` and ``right`` (fields of the row, or of the project in scope ``table``, where ``where`` is a
               table condition) must be ``relation`` (``differ`` or ``equal``)
``duplicate``  rows of a table that agree in ``key`` must agree in ``same``
=============  =====================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfgoals_lint import values
from perfgoals_lint.declarative.selector import Match, Span, expand, row_selector, table_condition, text_test
from perfgoals_lint.hits import Hit
from perfgoals_lint.model import Edit

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Check, Rule
    from perfgoals_lint.view import Row, Table

Spec = Mapping[str, Any]


def build(spec: Spec, scope: str) -> Check:
    """The check of a page's ``check`` mapping for its scope. Raises ``ValueError`` when the mapping is not right."""
    scopes = {"row": _ROW_KINDS, "table": _TABLE_KINDS}
    makers = {name: kinds[spec["kind"]] for name, kinds in scopes.items() if spec["kind"] in kinds}
    if not makers:
        known = ", ".join(sorted({*_ROW_KINDS, *_TABLE_KINDS}))
        raise ValueError(f"check kind {spec['kind']!r} is none of {known}")
    if scope not in makers:
        raise ValueError(f"check kind {spec['kind']} has scope {' or '.join(makers)}, not {scope}")
    return makers[scope](spec)


def _where(spec: Spec) -> Callable[[Row], Match | None]:
    return row_selector(spec.get("where", {}))


def _hit(match: Match, spec: Spec, **args: str) -> Hit:
    return Hit(
        row=match.row,
        field=match.field or spec.get("at"),
        span=match.span,
        args=dict(args),
        case=spec.get("case"),
    )


# --- one row ------------------------------------------------------------------------------------------------------


def _forbidden(spec: Spec) -> Check:
    select = _where(spec)
    cases = [(case, row_selector(where)) for case, where in spec.get("cases", {}).items()]

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        match = select(row)
        if match:
            hit = _hit(match, spec)
            hit.case = next((case for case, fits in cases if fits(row)), hit.case)
            for field, text in spec.get("edit", {}).items():
                old = getattr(row.indicator, field)
                if old and old != text:
                    hit.edits.append(Edit(row.place(field), field, old, text))
            yield hit

    return check


def _text_fields(row: Row, field: str) -> Iterator[tuple[str, str]]:
    if field == "value":
        yield from ((value.field, value.text) for value in row.values)
    elif text := getattr(row.indicator, field):
        yield field, text


def _numbers(row: Row, field: str) -> list[Span]:
    """The parts of a value that state its numbers, the last first."""
    value = row.value(field)
    constraint = value.constraint if value else None
    parts = constraint.parts if constraint and constraint.kind == "compound" else [constraint]
    spans = {getattr(part, "span", None) for part in parts if part and part.kind == "quantity"}
    return sorted((span for span in spans if span), reverse=True)


def _replacement(spec: Spec) -> Callable[[str], str]:
    patterns = [(re.compile(old), new) for old, new in spec.get("replace", {}).items()]

    def replaced(text: str) -> str:
        for pattern, new in patterns:
            text = pattern.sub(new, text)
        return text

    return replaced


def _pattern(spec: Spec) -> Check:
    select, test = _where(spec), text_test({"matches": spec["matches"]})
    usual = _replacement(spec)
    exception = spec.get("instead")
    other = (row_selector(exception["where"]), _replacement(exception)) if exception else None
    numbers_only = spec.get("within") == "number"

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if not select(row):
            return
        hit: Hit | None = None
        replaced = other[1] if other and other[0](row) else usual
        for field, text in _text_fields(row, spec["field"]):
            fixed, found = text, None
            for start, end in _numbers(row, field) if numbers_only else [(0, len(text))]:
                span = test(text[start:end])
                if span:
                    found = (start + span[0], start + span[1])
                    fixed = fixed[:start] + replaced(fixed[start:end]) + fixed[end:]
            if found is None:
                continue
            args = {"part": text[found[0] : found[1]], "fixed": fixed}
            hit = hit or Hit(row=row, field=field, span=found, args=args)
            if fixed != text:
                hit.edits.append(Edit(row.place(field), field, text, fixed))
        if hit:
            yield hit

    return check


def _lexicon(spec: Spec) -> Check:
    select = _where(spec)
    test = text_test({"is" if spec.get("whole") else "contains": expand(spec["words"])})
    better = spec.get("instead")

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if not select(row):
            return
        for field, text in _text_fields(row, spec["field"]):
            span = test(text)
            if span:
                hit = Hit(row=row, field=field, span=span, args={"part": text[span[0] : span[1]]})
                longer = getattr(row.indicator, better) if better else None
                repeated = longer in [value.text for value in row.values]
                if longer and len(longer) > len(text) and not repeated:
                    hit.edits.append(Edit(row.place(field), field, text, longer))
                yield hit
                return

    return check


def _bound(spec: Spec) -> Check:
    from perfgoals_lint.declarative.bounds import bound_of, misses, quantities

    select = _where(spec)
    limits = [(text_test(limit["about"]), limit["value"]) for limit in spec.get("limits", ())]

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if not select(row):
            return
        for value in row.values:
            for quantity in quantities(value.constraint):
                about = f"{row.name} {quantity.subject or ''}"
                notation = next(
                    (str(rule.parameters[key]) for test, key in limits if test(about)), spec.get("value")
                )
                if notation and misses(quantity, bound_of(notation)):
                    yield Hit(row=row, field=value.field, span=quantity.span, args={"bound": notation})
                    return

    return check


def _direction(spec: Spec) -> Check:
    select = _where(spec)
    barred = {"<=": (">=", ">"), ">=": ("<=", "<")}[spec["must"]]

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if not select(row):
            return
        for value in row.values:
            if value.quantity and value.quantity.op in barred:
                yield Hit(row=row, field=value.field, span=value.span, case=spec.get("case"))
                return

    return check


def _unit(spec: Spec) -> Check:
    select = _where(spec)
    allowed = expand(spec["units"]) if "units" in spec else None

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if not select(row):
            return
        for value in row.values:
            if value.quantity is None:
                continue
            unit = value.quantity.unit
            if unit is None if allowed is None else unit not in allowed:
                yield Hit(
                    row=row, field=value.field, args={"unit": unit or "", "units": "、".join(allowed or ())}
                )
                return

    return check


def _compare(spec: Spec) -> Check:
    select = _where(spec)
    breaks = _comparison(spec)

    def check(row: Row, rule: Rule) -> Iterator[Hit]:
        if select(row) and breaks(row.indicator):
            args = {side: getattr(row.indicator, spec[side]) for side in ("left", "right")}
            yield Hit(row=row, field=spec["left"], args=args)

    return check


def _comparison(spec: Spec) -> Callable[[object], bool]:
    """Do the two fields of a row or a project, both given, break the relation that they must be in?"""
    wanted = spec["relation"] == "equal"

    def breaks(holder: object) -> bool:
        left, right = (getattr(holder, spec[side]) for side in ("left", "right"))
        return bool(left and right) and ("".join(left.split()) == "".join(right.split())) is not wanted

    return breaks


# --- one table ----------------------------------------------------------------------------------------------------


def _required(spec: Spec) -> Check:
    groups = [(group["label"], row_selector(group["where"])) for group in spec["groups"]]

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        missing = [label for label, select in groups if not any(select(row) for row in table.rows)]
        if not missing:
            return
        for labels in [missing] if spec.get("together", True) else [[label] for label in missing]:
            yield Hit(table=table, args={"missing": labels}, case=spec.get("case"))

    return check


def _compare_goals(spec: Spec) -> Check:
    holds, breaks = table_condition(spec.get("where", {})), _comparison(spec)

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        if holds(table) and breaks(table.goal):
            yield Hit(table=table, field=spec["left"])

    return check


def _count(spec: Spec) -> Check:
    from perfgoals_lint.values import algebra

    select = _where(spec)

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        bound = values.parse(str(rule.parameters.get("rows", spec.get("rows"))))
        count = sum(1 for row in table.rows if select(row))
        if not algebra.entails(values.parse(str(count)), bound):
            yield Hit(table=table, args={"count": str(count), "bound": bound.text})

    return check


def _share(spec: Spec) -> Check:
    from perfgoals_lint.declarative.bounds import bound_of
    from perfgoals_lint.values.units import measure_of

    select, chosen = _where(spec), row_selector(spec["of"])

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        rows = [row for row in table.rows if select(row)]
        if len(rows) < int(spec.get("least", 1)):
            return
        count = sum(1 for row in rows if chosen(row))
        bound = bound_of(str(rule.parameters.get(spec.get("parameter", "share"), spec.get("share"))))
        if not bound.contains(Decimal(100 * count) / len(rows) * measure_of("%")[1]):
            yield Hit(table=table, args={"count": str(count), "total": str(len(rows))}, case=spec.get("case"))

    return check


def _first(spec: Spec) -> Check:
    checks = [build(one, "table") for one in spec["checks"]]

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        for one in checks:
            found = list(one(table, rule))
            if found:
                yield from found
                return

    return check


def _number_of(text: str | None) -> Decimal | None:
    constraint = values.parse(text or "")
    return constraint.value if constraint.kind == "quantity" else None


def _sum(spec: Spec) -> Check:
    select = _where(spec)

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        rows = [row for row in table.rows if select(row)]
        numbers = [
            number
            for row in rows
            if (number := _number_of(getattr(row.indicator, spec["field"]))) is not None
        ]
        equals = rule.parameters.get("equals") or spec.get("equals") or ()
        allowed = [Decimal(str(total)) for total in equals]
        if numbers and sum(numbers) not in allowed:
            total = f"{sum(numbers):f}"
            expression = " + ".join(f"{number:f}" for number in numbers) + f" = {total}"
            allowed_text = "、".join(f"{number:f}" for number in allowed)
            args = {"total": total, "allowed": allowed_text}
            yield Hit(table=table, args=args, evidence={"expression": expression})

    return check


def _duplicate(spec: Spec) -> Check:
    select = _where(spec)

    def fields(row: Row, names: Iterable[str]) -> tuple[str, ...]:
        return tuple("".join((getattr(row.indicator, name) or "").split()) for name in names)

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in table.rows:
            if select(row):
                groups.setdefault(fields(row, spec["key"]), []).append(row)
        for rows in groups.values():
            if len({fields(row, spec["same"]) for row in rows}) > 1:
                first, *others = rows
                found = "、".join(value.text for row in rows for value in row.values[:1])
                hit = Hit(row=first, field=spec.get("at"), args={"values": found})
                hit.related = [("other", {}, row.place("annual_value")) for row in others]
                yield hit

    return check


_ROW_KINDS: dict[str, Callable[[Spec], Check]] = {
    "forbidden": _forbidden,
    "pattern": _pattern,
    "lexicon": _lexicon,
    "bound": _bound,
    "direction": _direction,
    "unit": _unit,
    "compare": _compare,
}
_TABLE_KINDS: dict[str, Callable[[Spec], Check]] = {
    "required": _required,
    "count": _count,
    "share": _share,
    "first": _first,
    "sum": _sum,
    "compare": _compare_goals,
    "duplicate": _duplicate,
}
