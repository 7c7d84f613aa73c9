"""Completion of measures by group."""

import plotly.graph_objects as go
from pandas import DataFrame, isna

from pages.parts.figures.statuses import shortened, stacked
from pages.parts.text import Words


def completion_by_group(frame: DataFrame, words: Words) -> go.Figure:
    """Under which indicator or dimension is work left? A bar a heading of the report, in its order."""
    labels = [words("group.none") if isna(row.group_name) and isna(row.group_number)
              else shortened(" ".join(str(part) for part in (row.group_number, row.group_name) if not isna(part)))
              for row in frame.itertuples()]
    return stacked(frame, labels, words)
