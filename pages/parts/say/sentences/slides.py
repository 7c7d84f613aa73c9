"""The headlines of slides that no page has: from the frame of the slide's own query, a function a query. Words live in text.csv."""

from pandas import DataFrame, isna

from pages.parts.say.text import Words, change


def slide_measures(frame: DataFrame, words: Words) -> str:
    """Completed of decided, how much of it is inferred, and how many are unknown, for the last year; a part a family."""
    last = frame[frame["fiscal_year"] == frame["fiscal_year"].max()]
    said = []
    for row in last.to_dict("records"):
        values = {name: int(row[name]) for name in ("completed", "decided", "inferred", "unknown", "agencies")}
        said.append(
            words(
                "slide_measures.all_unknown" if values["decided"] == 0 else "slide_measures.said",
                year=words.year(row["fiscal_year"]),
                family=words(f"family.{None if isna(row['family']) else row['family']}"),
                **values,
            )
        )
    return words("sentence.join").join(said)


def slide_sources(frame: DataFrame, words: Words) -> str:
    """How many documents and sheets, scores and measures."""
    return words("slide_sources.said", n=len(frame), scores=int(frame["scores"].sum()), measures=int(frame["measures"].sum()))


def slide_group_levels(frame: DataFrame, words: Words) -> str:
    """How many of the group have 85 or more, and the middle of their totals."""
    row = frame.iloc[0]
    return words(
        "slide_group_levels.said",
        n=int(row["all_agencies"]),
        at_85=int(row["at_85"]),
        median=words.number(row["median"]),
        lowest=words.number(row["lowest"]),
        highest=words.number(row["highest"]),
    )


def slide_group_trend(frame: DataFrame, words: Words) -> str:
    """The median of the last year, its change on the year before, and whether the same number of agencies stands behind both."""
    known = frame[frame["median"].notna()]
    last = known.iloc[-1]
    said = words(
        "slide_group_trend.now", year=words.year(last["fiscal_year"]), median=words.number(last["median"]), n=int(last["agencies"])
    )
    before = known[known["fiscal_year"] == last["fiscal_year"] - 1]
    if before.empty or not last["comparable"]:
        return said
    difference = round(last["median"] - before["median"].iloc[0], 2)
    said += words("sentence.join") + words(
        f"score_trend.{change(difference)}", change=words.signed(difference), year=words.year(before["fiscal_year"].iloc[0])
    )
    if before["agencies"].iloc[0] != last["agencies"]:
        said += words("sentence.join") + words("slide_group_trend.other_number", n=int(before["agencies"].iloc[0]))
    return said


def slide_group_movers(frame: DataFrame, words: Words) -> str:
    """How many rose and fell, and who moved most each way."""
    row = frame.iloc[0]
    said = [words("slide_group_movers.said", n=int(row["all_agencies"]), risen=int(row["risen"]), fallen=int(row["fallen"]))]
    top, bottom = frame.iloc[0], frame.iloc[-1]
    if top["change"] > 0:
        said.append(words("slide_group_movers.up", name=top["name"], change=words.signed(top["change"])))
    if bottom["change"] < 0:
        said.append(words("slide_group_movers.down", name=bottom["name"], change=words.signed(bottom["change"])))
    return words("sentence.join").join(said)


def slide_group_weakest(frame: DataFrame, words: Words) -> str:
    """The indicator that is the weakest in most agencies."""
    top = frame.iloc[0]
    return words(
        "slide_group_weakest.said",
        indicator=words.indicator(top["indicator"]),
        name=words.of(top, "name"),
        times=int(top["weakest"]),
        n=int(top["agencies"]),
        median=words.number(top["median"]),
    )


def slide_group_floors(frame: DataFrame, words: Words) -> str:
    """How many totals are below 85, and the instrument that is below 85 in most agencies."""
    total, instruments = frame[frame["part"] == "TOTAL"].iloc[0], frame[frame["part"] != "TOTAL"]
    most = instruments.sort_values(["below", "position"], ascending=[False, True]).iloc[0]
    return words(
        "slide_group_floors.said",
        n=int(total["agencies"]),
        below=int(total["below"]),
        instrument=most["part"],
        instrument_below=int(most["below"]),
        only=int(most["only"]),
    )


def slide_group_aim(frame: DataFrame, words: Words) -> str:
    """Where most points were lost, and how many of the measures name that indicator."""
    most = frame.loc[frame["lost"].idxmax()]
    return words(
        "slide_group_aim.said",
        indicator=words.indicator(most["indicator"]),
        name=words.of(most, "name"),
        lost=words.number(most["lost"]),
        total=words.number(round(frame["lost"].sum(), 2)),
        measures=int(most["measures"]),
        all=int(most["all_measures"]),
        points=words.signed(most["points"]),
    )


def slide_group_totals(frame: DataFrame, words: Words) -> str:
    """The first and the last of the group."""
    top, bottom = frame.iloc[0], frame.iloc[-1]
    return words(
        "slide_group_totals.said",
        top=top["name"],
        highest=words.number(top["total"]),
        bottom=bottom["name"],
        lowest=words.number(bottom["total"]),
        n=len(frame),
        median=words.number(top["median"]),
    )
