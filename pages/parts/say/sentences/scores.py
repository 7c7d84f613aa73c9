"""The numbers of a figure -> plain sentences, the finding first: a function a word, from the same frame as the figure.

Words live in text.csv; here stands which of them a number takes. A change smaller than what the agency's total commonly moves from
one year to the next gets no superlative, and two years are never called a trend.
"""

from pandas import DataFrame, isna, notna

from pages.parts.say.text import Words, change

NAMED = 3  # steps of a path that a headline has room for


def few_years(said: list[str], years: int, words: Words) -> list[str]:
    """What was said, with the warning that so few years are no trend."""
    return said if years >= 3 else [*said[:-1], said[-1] + words("sentence.few_years", n=years)]


def beyond(row, words: Words) -> list[str]:
    """Of a change: what of it was the tide, that is how the nation or the group moved in the mean, and what the agency's own. Where the
    tide is not known nothing is split off, and that is said."""
    if isna(row["tide"]):
        return [words("tide.few_peers" if row["tide_basis"] == "few_peers" else "tide.few")]
    said = {"tide": words.signed(row["tide"]), "own": words.signed(row["own"]), "n": words.count(row["tide_agencies"])}
    return [words(f"tide.{row['tide_basis']}", **said)]


def _known(frame: DataFrame, column: str) -> DataFrame:
    return frame[frame[column].notna()]


def score_trend(frame: DataFrame, words: Words) -> list[str]:
    """The latest total, its change on the year before, its place against the nation and how far the series carries."""
    known = _known(frame, "total")
    last = known.iloc[-1]
    said = [words("score_trend.now", year=words.year(last["fiscal_year"]), total=words.number(last["total"]))]
    before = known[known["fiscal_year"] == last["fiscal_year"] - 1]
    if len(before) and last["comparable"]:
        difference = round(last["total"] - before["total"].iloc[0], 2)
        moved = words(f"score_trend.{change(difference)}", change=words.signed(difference), year=words.year(before["fiscal_year"].iloc[0]))
        said[0] += words("sentence.join") + moved
        said += beyond(last, words)
    if notna(last["national"]):
        gap = round(last["total"] - last["national"], 2)
        said.append(words(f"score_trend.national_{change(gap)}", gap=words.number(abs(gap)), national=words.number(last["national"])))
    return few_years(said, len(known), words)


def change_waterfall(frame: DataFrame, words: Words) -> list[str]:
    """From which total to which, how much of that was the agency's own, and the part of its own (where the tide is not known: the part)
    that moved it most up and most down."""
    ends, parts = frame[frame["kind"].isin(["start", "end"])], frame[frame["kind"] == "part"]
    start, end = ends.iloc[0], ends.iloc[-1]
    difference = round(end["points"] - start["points"], 2)
    said = [
        words(
            f"change_waterfall.{change(difference)}",
            before=words.number(start["points"])
            if start["fiscal_year"] == end["fiscal_year"] - 1
            else words("change_waterfall.of_year", total=words.number(start["points"]), year=words.year(start["fiscal_year"])),
            after=words.number(end["points"]),
            change=words.signed(difference),
            year=words.year(end["fiscal_year"]),
        )
    ]
    said += beyond(end, words)
    what, own = ("own", "own_") if parts["own"].notna().any() else ("points", "")
    top, bottom = parts.loc[parts[what].idxmax()], parts.loc[parts[what].idxmin()]
    if top[what] > 0:
        said.append(
            words(
                f"change_waterfall.{own}most_up",
                indicator=words.indicator(top["indicator"]),
                name=words.of(top, "name"),
                points=words.signed(top[what]),
            )
        )
    if bottom[what] < 0:
        said.append(
            words(
                f"change_waterfall.{own}most_down",
                indicator=words.indicator(bottom["indicator"]),
                name=words.of(bottom, "name"),
                points=words.signed(bottom[what]),
            )
        )
    return said


def indicator_heatmap(frame: DataFrame, words: Words) -> list[str]:
    """The lowest indicator of the latest year, and in how many of the years known it was the lowest."""
    known = [
        row for row in frame[["fiscal_year", "indicator", "name_th", "name_en", "score", "noise"]].to_dict("records") if notna(row["score"])
    ]
    lowest = {}  # year -> the row of its lowest indicator, of equals the first
    for row in sorted(known, key=lambda row: row["score"]):
        lowest.setdefault(row["fiscal_year"], row)
    last = max(lowest)
    now = lowest[last]
    said = [
        words(
            "indicator_heatmap.lowest",
            year=words.year(last),
            indicator=words.indicator(now["indicator"]),
            name=words.of(now, "name"),
            score=words.number(now["score"]),
        )
    ]
    years = len(lowest)
    if years > 1:
        said += _close(sorted((row for row in known if row["fiscal_year"] == last), key=lambda row: row["score"]), "score", words)
        times = sum(row["indicator"] == now["indicator"] for row in lowest.values())
        said.append(words("indicator_heatmap.years", times=times, years=years))
    return few_years(said, years, words)


def indicator_trend(frame: DataFrame, words: Words) -> list[str]:
    """The latest score of the indicator, its change on the year before and the peers' median."""
    known = _known(frame, "score")
    last = known.iloc[-1]
    said = [
        words(
            "indicator_trend.now",
            indicator=words.indicator(last["indicator"]),
            name=words.of(last, "name"),
            year=words.year(last["fiscal_year"]),
            score=words.number(last["score"]),
        )
    ]
    before = known[known["fiscal_year"] == last["fiscal_year"] - 1]
    if len(before):
        difference = round(last["score"] - before["score"].iloc[0], 2)
        said.append(
            words(f"score_trend.{change(difference)}", change=words.signed(difference), year=words.year(before["fiscal_year"].iloc[0]))
        )
        said += beyond(last, words)
    if notna(last["peers_median"]):
        said.append(words("indicator_trend.peers", n=int(last["peers"]), median=words.number(last["peers_median"])))
    return said


def indicator_measures(frame: DataFrame, words: Words) -> list[str]:
    """How many measures were aimed at an indicator, and how many of the reported ones are completed."""
    results = frame[frame["section"] == "result"]
    done = int((results["status"] == "completed").sum())
    return [words("indicator_measures.found", plans=int((frame["section"] == "plan").sum()), results=len(results), done=done)]


def _level(words: Words, row, name: str = "level") -> str:
    """A level by its printed word; in another language its meaning beside it."""
    printed, meaning = row[f"{name}_th"], words.of(row, name)
    return words("level.named", printed=printed, meaning=meaning) if meaning != printed else printed


def verdict(frame: DataFrame, words: Words) -> list[str]:
    """Total, level and what holds the next level back, change on the year before, scores of a scan that are still to be confirmed."""
    row = frame.iloc[0]
    total = {"year": words.year(row["fiscal_year"]), "total": words.number(row["total"])}
    if isna(row["level_th"]):
        said = [words(f"verdict.{_why_no_level(row)}", level=row["level_stated"], **total)]
    else:
        said = [words("verdict.level", level=_level(words, row), **total) + _held_back(row, words)]
    if notna(row["before_total"]):
        difference = round(row["total"] - row["before_total"], 2)
        said.append(words(f"score_trend.{change(difference)}", change=words.signed(difference), year=words.year(row["before_year"])))
        said += beyond(row, words)
    return [*said, words("verdict.unconfirmed", n=words.number(row["unconfirmed"], 0))] if row["unconfirmed"] else said


def _why_no_level(row) -> str:
    if not row["comparable"]:
        return "other_scale"
    return "no_level" if not row["levels_unknown"] else "unknown_levels" if isna(row["level_stated"]) else "stated_level"


def _held_back(row, words: Words) -> str:
    """Why not the next level: an instrument below its floor, a total below its own, or both."""
    if isna(row["next_th"]):
        return words("verdict.best")
    why = []
    if notna(row["next_total"]) and row["total"] < row["next_total"]:
        why.append(words("verdict.total_short", floor=words.floor(row["next_total"]), gap=words.number(row["next_total"] - row["total"])))
    if notna(row["next_instrument"]):
        scores = {code: row[code.lower()] for code in ("IIT", "EIT", "OIT")}
        short = {code: score for code, score in scores.items() if notna(score) and score < row["next_instrument"]}
        if short:
            named = [f"{code} {words.number(short[code])}" for code in sorted(short, key=short.get)]
            key = "verdict.instrument_short" if len(short) == 1 else "verdict.instruments_short"
            why.append(words(key, instruments=words.list(named), floor=words.floor(row["next_instrument"])))
    if not why:  # the total suffices, so an instrument must be short; which one no source says
        return words("verdict.unknown_instrument", level=_level(words, row, "next"))
    level = _level(words, row, "next")
    return words("verdict.because", level=level, why=words.list(why))


def movers(frame: DataFrame, words: Words) -> list[str]:
    """Of a waterfall: the two indicators that moved the total most each way, beyond the tide where that is known."""
    parts = [row for row in zip(*(frame[name] for name in ("kind", "indicator", "points", "own")), strict=True) if row[0] == "part"]
    what, own = (3, "own_") if any(notna(row[3]) for row in parts) else (2, "")
    up = sorted((row for row in parts if row[what] > 0), key=lambda row: -row[what])[:2]
    down = sorted((row for row in parts if row[what] < 0), key=lambda row: row[what])[:2]
    said = []
    for way, some in (("up", up), ("down", down)):
        if some:
            moved = [words("step.one", indicator=words.indicator(row[1]), points=words.signed(row[what])) for row in some]
            said.append(words(f"movers.{own}{way}", moved=words.list(moved)))
    return said or [words("movers.none")]


def standing(frame: DataFrame, words: Words) -> list[str]:
    """Of a verdict: the place among the peers and against the national mean. Fewer than five peers are too few to rank in."""
    row = frame.iloc[0]
    if row["peers"] >= 5:
        said = [
            words(
                "standing.rank",
                rank=int(row["peers_rank"]),
                all=int(row["peers"]) + 1,
                median=words.number(row["peers_median"]),
                peers=words(f"peers_basis.{row['peers_basis']}"),
            )
        ]
    else:
        said = [words("standing.few" if row["peers"] else "standing.no_peers", n=int(row["peers"]))]
    if notna(row["national"]):
        gap = round(row["total"] - row["national"], 2)
        said.append(words(f"score_trend.national_{change(gap)}", gap=words.number(abs(gap)), national=words.number(row["national"])))
    return said


def completion_rate(frame: DataFrame, words: Words) -> list[str]:
    """Completed of decided results for each family, how many of them stated and inferred, and how many are unknown; then how many results
    were read from a scan and are still to be confirmed."""
    said = [
        words(
            "completion_rate.found",
            family=words(f"family.{row.family}"),
            completed=row.completed,
            decided=row.decided,
            stated=row.completed - row.inferred,
            inferred=row.inferred,
            unknown=row.unknown,
        )
        for row in frame.itertuples()
    ]
    unconfirmed = int(frame["unconfirmed"].sum())
    return [*said, words("completion_rate.unconfirmed", n=words.number(unconfirmed, 0))] if unconfirmed else said


def aim(frame: DataFrame, words: Words) -> list[str]:
    """Whether the year's work was aimed where the year before lost points: the instrument, else the indicator, that lost most without a
    measure, what its scores did all the same, and work finished where nothing was lost. Without a claim of cause."""
    rows = frame.to_dict("records")  # plain values: a frame takes ten times as long to read by rows
    first = rows[0]
    before = words.year(first["fiscal_year"] - 1)
    missed = [row for row in rows if row["measures"] == 0 and row["lost"] > 0]
    count = {"measures": int(first["all_measures"]), "total": words.number(first["lost_total"]), "before": before}
    if not missed:
        said = [words("aim.all_aimed", **count)]
    else:
        unaimed_at = {row["instrument"] for row in missed} - {row["instrument"] for row in rows if row["measures"] > 0}
        if unaimed := [row for row in rows if row["instrument"] in unaimed_at]:
            worst = max(row["lost_instrument"] for row in unaimed)
            missed = [row for row in unaimed if row["lost_instrument"] == worst]
        most = max(missed, key=lambda row: row["lost"])
        if unaimed:
            said = [
                words(
                    "aim.instrument_missed",
                    instrument=most["instrument"],
                    lost=words.number(most["lost_instrument"]),
                    indicator=words.indicator(most["indicator"]),
                    most=words.number(most["lost"]),
                    **count,
                )
            ]
        else:
            missed = [most]
            said = [words("aim.indicator_missed", indicator=words.indicator(most["indicator"]), lost=words.number(most["lost"]), **count)]
        for row in sorted(missed, key=lambda row: -row["lost"]):
            if notna(row["after"]) and notna(row["points"]):
                difference = round(row["after"] - row["before"], 2)
                said.append(
                    words(
                        f"aim.then_{change(difference)}",
                        indicator=words.indicator(row["indicator"]),
                        points=words.signed(row["points"]),
                        change=words.number(abs(difference)),
                    )
                )
    if idle := [row for row in rows if row["lost"] == 0 and row["completed"] > 0]:
        names = words.list(words.indicator(row["indicator"]) for row in idle)
        said.append(words("aim.idle", n=sum(row["completed"] for row in idle), indicators=names))
    if first["unplaced"]:
        said.append(words("aim.unplaced", n=int(first["unplaced"])))
    return said


def indicator_multiples(frame: DataFrame, words: Words) -> list[str]:
    """How many of the indicators of the latest year reach its pass mark."""
    known = _known(frame, "score")
    if known.empty:
        return [words("indicator_multiples.empty")]
    last = known[known["fiscal_year"] == known["fiscal_year"].max()]
    given = {"year": words.year(last["fiscal_year"].iloc[0]), "all": len(last)}
    if isna(mark := last["mark"].iloc[0]):
        return [words("indicator_multiples.no_mark", **given)]
    return [words("indicator_multiples.reach", n=int((last["score"] >= mark).sum()), mark=words.floor(mark), **given)]


def _close(ordered: list[dict], column: str, words: Words) -> list[str]:
    """Of rows from the lowest: that the next differs by less than scores commonly move from year to year, so that the order says little."""
    if len(ordered) < 2 or isna(ordered[0]["noise"]) or isna(ordered[1][column]):
        return []
    (first, second), noise = ordered[:2], ordered[0]["noise"]
    gap = round(second[column] - first[column], 2)
    if gap == 0 or gap >= noise:
        return []
    return [words("weakest.close", indicator=words.indicator(second["indicator"]), gap=words.number(gap), noise=words.number(noise))]


def weakest(frame: DataFrame, words: Words) -> list[str]:
    """The first of the order chosen with its number; where the next is as close as two printed digits, both."""
    order, first = frame["sorted_by"].iloc[0], frame.iloc[0]
    column = {"score": "score", "gain": "gain", "peers": "gap"}[order]
    given = {"year": words.year(first["fiscal_year"]), "indicator": words.indicator(first["indicator"]), "name": words.of(first, "name")}
    if order == "peers" and (isna(first["gap"]) or first["gap"] >= 0):
        return [words("weakest.peers_unknown" if isna(first["gap"]) else "weakest.peers_none", **given)]
    if order == "gain" and isna(first["gain"]):  # no weights, so the rows stand by their scores
        return few_years([words("weakest.gain_unknown", value=words.number(first["score"]), **given)], int(first["years"]), words)
    value = words.number(first[column]) if order == "score" else words.signed(first[column])
    said = [words(f"weakest.{order}_first", value=value, median=words.number(first["peers_median"]), peers=int(first["peers"]), **given)]
    tied = frame[frame[column] == first[column]].iloc[1:]
    if len(tied):
        said.append(words("weakest.tied", indicators=words.list(words.indicator(one) for one in tied["indicator"])))
    elif order != "gain":
        said += _close(frame.head(2).to_dict("records"), column, words)
    if first["years"] > 1:
        said.append(words("weakest.persistent", times=int(first["weakest_years"]), years=int(first["years"])))
    return few_years(said, int(first["years"]), words)


def weakest_group(frame: DataFrame, words: Words) -> list[str]:
    """The indicator that is the weakest in most agencies of the group, and whether it is ours."""
    first = frame.iloc[0]
    said = [
        words(
            "weakest_group.most",
            year=words.year(first["fiscal_year"]),
            indicator=words.indicator(first["indicator"]),
            name=words.of(first, "name"),
            n=words.number(first["weakest"], 0),
            agencies=words.number(first["agencies"], 0),
        )
    ]
    own = frame[frame["mine"]]
    if len(own):
        said.append(
            words(
                "weakest_group.own",
                indicators=words.list(words.indicator(one) for one in own["indicator"]),
                n=words.number(own["weakest"].max(), 0),
            )
        )
    return said


def _completion(rows: DataFrame, words: Words) -> str:
    """Completed of decided, how much of it inferred, how many unknown, of rows that may be added up."""
    completed, decided = int(rows["completed"].sum()), int(rows["decided"].sum())
    inferred, unknown = int(rows["completed_inferred"].sum()), int(rows["unknown"].sum())
    key = "completion.none" if decided == 0 else "completion.count" if decided < 5 else "completion.rate"
    counts = {"completed": completed, "decided": decided, "inferred": inferred, "stated": completed - inferred, "unknown": unknown}
    return words(
        key,
        percent=words.percent(completed, decided) if decided else "",
        **{name: words.number(count, 0) for name, count in counts.items()},
    )


def _of_year(frame: DataFrame, said: list[str], words: Words) -> list[str]:
    """What was said, its year before it."""
    return [
        words("completion_by_year.of_year", year=words.year(frame["fiscal_year"].iloc[0])) + words("sentence.join") + said[0],
        *said[1:],
    ]


def completion_by_year(frame: DataFrame, words: Words) -> list[str]:
    """The latest year of each family, and how many reports it was read from."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        last = rows[rows["fiscal_year"] == rows["fiscal_year"].max()]
        said.append(
            words(
                "completion_by_year.family",
                year=words.year(last["fiscal_year"].iloc[0]),
                family=words(f"family.{family}"),
                found=_completion(last, words),
                documents=words.number(last["documents"].sum(), 0),
            )
        )
    return said


def completion_by_group(frame: DataFrame, words: Words) -> list[str]:
    """All groups of a family together, and the group with most left."""
    said = [
        words("completion_by_group.family", family=words(f"family.{family}"), found=_completion(rows, words))
        for family, rows in frame.groupby("family", sort=False, dropna=False)
    ]
    left = frame["decided"] - frame["completed"]
    if left.max() > 0:
        most = frame.loc[left.idxmax()]
        name = most["group_name"] if notna(most["group_name"]) else words("group.none")
        said.append(words("completion_by_group.left", name=name, n=int(left.max())))
    return _of_year(frame, said, words)


def completion_by_unit(frame: DataFrame, words: Words) -> list[str]:
    """The busiest unit and what it completed; how many measures name no unit. Units are never added up."""
    named = frame[frame["unit"].notna()]
    said = []
    if len(named):
        load = named[["decided", "unknown"]].sum(axis=1)
        most = named.loc[load.idxmax()]
        said.append(words("completion_by_unit.most", unit=most["unit"], n=int(load.max()), found=_completion(most.to_frame().T, words)))
    without = frame[frame["unit"].isna()]
    if len(without):
        said.append(words("completion_by_unit.without", n=int(without[["decided", "unknown"]].sum(axis=1).sum())))
    return _of_year(frame, said, words)


def source_list(frame: DataFrame, words: Words) -> list[str]:
    """How many documents are loaded and what was read from them."""
    return [words("source_list.found", n=len(frame), measures=int(frame["measures"].sum()), scores=int(frame["scores"].sum()))]


def finding_list(frame: DataFrame, words: Words) -> list[str]:
    """How many findings of each severity."""
    found = frame["severity"].value_counts()
    return [words("finding_list.found", **{severity: int(found.get(severity, 0)) for severity in ("error", "warning", "info")})]


def path(frame: DataFrame, words: Words) -> list[str]:
    """The least rise that brings the level, the largest rises named, and the total it gives; the other rises; what one point of the
    dearest instrument is worth against one of the cheapest."""
    rows = frame.to_dict("records")
    first, rises = rows[0], _rises(rows)
    level = _level(words, first)
    steps = [words("step.one", indicator=words.indicator(row["indicator"]), points=words.signed(row["rise"])) for row in rises]
    key = "path.reached" if not rises else "path.steps" if first["feasible"] else "path.out_of_reach"
    dear, cheap = (of(rows, key=lambda row: row["leverage"]) for of in (max, min))
    more = words("next_step.more", n=len(steps) - NAMED) if len(steps) > NAMED else ""
    said = [
        words(
            key,
            year=words.year(first["fiscal_year"]),
            level=level,
            steps=words.list(steps[:NAMED]) + more,
            total=words.number(first["total"]),
            then=words.number(first["total_then"]),
        )
    ]
    if more and first["feasible"]:
        said.append(words("path.others", steps=words.list(steps[NAMED:])))
    if dear["leverage"] > cheap["leverage"]:
        ratio = words.number(dear["leverage"] / cheap["leverage"], 1)
        said.append(words("path.worth", dear=dear["instrument"], cheap=cheap["instrument"], ratio=ratio))
    return said


def _rises(rows: list[dict]) -> list[dict]:
    """The steps of a path, the largest first."""
    return sorted((row for row in rows if row["rise"] > 0), key=lambda row: -row["rise"])


def next_step(frame: DataFrame, words: Words) -> list[str]:
    """Of a path to the next level: its steps, short, as the one thing to do next."""
    rows = frame.to_dict("records")
    first, rises = rows[0], _rises(rows)
    steps = [
        words(
            "next_step.one",
            indicator=words.indicator(row["indicator"]),
            rise=words.signed(row["rise"]),
            score=words.number(row["score"]),
            needed=words.number(row["needed"]),
        )
        for row in rises[:NAMED]
    ]
    more = words("next_step.more", n=len(rises) - NAMED) if len(rises) > NAMED else ""
    return [words("next_step.steps", steps=words.list(steps) + more, level=_level(words, first))]


def what_if(frame: DataFrame, words: Words) -> list[str]:
    """The total and level that the tried scores would give."""
    total = frame[frame["indicator"] == "TOTAL"].iloc[0]
    difference = round(total["tried"] - total["today"], 2)
    level = words("what_if.level", level=_level(words, total)) if notna(total["level_th"]) else ""
    return [words(f"what_if.{change(difference)}", total=words.number(total["tried"]), change=words.signed(difference), level=level)]
