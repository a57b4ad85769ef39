"""One spelling for many: half-width signs and digits, simplified characters, no layout blanks."""

from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_lint.rulebook.patterns import compiled

_SIGNS = {
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "═": "=", "∶": ":", "﹪": "%", "〜": "~", "∼": "~",
    "—": "-", "–": "-", "−": "-", "―": "-", "‒": "-", "【": "[", "】": "]", "∕": "/", "•": "·", "・": "·", "∙": "·",
    "〇": "零", "○": "零", "◯": "零", "“": '"', "”": '"', "「": '"', "」": '"', "‘": '"', "’": '"', "￥": "¥",
    "\u3000": " ", "\xa0": " ", "\t": " ", "\r": " ", "\u200b": " ", "\ufeff": " ", "\x0b": " ", "\x0c": " ",
}  # fmt: skip
_TRADITIONAL = dict(
    zip(
        "萬億個達負兩於過條戶項場張臺間隊數組種車輛歲點幾區縣鄉鎮級類號週時鐘頓噸畝斤會議書費圓錢幣時頭單筆紙雙冊層樓線業課題為學劑針錄"
        "約佔佈壓減縮長於內從對員隻點貳參陸",
        "万亿个达负两于过条户项场张台间队数组种车辆岁点几区县乡镇级类号周时钟顿吨亩斤会议书费圆钱币时头单笔纸双册层楼线业课题为学剂针录"
        "约占布压减缩长于内从对员只点贰叁陆",
        strict=True,
    )
)
_TABLE = (
    {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    | {ord(wide): narrow for wide, narrow in _SIGNS.items()}
    | {ord(old): new for old, new in _TRADITIONAL.items()}
)
_DROPPED = compiled(r'[ "\n]')
_GROUP = compiled(r"(?<=\d) \d{3}(?!\d)")
_EDGES = " \n\"'。;,、."
_JOINING_LEFT = frozenset("≥≤><=、,;:(")
_JOINING_RIGHT = frozenset("%‰、,;:)")


def simplified(text: str) -> str:
    """The text with half-width signs and simplified characters, one for one."""
    return text.translate(_TABLE)


class Normal(NamedTuple):
    """Normalised text, and for each of its characters the place in the original (``None``: the same place)."""

    text: str
    places: list[int] | None
    shift: int


def normalise(text: str) -> Normal:
    """The text in one spelling, without blanks, quotes and trailing punctuation. Blanks between two figures or two
    Latin letters stay: ``100 200`` must not become one number."""
    table = text.translate(_TABLE)
    bare = table.strip(_EDGES)
    shift = table.find(bare) if bare and len(bare) != len(table) else 0
    if not _DROPPED.search(bare):
        return Normal(bare, None, shift)
    kept = [i for i in range(len(bare)) if not _is_layout(bare, i)]
    return Normal("".join(bare[i] for i in kept), [i + shift for i in kept], 0)


def _is_layout(text: str, i: int) -> bool:
    c = text[i]
    if c == '"':
        return True
    if c == "\n":
        return text[i - 1] in _JOINING_LEFT or text[i + 1] in _JOINING_RIGHT
    if c != " ":
        return False
    before, after = text[i - 1], text[i + 1]
    if _GROUP.match(text, i):
        return True
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


_OUTER = compiled(r"\(([^()\[\],]*[≥≤><=%\d][^()\[\],]*)\)")
_NUMBERING = compiled(r"(?:(?<=[;。\n,、])|(?<![\s\S]))\(?(\d{1,2})(?:[、)]|\.(?!\d))(?!\d*(?:$|[、,;。]))")


def bare(normal: Normal) -> Normal:
    """The text without a bracket around all of it (（≥90%）) and without the numbers of a list (1、新建10个；2、培训20人).

    Numbers count only when they run 1, 2, 3 … through the text, and there are two at least.
    """
    text = normal.text
    if text[:1] == "(" and _OUTER.fullmatch(text):
        return _kept(normal, range(1, len(text) - 1))
    if text[:1] not in {"1", "("}:
        return normal
    marks = list(_NUMBERING.finditer(text))
    if (
        len(marks) < 2
        or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1))
        or marks[0].start()
    ):
        return normal
    gone = {place for mark in marks for place in range(*mark.span())}
    return _kept(normal, [place for place in range(len(text)) if place not in gone])


def _kept(normal: Normal, kept: Sequence[int]) -> Normal:
    places = [normal.places[i] if normal.places is not None else i + normal.shift for i in kept]
    return Normal("".join(normal.text[i] for i in kept), places, 0)


class Text:
    """Slices of the value as given, by places in the normalised text."""

    __slots__ = ("given", "normal", "plain")

    def __init__(self, normal: Normal, given: str) -> None:
        self.normal = normal
        self.given = given
        self.plain = normal.places is None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A span of the normalised text as a span of the given one (0-based, end exclusive)."""
        places, shift = self.normal.places, self.normal.shift
        if places is None:
            return start + shift, end + shift
        return places[start], places[end - 1] + 1

    def cut(self, start: int, end: int) -> str:
        """What stands there in the value as given, without layout blanks."""
        if self.plain:
            shift = self.normal.shift
            return self.given[start + shift : end + shift]
        first, last = self.place(start, end)
        return "".join(self.given[first:last].split())

    def join(self, spans: list[tuple[int, int]]) -> str:
        """What stands at some spans of the normalised text, as given."""
        if not spans:
            return ""
        if len(spans) == 1:
            return self.cut(*spans[0])
        pieces: list[tuple[int, int]] = []
        for start, end in spans:
            if pieces and pieces[-1][1] == start:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
        return "".join(self.cut(start, end) for start, end in pieces)
