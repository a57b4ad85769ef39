"""Which fixes can be written into a file: what every report promises rests on this, and on nothing else."""

from collections.abc import Sequence

from perfgoals_lint.files.archives import home
from perfgoals_lint.files.contents import is_address
from perfgoals_lint.fixes.apply import FORMATS as TEXTS
from perfgoals_lint.fixes.apply import Carriers, decoded, replacements
from perfgoals_lint.fixes.office.apply import FORMATS as PACKAGES
from perfgoals_lint.fixes.office.apply import possible
from perfgoals_lint.fixes.office.parts import SignedError
from perfgoals_lint.model import Finding
from perfgoals_lint.readers.limits import ReadError


def writable(findings: Sequence[Finding], path: str, shown: str, format_name: str) -> Sequence[Finding]:
    """Those of the findings of a file whose fixes can be written into it, by its format as a document's ``format`` and by
    its bytes. None can inside an archive or at an address, as the path that is ``shown`` tells; none where the file is
    signed or encrypted, or its characters cannot be kept as they are; else those whose text is found in its place and is
    not what a formula gives. Raises ``OSError`` when the file cannot be read."""
    elsewhere = is_address(shown) or any(home(one) != one for one in (path, shown))
    if elsewhere or format_name not in TEXTS | PACKAGES:
        return []
    with open(path, "rb") as file:
        data = file.read()
    if format_name in TEXTS:
        found = decoded(data)
        carriers = Carriers(found[0], shown, format_name) if found else None
        return [one for one in findings if carriers and replacements(carriers, one) is not None]
    try:
        return possible(data, format_name, findings)
    except (ReadError, SignedError):
        return []
