"""Characters that Word takes from symbol fonts, whose codes mean nothing in Unicode."""

_SYMBOL = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"}
"""The signs of the Symbol font that stand in values."""
_WINGDINGS = {0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xFC: "√"}
"""The signs of the Wingdings fonts that stand in forms."""


def symbol(code: int, font: str = "") -> str:
    """The character for a code of a font, often moved to U+F000; without a font both tables are asked."""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    font = font.lower()
    table = {} if font else _SYMBOL | _WINGDINGS
    if font == "symbol":
        table = _SYMBOL
    elif font.startswith("wingdings"):
        table = _WINGDINGS
    return table.get(code) or (chr(code) if 0x20 <= code < 0xD800 else "")
