"""Plain text: the encoding is found from the bytes, lines are numbered as an editor shows them."""

import codecs

from perfgoals_lint.model import Line, Location, Problem, Source, TextBlock
from perfgoals_lint.readers import EMPTY, TOO_LARGE
from perfgoals_lint.readers.limits import UNKNOWN_FORMAT, Limits, ReadError
from perfgoals_lint.rulebook.patterns import compiled

UNDECODABLE = "PGX005"
DAMAGED = "PGX007"

LINE_LIMIT = 500_000
"""More lines than any published document has; beyond it a file only costs memory."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"\x7fELF", "elf"), (b"MZ", "exe"), (b"RIFF", "riff"), (b"OggS", "ogg"), (b"ID3", "mp3"),
    (b"SQLite format 3\x00", "sqlite"), (b"\xca\xfe\xba\xbe", "class"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
)  # fmt: skip
LINE_END = compiled("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Control characters and marks without a glyph: they would hide in names and values and break comparisons.
UNPRINTED = compiled(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
# What a Chinese budget document is made of; the share of these tells a right decoding from a wrong one.
_USUAL = compiled("[\t\n\r -~\u00b7\u2010-\u203b\u2103\u2160-\u217f\u2190-\u22ff\u2460-\u25ff"
                    "\u3000-\u303f\u4e00-\u9fa5\uff01-\uffee]")  # fmt: skip
_SAMPLE = 1 << 16
_PLAUSIBLE = 0.9
_REPLACEMENT = "\ufffd"


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The lines of a text file as one block, damaged lines named.

    Raises ``ReadError`` when it is no text in a known encoding, holds nothing, or has too many lines.
    """
    text = decode(data)
    pieces = LINE_END.split(text)
    if len(pieces) > LINE_LIMIT:
        raise ReadError(TOO_LARGE, size=len(pieces), allowed=LINE_LIMIT)
    if len(text) > limits.characters:
        raise ReadError(TOO_LARGE, size=len(text), allowed=limits.characters)
    if not text.strip():
        raise ReadError(EMPTY, path=path)
    lines = [
        Line(UNPRINTED.sub("", piece), Location(path, line=number)) for number, piece in enumerate(pieces, 1)
    ]
    problems = [
        Problem(DAMAGED, line.location, {"text": line.text.strip()[:40], "count": str(count)})
        for line in lines
        if (count := line.text.count(_REPLACEMENT))
    ]
    return Source(path, "text", [TextBlock(lines)], problems)


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32 or GB18030, with U+FFFD where single characters are damaged.

    Raises ``ReadError`` (undecodable, or binary and what it looks like) when none of them fits.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if not _few(text.count(_REPLACEMENT), len(text)):
                raise ReadError(UNDECODABLE, tried=encoding)
            return text
    for magic, name in _BINARY:
        if data.startswith(magic) and b"\x00" in data[:_SAMPLE]:
            raise ReadError(UNKNOWN_FORMAT, looks_like=name)
    if b"\x00" in data[:_SAMPLE]:
        return _decode_wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: blanks, digits and line ends give it away by their zero bytes."""
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _plausibility(data[:_SAMPLE], encoding))
    if _plausibility(data[:_SAMPLE], best) >= _PLAUSIBLE:
        return data.decode(best, "replace")
    stripped = data.replace(b"\x00", b"")
    # A text with stray zero bytes, as some dumps have, is a text still.
    if (len(data) - len(stripped)) * 100 <= len(data):
        return decode(stripped)
    raise ReadError(UNKNOWN_FORMAT, looks_like="binary")


def _decode_damaged(data: bytes) -> str:
    """Text that is not valid UTF-8: damaged UTF-8, GB18030 whole or damaged, or UTF-16 without a single ASCII character.

    GB18030 decodes much damaged UTF-8 to nonsense without an error, so UTF-8 is given up only when it fails often.
    """
    text = data.decode("utf-8", "replace")
    damaged = text.count(_REPLACEMENT)
    if _few(damaged, sum(1 for char in text if char > "\x7f")) and _has_few_controls(text):
        return text
    candidates = sorted(
        ("gb18030", "utf-16-le", "utf-16-be"), key=lambda encoding: -_plausibility(data[:_SAMPLE], encoding)
    )
    text = data.decode(candidates[0], "replace")
    if not _has_few_controls(text):
        raise ReadError(UNKNOWN_FORMAT, looks_like="binary")
    if _plausibility(data[:_SAMPLE], candidates[0]) < _PLAUSIBLE:
        raise ReadError(UNDECODABLE, tried="UTF-8, UTF-16, GB18030")
    return text


def _few(damaged: int, all_of: int) -> bool:
    return damaged * 20 <= all_of


def _has_few_controls(text: str) -> bool:
    return _few(sum(len(found) for found in UNPRINTED.findall(text[:_SAMPLE])), len(text[:_SAMPLE]))


def _plausibility(sample: bytes, encoding: str) -> float:
    """The share of usual characters in a sample decoded so, 0 to 1."""
    text = sample.decode(encoding, "replace")
    return len(_USUAL.findall(text)) / len(text) if text else 0.0
