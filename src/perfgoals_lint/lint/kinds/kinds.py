"""The kinds of check that a page can ask for without code.

Every kind may narrow its rows with ``where`` (a row selector). Bounds are written as in the tables: ``"≥85%"``. A text
``$name`` anywhere in a check stands for the page's parameter of that name.

=============  =====================================================================================================
``forbidden``  no row may be selected by ``where``; ``cases`` (case → row selector): the first that fits picks the variant;
               ``edit`` (field → text) offers these texts for the fields that hold another
``required``   of each of ``groups`` (label → row selector) at least one row; ``together: false`` reports each apart
``count``      the number of rows selected meets ``rows`` (``"≥3"``)
``share``      of the rows selected, the share that ``of`` selects meets ``share`` (``"≥50%"``); from ``least`` rows on;
               ``parameter`` names the page's parameter that sets the share where it is not ``share``
``pattern``    ``field`` must not match ``matches``; ``replace`` (pattern → text) offers the fix; ``within: number``
               looks only at the numbers of the values with their bounds and units; ``instead`` (``where``, ``replace``)
               is the fix for other rows; ``cases`` as above
``lexicon``    ``field`` must not contain (``whole: true``: be) one of ``words``, nor consist of those of ``residue``; ``instead`` names a field whose longer
               text is offered for it
``bound``      a numeric value must not end outside the first of ``limits`` (``about``: a text condition on the name or
               the words before the figure, ``value``: the parameter that holds the bound) that is about it, or ``value``
``direction``  a value must not be bounded on the side that ``must`` (``"<="`` or ``">="``) rules out
``unit``       a numeric value must have one of ``units``, or any unit
``first``      of ``checks`` (of a table, each with its own ``case``) the first that finds something reports
``sum``        the numbers of ``field`` over the rows add up to one of ``equals``
``compare``    ``left`` and ``right`` (fields of the row, or of the project in scope ``table``, where ``where`` is a
               table condition) must be in a ``relation``: texts ``differ`` or are ``equal`` (but for what the pattern ``ignore`` finds); figures of a row
               (``annual_value``, ``cycle_value``, ``budget``) in one unit are ``at_most`` or ``at_least`` the other
               one (``times`` a factor); years of a project (``fiscal_year``, ``period``) lie ``within`` the others
``duplicate``  rows of a table that agree in ``key`` must agree in ``same``
``numbering``  the printed numbers of a table's rows run 1, 2, 3 …
``calculation``
               what goal texts (``in``; all of them) calculate must be right: ``of`` is ``products`` (unit price ×
               quantity), ``sums`` (itemised) or ``annual_totals`` (so much a year × years)
``printed``    a document with rows must print all of ``features`` (``level2``, ``cycle``, ``weight`` …)
``repeated``   rows that agree in all of ``key`` must not stand in ``least`` projects (2) of a document; with ``differ``
               only where they do not agree in that. Facts for both: ``name``, ``value`` (the first), ``values``,
               ``number`` (in base units, with its dimension), ``figure`` (as printed, whatever its unit),
               ``operator``, ``unit`` (that has the budget), ``year``. ``among: sisters`` looks only among the projects
               of several districts that are one by name, ``among: families`` counts those as one; ``budgets_differ``
               (a factor): only where one budget is so many times another; ``sisters``: the case where all are sisters
=============  =====================================================================================================
"""

from collections.abc import Mapping
from typing import Any

from perfgoals_lint.lint.kinds.document_kinds import DOCUMENT_KINDS
from perfgoals_lint.lint.kinds.row_kinds import ROW_KINDS
from perfgoals_lint.lint.kinds.selector import Spec, looks_around, selected
from perfgoals_lint.lint.kinds.table_kinds import TABLE_KINDS
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.rule import Check, Rule

_SCOPES = {"row": ROW_KINDS, "table": TABLE_KINDS, "document": DOCUMENT_KINDS}
_PARAMETER = compiled(r"\$[a-z_]+")
KINDS = tuple(dict.fromkeys(kind for kinds in _SCOPES.values() for kind in kinds))


def scopes_of(kind: str) -> list[str]:
    """What a kind of check looks at: ``row``, ``table``, ``document``; the first is the usual one. None if unknown."""
    return [scope for scope, kinds in _SCOPES.items() if kind in kinds]


def build(spec: Spec, scope: str, parameters: Mapping[str, Any]) -> Check:
    """The check of a page's ``check`` mapping for its scope. Raises ``ValueError`` when the mapping is not right."""
    scopes = scopes_of(spec["kind"])
    if not scopes:
        raise ValueError(f"check kind {spec['kind']!r} is none of {', '.join(sorted(KINDS))}")
    if scope not in scopes:
        raise ValueError(f"check kind {spec['kind']} has scope {' or '.join(scopes)}, not {scope}")
    try:
        return _SCOPES[scope][spec["kind"]](_filled(spec, parameters))
    except KeyError as error:
        raise ValueError(f"check kind {spec['kind']}: {error} is missing or unknown") from error


def guarded(spec: Spec, function: Check, parameters: Mapping[str, Any]) -> Check:
    """A Python function that is asked only of the rows that the page's ``where`` selects."""
    select = selected(_filled(spec, parameters))
    return lambda row, rule: function(row, rule) if select(row) else ()


def row_conditions(rule: Rule) -> Mapping[str, Any] | None:
    """The conditions that a rule on rows declares, with its parameters in place; ``None`` where it declares none or they
    look at the table around the row."""
    where: Mapping[str, Any] = _filled(rule.check.get("where", {}), rule.parameters)
    return where if where and not looks_around(where) else None


def _filled(spec: Any, parameters: Mapping[str, Any]) -> Any:
    """The check with its parameters in place. Raises ``ValueError`` for a parameter that the page does not have."""
    if isinstance(spec, Mapping):
        return {key: _filled(given, parameters) for key, given in spec.items()}
    if isinstance(spec, list):
        return [_filled(given, parameters) for given in spec]
    if not isinstance(spec, str) or not _PARAMETER.fullmatch(spec):
        return spec
    if spec[1:] not in parameters:
        raise ValueError(f"check: the page has no parameter {spec[1:]}")
    return parameters[spec[1:]]
