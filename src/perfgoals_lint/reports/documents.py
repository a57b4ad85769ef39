"""What became of the files of a run, in a memory that does not grow with their number."""

from array import array
from collections import Counter
from dataclasses import replace

from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Severity


class Documents(Blocks[DocumentInfo]):
    """The documents of a run in order, with the findings that are counted after they were added."""

    def __init__(self) -> None:
        super().__init__()
        self._paths = array("q")
        self._more: dict[str, Counter[Severity]] = {}

    def append(self, one: DocumentInfo) -> None:
        """Add a document; it must not be changed afterwards."""
        self._paths.append(hash(one.path))
        super().append(one)

    def of(self, path: str) -> DocumentInfo | None:
        """The document of a path, the last one where several have it; those that came last are found at once."""
        near = next((one for one in reversed(self._last) if one.path == path), None)
        if near is not None:
            return self._given(near)
        sought = hash(path)
        if sought in self._paths:
            for at in range(len(self) - 1, -1, -1):
                if self._paths[at] == sought and self[at].path == path:
                    return self[at]
        return None

    def add_finding(self, path: str, severity: Severity) -> None:
        """Count one more finding of a document that was added."""
        self._more.setdefault(path, Counter())[severity] += 1

    def _given(self, one: DocumentInfo) -> DocumentInfo:
        """The document with the findings that were counted after it was added."""
        more = self._more.get(one.path)
        if more is None:
            return one
        return replace(
            one,
            error=one.error + more["error"],
            warning=one.warning + more["warning"],
            info=one.info + more["info"],
        )
