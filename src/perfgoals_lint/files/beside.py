"""The names of what the tool puts beside a file which cannot bear marks itself."""

from collections.abc import Collection

WORKBOOK = ".审核.xlsx"
"""What is put behind the name of a file for the workbook beside it."""
DOCUMENT = ".审核.docx"
"""The same for a document beside it, converted with its comments."""
ENDINGS = (WORKBOOK, DOCUMENT)


def is_beside(name: str, names: Collection[str]) -> bool:
    """Does a file, told by its name among all ``names`` of its folder or archive, belong to one of the others? It is
    passed over as long as that one is there."""
    return any(name.endswith(ending) and name.removesuffix(ending) in names for ending in ENDINGS)
