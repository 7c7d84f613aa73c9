"""Completion of measures by unit."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.figures.statuses import SHOWN, stacked
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def completion_by_unit(frame: DataFrame, words: Words) -> style.Drawn:
    """Which unit has work left? A bar a responsible unit, the busiest first."""
    frame = frame.head(SHOWN)
    return stacked(frame, [words("unit.none") if isna(unit) else wrapped(unit, 38) for unit in frame["unit"]], words)
