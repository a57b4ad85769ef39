"""Text of a document made harmless: what could steer a terminal or break a format becomes visible.

Control characters, directional overrides, invisible separators and lone surrogates are written as ``\\x1b``,
``\\u202e`` …; line ends and tabs become blanks.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, TextIO

from perfgoals_lint.model import to_json
from perfgoals_lint.rulebook.patterns import compiled

_UNSAFE = compiled(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff"
    "\U0001fffe\U0001ffff\U000e0000-\U000e0fff]"
)
_BLANK = "\t\n\v\f\r\x85\u2028\u2029"


def visible(text: str) -> str:
    """One line of text without any character that is not what it looks like."""
    return _UNSAFE.sub(_escape, text)


def dump(value: Any) -> str:
    """Compact JSON of a model value or plain data, readable Chinese, with unsafe characters as ``\\u`` escapes."""
    text = json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(_json_escape, text)


def write_items(out: TextIO, items: Iterable[str]) -> None:
    """Write the items of a JSON array, each on a line of its own; the brackets are the caller's."""
    separator = "\n"
    for item in items:
        out.write(separator + item)
        separator = ",\n"


def pretty(value: Any) -> str:
    """JSON as :func:`dump` writes it, with a line for each member, for people to look at."""
    text = json.dumps(to_json(value), ensure_ascii=False, indent=1)
    return "\n".join(_UNSAFE.sub(_json_escape, line) for line in text.split("\n")) + "\n"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _BLANK:
        return " "
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
