"""Each figure has its finding as alternative text and a table with the same numbers."""

import re

from pages.parts import show
from pages.parts import twin as twin_of
from pages.parts.figures import draw
from pages.parts.say.sentences import say
from pages.parts.say.text import Words
from tests.test_figures import agency, frame_of, word, words  # noqa: F401  fixtures

NUMBER = re.compile(r"(?<![\w.])[+-]?\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    """What is printed as a number, without its sign: a change is printed with one and stands in a column that says which way."""
    return {abs(float(found.replace(",", ""))) for found in NUMBER.findall(re.sub(r"<[^>]+>", " ", str(text)))}


def test_the_alternative_text_says_the_finding(word, words, agency, monkeypatch):  # noqa: F811
    given = {}
    monkeypatch.setattr(show.st, "plotly_chart", lambda figure, **more: given.update(more))
    monkeypatch.setattr(show, "beneath", lambda *_, **__: None)
    frame = frame_of(word, agency)
    show.show_frame(word, frame, words, {}, heading="none")
    assert given["alt"] == f"{words(f'{word}.title')}. {say(word, frame, words)}"


def printed(figure) -> list[str]:
    """The texts of a figure's marks and what is written beside them; axes are not among them."""
    texts = [note.text for note in figure.layout.annotations if note.text]
    for trace in figure.data:
        given = [] if trace.text is None else [trace.text] if isinstance(trace.text, str) else trace.text
        if trace.type in ("bar", "heatmap") or "text" in trace.mode:
            texts += [one for row in given for one in ([row] if isinstance(row, str) or row is None else row) if one]
    return texts


def test_the_table_has_every_number_of_the_figure(word, agency):  # noqa: F811
    words = Words("th")  # noqa: F811
    frame = frame_of(word, agency)
    figure = draw(word, frame, words)
    twin = twin_of.table(frame, words)
    cells = set()
    for column in twin:
        for value in twin[column]:
            cells |= numbers(f"{value:.2f}" if isinstance(value, float) else value)
    cells |= {85.0}  # the line that the note names
    missing = {text: left for text in printed(figure) if (left := numbers(text) - cells)}
    assert missing == {}
