"""The rulebook's data as one compiled index: policy is read from ``rules/`` once, not parsed anew in every run.

The wheel carries the index (``_built/policy.json``), made when the package is built. In a source checkout the rules
are hashed by content and the index is kept in the user's cache directory until one of them changes; YAML is imported
only when it has to be made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from perfgoals_lint.files.cachedir import cache_home
from perfgoals_lint.rulebook.patterns import BUILT_DIR

if TYPE_CHECKING:
    from pathlib import Path

# Every start of the program passes here: pathlib is imported only where the rules are read as files.
_PACKAGE = os.path.dirname(os.path.dirname(__file__))


@cache
def rules_dir() -> Path:
    """The directory of the rule pages: inside an installed package, or the checkout's ``rules/``."""
    from pathlib import Path

    inside = Path(_PACKAGE, "rules")
    return inside if inside.is_dir() else Path(_PACKAGE).parents[1] / "rules"


@cache
def index() -> dict[str, Any]:
    """The compiled rulebook: ``rules`` (code to head), ``lexicons``, ``frameworks``, ``messages`` and ``digest``."""
    content = _read(os.path.join(BUILT_DIR, "policy.json"))
    if content is None:
        directory = rules_dir()
        content = built("policy", digest_of(directory), lambda: compile_index(directory))
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def lexicon(name: str) -> Any:
    """The content of ``rules/lexicons/<name>.yaml``. Raises ``KeyError`` for an unknown name."""
    return index()["lexicons"][name]


def framework_data(name: str) -> Any:
    """The content of ``rules/frameworks/<name>.yaml``. Raises ``KeyError`` for an unknown name."""
    return index()["frameworks"][name]


def built(kind: str, digest: str, build: Callable[[], bytes]) -> bytes:
    """Bytes that take long to make: shipped in the wheel, kept in the user's cache, or made by ``build`` and kept.

    They must be data and nothing that could run: anybody who can write the user's files can write the cache.
    ``digest`` names everything the bytes depend on. A cache that cannot be written costs time, never the run.
    """
    name = f"{kind}-{digest}.bin"
    known = _read(os.path.join(BUILT_DIR, name))
    if known is not None:
        return known
    kept = cache_dir() / name
    known = _read(str(kept))
    if known is None:
        known = build()
        write_atomically(kept, known)
    return known


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def cache_dir() -> Path:
    """Where this user's caches of the tool are kept; ``PERFGOALS_CACHE_DIR`` overrides it."""
    from pathlib import Path

    return Path(cache_home())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a cache file so that a concurrent reader sees all of it or nothing; failure is silent by design."""
    import tempfile  # only where something is written: it loads the compressors

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)


# --- making the index ---------------------------------------------------------------------------------------------


def digest_of(directory: Path) -> str:
    """A hash over the names and contents of all rule files."""
    import hashlib  # only where rules are read as files: it loads a library of its own

    state = hashlib.sha256()
    for path in _files(directory):
        state.update(os.fsencode(path.relative_to(directory).as_posix()))
        state.update(path.read_bytes())
    return state.hexdigest()[:16]


def compile_index(directory: Path) -> bytes:
    """The index of a rules directory as JSON. Raises :class:`PageError` when a file cannot be used."""
    content: dict[str, Any] = {
        "rules": {},
        "lexicons": {},
        "frameworks": {},
        "messages": {},
        "digest": digest_of(directory),
    }
    for path in _files(directory):
        relative = path.relative_to(directory)
        if path.suffix == ".md":
            head = page_head(path)
            head["page"] = relative.as_posix()
            content["rules"][head["code"]] = head
        elif path.suffix == ".yaml" and relative.parts[0] in content:
            content[relative.parts[0]][path.stem] = load_yaml(path.read_text(encoding="utf-8"), path)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


class PageError(ValueError):
    """A page that cannot be used: ``line`` is 1-based, ``None`` for the page as a whole."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.line, self.reason = line, reason


def page_head(path: Path) -> dict[str, Any]:
    """The YAML head of a rule page. Raises :class:`PageError` when there is none or something in it is wrong."""
    from perfgoals_lint.rulebook.rule import faults

    text = path.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        raise PageError(path, None, "no YAML head between two lines of ---")
    head = load_yaml("\n" + parts[1], path)
    if not isinstance(head, dict) or "code" not in head:
        raise PageError(path, None, "the head has no code")
    head |= {key: str(head[key]) for key in ("from", "to") if key in head}
    for key, reason in faults(head):
        lines = text.splitlines()
        line = next((number for number, one in enumerate(lines, 1) if one.startswith(f"{key}:")), None)
        raise PageError(path, line, f"{key} {reason}")
    return head


def load_yaml(text: str, path: Path) -> Any:
    """Parsed YAML. Raises :class:`PageError` with file and line on a syntax error and on a key that is there twice."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        root = loader.get_single_node()
        for key in _doubled(root):
            raise PageError(path, key.start_mark.line + 1, f"{key.value} is there twice")
        return None if root is None else loader.construct_document(root)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PageError(
            path, mark.line + 1 if mark else None, str(getattr(error, "problem", error))
        ) from error


def _doubled(root: Any) -> Iterator[Any]:
    """The keys of the YAML node ``root`` that their mapping has already: a loader would keep the last value."""
    nodes, met = [root], set()
    while nodes:
        if (node := nodes.pop()) is None or node.id == "scalar" or node in met:
            continue
        met.add(node)
        pairs = node.value if node.id == "mapping" else []
        first = {(key.tag, str(key.value)): key for key, _ in reversed(pairs)}
        yield from (key for key, _ in pairs if first[key.tag, str(key.value)] is not key)
        nodes += [value for _, value in pairs] or node.value


def _files(directory: Path) -> Iterator[Path]:
    return (
        path
        for path in sorted(directory.rglob("*"))
        if path.suffix in {".md", ".yaml", ".txt"} and path.is_file()
    )
