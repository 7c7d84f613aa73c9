"""What a spreadsheet program would take for a formula is made text; what a file system would take for a folder is no file's name."""

import re

from pandas import DataFrame, Series, isna

from pages.parts.literal import visible
from pages.parts.say.text import LANGUAGES, Words

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_767  # letters that a cell of a workbook holds (Microsoft, "Excel specifications and limits")


def cell(value):
    """A text that begins like a formula gets an apostrophe in front; numbers, and texts that are plain numbers (-4.88), stay."""
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist() if hasattr(value, "tolist") else value
        if isinstance(value, (list, tuple)):
            value = ", ".join(str(item) for item in value)
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS):
        return value
    return "'" + value


def table(frame: DataFrame) -> DataFrame:
    """The frame with every text cell and every heading harmless, unknown as an empty cell."""
    # as objects, column by column: pandas would make NaN of a None among numbers, which no workbook can hold
    cells = {
        place: Series([None if _unknown(value) else cell(value) for value in frame.iloc[:, place]], dtype=object)
        for place in range(frame.shape[1])
    }
    return DataFrame(cells).set_axis([cell(name) for name in frame.columns], axis=1)


def _unknown(value) -> bool:
    return not isinstance(value, (list, tuple, str)) and not hasattr(value, "__len__") and isna(value)


def fitting(value):
    """A text that a cell of a workbook can hold; of a longer one the beginning, and how many letters are left out. Letters beyond the
    first 65,536 of Unicode count twice, as Excel counts them."""
    if not isinstance(value, str) or len(value.encode("utf-16-le")) // 2 <= LONGEST:
        return value
    kept = value.encode("utf-16-le")[: 2 * (LONGEST - 200)].decode("utf-16-le", "ignore")
    return kept + " … " + " | ".join(Words(lang)("xlsx.cut", n=len(value) - len(kept)) for lang in LANGUAGES)


def file_name(text: str) -> str:
    """The text as the name of a file without its ending, on Windows, macOS and Linux: no sign of theirs, at most 150 bytes."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f\u2028\u2029]+', "-", visible(text)).strip(". -")
    return name.encode()[:150].decode("utf-8", "ignore") or "ita"
