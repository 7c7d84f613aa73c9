"""Ticks and boxes that fonts of symbols draw in the places of ordinary letters (ü in Wingdings is a tick), as plain characters."""

import csv
from functools import cache
from pathlib import Path


@cache
def _signs() -> dict[str, dict[int, str]]:
    signs: dict[str, dict[int, str]] = {}
    with open(Path(__file__).with_name("symbols.csv"), encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            signs.setdefault(_squeezed(row["font"]), {})[int(row["code"], 16)] = row["sign"]
    return signs


def _squeezed(font: str) -> str:
    return font.lower().replace(" ", "").replace("-", "")


@cache
def _signs_of(font: str) -> dict[int, str] | None:
    """The signs of a font, named as a document names it: with the mark of a subset before it or a style after it."""
    name = _squeezed(font.rpartition("+")[2]).partition(",")[0].removesuffix("regular")
    return _signs().get(name)


def symbol(font: str, code: int, text: str) -> str:
    """What a letter of `font` shows: its code in the font, or the character it stands for, decides. Other fonts: `text` as it is.

    >>> symbol("ABCDEF+Wingdings-Regular", 252, "ü"), symbol("Wingdings 2", 3, "\\uf050"), symbol("Loma", 252, "ü")
    ('✓', '✓', 'ü')
    """
    signs = _signs_of(font)
    if signs is None:
        return text
    if len(text) == 1:  # where a map of letters is given, the code is but a number of the file's own
        code = ord(text) & 0xFF if 0xF000 <= ord(text) <= 0xF0FF else _code(text)
    return signs.get(code, text)


def _code(letter: str) -> int:
    """The code of a letter in Windows' own table of letters, 0 where it has none."""
    return letter.encode("cp1252", "replace")[0] if letter != "?" and letter.encode("cp1252", "replace") != b"?" else 0


def lettered(text: str, font: str | None) -> str:
    """A text set in a font of symbols as the signs that it shows.

    >>> lettered("üx", "Wingdings"), lettered("\\uf06f", "Wingdings"), lettered("a", "Angsana New")
    ('✓☒', '☐', 'a')
    """
    return "".join(symbol(font, ord(letter), letter) for letter in text) if is_symbol_font(font) else text


def is_symbol_font(font: str | None) -> bool:
    return bool(font) and _signs_of(font) is not None


def signs_of(font: str) -> dict[int, str]:
    """Code -> sign of a font of symbols. KeyError: it is none of the list."""
    return _signs()[_squeezed(font)]
