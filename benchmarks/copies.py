"""Annotated copies of foreign workbooks and documents: nothing lost, every comment in its place, and out again.

    python benchmarks/copies.py DIRECTORY [--every 1] [--office 0]

Every .xlsx, .xlsm, .docx, .docm and .pdf below the directory gets comments at up to five of its places. It is then
compared with what was there: the bytes of all parts that had no reason to change, what is read of the copy and of the
stripped copy, and the comments. With ``--office N``, LibreOffice opens N of the copies and the comments that it shows
are compared as well (workbooks by cell, documents by number). Test data of libraries are good input: they hold what
people do not make twice.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.handback import docx, pdf
from perfgoals_lint.handback.entries import PlaceMark, entries_of, marks_of
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx import annotate as xlsx
from perfgoals_lint.handback.xlsx import comments
from perfgoals_lint.model import Finding, Grid, Location, Severity, Source
from perfgoals_lint.readers import read
from perfgoals_lint.readers.limits import ReadError

ENDINGS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".docx": "docx", ".docm": "docx", ".pdf": "pdf"}
TOUCHED = re.compile(
    r"\[content_types\]|\.rels$|(?:^|/)(?:comments|styles|workbook|document|settings|vmldrawing|threadedcomment|person)"
    r"|worksheets/sheet|commentsextended",
    re.IGNORECASE,
)
"""Parts that comments, colours and the list of findings may change."""
WORDS = HandbackWords("zh")
SAID = "试验意见"
AT_ONCE = 20


def finding(location: Location, number: int) -> Finding:
    severity: Severity = random.choice(("error", "warning", "info"))
    return Finding(
        "PGN503", "x", severity, "规范性", f"{SAID}第{number}处缺百分号", "d", advice="补写",
        location=location, fingerprint=f"{number:016x}", quote="≥85",
    )  # fmt: skip


def places(source: Source) -> list[Location]:
    found = [
        block.locate(cell)
        for block in source.blocks
        if isinstance(block, Grid)
        for cell in block.cells
        if cell.text
    ]
    if source.format == "docx":
        found += [
            line.location for block in source.blocks if not isinstance(block, Grid) for line in block.lines
        ]
    return found


def said(source: Source) -> list[object]:
    """What is read, without the name of the file."""
    return [
        (block.sheet, [(one.row, one.column, one.text, one.row_span, one.column_span) for one in block.cells])
        if isinstance(block, Grid)
        else [line.text for line in block.lines]
        for block in source.blocks
    ]


def tried(path: Path, out: Path, counts: Counter[str]) -> str:
    """Annotate a file and compare; what is wrong, or nothing."""
    source, data = read(str(path)), path.read_bytes()
    wanted = ENDINGS[path.suffix.lower()]
    where = places(source)
    if source.format != wanted or not where:
        counts["nothing to mark"] += 1
        return ""
    random.seed(path.name)
    findings = [
        finding(place, number) for number, place in enumerate(random.sample(where, min(5, len(where))))
    ]
    marks, entries = marks_of(findings, WORDS), entries_of(findings, WORDS)
    try:
        if wanted == "xlsx":
            made, strip = xlsx.annotate(data, marks, entries, WORDS), xlsx.strip
        elif wanted == "docx":
            made, strip = docx.annotate(data, marks, WORDS), docx.strip
        else:
            made, strip = pdf.annotate(data, marks, entries, WORDS), pdf.strip
        back = strip(made)
    except (ReadError, SignedError) as error:
        counts["refused"] += 1
        return f"refused: {error!r}"
    counts["annotated"] += 1
    copy = out / f"{counts['annotated']:04}-{path.stem[-60:]}{path.suffix.lower()}"
    copy.write_bytes(made)
    wrong = [] if said(read(str(copy))) == said(source) else ["the copy reads otherwise"]
    copy.write_bytes(back)
    wrong += [] if said(read(str(copy))) == said(source) else ["the stripped copy reads otherwise"]
    copy.write_bytes(made)
    if wanted == "pdf":
        wrong += [] if back == data and made.startswith(data) else ["the original is no part of the copy"]
    else:
        wrong += parts(data, made, back, counts)
    if wanted == "xlsx":
        wrong += lost_comments(made, marks, counts)
    return "; ".join(wrong)


def parts(data: bytes, made: bytes, back: bytes, counts: Counter[str]) -> list[str]:
    """Are all parts there, and those as they were that had no reason to change?"""
    before, after, stripped = (zipfile.ZipFile(BytesIO(one)) for one in (data, made, back))
    wrong = [f"{name} is lost" for name in before.namelist() if name not in after.namelist()]
    wrong += [
        f"{name} is lost when stripped" for name in before.namelist() if name not in stripped.namelist()
    ]
    for name in set(before.namelist()) & set(after.namelist()):
        try:
            same = before.read(name) == after.read(name)
        except zipfile.BadZipFile:
            counts["parts that were damaged"] += 1
            continue
        counts["parts the same" if same else "parts changed"] += 1
        if not same and not TOUCHED.search(name):
            wrong.append(f"{name} has changed")
    return wrong


def lost_comments(made: bytes, marks: list[PlaceMark], counts: Counter[str]) -> list[str]:
    package = PackageParts(made)
    known = package.sheets()
    wrong = []
    for mark in marks:
        held = cells_with(package, known[mark.location.sheet or ""])
        counts["comments in cells"] += 1
        if mark.text not in held.get(mark.location.cell or "", ""):
            wrong.append(f"no comment at {mark.location.cell}")
    return wrong


def cells_with(package: PackageParts, sheet: str) -> dict[str, str]:
    """The comments of a sheet by cell."""
    part = package.related(sheet, "comments")
    if part is None or part not in package:
        return {}
    held = package.root(part).iterfind("{*}commentList/{*}comment")
    return {one.get("ref", ""): comments.texts_of(one) for one in held}


def shown(content: bytes) -> set[tuple[int, int, int]]:
    """Table, row and column of each of our comments in an OpenDocument file; a document's are numbered."""
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    found = set()
    tables = list(root.iter("{*}table")) if root.find(".//{*}spreadsheet") is not None else []
    for number, table in enumerate(tables):
        row = 0
        for line in table.iter("{*}table-row"):
            column = 0
            for cell in line:
                note = cell.find("{*}annotation")
                if note is not None and SAID in "".join(note.itertext()):
                    found.add((number, row, column))
                column += repeated(cell, "columns")
            row += repeated(line, "rows")
    if not tables:
        notes = [one for one in root.iter("{*}annotation") if SAID in "".join(one.itertext())]
        found = {(0, 0, number) for number, _ in enumerate(notes)}
    return found


def repeated(element: etree._Element, what: str) -> int:
    return next(
        (int(value) for key, value in element.attrib.items() if str(key).endswith(f"number-{what}-repeated")),
        1,
    )


def expected(path: Path) -> set[tuple[int, int, int]]:
    package = PackageParts(path.read_bytes())
    if path.suffix.startswith(".doc"):
        part = package.related(package.main, "comments") or ""
        notes = [one for one in package.root(part).iter("{*}comment") if SAID in "".join(one.itertext())]
        return {(0, 0, number) for number, _ in enumerate(notes)}
    found = set()
    for number, part in enumerate(package.sheets().values()):
        if part in package:
            held = cells_with(package, part)
            found |= {(number, *comments.position(cell)) for cell, text in held.items() if SAID in text}
    return found


def in_office(out: Path, most: int) -> None:
    """Let LibreOffice open copies, and compare the comments that it has."""
    copies = [one for one in sorted(out.iterdir()) if one.suffix != ".pdf"]
    random.seed(1)
    copies = random.sample(copies, min(most, len(copies)))
    counts: Counter[str] = Counter()
    for kind, ending in ((".xls", "ods"), (".doc", "odt")):
        chosen = [one for one in copies if one.suffix.startswith(kind)]
        target = out / ending
        for start in range(0, len(chosen), AT_ONCE):
            command = [
                "soffice",
                "--headless",
                f"-env:UserInstallation={(out / 'profile').as_uri()}",
                "--convert-to",
                ending,
            ]
            files = [str(one) for one in chosen[start : start + AT_ONCE]]
            subprocess.run(
                [*command, "--outdir", str(target), *files], capture_output=True, timeout=600, check=False
            )
        for one in chosen:
            made = target / f"{one.stem}.{ending}"
            if not made.exists():
                counts["not opened"] += 1
                print(f"{one.name}: LibreOffice does not open it")
                continue
            got, wanted = shown(zipfile.ZipFile(made).read("content.xml")), expected(one)
            counts["all comments in place" if got == wanted else "comments elsewhere"] += 1
            counts["comments"] += len(wanted)
            if got != wanted:
                print(f"{one.name}: {sorted(wanted - got)} are not there, {sorted(got - wanted)} are")
    print("LibreOffice:", dict(counts))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("directory", type=Path)
    asked.add_argument("--every", type=int, default=1, help="only every so manieth file")
    asked.add_argument("--office", type=int, default=0, help="copies that LibreOffice opens")
    given = asked.parse_args()
    files = sorted(
        one for one in given.directory.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file()
    )
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        for path in files[:: given.every]:
            wrong = tried(path, Path(home), counts)
            if wrong:
                print(f"{path.name}: {wrong}")
        print(dict(counts))
        if given.office and shutil.which("soffice"):
            in_office(Path(home), given.office)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
