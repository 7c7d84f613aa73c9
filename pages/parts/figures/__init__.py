"""A frame and words -> a Plotly figure, a file a word; neither Streamlit nor SQL is known here."""

from importlib import import_module
from importlib.util import find_spec

from plotly.graph_objects import Figure

from pages.parts import literal
from pages.parts.figures.style import Drawn
from pages.parts.say.text import Words


def sketch(word: str, frame, words: Words) -> Drawn:
    """The figure of a word as a page sends it: the function of that name in figures/<word>.py."""
    return getattr(import_module(f"pages.parts.figures.{word}"), word)(literal.for_figure(frame), words)


def draw(word: str, frame, words: Words) -> Figure:
    """The same as a figure of Plotly's own, which refuses what Plotly does not know."""
    drawn = sketch(word, frame, words).to_dict()
    return Figure(data=drawn["data"], layout=drawn["layout"])


def drawn(word: str) -> bool:
    """Whether a word has a figure; else it is a table."""
    return find_spec(f"pages.parts.figures.{word}") is not None
