"""How a score spreads in the parts of the nation."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.figures.compare_distribution import rows_figure, spread
from pages.parts.say.text import Words


def nation_quantiles(frame: DataFrame, words: Words) -> style.Drawn:
    """Do types, provinces, regions or years differ more than agencies within them do? Eight of ten agencies, the middle half and the median
    of each part, and how many agencies that rests on."""
    by_year = len(frame) and frame["breakdown"].iloc[0] == "year"
    # A bare "2568" would be taken for the 2,568th row.
    names = [words("nation_quantiles.none") if isna(name) else words.year(name) if by_year else str(name) for name in frame["part_name"]]
    notes = [
        style.beside(words("nation_quantiles.row", median=words.number(row.median), n=words.count(row.agencies)), name)
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
    return rows_figure(frame, spread(frame, names, words, "p10", "p90"), words, notes)
