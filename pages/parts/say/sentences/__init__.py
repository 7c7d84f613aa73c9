"""What is said of a chart: a function of the chart's word in one of these modules makes its sentences, the finding first."""

from pandas import DataFrame

from pages.parts.say.sentences import compare, measures, province, scores
from pages.parts.say.text import Words

MODULES = (scores, measures, compare, province)


def sentences(word: str, frame: DataFrame, words: Words) -> list[str]:
    """What the frame of a word says: its finding, which is the headline, then what adds to it. An empty frame: what is missing."""
    if frame.empty:
        return [words(f"{word}.empty")]
    return next(getattr(module, word) for module in MODULES if hasattr(module, word))(frame, words)


def say(word: str, frame: DataFrame, words: Words) -> str:
    """All of that in one line."""
    return words.sentence(sentences(word, frame, words))
