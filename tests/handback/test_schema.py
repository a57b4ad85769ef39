"""Whatever is handed back keeps to the schemas and rules of Office Open XML, by a validator that is not the project's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")

from cli.commands import EXAMPLES, run  # noqa: E402 - behind the check for an optional package
from handback import test_documents as documents  # noqa: E402
from handback import test_workbooks as workbooks  # noqa: E402
from handback.hard import BOOKS  # noqa: E402
from handback.made import WORDS  # noqa: E402
from perfgoals_lint.fixes.office.parts import PackageParts  # noqa: E402
from perfgoals_lint.forms.printed import printed  # noqa: E402
from perfgoals_lint.handback.docx import annotate, strip  # noqa: E402
from perfgoals_lint.handback.entries import marks_of  # noqa: E402
from perfgoals_lint.handback.xlsx.annotate import strip as strip_workbook  # noqa: E402

_NOT_ASKED = "A required relationship type"
"""The standard asks a main part for no relation: a document without styles of its own is whole."""
FORMS = Path(__file__).parents[2] / "rules" / "opinions"


def faults(data: bytes, path: Path) -> Counter[tuple[str, str]]:
    """What the validator has to say of a file, by the part and its words."""
    path.write_bytes(data)
    found = audit.OpenXmlValidator().validate(str(path)).errors
    said = [(str(one.part_uri), str(one.description)) for one in found]
    return Counter(one for one in said if not one[1].startswith(_NOT_ASKED))


def test_the_validator_sees_what_is_out_of_order(tmp_path: Path) -> None:
    """Else the other tests would prove nothing: an element in the wrong place, and a style that is not there."""
    for change in ("order", "style"):
        parts = PackageParts(workbooks.annotated(BOOKS["plain"]()))
        name = next(iter(parts.sheets().values()))
        root = parts.edit(name)
        condition = root.find("{*}conditionalFormatting")
        assert condition is not None
        if change == "order":
            root.insert(0, condition)
        else:
            etree.SubElement(root, str(root.tag).replace("worksheet", "noSuchElement"))
        assert faults(parts.save(), tmp_path / f"{change}.xlsx"), change


@pytest.mark.parametrize("name", BOOKS)
def test_workbooks_have_no_new_faults(name: str, tmp_path: Path) -> None:
    before = BOOKS[name]()
    known = faults(before, tmp_path / "a.xlsx")
    made = workbooks.annotated(before)
    assert faults(made, tmp_path / "b.xlsx") - known == Counter()
    assert faults(strip_workbook(made), tmp_path / "c.xlsx") - known == Counter()


@pytest.mark.parametrize("options", [{}, {"revised": True}, {"noted": True}, {"split": True}])
def test_documents_have_no_new_faults(options: dict[str, bool], tmp_path: Path) -> None:
    before = documents.document(**options)
    known = faults(before, tmp_path / "a.docx")
    edits = [edit for one in documents.FINDINGS if one.fix for edit in one.fix.edits]
    made = annotate(before, marks_of(documents.FINDINGS, WORDS), WORDS, edits)
    assert faults(made, tmp_path / "b.docx") - known == Counter()
    assert faults(strip(made), tmp_path / "c.docx") - known == Counter()


@pytest.mark.parametrize(
    "form", ["questions.docx", "letter.docx", "lines.docx", "lines.xlsx", "workbook.xlsx"]
)
def test_opinions_have_no_faults(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"意见{Path(form).suffix}"
    output = f"opinion={path}"
    run("check", EXAMPLES / "municipal.xlsx", "-o", output, "--opinion-form", Path(form).stem, "--no-cache")
    known = faults((FORMS / form).read_bytes(), tmp_path / form) if (FORMS / form).is_file() else Counter()
    assert faults(path.read_bytes(), tmp_path / form) - known == Counter()


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@pytest.mark.parametrize("framework", ["mof21", "gd"])
def test_printable_forms_have_no_faults(framework: str, ending: str, tmp_path: Path) -> None:
    made = printed(framework, "xlsx" if ending == "xlsx" else "docx")
    assert faults(made, tmp_path / f"form.{ending}") == Counter()


def test_what_lies_beside_and_what_compares_have_no_faults(tmp_path: Path) -> None:
    run("annotate", EXAMPLES / "small-form.txt", "-o", tmp_path / "o", "--no-cache")
    run(
        "compare",
        EXAMPLES / "municipal.xlsx",
        EXAMPLES / "municipal.xlsx",
        "-o",
        f"xlsx={tmp_path}/c.xlsx",
        "--no-cache",
    )
    for path in (tmp_path / "o" / "small-form.txt.审核.xlsx", tmp_path / "c.xlsx"):
        assert faults(path.read_bytes(), tmp_path / "x.xlsx") == Counter()
