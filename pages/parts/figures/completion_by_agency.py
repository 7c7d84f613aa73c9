"""Completion of measures by agency."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.statuses import stacked
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def completion_by_agency(frame: DataFrame, words: Words) -> style.Drawn:
    """Which of several agencies completed how much? A bar an agency and year, the families one after the other."""
    several = frame["family"].nunique() > 1
    labels = [
        wrapped(f"{words.tick(row.fiscal_year)} {row.agency_name}" + (f" · {words(f'family.{row.family}')}" if several else ""), 38)
        for row in frame.itertuples()
    ]
    return stacked(frame, labels, words)
