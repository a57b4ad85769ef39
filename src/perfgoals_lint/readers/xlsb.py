"""Binary workbooks (.xlsb): stored values only, through the optional component ``xlsb``; formats and merges are lost."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from perfgoals_lint.model import Part, Source
from perfgoals_lint.readers.limits import CORRUPT, FORMATS_UNKNOWN, NEEDS_EXTRA, Limits, ReadError, over
from perfgoals_lint.readers.numdigits import exact, general
from perfgoals_lint.readers.package import Package
from perfgoals_lint.readers.report import add_sheet, note, sheet_failure
from perfgoals_lint.readers.sheet import CellBudget, Sheet
from perfgoals_lint.readers.xlsx_parts import sheet_parts
from perfgoals_lint.rulebook.patterns import compiled

_SHEET_PART = compiled(r"xl/worksheets/sheet\d{1,6}\.bin")


def read_xlsb(package: Package, path: str, limits: Limits) -> Source:
    """All worksheets, with the warning that what the cells show is unknown. Raises ``ReadError``."""
    try:
        import python_calamine
    except ImportError:
        raise ReadError(NEEDS_EXTRA, extra="xlsb") from None
    package.stream.seek(0)  # the directory of the package stands at its end
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(package.stream)
    except Exception as error:
        raise ReadError(CORRUPT, case="refused", reason=error) from None
    except BaseException as error:  # a panic of the library is no Exception
        raise _panic(error) from None
    if len(book.sheet_names) > limits.sheets:
        raise over("sheets", len(book.sheet_names), limits.sheets)
    source = Source(path, "xlsb")
    note(source, FORMATS_UNKNOWN)
    budget = CellBudget(limits)
    hidden = {
        sheet.name for sheet in book.sheets_metadata if str(sheet.visible).rpartition(".")[2] != "Visible"
    }
    beside = _beside(package, book.sheet_names, path)
    for name in book.sheet_names:
        try:
            found = book.get_sheet_by_name(name)
        except Exception as error:
            sheet_failure(source, ReadError(CORRUPT, case="refused", reason=error), name)
            continue
        except BaseException as error:
            raise _panic(error) from None
        sheet = Sheet(name, hidden=name in hidden, parts=beside.get(name, []))
        first_column = found.start[1] if found.start else 0
        for row, values in enumerate(found.iter_rows()):
            for column, value in enumerate(values, first_column):
                text = _shown(value)
                if text:
                    budget.spend()
                    sheet.add(row, column, text)
        add_sheet(source, sheet, limits)
    return source


def _beside(package: Package, names: Sequence[str], path: str) -> dict[str, list[Part]]:
    """What lies beside the cells, by sheet: drawings are XML here too. The parts of sheets are numbered in their order;
    where that does not fit, what is found belongs to no sheet that could be named."""
    targets = sorted((len(name), name) for name in package.names() if _SHEET_PART.fullmatch(name))
    if len(targets) != len(names):
        return {}
    return {
        name: sheet_parts(package, target, name, path)
        for name, (_, target) in zip(names, targets, strict=True)
    }


def _panic(error: BaseException) -> BaseException:
    """What to raise for what is no ordinary exception: a panic costs the file; an interrupt stays one."""
    if type(error).__name__ != "PanicException":
        return error
    return ReadError(CORRUPT, case="refused", reason=" ".join(str(error).split())[:200])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return general(exact(value))
    if isinstance(value, datetime | date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)
