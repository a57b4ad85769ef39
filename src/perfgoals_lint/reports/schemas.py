"""JSON Schemas of what the commands print, derived by pydantic from the classes of the model.

The only module besides the value schema that imports pydantic; nothing on the way of a check imports it.
"""

from dataclasses import fields
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from perfgoals_lint.lint.outcome import State
from perfgoals_lint.model import Finding, GoalTable, Indicator, Location, Part, SubGoal, TextOutside
from perfgoals_lint.reports.run import Summary
from perfgoals_lint.values.schema import constraint_adapter

Amount = Annotated[Decimal, PlainSerializer(lambda amount: format(amount, "f"), return_type=str)]


class TotalRow(BaseModel):
    """A 合计 or sub-total row, in 元."""

    model_config = ConfigDict(extra="allow")

    name: str
    total: Amount | None
    财政拨款: Amount | None
    财政专户拨款: Amount | None
    其他资金: Amount | None
    location: Location


class ExtractedDocument(BaseModel):
    """What one file says."""

    document: str
    format: str
    layout: str | None
    tables: list[GoalTable]
    totals: list[TotalRow]
    subgoals: list[SubGoal]
    parts_unread: list[Part]
    account: dict[str, int]
    outside: TextOutside
    problems: list[Finding]


class PassedFile(BaseModel):
    """A file that a directory or an archive holds and that nobody looked into."""

    path: str
    kind: Literal["archive", "image", "link", "other"]
    reason: str


class ExtractOutput(BaseModel):
    """The JSON of ``extract``."""

    schema_: Literal["perfgoals-lint/extract/1"] = Field(alias="schema")
    version: str
    documents: list[ExtractedDocument]
    not_looked_at: list[PassedFile]


class CheckedDocument(BaseModel):
    """What became of one file."""

    model_config = ConfigDict(extra="allow")

    path: str
    format: str
    state: State
    reason: str | None
    tables: int
    indicators: int
    error: int
    warning: int
    info: int
    outside: TextOutside


class CheckOutput(BaseModel):
    """The JSON of ``check``."""

    schema_: Literal["perfgoals-lint/check/1"] = Field(alias="schema")
    version: str
    ruleset: str
    summary: Summary
    findings: list[Finding]
    documents: list[CheckedDocument]


class FactRelation(BaseModel):
    """A relation that a figure stands in: with which others, and whether it holds (``None``: not judged)."""

    kind: str
    with_: list[str] = Field(alias="with")
    holds: bool | None


class Fact(BaseModel):
    """One figure: its value in 元 or in its unit, what it counts, its role and class, its box, and the place and the clause that
    it is for."""

    text: str
    value: Amount | None
    unit: str
    counts: str
    role: str
    status: Literal["agree", "contradict", "alone", "not_understood", "context"]
    time: str | None
    scope: str
    span: tuple[int, int]
    location: Location
    relations: list[FactRelation]
    place: str | None
    clause: str | None


class FactsTotals(BaseModel):
    """The figures of the total rows of a list, and how many there are of each class."""

    account: dict[str, int]
    figures: list[Fact]


class FactsTable(FactsTotals):
    """The figures of one table in the same way."""

    project_name: str


class FactsDocument(BaseModel):
    """The tables of one file, and the total rows of its list."""

    document: str
    tables: list[FactsTable]
    totals: FactsTotals


class FactsOutput(BaseModel):
    """The JSON of ``facts``."""

    schema_: Literal["perfgoals-lint/facts/1"] = Field(alias="schema")
    version: str
    documents: list[FactsDocument]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``check``, ``extract``, ``facts`` or ``parse``. Raises ``KeyError`` for another name."""
    if name == "parse":
        constraint = constraint_adapter().json_schema(ref_template="#/$defs/{model}")
        definitions = constraint.pop("$defs", {})
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "ParseOutput",
            "type": "object",
            "properties": {
                "schema": {"const": "perfgoals-lint/parse/1"},
                "version": {"type": "string"},
                "constraints": {"type": "array", "items": constraint},
            },
            "required": ["schema", "version", "constraints"],
            "$defs": definitions,
        }
    models: dict[str, type[BaseModel]] = {
        "check": CheckOutput,
        "extract": ExtractOutput,
        "facts": FactsOutput,
    }
    made = models[name].model_json_schema(mode="serialization")
    for kind in (Finding, GoalTable, Indicator, Part):
        for member in fields(kind):
            if not member.metadata.get("printed", True):
                made["$defs"].get(kind.__name__, {}).get("properties", {}).pop(member.name, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
