"""What a spreadsheet program would take for a formula is made text."""

from pandas import DataFrame, Series, isna

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    cells = {place: Series([None if _unknown(value) else cell(value) for value in frame.iloc[:, place]], dtype=object)
             for place in range(frame.shape[1])}
    return DataFrame(cells).set_axis([cell(name) for name in frame.columns], axis=1)


def _unknown(value) -> bool:
    return not isinstance(value, (list, tuple, str)) and not hasattr(value, "__len__") and isna(value)
