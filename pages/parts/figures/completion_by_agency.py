"""Completion of measures by agency."""

import unicodedata

import plotly.graph_objects as go
from pandas import DataFrame

from pages.parts.figures.statuses import stacked
from pages.parts.text import Words


def completion_by_agency(frame: DataFrame, words: Words) -> go.Figure:
    """Which of several agencies completed how much? A bar an agency and year, the families one after the other."""
    several = frame["family"].nunique() > 1
    labels = [f"{words.tick(row.fiscal_year)} {_last(row.agency_name)}" + (f" · {words(f'family.{row.family}')}" if several else "")
              for row in frame.itertuples()]
    return stacked(frame, labels, words)


def _last(name: str, length: int = 30) -> str:
    """A long name from its end, where agencies of one type differ; no vowel sign without its letter."""
    if len(name) <= length:
        return name
    start = next(at for at in range(len(name) - length, len(name)) if unicodedata.category(name[at]) != "Mn")
    return "…" + name[start:]
