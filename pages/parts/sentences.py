"""The numbers of a figure -> a plain sentence, Thai and English: a function a word, from the same frame as the figure.

Words live in text.csv; here stands which of them a number takes. A change smaller than what the agency's total commonly moves from
one year to the next gets no superlative, and two years are never called a trend.
"""

from pandas import DataFrame, notna

from pages.parts.text import Words, change


def _known(frame: DataFrame, column: str) -> DataFrame:
    return frame[frame[column].notna()]


def score_trend(frame: DataFrame, words: Words) -> str:
    """The latest total, its change on the year before, its place against the nation and how far the series carries."""
    known = _known(frame, "total")
    last = known.iloc[-1]
    parts = [words("score_trend.now", year=words.year(last["fiscal_year"]), total=words.number(last["total"]))]
    before = known[known["fiscal_year"] == last["fiscal_year"] - 1]
    if len(before) and last["comparable"]:
        difference = round(last["total"] - before["total"].iloc[0], 2)
        parts.append(words(f"score_trend.{change(difference)}", change=words.signed(difference),
                           year=words.year(before["fiscal_year"].iloc[0])))
    if notna(last["national"]):
        gap = round(last["total"] - last["national"], 2)
        parts.append(words(f"score_trend.national_{change(gap)}", gap=words.number(abs(gap)), national=words.number(last["national"])))
    sentence = words("sentence.join").join(parts)
    if len(known) < 3:
        sentence += words("sentence.few_years", n=len(known))
    return sentence


def change_waterfall(frame: DataFrame, words: Words) -> str:
    """From which total to which, and the part that moved it most up and most down."""
    ends, parts = frame[frame["kind"].isin(["start", "end"])], frame[frame["kind"] == "part"]
    start, end = ends.iloc[0], ends.iloc[-1]
    difference = round(end["points"] - start["points"], 2)
    said = [words(f"change_waterfall.{change(difference)}", before=words.number(start["points"]), after=words.number(end["points"]),
                  change=words.signed(difference), year=words.year(end["fiscal_year"]))]
    top, bottom = parts.loc[parts["points"].idxmax()], parts.loc[parts["points"].idxmin()]
    if top["points"] > 0:
        said.append(words("change_waterfall.most_up", indicator=words.indicator(top["indicator"]), name=words.of(top, "name"),
                          points=words.signed(top["points"])))
    if bottom["points"] < 0:
        said.append(words("change_waterfall.most_down", indicator=words.indicator(bottom["indicator"]), name=words.of(bottom, "name"),
                          points=words.signed(bottom["points"])))
    return words("sentence.join").join(said)


def indicator_heatmap(frame: DataFrame, words: Words) -> str:
    """The lowest indicator of the latest year, and in how many of the years known it was the lowest."""
    known = _known(frame, "score")
    last = known["fiscal_year"].max()
    lowest = known.loc[known.groupby("fiscal_year")["score"].idxmin()].set_index("fiscal_year")
    now = lowest.loc[last]
    sentence = words("indicator_heatmap.lowest", year=words.year(last), indicator=words.indicator(now["indicator"]),
                     name=words.of(now, "name"), score=words.number(now["score"]))
    years = len(lowest)
    if years > 1:
        times = int((lowest["indicator"] == now["indicator"]).sum())
        sentence += words("sentence.join") + words("indicator_heatmap.years", times=times, years=years)
    return sentence + (words("sentence.few_years", n=years) if years < 3 else "")


def indicator_trend(frame: DataFrame, words: Words) -> str:
    """The latest score of the indicator, its change on the year before and the peers' median."""
    known = _known(frame, "score")
    last = known.iloc[-1]
    said = [words("indicator_trend.now", indicator=words.indicator(last["indicator"]), name=words.of(last, "name"),
                  year=words.year(last["fiscal_year"]), score=words.number(last["score"]))]
    before = known[known["fiscal_year"] == last["fiscal_year"] - 1]
    if len(before):
        difference = round(last["score"] - before["score"].iloc[0], 2)
        said.append(words(f"score_trend.{change(difference)}", change=words.signed(difference),
                          year=words.year(before["fiscal_year"].iloc[0])))
    if notna(last["peers_median"]):
        said.append(words("indicator_trend.peers", n=int(last["peers"]), median=words.number(last["peers_median"])))
    return words("sentence.join").join(said)


def indicator_measures(frame: DataFrame, words: Words) -> str:
    """How many measures were aimed at an indicator, and how many of the reported ones are completed."""
    results = frame[frame["section"] == "result"]
    done = int((results["status"] == "completed").sum())
    return words("indicator_measures.found", plans=int((frame["section"] == "plan").sum()), results=len(results), done=done)
