"""Selectors: which rows, values and tables a declarative rule is about.

A text condition is a list of words (any of them is contained) or a mapping of ``is``, ``contains``, ``starts``,
``ends``, ``matches`` (a regular expression), ``residue`` (words of which the text consists) and ``not`` (a text
condition that must fail); all that are given must hold. ``without`` lists words that do not count: what they cover is
passed over. A word ``@list`` stands for a list of ``rules/lexicons/wording.yaml``, ``@file.list`` for one of another
lexicon; ``*`` inside a word stands for any text.

A row selector is a mapping of

* ``filled``, ``has_number``, ``not_applicable``, ``truncated``, ``cost`` (true or false), ``class``, ``class_not`` (class
  names such as ``benefit``, ``quality``),
* ``empty``, ``present``: fields of the row, ``values`` for both value columns together,
* ``name``, ``description``, ``basis``, ``level1``, ``level2``: text conditions,
* ``value``: a text condition on the value that may also name ``kind``, ``kind_not``, ``op``, ``op_stated``, ``unit``,
  ``has_unit``, ``has_number``, ``duration``, ``suspect`` (damaged in scanning), ``separated`` (parts of a compound),
  ``unit_printed`` (the value itself has the unit), ``subject`` and ``reference`` (it names what it counts, what it is
  measured against), ``dated`` (it may name a day, a month or a year), ``number`` (a bound in the notation of the tables
  that the figure keeps to, ``"≤100%"``), ``figure`` (the figure itself whatever its sign, ``"100%"``, or one of
  several; one without a unit stands for all units), ``rung`` (of the ladder of qualitative values: ``bare``, ``polar``
  …), ``rung_not``, ``counts`` (true: a figure that counts things, no rate, no money, no length of time), ``echo`` (a
  similarity: the value repeats the name at least that much, fillers apart), ``field`` (one value column) and ``first``
  (true: only the value that stands first in the row),
* ``region`` (true or false): does the name speak of a whole region?
* ``polarity`` (``lower``, ``higher``), ``head`` (``rate``, ``change``, ``index``, ``time``, ``money``, ``measure``,
  ``count``, ``state``), ``dimension`` (``person``, ``event``, ``length`` …), ``act``, ``done``, ``received``, ``effect``,
  ``macro`` (true or false), ``who`` (``own``, ``serving``, ``served``), ``place`` (``whole``, ``part``, ``named``),
  ``modifier`` (``per``, ``average``, ``extreme``, ``total``): what the analysis of the name says (``perfgoals-lint
  explain`` prints it),
* ``column``: a heading that no form has as its own, or several, under which something is filled in; or a mapping of
  headings to text conditions,
* ``ecological``, ``timely`` (true or false): does the row speak of nature, of time?
* ``class_label`` (true or false): is the name a class label of any edition?
* ``table``: a table condition,
* ``any``, ``none``: row selectors of which one must, or none may, select the row.

A table condition is a mapping of ``project``, ``type``, ``project_or_type``, ``goal``: text conditions; ``box``: as
``column``, of the table's boxes; ``rows``: a row selector by which one row must be found; ``prints``: features of the
document (``level2``, ``cycle`` …), all of which must be there; ``years``: a bound on the length of the period
(``"≥2年"``), which must be printed; ``not``: a table condition that must fail.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from perfgoals_lint import values
from perfgoals_lint.lint.context import Row, Table, Value
from perfgoals_lint.lint.kinds.texts import CONDITIONS, Span, expand, text_test
from perfgoals_lint.rulebook.rule import Check
from perfgoals_lint.values.types import Quantity

Spec = Mapping[str, Any]
"""The mapping that a page writes for its check."""
Maker = Callable[[Spec], Check]
RowTest = Callable[[Row], bool]


class Match(NamedTuple):
    """What selected a row: the value or the text field, and the part of it; neither where the row as a whole did."""

    field: str | None
    span: Span | None


_WHOLE = Match(None, None)


# --- values -------------------------------------------------------------------------------------------------------


def _as_list(spec: Any) -> list[Any]:
    return spec if isinstance(spec, list) else [spec]


def _number_test(notation: str) -> Callable[[Value], bool]:
    from perfgoals_lint.lint.kinds.bounds import bound_of, meets, quantities

    bound = bound_of(notation)
    return lambda value: any(meets(quantity, bound) for quantity in quantities(value.constraint))


def _figure_test(notation: Any) -> Callable[[Value], bool]:
    from perfgoals_lint.lint.kinds.bounds import states

    figures: list[Quantity] = []
    for one in _as_list(notation):
        figure = values.parse(str(one))
        if figure.kind != "quantity":
            raise ValueError(f"{one!r} is no figure")
        figures.append(figure)

    def test(value: Value) -> bool:
        quantity = value.quantity
        return quantity is not None and any(states(quantity, figure) for figure in figures)

    return test


def _among(listed: Iterable[Any], part: Callable[[Any], Any]) -> Callable[[Any], bool]:
    known = frozenset(listed)
    return lambda thing: part(thing) in known


def _not(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda thing: not test(thing)


def _of_class(spec: Any) -> RowTest:
    known = frozenset(_as_list(spec))
    return lambda row: row.class1 in known or row.class2 in known


def _rung_test(rungs: frozenset[str]) -> Callable[[Value], bool]:
    from perfgoals_lint.lint.facts.ladder import rung

    return lambda value: rung(value) in rungs


def _echo_test(least: float) -> Callable[[Value], bool]:
    from perfgoals_lint.rulebook.similarity import echo_similarity

    return lambda value: value.kind == "name" or echo_similarity(value.text, value.row.name) >= least


def _counts_test(spec: bool) -> Callable[[Value], bool]:
    from perfgoals_lint.lint.facts.period import is_count, named_otherwise

    def counts(value: Value) -> bool:
        quantity = value.quantity
        return is_count(quantity) and not named_otherwise(value.row.name, quantity)

    return lambda value: counts(value) is spec


_VALUE: dict[str, Callable[[Any], Callable[[Value], bool]]] = {
    "kind": lambda spec: _among(_as_list(spec), lambda value: value.constraint.kind),
    "kind_not": lambda spec: _not(_among(_as_list(spec), lambda value: value.constraint.kind)),
    "has_number": lambda spec: lambda value: value.has_number is spec,
    "duration": lambda spec: lambda value: value.is_duration is spec,
    "op": lambda spec: _among(_as_list(spec), lambda value: getattr(value.constraint, "op", None)),
    "op_stated": lambda spec: lambda value: getattr(value.constraint, "op_stated", None) is spec,
    "unit": lambda spec: _among(
        expand(_as_list(spec)), lambda value: getattr(value.constraint, "unit", None)
    ),
    "suspect": lambda spec: lambda value: getattr(value.constraint, "suspect", False) is spec,
    "separated": lambda spec: lambda value: getattr(value.constraint, "separated", True) is spec,
    "has_unit": lambda spec: lambda value: (getattr(value.constraint, "unit", None) is not None) is spec,
    "unit_printed": lambda spec: (
        lambda value: (getattr(value.constraint, "unit_source", None) == "value") is spec
    ),
    "subject": lambda spec: lambda value: bool(getattr(value.constraint, "subject", None)) is spec,
    "reference": lambda spec: lambda value: bool(getattr(value.constraint, "reference", None)) is spec,
    "dated": lambda spec: lambda value: value.is_dated is spec,
    "echo": lambda spec: _echo_test(float(spec)),
    "counts": lambda spec: _counts_test(spec),
    "rung": lambda spec: _rung_test(frozenset(_as_list(spec))),
    "rung_not": lambda spec: _not(_rung_test(frozenset(_as_list(spec)))),
    "number": _number_test,
    "figure": _figure_test,
}


def value_test(spec: Any) -> Callable[[Row], Match | None]:
    """A value condition as a function that gives the first value cell that meets it."""
    if not isinstance(spec, Mapping):
        spec = {"contains": spec}
    tests = [_VALUE[key](given) for key, given in spec.items() if key in _VALUE]
    said = {key: given for key, given in spec.items() if key in CONDITIONS or key == "without"}
    text = text_test(said) if said else None
    only, first = spec.get("field"), spec.get("first", False)

    def test(row: Row) -> Match | None:
        for value in row.values[:1] if first else row.values:
            if only and value.field != only:
                continue
            for one in tests:
                if not one(value):
                    break
            else:
                span = text(value.text) if text else (0, len(value.text))
                if span is not None:
                    return Match(value.field, span)
        return None

    return test


# --- rows ---------------------------------------------------------------------------------------------------------


def _is_empty(row: Row, field: str) -> bool:
    return not row.values if field == "values" else not getattr(row.indicator, field)


_ROW: dict[str, Callable[[Any], RowTest]] = {
    "class": lambda spec: _of_class(spec),
    "cost": lambda spec: lambda row: row.is_cost is spec,
    "truncated": lambda spec: lambda row: row.indicator.truncated is spec,
    "filled": lambda spec: lambda row: row.filled is spec,
    "stated": lambda spec: lambda row: row.stated is spec,
    "class_not": lambda spec: _not(_of_class(spec)),
    "has_number": lambda spec: lambda row: row.has_number is spec,
    "not_applicable": lambda spec: lambda row: row.not_applicable is spec,
    "polarity": lambda spec: _on_name("polarity", spec),
    "head": lambda spec: _on_name("kind", spec),
    "dimension": lambda spec: _on_name("dimension", spec),
    "act": lambda spec: _on_name("act", spec),
    "done": lambda spec: _on_name("done", spec),
    "effect": lambda spec: _on_name("effect", spec),
    "macro": lambda spec: _on_name("macro", spec),
    "received": lambda spec: _on_name("received", spec),
    "who": lambda spec: _on_name("who", spec),
    "place": lambda spec: _on_name("place", spec),
    "modifier": lambda spec: _on_name("modifier", spec),
    "empty": lambda spec: lambda row: all(_is_empty(row, field) for field in _as_list(spec)),
    "present": lambda spec: lambda row: not any(_is_empty(row, field) for field in _as_list(spec)),
    "class_label": lambda spec: _on_class_label(spec),
    "region": lambda spec: _on_region(spec),
    "ecological": lambda spec: _on_ecology(spec),
    "timely": lambda spec: _on_time(spec),
    "column": lambda spec: _on_headings(spec, lambda row: row.indicator.columns),
    "table": lambda spec: _on_table(spec),
}
FIELDS = {
    "name": "level3",
    "description": "description",
    "basis": "basis",
    "level1": "level1",
    "level2": "level2",
}


def _on_headings(spec: Any, texts: Callable[[Any], Mapping[str, str]]) -> Callable[[Any], bool]:
    """Is something filled in under a heading (one of several), or a text that meets the condition of its heading?"""
    wanted = spec if isinstance(spec, Mapping) else dict.fromkeys(_as_list(spec))
    tests = {heading: text_test(given) if given is not None else None for heading, given in wanted.items()}

    def holds(thing: Any) -> bool:
        found = texts(thing)
        return any(
            heading in found and bool(found[heading]) and (test is None or test(found[heading]) is not None)
            for heading, test in tests.items()
        )

    return holds


def _on_class_label(spec: bool) -> RowTest:
    from perfgoals_lint.lint.checks.notation.label_alias import is_class_label

    return lambda row: is_class_label(row.name) is spec


def _on_region(spec: bool) -> RowTest:
    from perfgoals_lint.lint.facts.names import has_region

    return lambda row: has_region(row.name) is spec


def _on_name(member: str, spec: Any) -> RowTest:
    from perfgoals_lint.lint.facts.names import analyse

    known = frozenset(_as_list(spec))
    return lambda row: getattr(analyse(row.name), member) in known


def _on_ecology(spec: bool) -> RowTest:
    from perfgoals_lint.lint.facts.ecology import is_ecological
    from perfgoals_lint.rulebook.lexicons import contains_any

    def test(row: Row) -> bool:
        unit = next((value.quantity.unit for value in row.values if value.quantity), None)
        texts = [row.name, row.indicator.description or "", *(value.text for value in row.values)]
        if contains_any(row.name, "ecology.of_project"):
            texts.append(f"{row.table.title}\0{row.name}")
        return any(is_ecological(text, unit) for text in texts) is spec

    return test


def _on_time(spec: bool) -> RowTest:
    from perfgoals_lint.lint.facts.times import is_timely

    return lambda row: is_timely(row) is spec


def _on_table(spec: Any) -> RowTest:
    test = table_condition(spec)

    def holds(row: Row) -> bool:
        known = row.table.conditions
        if holds not in known:
            known[holds] = test(row.table)
        return known[holds]

    return holds


def row_test(spec: Mapping[str, Any]) -> list[tuple[str, RowTest]]:
    """The tests of a selector that are of the row as a whole, by their keys: what costs least and settles most first."""
    return [(key, make(spec[key])) for key, make in _ROW.items() if key in spec]


def row_selector(spec: Mapping[str, Any]) -> Callable[[Row], Match | None]:
    """A row selector as a function. Raises ``ValueError`` for a key that it does not know."""
    unknown = set(spec) - set(_ROW) - set(FIELDS) - {"value", "any", "none"}
    if unknown:
        raise ValueError(f"selector: unknown key {', '.join(sorted(unknown))}")
    rows = [test for _, test in row_test(spec)]
    texts = [(FIELDS[key], text_test(given)) for key, given in spec.items() if key in FIELDS]
    on_value = value_test(spec["value"]) if "value" in spec else None
    wanted = [row_selector(one) for one in spec["any"]] if "any" in spec else None
    barred = [row_selector(one) for one in spec.get("none", ())]

    def select(row: Row) -> Match | None:
        for holds in rows:
            if not holds(row):
                return None
        match: Match | None = _WHOLE
        for field, test in texts:
            span = test(getattr(row.indicator, field) or "")
            if span is None:
                return None
            match = Match(field, span)
        if on_value and (match := on_value(row)) is None:
            return None
        if barred and any(one(row) for one in barred):
            return None
        if wanted is None:
            return match
        found = next((found for one in wanted if (found := one(row))), None)
        if found is None or match is not _WHOLE or found.field is None:
            return match if found else None
        # The branch says which value it is, and not which of its words.
        return Match(found.field, (0, len(getattr(row.indicator, found.field) or "")))

    return select


def selected(spec: Spec) -> Callable[[Row], Match | None]:
    """The row selector ``where`` of a check; all rows where the page has none."""
    return row_selector(spec.get("where", {}))


def looks_around(spec: Any) -> bool:
    """Does a row selector ask for more of the table than its rows?"""
    if isinstance(spec, Mapping):
        return "table" in spec or "column" in spec or any(map(looks_around, spec.values()))
    return isinstance(spec, list) and any(map(looks_around, spec))


# --- tables -------------------------------------------------------------------------------------------------------

_TABLE_TEXT: dict[str, Callable[[Table], str]] = {
    "project": lambda table: table.goal.project_name,
    "type": lambda table: table.goal.project_type or "",
    "project_or_type": lambda table: f"{table.goal.project_name} {table.goal.project_type or ''}",
    "goal": lambda table: " ".join(
        filter(None, (table.goal.annual_goal, table.goal.cycle_goal, table.goal.purpose))
    ),
}


def _years_test(notation: str) -> Callable[[Table], bool]:
    from perfgoals_lint.lint.kinds.bounds import bound_of
    from perfgoals_lint.values.units import measure_of

    bound, (_, year) = bound_of(notation), measure_of("年")
    return lambda table: table.years is not None and bound.contains(table.years * year)


def table_condition(spec: Mapping[str, Any]) -> Callable[[Table], bool]:
    """A table condition as a function. Raises ``ValueError`` for a key that it does not know."""
    unknown = set(spec) - set(_TABLE_TEXT) - {"rows", "not", "prints", "years", "box"}
    if unknown:
        raise ValueError(f"table condition: unknown key {', '.join(sorted(unknown))}")
    texts = [(_TABLE_TEXT[key], text_test(given)) for key, given in spec.items() if key in _TABLE_TEXT]
    rows = row_selector(spec["rows"]) if "rows" in spec else None
    barred = table_condition(spec["not"]) if "not" in spec else None
    printed = frozenset(_as_list(spec.get("prints", [])))
    boxed = _on_headings(spec["box"], lambda table: table.goal.fields) if "box" in spec else None
    lasts = _years_test(spec["years"]) if "years" in spec else None

    def holds(table: Table) -> bool:
        if not printed <= table.document.features or (lasts and not lasts(table)):
            return False
        if any(test(text(table)) is None for text, test in texts):
            return False
        if boxed and not boxed(table):
            return False
        if rows and not any(rows(row) for row in table.rows):
            return False
        return not (barred and barred(table))

    return holds
