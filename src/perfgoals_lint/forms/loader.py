"""From data of the authoring form to a document, with every mistake at its place."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from perfgoals_lint.forms.convert import doubt_of, subgoal_of, table_of, total_of
from perfgoals_lint.forms.keys import DOCUMENT_KEYS, FormProject, holds_projects, meant, read_project
from perfgoals_lint.forms.positions import Path
from perfgoals_lint.forms.schema import DoubtForm, ProjectForm, SubGoalForm, TotalForm
from perfgoals_lint.model import Document, GoalTable, Location, Problem

CUT_OFF = "PGX102"
SYNTAX = "PGX110"
UNKNOWN_KEY = "PGX111"
WRONG_VALUE = "PGX112"
LAYOUT = "authoring"

_SHOWN = 60
Part = TypeVar("Part", bound=BaseModel)


class Loader:
    """Puts what the form says into a document; what is wrong becomes a problem at its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._locate: Callable[[Path], Location] = lambda _: Location(document.path)

    def add(self, data: Any, locate: Callable[[Path], Location]) -> None:
        """Take a project, a list of projects, or a whole document; ``locate`` gives the place of a part by its path."""
        self._locate = locate
        if isinstance(data, list):
            self._projects(data, ())
        elif isinstance(data, dict) and (DOCUMENT_KEYS & data.keys() or holds_projects(data)):
            self._whole(data)
        elif isinstance(data, dict):
            self._projects([data], None)
        elif data is not None:
            self._wrong((), "", data)

    def _whole(self, data: dict[str, Any]) -> None:
        offset = len(self.document.tables)
        for key in [one for one in data if one not in DOCUMENT_KEYS]:
            self._unknown(key, (key,), meant(key, DOCUMENT_KEYS))
        for key in ("项目", "合计", "分项绩效目标", "待核对"):
            entries = data.get(key) or []
            if not isinstance(entries, list):
                self._wrong((key,), key, entries)
            elif key == "项目":
                self._projects(entries, (key,))
            else:
                for number, entry in enumerate(entries):
                    self._extra(key, entry, (key, number), offset)

    def _extra(self, key: str, entry: Any, path: Path, offset: int) -> None:
        document, place = self.document, self._locate(path)

        def valid(kind: type[Part]) -> Part | None:
            return self._validated(kind, entry, lambda inner: (*path, *inner))

        if key == "合计":
            document.totals += [total_of(one, place, offset) for one in [valid(TotalForm)] if one]
        elif key == "待核对":
            document.problems += [doubt_of(one, place) for one in [valid(DoubtForm)] if one]
        else:
            document.subgoals += [subgoal_of(one, place) for one in [valid(SubGoalForm)] if one]

    def _projects(self, entries: list[Any], at: Path | None) -> None:
        for number, entry in enumerate(entries):
            path: Path = () if at is None else (*at, number)
            if not isinstance(entry, dict):
                self._wrong(path, "项目", entry)
                continue
            project = read_project(entry, path)
            for unknown in project.unknown:
                self._unknown(unknown.key, unknown.path, unknown.near)
            form = self._validated(ProjectForm, project.data, project.origin)
            if form is not None:
                self._add(table_of(form, partial(self._place, project)))

    def _add(self, table: GoalTable) -> None:
        self.document.tables.append(table)
        if table.truncated:
            place = table.locations.get("truncated", table.location)
            self.document.problems.append(Problem(CUT_OFF, place, {"where": table.project_name}))

    def _place(self, project: FormProject, part: Path) -> Location:
        return self._locate(project.origin(part))

    def _validated(self, kind: type[Part], data: Any, origin: Callable[[Path], Path]) -> Part | None:
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                path = tuple(part for part in item["loc"])
                keys = [part for part in path if isinstance(part, str)]
                if item["type"] == "extra_forbidden":
                    names = [info.alias or "" for info in kind.model_fields.values()]
                    self._unknown(keys[-1], origin(path), meant(keys[-1], names))
                else:
                    self._wrong(origin(path), keys[-1] if keys else "", item.get("input"))
        return None

    def _unknown(self, key: str, path: Path, near: str) -> None:
        self.document.problems.append(Problem(UNKNOWN_KEY, self._locate(path), {"key": key, "near": near}))

    def _wrong(self, path: Path, key: str, value: Any) -> None:
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        args = {"key": key, "value": shown[:_SHOWN]}
        self.document.problems.append(Problem(WRONG_VALUE, self._locate(path), args))
