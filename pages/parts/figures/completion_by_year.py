"""Completion of measures by year."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.statuses import stacked
from pages.parts.say.text import Words


def completion_by_year(frame: DataFrame, words: Words) -> style.Drawn:
    """How much was completed in each year? A bar a year and family, with stated and inferred told apart and unknown shown."""
    return stacked(frame, [f"{words.tick(row.fiscal_year)} {words(f'family.{row.family}')}" for row in frame.itertuples()], words)
