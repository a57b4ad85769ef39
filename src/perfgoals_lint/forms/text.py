"""The authoring form as YAML or JSON."""

import json
from collections.abc import Callable
from typing import Any

from perfgoals_lint.forms.convert import document_data
from perfgoals_lint.forms.keys import is_form
from perfgoals_lint.forms.loader import LAYOUT, SYNTAX, Loader
from perfgoals_lint.forms.positions import FormSyntaxError, Parsed, Path, escaped, parse
from perfgoals_lint.forms.traits import may_be_form
from perfgoals_lint.model import Document, Location, Problem
from perfgoals_lint.rulebook.patterns import compiled

_WIDTH = 1_000_000
_BREAKS = compiled("[\x85\u2028\u2029]")


def load_text(text: str, path: str, format_name: str) -> Document | None:
    """The document that a YAML or JSON text of the form says, or ``None`` when the text is another kind of text.

    What is wrong with it (syntax, unknown keys, values of the wrong kind) is in ``problems`` with its line; a project
    with a wrong value is left out, its neighbours stay.
    """
    try:
        streams = parse(text)
    except FormSyntaxError as problem:
        if not may_be_form(text, path):
            return None
        document = Document(path, format_name, LAYOUT)
        place = Location(path, line=problem.place[0], column=problem.place[1])
        document.problems.append(Problem(SYNTAX, place, {"reason": str(problem)}))
        return document
    if not any(is_form(stream.data) for stream in streams):
        return None
    loader = Loader(Document(path, format_name, LAYOUT))
    for stream in streams:
        loader.add(stream.data, _places(stream, path))
    return loader.document


def _places(parsed: Parsed, path: str) -> Callable[[Path], Location]:
    def locate(part: Path) -> Location:
        line, column = parsed.place(part)
        return Location(path, line=line, column=column)

    return locate


def dump_yaml(document: Document) -> str:
    """The document as YAML of the form."""
    return yaml_text(document_data(document))


def dump_json(document: Document) -> str:
    """The document as JSON of the form."""
    return escaped(json.dumps(document_data(document), ensure_ascii=False, indent=2)) + "\n"


def yaml_text(data: Any) -> str:
    """Data of the form as YAML: keys in the given order, blank for ``None``, one line a text where it fits."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Prints ``None`` as nothing and indents lists below their key."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    def text_node(dumper: Any, text: str) -> Any:
        # Other styles would take these for line ends.
        style = '"' if _BREAKS.search(text) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, text_node)
    Dumper.add_representer(
        type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
    )
    text: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text
