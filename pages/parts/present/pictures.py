"""The picture of a chart on a slide, a function a word: the same frame as the page's figure, drawn for the last row of a room."""

from pandas import DataFrame, isna, notna

from pages.parts.figures.statuses import PARTS
from pages.parts.present.slide import Picture, Series
from pages.parts.say.text import Words

MOST = 5  # agencies each way that a slide of movers has room for
BARS = 7  # years and families that a slide of completion has room for


def picture(word: str, frame: DataFrame, words: Words) -> Picture | None:
    """The picture of a word; None where it would show a single number or a lone dot, which the sentence says better."""
    made = globals()[word](frame, words)
    return made if made.kind == "table" or made.numbers > 1 else None


def _labels(frame: DataFrame, words: Words) -> list[str]:
    return [words.numbered(row) for row in frame.to_dict("records")]


def _picture(word: str, kind: str, frame: dict, series: list[Series], words: Words, **more) -> Picture:
    return Picture(kind, words(f"{word}.title"), DataFrame(frame), tuple(series), digits=words.digits, **more)


def _limits(values, words: Words) -> tuple[tuple[str, float], ...]:
    """What rules ask for as reference lines, each once; unknown ones are none."""
    return tuple((words("slide.mark", value=words.floor(value)), float(value)) for value in sorted({one for one in values if notna(one)}))


def _years(frame: DataFrame) -> DataFrame:
    """The frame with a row for every year from its first to its last, so that a line breaks where a year is missing."""
    years = range(int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max()) + 1)
    return frame.set_index("fiscal_year").reindex(years).rename_axis("fiscal_year").reset_index()


# --- one agency -----------------------------------------------------------------------------------------------------------------


def verdict(frame: DataFrame, words: Words) -> Picture:
    row = frame.iloc[0]
    floors = {"iit": row["next_instrument"], "eit": row["next_instrument"], "oit": row["next_instrument"], "total": row["next_total"]}
    known = [one for one in floors if notna(row[one])]
    short = [bool(notna(floors[one]) and row[one] < floors[one]) for one in known]
    bars = {
        "label": [words("series.total") if one == "total" else one.upper() for one in known],
        "score": [row[one] for one in known],
        "role": ["fall" if low else "total" if one == "total" else "main" for one, low in zip(known, short, strict=True)],
        "strong": [low or one == "total" for one, low in zip(known, short, strict=True)],
    }
    score = Series("score", words("column.score"), "main")
    return _picture("verdict", "bars", bars, [score], words, lines=_limits([floors[one] for one in known], words))


def score_trend(frame: DataFrame, words: Words) -> Picture:
    columns = frame[["total", "national", "mark"]].astype(float).to_dict("list")
    series = [Series("total", words("series.total"), "main")]
    if frame["national"].notna().any():
        series.append(Series("national", words("slide.national"), "compare"))
    if marks := _limits(frame["mark"], words):
        series.append(Series("mark", marks[0][0] if len(marks) == 1 else words("series.pass_mark"), "mark"))
    lines = {"label": [words.tick(year) for year in frame["fiscal_year"]], "comparable": list(frame["comparable"].astype(bool))} | columns
    return _picture("score_trend", "lines", lines, series, words)


def change_waterfall(frame: DataFrame, words: Words) -> Picture:
    start, end = (frame[frame["kind"] == kind] for kind in ("start", "end"))
    parts = frame[~frame["kind"].isin(["start", "end"])].sort_values("points", ascending=False, kind="stable").to_dict("records")
    totals = [start.iloc[0].to_dict(), end.iloc[0].to_dict()]
    labels = [words("waterfall.weights") if part["kind"] == "weights" else words.numbered(part) for part in parts]
    steps = {
        "label": [words.tick(totals[0]["fiscal_year"]), *labels, words.tick(totals[1]["fiscal_year"])],
        "points": [totals[0]["points"], *(part["points"] for part in parts), totals[1]["points"]],
        "role": ["total", *("rise" if part["points"] > 0 else "fall" if part["points"] < 0 else "none" for part in parts), "total"],
    }
    names = {"total": "series.total", "rise": "slide.rise", "fall": "slide.fall"}
    series = [Series("points", words(name), role) for role, name in names.items()]
    return _picture("change_waterfall", "waterfall", steps, series, words)


def weakest(frame: DataFrame, words: Words) -> Picture:
    bars = {
        "label": _labels(frame, words),
        "score": list(frame["score"]),
        "strong": [place < 3 for place in range(len(frame))],
        "role": ["fall" if place < 3 else "main" for place in range(len(frame))],
    }
    return _picture("weakest", "bars", bars, [Series("score", words("column.score"), "main")], words, lines=_limits(frame["mark"], words))


def path(frame: DataFrame, words: Words) -> Picture:
    bars = {
        "label": _labels(frame, words),
        "today": list(frame["score"].astype(float)),
        "rise": [rise or None for rise in frame["rise"]],
        "strong": list(frame["rise"] > 0),
    }
    series = [Series("today", words("path.today"), "main"), Series("rise", words("path.needed"), "need")]
    return _picture("path", "stacked", bars, series, words)


def completion_by_year(frame: DataFrame, words: Words) -> Picture:
    shown = frame.head(BARS).iloc[::-1].to_dict("records")
    labels = [" ".join([words.tick(row["fiscal_year"]), words(f"family.{row['family']}")]) for row in shown]
    bars = {"label": labels} | {part: [int(row[part]) for row in shown] for part in PARTS}
    series = [Series(part, words(f"part.{part}"), part) for part in PARTS]
    return _picture("completion_by_year", "stacked", bars, series, words, decimals=0)


def aim(frame: DataFrame, words: Words, word: str = "aim") -> Picture:
    year = int(frame["fiscal_year"].iloc[0])
    bars = {
        "label": _labels(frame, words),
        "lost": list(frame["lost"].astype(float)),
        "measures": list(frame["measures"].astype(int)),
        "points": list(frame["points"].astype(float)),
        "strong": list(frame["lost"] >= frame["lost"].nlargest(2).min()),
    }
    series = [
        Series("lost", words("slide.lost", year=words.tick(year - 1)), "main"),
        Series("measures", words("slide.aimed"), "count"),
        Series("points", words("slide.gained", year=words.tick(year)), "change"),
    ]
    return _picture(word, "bars", bars, series if frame["points"].notna().any() else series[:2], words)


def indicator_multiples(frame: DataFrame, words: Words) -> Picture:
    years = sorted(frame["fiscal_year"].unique())
    named = {row["indicator"]: words.numbered(row) for row in frame.to_dict("records")}
    scores = frame.pivot(index="fiscal_year", columns="indicator", values="score")
    lines = {"label": [words.tick(year) for year in years]} | {one: [scores[one][year] for year in years] for one in named}
    series = [Series(one, name, "main") for one, name in named.items()]
    marks = frame[frame["fiscal_year"] == years[-1]]["mark"]
    return _picture("indicator_multiples", "multiples", lines, series, words, lines=_limits(marks, words))


def compare_distribution(frame: DataFrame, words: Words) -> Picture:
    rows = frame.to_dict("records")
    ranks = [
        words("compare_distribution.tied_rank" if row["tied"] else "compare_distribution.rank", rank=row["rank"], agencies=row["agencies"])
        for row in rows
    ]
    above = ["" if isna(row["percentile"]) else f" · {words.number(row['percentile'])}%" for row in rows]
    columns = ("score", "median", "lower_quartile", "upper_quartile", "lowest", "highest")
    spread = {
        "label": [words("indicator.TOTAL") if row["indicator"] == "TOTAL" else words.numbered(row) for row in rows],
        "strong": [row["indicator"] == "TOTAL" for row in rows],
        "told": [rank + more for rank, more in zip(ranks, above, strict=True)],
    }
    series = [
        ("score", "series.this_agency", "main"),
        ("median", "series.median", "total"),
        ("upper_quartile", "series.middle_half", "band"),
    ]
    named = [Series(column, words(key), role) for column, key, role in series]
    return _picture("compare_distribution", "spread", spread | {column: list(frame[column]) for column in columns}, named, words)


# --- agency or group ------------------------------------------------------------------------------------------------------------


def compare_all(frame: DataFrame, words: Words) -> Picture:
    known = frame[frame["total"].notna()]
    median = [] if known.empty else [(f"{words('series.median')} {words.number(known['median'].iloc[0])}", float(known["median"].iloc[0]))]
    dots = {"label": list(known["agency_name"]), "total": list(known["total"]), "strong": list(known["mine"])}
    series = [Series("total", words("slide.agencies"), "main")]
    return _picture("compare_all", "strip", dots, series, words, lines=tuple(median))


def source_list(frame: DataFrame, words: Words) -> Picture:
    rows = {
        "document": list(frame["document"]),
        "year": [words("number.unknown") if isna(year) else words.tick(year) for year in frame["fiscal_year"]],
        "read": [words("slide.read", scores=row.scores, measures=row.measures) for row in frame.itertuples()],
    }
    heads = {"document": "column.document", "year": "column.fiscal_year", "read": "slide.read_from"}
    return _picture("source_list", "table", rows, [Series(name, words(heads[name]), "text") for name in rows], words)


# --- a group --------------------------------------------------------------------------------------------------------------------


def nation_levels(frame: DataFrame, words: Words) -> Picture:
    last = frame[frame["fiscal_year"] == frame["fiscal_year"].max()]
    labels = [words("nation_levels.undecided") if isna(row["rank"]) else words.of(row, "level") for row in last.to_dict("records")]
    series = [Series("agencies", words("slide.agencies"), "main")]
    return _picture("nation_levels", "bars", {"label": labels, "agencies": list(last["agencies"])}, series, words, decimals=0)


def nation_quantiles(frame: DataFrame, words: Words) -> Picture:
    years = _years(frame)
    names = {
        "median": ("series.median", "main"),
        "upper_quartile": ("column.upper_quartile", "band"),
        "lower_quartile": ("column.lower_quartile", "band"),
    }
    lines = {"label": [words.tick(year) for year in years["fiscal_year"]]} | {name: list(years[name]) for name in names}
    return _picture("nation_quantiles", "lines", lines, [Series(name, words(key), role) for name, (key, role) in names.items()], words)


def nation_movers(frame: DataFrame, words: Words) -> Picture:
    up, down = frame[frame["change"] > 0].head(MOST), frame[frame["change"] < 0].tail(MOST)
    bars = {"label": [*up["agency_name"], *down["agency_name"]], "change": [*up["change"], *down["change"]]}
    return _picture("nation_movers", "bars", bars, [Series("change", words("column.change"), "change")], words, signed=True)


def weakest_group(frame: DataFrame, words: Words) -> Picture:
    strong = [place < 3 for place in range(len(frame))]
    bars = {"label": _labels(frame, words), "weakest": list(frame["weakest"]), "strong": strong}
    return _picture("weakest_group", "bars", bars, [Series("weakest", words("slide.weakest_in"), "main")], words, decimals=0)


def nation_floors(frame: DataFrame, words: Words) -> Picture:
    total = frame["indicator"] == "TOTAL"
    bars = {
        "label": [words.code(one) for one in frame["indicator"]],
        "below": list(frame["below"]),
        "role": ["total" if one else "main" for one in total],
    }
    return _picture("nation_floors", "bars", bars, [Series("below", words("column.below"), "main")], words, decimals=0)


def nation_aim(frame: DataFrame, words: Words) -> Picture:
    return aim(frame, words, "nation_aim")


def province_sheet(frame: DataFrame, words: Words) -> Picture:
    shorts = ("short_iit", "short_eit", "short_oit", "short_total")
    rows = {"agency": list(frame["agency_name"]), "total": [words.number(total) for total in frame["total"]]}
    rows |= {one: [words.number(points) for points in frame[one]] for one in shorts}
    heads = {"agency": "column.agency_name"} | {one: f"column.{one}" for one in ("total", *shorts)}
    return _picture("province_sheet", "table", rows, [Series(name, words(heads[name]), "text") for name in rows], words)


def member(row: dict, levels: DataFrame, words: Words) -> Picture | None:
    """Of one row of the sheet: instruments and total as bars, the floors of the next level as lines; None where no score is known."""
    parts = [one for one in ("iit", "eit", "oit", "total") if notna(row[one])]
    if not parts:
        return None
    short = [bool(notna(row[f"short_{one}"]) and row[f"short_{one}"] > 0) for one in parts]
    bars = {
        "label": [words("series.total") if one == "total" else one.upper() for one in parts],
        "score": [row[one] for one in parts],
        "role": ["fall" if low else "total" if one == "total" else "main" for one, low in zip(parts, short, strict=True)],
        "strong": short,
    }
    above = levels[levels["name_th"] == row["next_th"]]
    floors = [*above["min_total"], *above["min_instrument"]]
    score = Series("score", words("column.score"), "main")
    return _picture("province_sheet", "bars", bars, [score], words, lines=_limits(floors, words))
