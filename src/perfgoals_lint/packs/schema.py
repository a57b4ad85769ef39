"""What may stand in a pack: pydantic guards this edge, and every error names its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from perfgoals_lint.lint.kinds.kinds import KINDS

Severity = Literal["error", "warning", "info"]
Listed = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]


class Texts(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"none of {', '.join(sorted(KINDS))}")
    return kind


def _page_kind(kind: str) -> str:
    return kind if kind == "python" else _kind(kind)


class Check(BaseModel):
    """A declarative check: its kind, and the keys of that kind."""

    model_config = ConfigDict(extra="allow")

    kind: Annotated[str, AfterValidator(_kind)]
    where: dict[str, Any] | None = None


class ShortRule(BaseModel):
    """One rule of a pack file."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[
        str,
        Field(
            pattern=r"^([A-OQ-Z][A-Z]|P[A-FH-Z])[A-Z]{0,4}\d{1,4}$",
            description="字母加数字，不以 PG 开头，如 QH001",
        ),
    ]
    title: str | Texts
    severity: Severity = "warning"
    scope: Literal["row", "table", "document"] | None = None
    check: Check
    bad: Annotated[Listed, Field(min_length=1, description="反例：一级 | 二级 | 三级 | 指标值")]
    good: Annotated[Listed, Field(min_length=1, description="正例：一级 | 二级 | 三级 | 指标值")]
    name: Annotated[str | None, Field(pattern=r"^[a-z0-9-]+$")] = None
    message: str | Texts | None = None
    advice: str | Texts | None = None
    basis: list[str] = []
    profiles: Literal["all"] | list[str] = "all"
    needs: list[str] = []
    parameters: dict[str, Any] = {}
    default: bool = True
    line: Annotated[int | None, Field(exclude=True)] = None


class PackFile(BaseModel):
    """A pack file."""

    model_config = ConfigDict(extra="forbid")

    pack: str
    rules: Annotated[list[ShortRule], Field(min_length=1)]


class PageCheck(BaseModel):
    """The check of a page: declarative, or a function of a plug-in."""

    model_config = ConfigDict(extra="allow")

    kind: Annotated[str, AfterValidator(_page_kind)]


class PageHead(BaseModel):
    """The head of a rule page."""

    model_config = ConfigDict(extra="allow")

    code: str
    name: str
    title: Texts
    severity: Severity
    message: Texts
    check: PageCheck


Model = TypeVar("Model", bound=BaseModel)


def checked(model: type[Model], data: Any, file: Path, first_line: int = 1) -> Model:
    """The data as a model. Raises :class:`perfgoals_lint.packs.errors.PackError` with the line of the first thing wrong."""
    from perfgoals_lint.packs.errors import PackError

    lines = _Lines(file, first_line)
    if isinstance(data, dict) and isinstance(data.get("rules"), list):
        for number, rule in enumerate(data["rules"]):
            if isinstance(rule, dict):
                rule["line"] = lines.of(("rules", number))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A key that nobody knows is often the misspelt one that another error misses.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        path = tuple(part for part in first["loc"] if isinstance(part, int) or part not in _BRANCHES)
        named = ".".join(str(part) for part in path)
        raise PackError(file, lines.of(path), f"{named}: {first['msg']}") from error


_BRANCHES = frozenset({"str", "Texts", "function-before[<lambda>(), list[str]]"})


class _Lines:
    """The lines of the parts of a YAML file, looked up when something is wrong with it."""

    def __init__(self, file: Path, first_line: int) -> None:
        import yaml

        text = file.read_text(encoding="utf-8")
        if first_line > 1:
            text = text.split("---\n", 2)[1]
        self._offset = first_line
        try:
            self._root: Any = yaml.compose(text)
        except yaml.YAMLError:
            self._root = None

    def of(self, path: tuple[int | str, ...]) -> int:
        """The 1-based line of a part, or of the nearest part that holds it."""
        node = self._root
        line = self._offset
        for part in path:
            children = _children(node)
            if part not in children:
                break
            key, node = children[part]
            line = key.start_mark.line + self._offset
        return line


def _children(node: Any) -> dict[int | str, tuple[Any, Any]]:
    kind = type(node).__name__
    if kind == "MappingNode":
        return {key.value: (key, value) for key, value in node.value}
    if kind == "SequenceNode":
        return {number: (value, value) for number, value in enumerate(node.value)}
    return {}
