"""Points lost against work aimed, of many agencies."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.aim import aim
from pages.parts.say.text import Words


def nation_aim(frame: DataFrame, words: Words) -> style.Drawn:
    """Was the work of all aimed where they lost points? As for one agency, with means."""
    return aim(frame, words)
