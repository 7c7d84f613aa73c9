"""Ticks and boxes that fonts of symbols draw in the places of ordinary letters (ü in Wingdings is a tick), as plain characters; those of
the fonts of icons of web pages, which a class names (icons.csv)."""

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


WORDS_OF_ICONS = "material-icons"  # the font that draws a sign for a word: done, check_box


@cache
def _icons() -> dict[str, str]:
    with open(Path(__file__).with_name("icons.csv"), encoding="utf-8", newline="") as handle:
        return {row["name"]: row["sign"] for row in csv.DictReader(handle)}


def icon(classes: str) -> dict[str, str]:
    """What the classes of an element draw: a sign before its text (`before`), or signs for its words (`font`).

    >>> icon("fa fa-check"), icon("material-icons md-18"), icon("table")
    ({'before': '✓'}, {'font': 'material-icons'}, {})
    """
    names = classes.split()
    if any(name.startswith(("material-icons", "material-symbols")) for name in names):
        return {"font": WORDS_OF_ICONS}
    sign = next((_icons()[name] for name in names if "-" in name and name in _icons()), None)
    return {"before": sign} if sign else {}


def icon_of_word(word: str) -> str:
    """The sign that a font of icons draws for a word; the word where it is none of the list."""
    return _icons().get(word.strip(), word)
