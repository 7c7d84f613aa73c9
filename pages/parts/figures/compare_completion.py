"""Completion of measures, agencies side by side."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.statuses import stacked
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def compare_completion(frame: DataFrame, words: Words) -> style.Drawn:
    """Who reported how much, and how much of it is done? A bar an agency, ours first; the families of measures one after the other."""
    several = frame["family"].nunique(dropna=False) > 1
    room = (26, 3) if words.narrow else (40, 2)
    labels = [
        wrapped(f"{'▶ ' if row.mine else ''}{row.agency_name}" + (f" · {words(f'family.{row.family}')}" if several else ""), *room)
        for row in frame.itertuples()
    ]
    return stacked(frame, labels, words)
