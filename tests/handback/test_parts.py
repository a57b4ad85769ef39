"""Packages that are written anew: what was not touched goes over as it lies, packed."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.fixes.office.parts import PackageParts
from perfgoals_lint.readers.limits import ReadError

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="a.xml"/>'
    "</Relationships>"
)
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


class Stream(BytesIO):
    """A file that cannot go back: sizes are written behind what they are about."""

    def seekable(self) -> bool:
        return False


def package(parts: dict[str, tuple[bytes, int]], *, streamed: bool = False, before: bytes = b"") -> bytes:
    out: BytesIO = Stream() if streamed else BytesIO()
    out.write(before)
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"kept"
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        for name, (content, way) in parts.items():
            archive.writestr(name, content, way)
    return out.getvalue()


def packed(data: bytes, name: str) -> bytes:
    """The bytes of a part as they lie in a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo(name)
    names = struct.unpack("<HH", data[entry.header_offset + 26 : entry.header_offset + 30])
    start = entry.header_offset + 30 + sum(names)
    return data[start : start + entry.compress_size]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text("abc/表", min_size=1, max_size=6).filter(
            lambda name: "//" not in name and name.strip("/") == name
        ),
        st.tuples(st.binary(max_size=300), st.sampled_from(WAYS)),
        max_size=6,
    ).filter(lambda parts: len({name.lower() for name in parts}) == len(parts)),
    st.booleans(),
    st.sampled_from([b"", b"something in front"]),
)
def test_untouched_parts_keep_their_packed_bytes(
    held: dict[str, tuple[bytes, int]], streamed: bool, before: bytes
) -> None:
    data = package(held | {"a.xml": (b"<a/>", zipfile.ZIP_DEFLATED)}, streamed=streamed, before=before)
    parts = PackageParts(data)
    parts.put("a.xml", b"<b/>")
    parts.add("new.xml", b"<c/>", "text/xml")
    saved = parts.save()
    with zipfile.ZipFile(BytesIO(saved)) as archive:
        assert archive.testzip() is None
        assert archive.comment == b"kept"
        assert archive.read("a.xml") == b"<b/>"
        assert archive.read("new.xml") == b"<c/>"
        assert [*held, "a.xml", "new.xml"] == [
            name for name in archive.namelist() if "." in name or name in held
        ][2:]
        for name, (content, _) in held.items():
            assert archive.read(name) == content
    for name, (_, way) in held.items():
        if way in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            assert packed(saved, name) == packed(data, name)
    again = PackageParts(saved).save()
    assert again == saved


def test_parts_that_share_their_bytes_are_no_package() -> None:
    """A small file that would become a large one: many names for the same bytes."""
    data = bytearray(package({f"{n}.xml": (b"x" * 500, zipfile.ZIP_STORED) for n in range(4)}))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        first = archive.getinfo("0.xml").header_offset
        start = archive.start_dir
    at = data.find(b"PK\x01\x02", start)
    while at >= 0:
        if data[at + 46 : at + 51].endswith(b".xml") and data[at + 46 : at + 47].isdigit():
            data[at + 42 : at + 46] = struct.pack("<I", first)
        at = data.find(b"PK\x01\x02", at + 4)
    whole = bytes(data[: first + 560]) + bytes(data[start:])
    end = whole.rfind(b"PK\x05\x06")
    whole = whole[: end + 16] + struct.pack("<I", first + 560) + whole[end + 20 :]
    with pytest.raises(ReadError):
        PackageParts(whole)
