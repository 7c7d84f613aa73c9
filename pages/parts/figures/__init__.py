"""A frame and words -> a Plotly figure, a file a word; neither Streamlit nor SQL is known here."""

from importlib import import_module
from importlib.util import find_spec

from plotly.graph_objects import Figure

from pages.parts import literal
from pages.parts.say.text import Words


def draw(word: str, frame, words: Words) -> Figure:
    """The figure of a word: the function of that name in figures/<word>.py."""
    return getattr(import_module(f"pages.parts.figures.{word}"), word)(literal.for_figure(frame), words)


def drawn(word: str) -> bool:
    """Whether a word has a figure; else it is a table."""
    return find_spec(f"pages.parts.figures.{word}") is not None
