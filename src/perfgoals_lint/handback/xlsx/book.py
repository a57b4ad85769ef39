"""Where elements belong in the worksheets of a workbook package."""

from lxml import etree

from perfgoals_lint.fixes.office.parts import namespace
from perfgoals_lint.readers.package import Element, local_name, parse_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
"""The order of the children of a worksheet."""
STYLE_ORDER = [
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
]  # fmt: skip
"""The order of the children of a style sheet."""


def place_child(parent: Element, child: Element, order: list[str] | None = None) -> None:
    """Put a child into a worksheet (or whatever the order is for) after all those that must precede it."""
    names = order or _ORDER
    rank = names.index(local_name(child))
    at = 0
    for number, other in enumerate(parent, 1):
        name = local_name(other)
        if name in names and names.index(name) <= rank:
            at = number
    parent.insert(at, child)


def child(parent: Element, name: str, order: list[str] | None = None) -> Element:
    """The child of a name, made where it belongs when there is none."""
    found = parent.find("{*}" + name)
    if found is None:
        found = etree.Element(namespace(parent) + name)
        place_child(parent, found, order)
    return found


def made(space: str, text: str) -> Element:
    """The element of an XML text without a namespace, in the namespace ``space`` (``{…}``)."""
    return parse_xml(f'<made xmlns="{space.strip("{}")}">{text}</made>'.encode())[0]
