"""Completion of measures, agencies side by side."""

import plotly.graph_objects as go
from pandas import DataFrame

from pages.parts.breaks import wrapped
from pages.parts.figures.statuses import stacked
from pages.parts.text import Words


def compare_completion(frame: DataFrame, words: Words) -> go.Figure:
    """Who reported how much, and how much of it is done? A bar an agency, ours first; the families of measures one after the other."""
    several = frame["family"].nunique(dropna=False) > 1
    labels = [
        ("▶ " if row.mine else "") + wrapped(row.agency_name, 34) + (f" · {words(f'family.{row.family}')}" if several else "")
        for row in frame.itertuples()
    ]
    return stacked(frame, labels, words)
