"""The story of one agency or one group in one year as a deck: the warehouse is asked once, here; whatever is made of it is pure.

Nine slides, each one idea: verdict, trend, what moved, weakest, path, measures, aim, peers, sources.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from pandas import DataFrame, isna, notna

from pages.parts.ask import warehouse
from pages.parts.ask.warehouse import ask
from pages.parts.present.slide import Deck, Picture, Series, Slide
from pages.parts.reckon import steps
from pages.parts.say.sentences import scores as sentences
from pages.parts.say.sentences import slides as slide_sentences
from pages.parts.say.text import Words

WORDS = ("verdict", "trend", "moved", "weakest", "path", "measures", "aim", "peers", "sources")
PASS = 85  # the mark that agencies are held to in every year of this scale (data/rules)
STATUSES = ("stated", "inferred", "in_progress", "not_started", "not_possible", "unknown")


def _say(word: str, frame: DataFrame, words: Words) -> str:
    return getattr(slide_sentences if hasattr(slide_sentences, word) else sentences, word)(frame, words)


def _slide(word: str, query: str, frame: DataFrame, words: Words, picture, facts=()) -> Slide:
    """The slide of a frame: its sentence and what `picture(frame, words)` makes of it; where the frame is empty, what is missing."""
    if frame.empty:
        return Slide(word, words(f"slide.{word}"), None, empty=words("slide.empty"))
    return Slide(word, _say(query, frame, words), picture(frame, words), facts=tuple(facts))


def _indicator(row, words: Words) -> str:
    return words.numbered(row)


def _target(words: Words) -> tuple[tuple[str, float], ...]:
    return ((words("slide.target", value=PASS), float(PASS)),)


# --- one agency -----------------------------------------------------------------------------------------------------------------


def _verdict_picture(frame: DataFrame, words: Words) -> Picture:
    row = frame.iloc[0]
    floor = float(row["next_instrument"]) if notna(row["next_instrument"]) else float(PASS)
    bars = [
        {
            "label": name,
            "score": row[name.lower()],
            "role": "fall" if row[name.lower()] < floor else "main",
            "strong": bool(row[name.lower()] < floor),
        }
        for name in ("IIT", "EIT", "OIT")
        if notna(row[name.lower()])
    ]
    bars.append({"label": words("slide.total"), "score": row["total"], "role": "total", "strong": True})
    return Picture(
        "bars",
        words("slide.verdict"),
        DataFrame(bars),
        (Series("score", words("slide.score"), "main"),),
        ((words("slide.target", value=words.floor(floor)), floor),),
    )


def _verdict_facts(frame: DataFrame, words: Words) -> list[tuple[str, str]]:
    if frame.empty:
        return []
    row = frame.iloc[0]
    facts = [(words.number(row["total"]), words("slide.total"))]
    if notna(row["level_th"]):
        facts.append((words.of(row, "level"), words("slide.level")))
    if notna(row["before_total"]):
        change = words.signed(round(row["total"] - row["before_total"], 2))
        facts.append((change, words("slide.change", year=words.year(row["before_year"]))))
    return facts


def _trend_picture(frame: DataFrame, words: Words) -> Picture:
    lines = DataFrame(
        {
            "label": [words.tick(year) for year in frame["fiscal_year"]],
            "total": frame["total"].astype(float),
            "national": frame["national"].astype(float),
            "comparable": frame["comparable"].astype(bool),
        }
    )
    series = [Series("total", words("slide.total"), "main")]
    if frame["national"].notna().any():
        series.append(Series("national", words("slide.national"), "compare"))
    return Picture("lines", words("slide.trend"), lines, tuple(series), _target(words))


def _moved_picture(frame: DataFrame, words: Words) -> Picture:
    def row(one):
        if one["kind"] in ("start", "end"):
            return {"label": words.tick(one["fiscal_year"]), "points": one["points"], "role": "total"}
        label = words("waterfall.weights") if one["kind"] == "weights" else _indicator(one, words)
        return {"label": label, "points": one["points"], "role": "rise" if one["points"] > 0 else "fall" if one["points"] < 0 else "none"}

    parts = frame[~frame["kind"].isin(["start", "end"])].sort_values("points", ascending=False, kind="stable")
    ordered = [frame[frame["kind"] == "start"].iloc[0], *(one for _, one in parts.iterrows()), frame[frame["kind"] == "end"].iloc[0]]
    series = [Series("points", words(f"slide.{role}"), role) for role in ("total", "rise", "fall")]
    return Picture("waterfall", words("slide.moved"), DataFrame([row(one) for one in ordered]), tuple(series))


def _weakest_picture(frame: DataFrame, words: Words) -> Picture:
    bars = DataFrame(
        {
            "label": [_indicator(row, words) for _, row in frame.iterrows()],
            "score": frame["score"],
            "strong": [i < 3 for i in range(len(frame))],
            "role": ["fall" if i < 3 else "main" for i in range(len(frame))],
        }
    )
    return Picture("bars", words("slide.weakest"), bars, (Series("score", words("slide.score"), "main"),), _target(words))


def _path_picture(frame: DataFrame, words: Words) -> Picture:
    bars = DataFrame(
        {
            "label": [_indicator(row, words) for _, row in frame.iterrows()],
            "today": frame["score"].astype(float),
            "rise": [rise or None for rise in frame["rise"]],
            "strong": list(frame["rise"] > 0),
        }
    )
    return Picture(
        "stacked", words("slide.path"), bars, (Series("today", words("slide.today"), "main"), Series("rise", words("slide.need"), "need"))
    )


def _family(row, words: Words) -> str:
    return words(f"family.{None if isna(row['family']) else row['family']}")


def _measures_picture(frame: DataFrame, words: Words) -> Picture:
    counts = DataFrame(
        [
            {"label": f"{words.tick(row['fiscal_year'])} {_family(row, words)}"} | {name: int(row[name]) for name in STATUSES}
            for row in frame.tail(7).to_dict("records")
        ]
    )
    names = {name: words(f"slide.{name}" if name in ("stated", "inferred") else f"status.{name}") for name in STATUSES}
    return Picture("stacked", words("slide.measures"), counts, tuple(Series(name, names[name], name) for name in STATUSES), decimals=0)


def _aim_picture(frame: DataFrame, words: Words, year: int) -> Picture:
    bars = DataFrame(
        {
            "label": [_indicator(row, words) for _, row in frame.iterrows()],
            "lost": frame["lost"].astype(float),
            "measures": frame["measures"].astype(int),
            "points": frame["points"].astype(float),
            "strong": list(frame["lost"] >= frame["lost"].nlargest(2).min()),
        }
    )
    series = [Series("lost", words("slide.lost", year=words.tick(year - 1)), "main"), Series("measures", words("slide.aimed"), "count")]
    if frame["points"].notna().any():
        series.append(Series("points", words("slide.gained", year=words.tick(year)), "change"))
    return Picture("bars", words("slide.aim"), bars, tuple(series))


def _peers_slide(verdict: DataFrame, frame: DataFrame, words: Words) -> Slide:
    """The peers as dots under what the verdict says of them; beside the nation alone where there are none."""
    if verdict.empty or len(frame) < 2 and frame["national"].isna().all():
        return Slide("peers", words("slide.peers"), None, empty=words("slide.empty"))
    dots = DataFrame({"label": frame["name"], "total": frame["total"], "strong": frame["ours"]})
    picture = Picture(
        "strip",
        words("slide.peers"),
        dots,
        (Series("total", words("slide.one_agency"), "main"),),
        _middles(frame.iloc[0], words("slide.peers_median"), words),
    )
    return Slide("peers", sentences.standing(verdict, words), picture)


def _middles(row, name: str, words: Words) -> tuple[tuple[str, float], ...]:
    """Reference lines of a strip: its median under `name`, and the national mean."""
    known = [(name, row["median"]), (words("slide.national"), row["national"])]
    return tuple((f"{said} {words.number(value)}", float(value)) for said, value in known if notna(value))


def _sources_picture(frame: DataFrame, words: Words) -> Picture:
    rows = DataFrame(
        {
            "document": frame["title"],
            "year": [words("number.unknown") if isna(y) else words.tick(y) for y in frame["fiscal_year"]],
            "read": [
                words("slide_sources.counts", scores=int(s), measures=int(m))
                for s, m in zip(frame["scores"], frame["measures"], strict=True)
            ],
        }
    )
    return Picture(
        "table",
        words("slide.sources"),
        rows,
        tuple(Series(name, words(f"slide_sources.{name}"), "text") for name in ("document", "year", "read")),
    )


# --- a group --------------------------------------------------------------------------------------------------------------------


def _levels_picture(frame: DataFrame, words: Words) -> Picture:
    labels = [words("slide_group_levels.none") if isna(row["rank"]) else words.of(row, "name") for _, row in frame.iterrows()]
    return Picture(
        "bars",
        words("slide.verdict"),
        DataFrame({"label": labels, "agencies": frame["agencies"]}),
        (Series("agencies", words("slide.agencies"), "main"),),
        decimals=0,
    )


def _group_trend_picture(frame: DataFrame, words: Words) -> Picture:
    lines = DataFrame(
        {"label": [words.tick(year) for year in frame["fiscal_year"]]}
        | {name: frame[name].astype(float) for name in ("median", "low", "high", "national")}
        | {"comparable": frame["comparable"].astype(bool)}
    )
    series = [
        Series("median", words("slide.median"), "main"),
        Series("high", words("slide.high"), "band"),
        Series("low", words("slide.low"), "band"),
    ]
    if frame["national"].notna().any():
        series.append(Series("national", words("slide.national"), "compare"))
    return Picture("lines", words("slide.trend"), lines, tuple(series), _target(words))


def _movers_picture(frame: DataFrame, words: Words) -> Picture:
    return Picture(
        "bars",
        words("slide.moved"),
        DataFrame({"label": frame["name"], "change": frame["change"]}),
        (Series("change", words("slide.change_points"), "change"),),
        signed=True,
    )


def _group_weakest_picture(frame: DataFrame, words: Words) -> Picture:
    bars = DataFrame(
        {
            "label": [_indicator(row, words) for _, row in frame.iterrows()],
            "weakest": frame["weakest"],
            "strong": [i < 3 for i in range(len(frame))],
        }
    )
    return Picture("bars", words("slide.weakest"), bars, (Series("weakest", words("slide.weakest_in"), "main"),), decimals=0)


def _floors_picture(frame: DataFrame, words: Words) -> Picture:
    bars = DataFrame(
        {
            "label": [words("slide.total") if row["part"] == "TOTAL" else row["part"] for _, row in frame.iterrows()],
            "below": frame["below"],
            "role": ["total" if part == "TOTAL" else "main" for part in frame["part"]],
        }
    )
    return Picture("bars", words("slide.path"), bars, (Series("below", words("slide.below", value=PASS), "main"),), decimals=0)


def _totals_picture(frame: DataFrame, words: Words) -> Picture:
    dots = DataFrame({"label": frame["name"], "total": frame["total"], "strong": False})
    return Picture(
        "strip",
        words("slide.peers"),
        dots,
        (Series("total", words("slide.agencies"), "main"),),
        _middles(frame.iloc[0], words("slide.median"), words),
    )


# --- the whole ------------------------------------------------------------------------------------------------------------------


def data_date(words: Words) -> str:
    """The day on which the database was built, in words; its inputs are as of that day. NoData: there is no database."""
    return words.date(datetime.fromtimestamp(warehouse.version()[1] / 1e9, UTC))


def _complete(slides: list[Slide], title: str, who: str, year: int, sources: DataFrame, words: Words) -> Deck:
    """The deck: each slide with its source line and the notes that say everything the line has no room for."""
    date, titles = data_date(words), [str(title) for title in sources["title"]]
    synthetic = bool(sources["synthetic"].any())
    short = (
        words("slide.no_source")
        if not titles
        else titles[0]
        if len(titles) == 1
        else words("slide.sources_more", first=titles[0], n=len(titles) - 1)
    )
    links = [f"{row['title']} ({row['file_name']})" + (f" {row['url']}" if notna(row["url"]) else "") for row in sources.to_dict("records")]
    about = [
        (who, title),
        (words("slide.about_year"), words.year(year)),
        (words("slide.about_filters"), words("slide.filters", year=words.tick(year))),
        (words("slide.about_sources"), "; ".join(links) or words("slide.no_source")),
        (words("slide.about_date"), date),
    ]
    if synthetic:
        about.append((words("slide.about_synthetic"), f"{words('slide.synthetic')}: {words('slide.synthetic_note')}"))
    lines = [f"{name}: {value}" for name, value in about]

    def told(slide: Slide) -> Slide:
        numbers = [words("slide.numbers", alt=slide.picture.alt)] if slide.picture is not None else []
        return replace(slide, source=words("slide.source", sources=short, date=date), notes="\n".join([slide.headline, *numbers, *lines]))

    slides = [replace(slide, picture=slide.picture and replace(slide.picture, digits=words.digits)) for slide in slides]
    return Deck(
        title,
        words("slide.subtitle", year=words.year(year)),
        words.lang,
        tuple(told(slide) for slide in slides),
        synthetic,
        tuple(about),
        words.digits,
    )


def agency_deck(agency: str, name: str, year: int, words: Words, only: tuple[str, ...] = WORDS) -> Deck:
    """The slides of one agency (its id and full name) and Buddhist year: all nine, or `only` some. NoData: there is no database."""
    given = {"agency": agency, "year": year}
    verdict, sources = ask("verdict", **given), ask("slide_sources", agencies=[agency], year=year)

    def trend() -> DataFrame:
        known = ask("score_trend", agency=agency)
        return known[known["fiscal_year"] <= year]

    made = {
        "verdict": lambda: _slide("verdict", "verdict", verdict, words, _verdict_picture, _verdict_facts(verdict, words)),
        "trend": lambda: _slide("trend", "score_trend", trend(), words, _trend_picture),
        "moved": lambda: _slide("moved", "change_waterfall", ask("change_waterfall", **given), words, _moved_picture),
        "weakest": lambda: _slide("weakest", "weakest", ask("weakest", order="score", **given), words, _weakest_picture),
        "path": lambda: _slide(
            "path", "next_step", steps.next_path(ask("path", **given), ask("path_levels", year=year)), words, _path_picture
        ),
        "measures": lambda: _slide(
            "measures", "slide_measures", ask("slide_measures", agencies=[agency], year=year), words, _measures_picture
        ),
        "aim": lambda: _slide("aim", "aim", ask("aim", **given), words, partial(_aim_picture, year=year)),
        "peers": lambda: _peers_slide(verdict, ask("slide_peers", **given), words),
        "sources": lambda: _slide("sources", "slide_sources", sources, words, _sources_picture),
    }
    return _complete([made[word]() for word in WORDS if word in only], name, words("slide.about_agency"), year, sources, words)


def group_deck(agencies: list[str], name: str, year: int, words: Words) -> Deck:
    """The nine slides of a group of agencies (ids, and the group's name) in one Buddhist year. NoData: there is no database."""
    given = {"agencies": agencies, "year": year}
    sources = ask("slide_sources", **given)
    slides = [
        _slide("verdict", "slide_group_levels", ask("slide_group_levels", **given), words, _levels_picture),
        _slide("trend", "slide_group_trend", ask("slide_group_trend", **given), words, _group_trend_picture),
        _slide("moved", "slide_group_movers", ask("slide_group_movers", **given), words, _movers_picture),
        _slide("weakest", "slide_group_weakest", ask("slide_group_weakest", **given), words, _group_weakest_picture),
        _slide("path", "slide_group_floors", ask("slide_group_floors", **given), words, _floors_picture),
        _slide("measures", "slide_measures", ask("slide_measures", **given), words, _measures_picture),
        _slide("aim", "slide_group_aim", ask("slide_group_aim", **given), words, partial(_aim_picture, year=year)),
        _slide("peers", "slide_group_totals", ask("slide_group_totals", **given), words, _totals_picture),
        _slide("sources", "slide_sources", sources, words, _sources_picture),
    ]
    return _complete(slides, words("slide.group", name=name, n=len(agencies)), words("slide.about_group"), year, sources, words)
