"""The sentences of comparisons, of the nation and of coverage, as sentences.py has them for the others: a function a word.

A rank says its ties and whether the field is close; a change says the years and how many agencies it rests on. Words live in text.csv.
"""

from pandas import DataFrame, isna, notna

from pages.parts.say.sentences.scores import few_years
from pages.parts.say.text import Words, change

CLOSE = 4  # a point more or less that moves the agency past a fourth of the group: ranks are close
FEW = 5  # agencies: fewer have no median worth naming first


def _indicator(row, words: Words) -> str:
    return words.indicator(row["indicator"]) + ("" if isna(row["name_th"]) else f" {words.of(row, 'name')}")


def compare_distribution(frame: DataFrame, words: Words) -> list[str]:
    """Rank and percentile of the total (where it is not loaded, of the first indicator), ties and close fields said; the indicators in
    which the agency stands highest and lowest."""
    first = frame.iloc[0]
    given = {"year": words.year(first["fiscal_year"]), "what": _indicator(first, words), "score": words.number(first["score"])}
    if first["agencies"] == 1:
        return [words("compare_distribution.alone", **given)]
    said = [
        words(
            "compare_distribution.now",
            rank=int(first["rank"]),
            n=int(first["agencies"]),
            percentile=words.number(first["percentile"]),
            **given,
        )
    ]
    if notna(first["rank_low"]):
        key = "compare_distribution.sure" if first["rank_low"] == first["rank_high"] else "compare_distribution.between"
        said.append(words(key, low=int(first["rank_low"]), high=int(first["rank_high"])))
    if first["tied"]:
        said.append(words("compare_distribution.tied", n=int(first["tied"])))
    if first["agencies"] >= CLOSE and first["rank_down"] - first["rank_up"] >= first["agencies"] / CLOSE:
        said.append(words("compare_distribution.close", up=int(first["rank_up"]), down=int(first["rank_down"])))
    indicators = frame[(frame["indicator"] != "TOTAL") & (frame["agencies"] >= FEW)]
    if len(indicators) > 1:
        for which, row in (
            ("highest", indicators.loc[indicators["percentile"].idxmax()]),
            ("lowest", indicators.loc[indicators["percentile"].idxmin()]),
        ):
            said.append(
                words(
                    f"compare_distribution.{which}",
                    indicator=words.indicator(row["indicator"]),
                    rank=int(row["rank"]),
                    n=int(row["agencies"]),
                )
            )
    return said


def compare_profile(frame: DataFrame, words: Words) -> list[str]:
    """In how many indicators the agency is above the peers' median, and where it is farthest each way."""
    known = frame[frame["gap"].notna()]
    if known.empty:
        return [words("compare_profile.unknown", year=words.year(frame["fiscal_year"].iloc[0]))]
    said = [
        words(
            "compare_profile.above",
            year=words.year(known["fiscal_year"].iloc[0]),
            n=int((known["gap"] > 0).sum()),
            of=len(known),
            peers=int(known["peers"].max()),
        )
    ]
    for way, row in (("up", known.loc[known["gap"].idxmax()]), ("down", known.loc[known["gap"].idxmin()])):
        if change(row["gap"]) == {"up": "rise", "down": "fall"}[way]:
            said.append(words(f"compare_profile.{way}", indicator=_indicator(row, words), gap=words.signed(row["gap"])))
    return said


def compare_slope(frame: DataFrame, words: Words) -> list[str]:
    """How the agency moved between the years, and how many of the others with both years rose more."""
    first, mine, others = frame.iloc[0], frame[frame["mine"]], frame[~frame["mine"]]
    years = {
        "before": words.year(first["before_year"]),
        "after": words.year(first["fiscal_year"]),
        "what": words.indicator(first["indicator"]),
    }
    if mine.empty:
        said = [words("compare_slope.without", **years)]
    else:
        own = mine.iloc[0]
        said = [
            words(f"compare_slope.{change(own['change'])}", **years, change=words.signed(own["change"]), now=words.number(own["after"]))
        ]
        if len(others):
            said.append(words("compare_slope.more", n=int((others["change"] > own["change"]).sum()), of=len(others)))
    missing = int(first["peers"]) - len(others)
    if missing > 0:
        said.append(words("compare_slope.missing", n=missing))
    return said


def compare_learn(frame: DataFrame, words: Words) -> list[str]:
    """How many stood where the agency stands and got out of it, or that none did, or that too few are known; who was looked at, and how
    many of those shown have measures."""
    first, shown = frame.iloc[0], frame[~frame["mine"]]
    given = {"year": words.year(first["fiscal_year"]), "what": _indicator(first, words), "score": words.number(first["before"])}
    if not first["enough"]:
        return [words("compare_learn.few", n=min(int(first["alike"]), int(first["fell"])), **given)]
    span = {"first": words.year(first["first_year"]), "last": words.year(first["last_year"])}
    kin = words(f"compare_learn.kin_{first['kin']}", n=words.count(first["alike"]), **span)
    if shown.empty:
        return [words("compare_learn.none", **given), kin]
    measured = words("compare_learn.measured", n=len(shown), k=int((shown["done"] > 0).sum()))
    return [words("compare_learn.found", n=int(first["risen"]), **given), kin, measured]


def compare_heatmap(frame: DataFrame, words: Words) -> list[str]:
    """The first in the ordering column and the agency's rank in it, and how many have no room."""
    first = frame.iloc[0]
    ordering = frame[frame["indicator"] == first["sorted_by"]]
    known, mine, shown = ordering[ordering["score"].notna()], ordering[ordering["mine"]], frame["agency_id"].nunique()
    given = {"year": words.year(first["fiscal_year"]), "what": words.indicator(first["sorted_by"])}
    if known.empty:
        return [words("compare_heatmap.nothing", **given)]
    top = known.iloc[0]
    given |= {"name": top["agency_name"], "score": words.number(top["score"]), "n": int(first["agencies"])}
    if len(known) == 1:
        return [words("compare_heatmap.one", **given)]
    said = [words("compare_heatmap.top", **given)]
    if len(mine) and notna(mine.iloc[0]["rank"]):
        said.append(words("compare_heatmap.mine", rank=int(mine.iloc[0]["rank"]), score=words.number(mine.iloc[0]["score"])))
    if first["agencies"] > shown:
        said.append(words("compare_heatmap.room", n=shown))
    return said


def compare_all(frame: DataFrame, words: Words) -> list[str]:
    """The agency's place among those that have a total, else how many have one; the highest and the lowest of them."""
    known = frame[frame["total"].notna()]
    year = words.year(frame["fiscal_year"].iloc[0])
    if known.empty:
        return [words("compare_all.nothing", year=year, n=len(frame))]
    top, bottom = known.loc[known["total"].idxmax()], known.loc[known["total"].idxmin()]
    if len(known) == 1:
        return [words("compare_all.one", year=year, n=len(frame), name=top["agency_name"], total=words.number(top["total"]))]
    given = {"year": year, "known": len(known), "n": len(frame), "median": words.number(top["median"])}
    mine = known[known["mine"]]
    if len(mine):
        own = mine.iloc[0]
        place = {"name": own["agency_name"], "total": words.number(own["total"]), "rank": int(own["rank"])}
        said = [words("compare_all.mine", **given, **place)]
    else:
        said = [words("compare_all.found", **given)]
    ends = {"highest": words.number(top["total"]), "lowest": words.number(bottom["total"])}
    return [*said, words("compare_all.ends", top=top["agency_name"], bottom=bottom["agency_name"], **ends)]


def compare_multiples(frame: DataFrame, words: Words) -> list[str]:
    """Of the agencies with a panel, how many rose in the last year that they have with the year before it."""
    last = frame["fiscal_year"].max()
    both = frame.pivot_table(index="agency_id", columns="fiscal_year", values="total")
    shown, all_agencies = frame["agency_id"].nunique(), int(frame["agencies"].iloc[0])
    said = [words("compare_multiples.shown", shown=shown, n=all_agencies)]
    if last - 1 in both and last in both:
        known = both[[last - 1, last]].dropna()
        said.append(words("compare_multiples.rose", n=int((known[last] > known[last - 1]).sum()), of=len(known), year=words.year(last)))
    return said


def compare_completion(frame: DataFrame, words: Words) -> list[str]:
    """Of each family: completed of decided of the agency, and how many of the group have a report at all."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        given = {
            "year": words.year(rows["fiscal_year"].iloc[0]),
            "family": words(f"family.{None if isna(family) else family}"),
            "n": int(rows["agencies"].iloc[0]),
            "of": int(rows["all_agencies"].iloc[0]),
        }
        mine = rows[rows["mine"]]
        if mine.empty:
            said.append(words("compare_completion.without", **given))
        else:
            row = mine.iloc[0]
            said.append(
                words(
                    "compare_completion.mine",
                    **given,
                    completed=int(row["completed"]),
                    decided=int(row["decided"]),
                    inferred=int(row["completed_inferred"]),
                    unknown=int(row["unknown"]),
                )
            )
    return said


def nation_map(frame: DataFrame, words: Words) -> list[str]:
    """The nation's median, the highest and the lowest province of those with five agencies or more, and the agency's own."""
    first, known = frame.iloc[0], frame[frame["agencies"] >= FEW]
    said = [
        words(
            "nation_map.median",
            year=words.year(first["fiscal_year"]),
            what=words.indicator(first["indicator"]),
            median=words.number(first["national_median"]),
            n=words.count(first["all_agencies"]),
            provinces=int((frame["agencies"] > 0).sum()),
        )
    ]
    if len(known) > 1:
        top, bottom = known.loc[known["median"].idxmax()], known.loc[known["median"].idxmin()]
        said.append(
            words(
                "nation_map.ends",
                top=words.of(top, "name"),
                highest=words.number(top["median"]),
                bottom=words.of(bottom, "name"),
                lowest=words.number(bottom["median"]),
            )
        )
    elif known.empty:
        said.append(words("nation_map.few"))
    mine = frame[frame["mine"] & (frame["agencies"] > 0)]
    if len(mine):
        said.append(words("nation_map.mine", name=words.of(mine.iloc[0], "name"), median=words.number(mine.iloc[0]["median"])))
    return said


def nation_outlines(frame: DataFrame, words: Words) -> list[str]:
    """The same provinces as on the tiles, as they lie."""
    return nation_map(frame, words)


def neighbours(frame: DataFrame, words: Words) -> list[str]:
    """How far the nearest neighbours are, of how many a total is loaded and how many of these are higher or lower; what to load."""
    around, own = frame[~frame["mine"]], frame.loc[frame["mine"], "total"]
    if around.empty:
        return [words("neighbours.empty")]
    known = around["total"].dropna()
    given = {
        "n": len(around),
        "km": words.number(around["km"].max(), 1),
        "known": len(known),
        "year": words.year(frame["fiscal_year"].iloc[0]),
    }
    said = [words("neighbours.found" if len(known) else "neighbours.none", **given)]
    if len(known) and own.notna().all() and len(own):
        said.append(words("neighbours.against", higher=int((known > own.iloc[0]).sum()), lower=int((known < own.iloc[0]).sum())))
    if len(known) < len(around):
        said.append(words("neighbours.load"))
    return [*said, words("neighbours.approximate")] if frame["approximate"].any() else said


def nation_quantiles(frame: DataFrame, words: Words) -> list[str]:
    """The parts with the highest and the lowest median, beside the middle half within one: do parts differ more than agencies?"""
    first, known = frame.iloc[0], frame[(frame["agencies"] >= FEW) & frame["part_name"].notna()]
    what = words.indicator(first["indicator"])
    if first["breakdown"] == "year":
        last = frame.iloc[-1]
        said = [
            words(
                "nation_quantiles.year",
                what=what,
                year=words.year(last["fiscal_year"]),
                median=words.number(last["median"]),
                n=words.count(last["agencies"]),
            )
        ]
        if len(frame) > 1:
            said.append(
                words(
                    "nation_quantiles.first",
                    year=words.year(first["fiscal_year"]),
                    median=words.number(first["median"]),
                    n=words.count(first["agencies"]),
                )
            )
        return said
    year = words.year(first["fiscal_year"])
    if len(known) < 2:
        return [words("nation_quantiles.few", what=what, year=year, n=int(frame["agencies"].sum()))]
    top, bottom = known.loc[known["median"].idxmax()], known.loc[known["median"].idxmin()]
    within = round((known["upper_quartile"] - known["lower_quartile"]).median(), 2)
    return [
        words(
            "nation_quantiles.ends",
            what=what,
            year=year,
            top=top["part_name"],
            highest=words.number(top["median"]),
            bottom=bottom["part_name"],
            lowest=words.number(bottom["median"]),
            apart=words.number(top["median"] - bottom["median"]),
            within=words.number(within),
        )
    ]


def nation_funnel(frame: DataFrame, words: Words) -> list[str]:
    """How many groups lie outside the limits of chance, and those that stand first and last once small ones are drawn to the mean."""
    first, last = frame.iloc[0], frame.iloc[-1]
    said = [
        words(
            "nation_funnel.found",
            year=words.year(first["fiscal_year"]),
            what=words.indicator(first["indicator"]),
            n=words.count(frame["outside"].notna().sum()),
            of=words.count(len(frame)),
        )
    ]
    if len(frame) > 1:
        ends = {"top": first["part_name"], "bottom": last["part_name"]}
        said.append(words("nation_funnel.ends", highest=words.number(first["shrunk"]), lowest=words.number(last["shrunk"]), **ends))
    if first["hidden"]:
        said.append(words("nation_funnel.hidden", n=int(first["hidden"])))
    return said


def nation_levels(frame: DataFrame, words: Words) -> list[str]:
    """The largest level of the latest year and its share, and how many agencies that year rests on."""
    last = frame[frame["fiscal_year"] == frame["fiscal_year"].max()]
    most = last.loc[last["agencies"].idxmax()]
    known = notna(most["rank"])
    said = [
        words(
            "nation_levels.most" if known else "nation_levels.most_undecided",
            year=words.year(most["fiscal_year"]),
            level=words.of(most, "level") if known else "",
            share=words.number(most["share"]),
            n=words.count(most["agencies"]),
            of=words.count(most["all_agencies"]),
        )
    ]
    return few_years(said, frame["fiscal_year"].nunique(), words)


def nation_movers(frame: DataFrame, words: Words) -> list[str]:
    """How many rose and fell of those with both years, and who most each way, beside how far agencies commonly move."""
    first, last = frame.iloc[0], frame.iloc[-1]
    said = [
        words(
            "nation_movers.found",
            year=words.year(first["fiscal_year"]),
            before=words.year(first["fiscal_year"] - 1),
            n=words.count(first["all_agencies"]),
            risen=words.count(first["risen"]),
            fallen=words.count(first["fallen"]),
            typical=words.number(first["typical"]),
        )
    ]
    known = notna(first["tide"])
    said.append(words(f"nation_movers.tide_{first['tide_basis']}", tide=words.signed(first["tide"])) if known else words("tide.few"))
    if notna(first["drawn"]) and first["own"]:
        said.append(words("nation_movers.drawn", share=words.number(100 * first["drawn"] / first["own"], 0)))
    for way, row in (("up", first), ("down", last)):
        if first["all_agencies"] >= FEW and change(row["change"]) == {"up": "rise", "down": "fall"}[way]:
            given = {"name": row["agency_name"], "change": words.signed(row["change"])}
            said.append(
                words(f"nation_movers.{way}_own", own=words.signed(row["own"]), **given)
                if known
                else words(f"nation_movers.{way}", **given)
            )
    return said


def nation_floors(frame: DataFrame, words: Words) -> list[str]:
    """How many totals are below the pass mark, and the instrument that is below it in most agencies."""
    total, instruments = frame.iloc[0], frame[frame["indicator"] != "TOTAL"]
    year, mark = words.year(total["fiscal_year"]), words.floor(total["mark"])
    said = [words("nation_floors.found", year=year, mark=mark, n=words.count(total["agencies"]), below=words.count(total["below"]))]
    if instruments["below"].sum():
        most = instruments.loc[instruments["below"].idxmax()]
        counts = {"below": words.count(most["below"]), "only": words.count(most["only"])}
        said.append(words("nation_floors.most", instrument=most["indicator"], mark=words.floor(most["mark"]), **counts))
    return said


def nation_aim(frame: DataFrame, words: Words) -> list[str]:
    """Where most points were lost and how many of the measures name that indicator; what its change then gave."""
    most = frame.loc[frame["lost"].idxmax()]
    year = int(most["fiscal_year"])
    return [
        words(
            "nation_aim.found",
            indicator=words.indicator(most["indicator"]),
            name=words.of(most, "name"),
            before=words.year(year - 1),
            lost=words.number(most["lost"]),
            total=words.number(round(frame["lost"].sum(), 2)),
            measures=words.count(most["measures"]),
            all=words.count(most["all_measures"]),
        ),
        words("nation_aim.then", year=words.year(year), points=words.signed(most["points"]), n=words.count(most["agencies"])),
    ]


def register(frame: DataFrame, words: Words) -> list[str]:
    """How many agencies fit, of how many of these anything is loaded, and what to do for the others."""
    loaded = int(frame["has_data"].sum())
    said = [words("register.found", n=words.count(frame["found"].iloc[0]), loaded=words.count(loaded))]
    return said if loaded == len(frame) else [*said, words("register.load")]


def source_coverage(frame: DataFrame, words: Words) -> list[str]:
    """How many agencies have anything, and how many agency-years have every score, a plan and a report."""
    whole = int((frame["indicators"] == frame["of_indicators"]).sum())
    return [
        words(
            "source_coverage.found",
            n=words.count(frame["agencies"].iloc[0]),
            rows=words.count(len(frame)),
            whole=words.count(whole),
            plans=words.count((frame["plans"] > 0).sum()),
            results=words.count((frame["results"] > 0).sum()),
        )
    ]
