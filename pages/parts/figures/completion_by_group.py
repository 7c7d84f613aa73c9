"""Completion of measures by group."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.statuses import stacked
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def completion_by_group(frame: DataFrame, words: Words) -> style.Drawn:
    """Under which indicator or dimension is work left? A bar a heading of the report, in its order."""
    labels = [wrapped(words.heading(row.group_number, row.group_name) or words("group.none"), 38) for row in frame.itertuples()]
    return stacked(frame, labels, words)
