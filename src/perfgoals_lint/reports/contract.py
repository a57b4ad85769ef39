"""The JSON of ``extract``: a document as the data contract prints it."""

from typing import Any

from perfgoals_lint.lint.engine import engine_of_figures
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.model import SOURCES, Document, Total, to_json


def document_json(document: Document, writer: Writer) -> dict[str, Any]:
    """One entry of ``documents``: tables, totals by funding source, and reading problems as findings."""
    return {
        "document": document.path,
        "format": document.format,
        "layout": document.layout,
        "tables": [to_json(table) for table in document.tables],
        "totals": [_total(total) for total in document.totals],
        "subgoals": [to_json(goal) for goal in document.subgoals],
        "parts_unread": [to_json(part) for part in document.parts_unread],
        "account": figures_account(document) | (to_json(document.account) or {}),
        "outside": to_json(document.outside),
        "problems": [to_json(writer.problem(problem, document.path)) for problem in document.problems],
    }


def figures_account(document: Document) -> dict[str, int]:
    """How many figures the tables of a document have, and how many of each class; the classes add up to ``figures``."""
    return engine_of_figures().check(document).figures


def _total(total: Total) -> dict[str, Any]:
    sources = dict.fromkeys(SOURCES.values()) | total.funding_yuan
    columns = {name: to_json(amount) for name, amount in sources.items()}
    return {"name": total.name, "total": to_json(total.total), **columns, "location": to_json(total.location)}
