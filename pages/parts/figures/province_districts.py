"""In which districts the agencies of a sheet are."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.province_levels import counted
from pages.parts.say.text import Words


def province_districts(frame: DataFrame, words: Words) -> style.Drawn:
    """How many agencies of each district lack points of a floor? A bar a district, those with most of them first."""
    return counted(frame, list(frame["district"]), words)
