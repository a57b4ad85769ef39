"""Whether the parts of a whole are said to be only some of them."""

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.rulebook.patterns import compiled

_IDIOMS = compiled(
    r"另一部分|一部分|[两二三四五六七八九十0-9]个?部分|等[级候待同于额保离闲价差效份]|等(?=[0-9]{1,3}(?:个|家|所|座|处)[一-龥]{1,4}各)|[平同中高初优一二三四五六七八九十]等|(?:其他|其余|余下|剩余|部分)(?=[^，。；、]{0,8}[0-9])"
)
_BESIDE = compiled(r"另外?(?=[^，,。；;、\d]{0,12}[0-9])")
_MAIN_USE = compiled("(?<=元)[，,]主要用于")
_CLAUSE = compiled("[，,。；;\n）)]|$")
_BRACKET = compiled("[（(][^（()）]{0,40}[)）]")
_REST = compiled(
    r"(?:[，,；;](?:其余|余下|剩余)|[，,](?:其他|其它|另)|[；;](?=[^。；;\n]*元)(?:其他|其它|另))(?:(?:部分)?(?:待|暂|未|尚|另行|留|后续|以后|下年|次年|明年|视|再|报)|[^，。；;\d]*(?:资金|经费|款|用于|作为|列入|安排|自筹|由|为|支付|承担)|[^，。；;\d]*\d+(?P<unit>[万亿]?[一-龥]{0,2}))"
)
"""The clause behind a list that says what the rest of the whole is for, and not anything else that is left to do."""


def opened(stretch: str) -> bool:
    """Does a word among the parts say that there are others (等, 主要)?"""
    return cues().opened.search(_IDIOMS.sub("", stretch)) is not None


def set_apart(stretch: str) -> int | None:
    """Where among the parts in front of a total the first stands that is named beside the others (另材料费48万元)."""
    found = _BESIDE.search(stretch)
    return found.start() if found else None


def opened_in_front(stretch: str) -> bool:
    """Does a word among the parts in front of their total say that there are others? What is named beside them with its
    own number is one of them, and what an amount is mainly for is no part of it."""
    return opened(_MAIN_USE.sub("", _BESIDE.sub("", stretch)))


def opened_behind(text: str, end: int, unit: str) -> bool:
    """Is a list that ends there said to go on: by a word directly behind it, or by a clause on the rest of what is
    counted in ``unit``?"""
    bracket = _BRACKET.match(text, end)
    end = bracket.end() if bracket else end
    stop = _CLAUSE.search(text, end)
    if stop is None or opened(text[end : stop.start()]):
        return True
    rest = _REST.match(text, stop.start())
    return rest is not None and (rest["unit"] is None or unit in rest["unit"])
