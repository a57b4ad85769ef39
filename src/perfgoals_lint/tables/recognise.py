"""From a source to what it says: every way to read its text as grids goes through the one recogniser, the best counts."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from perfgoals_lint.extraction.own import begins_as_own, is_own_report, own_problem
from perfgoals_lint.extraction.unrecognised import not_recognised
from perfgoals_lint.model import Document, Grid, Indicator, Problem, Source
from perfgoals_lint.rulebook.labels import classify, ends_as_class, is_level1, is_level2, over, parent_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.account import UNKNOWN
from perfgoals_lint.tables.books import MONEY_ALONE
from perfgoals_lint.tables.excerpts import excerpt_of
from perfgoals_lint.tables.forms import DOUBT
from perfgoals_lint.tables.headings import box_field, is_class
from perfgoals_lint.tables.middle_classes import put_in_front
from perfgoals_lint.tables.money_units import INFERRED
from perfgoals_lint.tables.reader import recognise as recognise_grids
from perfgoals_lint.tables.reading import AS_IT_IS, GUESSED, UNSURE, Reading
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.shared_cells import move_signs, split_classes, split_numbered, split_values
from perfgoals_lint.tables.states import NO_GOALS, state_of
from perfgoals_lint.tables.tidy import tidied
from perfgoals_lint.values import is_whole

CUT_OFF = "PGX102"
_NOTICES = frozenset({INFERRED, UNKNOWN, DOUBT, MONEY_ALONE, NO_GOALS})
"""Problems that say something of a document and nothing against the way it was read."""
_LISTED = "project-list"
_NEXT = compiled(r"\d[^：:]*[一-鿿]{2}[：:]\s*[≥≤≧≦＝=＞＜<>]\s*\d")
_VALUED = compiled(r"[一-鿿]\s*[≥≤≧≦＝=＞＜<>]\s*\d")
_LONGEST_CLASS = 9
"""Characters of a class that is no name (预算（或投资规模）控制指标 is one)."""
_OF_CLASS = range(2, 6)
"""Characters of the short name of a class."""
_NUMBER = compiled(r"\d")
_SIGN = compiled(r"[≥≤≧≦＝=＞＜<>]+")
_SIGNS = tuple("≥≤≧≦＝=＞＜<>")
_AGAIN = 3
_FEW = 3
"""Rows up to which a table of the first classes alone may be all that a unit has set itself."""
_FIRST_CLASSES = frozenset({"quantity", "quality"})
"""The classes with which forms begin: a table that has no other ends where an excerpt does."""
_OF_A_PROBLEM = 20
"""The cost of a cut that counts as much as one problem."""
_CERTAIN, _CERTAIN_ROW = 0.5, 0.1
"""What a reading may cost, in all or for each row, that nothing else needs to be held against."""


def recognise(source: Source) -> Document:
    """The tables of a source as it is best read, reading problems first.

    ``layout`` names how its cells are told apart, ``grid`` where the file does that. It is ``None`` and a problem says so
    when nothing is recognised; a source that could not be read has its reading problems only.
    """
    from perfgoals_lint.forms.layout import recognise as recognise_authored
    from perfgoals_lint.forms.traits import is_named_so

    if source.blocks and begins_as_own(source):
        return Document(source.path, source.format, problems=[*source.problems, own_problem(source)])
    best = recognise_authored(source) if source.blocks else None
    if best is None or not (explained(best) or is_named_so(source.path)):
        best = _best(source) or best
    if best is None:
        best = Document(source.path, source.format)
        if source.blocks:
            own = is_own_report(source)
            best.problems.append(own_problem(source) if own else not_recognised(source))
    best.problems[:0] = source.problems
    for table in best.tables:
        split_classes(table)
        split_values(table)
        split_numbered(table)
        table.state = state_of(table)
        for row in table.indicators:
            row.level1_class, row.level2_class = classify(row.level1, 1), classify(row.level2, 2)
            if (below := classify(row.level2, 1)) and below in over(row.level1):
                row.level1_class = below
            if row.level1 is None and row.level2_class is not None:
                row.level1_class = parent_of(row.level2_class)
    return best


_RUNNING_TEXTS = ("purpose", "annual_goal", "cycle_goal")
_RAN_ON = compiled(
    r"[^\s。；;，,、：:]  +(?![（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]|目标|指标|①)[^\s。；;，,、]"
)
"""Blanks within a sentence, in front of no item of a list: two cells stood beside each other there."""
_OF_LINES = GUESSED - {"cell-a-line"}
_UNMARKED = GUESSED - {"glued"}
"""Shapes of the same pieces, with nothing but blanks and line ends between them."""


def _best(source: Source) -> Document | None:
    """The document of the reading that explains most: the most complete rows, each other row but a class alone counting
    against one and each problem against half of one, and what the cut itself has against it by its weight; then the most tables with rows, then the least cost."""
    best: Document | None = None
    best_key: tuple[float, int, float] | None = None
    for reading in _candidates(source):
        document = recognise_grids(Source(source.path, source.format, reading.blocks))
        if document is None:
            continue
        document.layout = reading.shape
        for table in document.tables:
            move_signs(table)
            if reading.shape != AS_IT_IS:
                put_in_front(table)
        document.problems += reading.problems
        _mark_cut(document, reading)
        document.problems += list(_doubts(document))
        complete = complete_rows(document)
        if best is not None and best.layout == _LISTED and complete <= complete_rows(best):
            continue  # what such a list leaves open, other readings do not even see
        filled = sum(bool(table.indicators) for table in document.tables)
        doubts = sum(problem.code not in _NOTICES for problem in document.problems)
        rows = sum(len(table.indicators) for table in document.tables)
        told = sum(
            bool(
                row.level3
                or row.annual_value
                or row.cycle_value
                or not is_class(row.level2 or row.level1 or "")
            )
            for table in document.tables
            for row in table.indicators
        )
        key = (4 * complete - 2 * told - 2 * (doubts + reading.cost // _OF_A_PROBLEM), filled, -reading.cost)
        # Costs of the same shape read in two ways are not measured alike: the first one stands unless more is explained.
        same = best is not None and (
            best.layout == reading.shape or {best.layout, reading.shape} <= _UNMARKED
        )
        if best_key is None or (key[:2] > best_key[:2] if same else key > best_key):
            best, best_key = document, key
        if rows and complete == rows and not doubts and reading.cost < max(_CERTAIN, _CERTAIN_ROW * rows):
            break
    if best is not None:
        _leave_open(best)
    return best


def _candidates(source: Source) -> Iterator[Reading]:
    """The blocks as they are where the file has grids, and every way to read its text as grids."""
    excerpt = excerpt_of(source.blocks)
    excerpt.blocks = tidied(excerpt.blocks)
    if any(isinstance(block, Grid) for block in excerpt.blocks):
        yield excerpt.marked(Reading(AS_IT_IS, [*excerpt.blocks]))
    from perfgoals_lint.tables.grids import readings  # most files have grids, and need none of it

    yield from map(excerpt.marked, readings(excerpt.blocks, source.path))


def _mark_cut(document: Document, reading: Reading) -> None:
    """Mark the last table, and its last row, where the text ends inside of it."""
    grids = [block for block in reading.blocks if isinstance(block, Grid)]
    if not grids or not document.tables or document.tables[-1].truncated:
        return
    if not grids[-1].truncated and not (reading.blocks[-1] is grids[-1] and _ends_early(document, reading)):
        return
    table = document.tables[-1]
    table.truncated = True
    place = table.location
    if table.indicators:
        table.indicators[-1].truncated = True
        place = next(iter(table.indicators[-1].locations.values()), place)
    document.problems.append(Problem(CUT_OFF, place, {"where": table.project_name}))


def _ends_early(document: Document, reading: Reading) -> bool:
    """Does a text end with a table that goes no further than the first classes of a form, quantity and quality, or with a
    sign, or running text with a project that has no target where others have some?"""
    rows = document.tables[-1].indicators
    if not rows:
        return reading.shape == "targets" and any(table.indicators for table in document.tables)
    if reading.shape != AS_IT_IS and _SIGN.fullmatch(rows[-1].annual_value or ""):
        return True
    if reading.shape == AS_IT_IS or len(rows) <= _FEW:
        return False
    firsts, seconds = ({classify(getattr(row, f"level{n}"), n) for row in rows} for n in (1, 2))
    return firsts <= {"output", None} and seconds <= _FIRST_CLASSES


def _leave_open(document: Document) -> None:
    """Note in a reading in doubt that a row's value is not known where none was found, nor whether a table has more rows
    where some are not complete or several projects share the text: they may stand in another cell. A cell of the file itself
    that is empty is known to be."""
    if not any(problem.code == UNSURE for problem in document.problems):
        return
    for table in document.tables:
        if len(document.tables) > 1 or not all(map(_is_complete, table.indicators)) or not table.indicators:
            table.unknown.append("indicators")
        names = Counter(row.level3 for row in table.indicators)
        for row in table.indicators:
            # A name found again and again is a piece of a text that every row prints (达标得满分，每低).
            blank = document.layout == AS_IT_IS and not row.blank.keys().isdisjoint(VALUES)
            valueless = not (row.annual_value or row.cycle_value or blank)
            if row.level3 and (valueless or names[row.level3] >= _AGAIN):
                row.unknown += [name for name in VALUES if name not in row.unknown]


def _doubts(document: Document) -> Iterator[Problem]:
    """A problem for every row or table of a document that was perhaps not read as it is printed.

    In any document: a name that is a value (≥93%, 2026年11月底前) or ends with a sign, a value with the next indicator or a class
    behind it (≥18公里整治长度：≥5公里), a class that is a name with its value (培训人数≥300人). In text also: rows in front of the
    first class, a level that is no class where others are or has no indicator, a second project's name. Where nothing marks the cells also: rows
    below the class of others, names that are repeated, a sign without its figure.
    """
    in_cells = document.layout == AS_IT_IS
    for table in document.tables:
        second = next((name for key, name in table.fields.items() if box_field(key) == "project_name"), "")
        if second and not in_cells:
            yield Problem(UNSURE, table.location, {"where": second})
        for name in _RUNNING_TEXTS if document.layout in _OF_LINES else ():
            text = getattr(table, name) or ""
            if _RAN_ON.search(text):
                yield Problem(UNSURE, table.location, {"where": text.split("\n")[0]})
        first = table.indicators[0] if table.indicators else None
        classed = not in_cells and any(is_level1(row.level1 or "") for row in table.indicators)
        above = first and not first.level1 and not in_cells
        if (
            first
            and above
            and (classed or (not first.level2 and any(row.level2 for row in table.indicators)))
        ):
            # The class may stand beside a row below.
            place = first.locations.get("level3", table.location)
            yield Problem(UNSURE, place, {"where": first.level3 or ""})
        names = Counter(row.level3 for row in table.indicators)
        for row in table.indicators:
            for name in ("level1", "level2"):
                label = "" if row.level3 else getattr(row, name) or ""
                if row.level3 and classed and name == "level1" and row.level1:
                    label = row.level1 or ""
                known = is_class(label) or (in_cells and len(label) <= _LONGEST_CLASS)
                if label and (_VALUED.search(label) or not known):
                    yield Problem(UNSURE, row.locations.get(name, table.location), {"where": label})
            values = [value for value in (row.annual_value, row.cycle_value) if value]
            glued = any(_NEXT.search(value) or _with_class(value) for value in values)
            guessed = document.layout in GUESSED
            misplaced = guessed and (_is_misplaced(row) or names[row.level3] >= _AGAIN)
            alone = guessed and any(_SIGN.fullmatch(value) for value in values)
            if "annual_value" in row.locations and _NUMBER.search(row.sign or ""):
                # 90 in the column of signs, ≥ in that of values.
                place = row.locations.get("annual_value.operator", table.location)
                yield Problem(UNSURE, place, {"where": row.sign or ""})
            elif row.level3 and (glued or misplaced or alone or _is_no_name(row.level3)):
                yield Problem(UNSURE, row.locations.get("level3", table.location), {"where": row.level3})


@lru_cache(4096)
def _is_no_name(text: str) -> bool:
    """Is what stands in the place of a name a value, or does it end with the sign of one?"""
    return text.endswith(_SIGNS) or is_whole(text)


def _is_misplaced(row: Indicator) -> bool:
    """Is a class of the second level printed below the class of another first one? Forms print satisfaction as a benefit."""
    first, second = classify(row.level1, 1), classify(row.level2, 2)
    parent = parent_of(second) if second else None
    known = first is not None and parent is not None and (parent, first) != ("satisfaction", "benefit")
    return known and first != parent and not over(row.level1)


def _with_class(value: str) -> bool:
    """Does the next class stand behind a whole figure or time (2026年11月底前成本)?"""
    return ends_as_class(value) and any(
        is_level2(value[-n:]) and is_whole(value[:-n]) for n in _OF_CLASS if len(value) > n
    )


def explained(document: Document) -> int:
    """How much of a source a recogniser explains: its tables and its complete indicator rows."""
    return len(document.tables) + complete_rows(document)


def complete_rows(document: Document) -> int:
    """How many indicator rows have a class, a name that is no value, and a value, and no class of level 2 (质量指标) for one
    of level 1 or in the place of a value."""
    return sum(_is_complete(row) for table in document.tables for row in table.indicators)


def _is_complete(row: Indicator) -> bool:
    values = [value for value in (row.annual_value, row.cycle_value) if value]
    return (
        bool((row.level1 or row.level2) and row.level3 and (values or row.unknown))
        and not (
            row.level3
            and row.level3.endswith("指标")
            and len(row.level3) <= _LONGEST_CLASS
            and is_class(row.level3)
        )
        and not _is_no_name(row.level3 or "")
        and not (row.level1 and is_level2(row.level1) and not is_level1(row.level1))
        and not any(map(is_class, values))
    )
