"""The story of one agency or one group in one year: slides as arrangements of charts. A slide is the word of a chart; its query, its
numbers and its sentences are those of the page that shows it, and only the drawing is its own. The warehouse is asked here; what is made
of the deck is pure."""

from dataclasses import replace
from datetime import UTC, datetime

from pandas import DataFrame, isna, notna

from pages.parts.ask import warehouse
from pages.parts.ask.warehouse import ask, ask_together
from pages.parts.present.pictures import member, picture
from pages.parts.present.slide import Deck, Slide
from pages.parts.reckon import steps
from pages.parts.say.sentences import sentences
from pages.parts.say.sentences.province import cheapest, documents, lacks
from pages.parts.say.text import Words

AGENCY = (*("verdict", "score_trend", "change_waterfall", "weakest", "path", "completion_by_year", "aim"), *("compare_all", "source_list"))
GROUP = (
    *("nation_levels", "nation_quantiles", "nation_movers", "weakest_group", "nation_floors", "completion_by_year", "nation_aim"),
    *("compare_all", "source_list"),
)
WORDS = tuple(dict.fromkeys([*AGENCY, *GROUP]))  # of every slide
LISTED = 40  # sources that notes name; the page of sources names all
ALONE = "compare_all"  # without others there is nobody to compare with: not even a sentence


def of_agency(agency: str, year: int) -> dict[str, dict]:
    """What each slide of an agency asks: word -> parameters of its query."""
    one = {"agency": agency, "year": year}
    own = {"score_trend": {"agency": agency, "until": year}, "weakest": one | {"order": "score"}}
    return dict.fromkeys(AGENCY, one) | own | _of_several([agency], year)


def of_group(agencies: list[str], year: int) -> dict[str, dict]:
    """What each slide of a group asks."""
    several = {"agencies": agencies, "year": year}
    until = {"agencies": agencies, "until": year}
    own = {"nation_levels": until, "nation_quantiles": until | {"by": "year"}, "compare_all": {"year": year, "others": agencies}}
    return dict.fromkeys(GROUP, several) | own | _of_several(agencies, year)


def _of_several(agencies: list[str], year: int) -> dict[str, dict]:
    return {"completion_by_year": {"agencies": agencies, "until": year}, "source_list": {"agencies": agencies}}


def frames(questions: dict[str, dict]) -> dict[str, DataFrame]:
    """The frame of each word. That of a path is the way to the next level, as the page shows it first."""
    levels = {"path_levels": {"year": questions["path"]["year"]}} if "path" in questions else {}
    found = ask_together(**questions, **levels)
    if levels:
        found["path"] = steps.next_path(found["path"], found.pop("path_levels"))
    return found


def slide_of(word: str, frame: DataFrame, words: Words, at_best: bool = False) -> Slide:
    headline, *more = sentences(word, frame, words) if not (at_best and word == "path") else [words("path.best")]
    drawn = None if frame.empty else picture(word, frame, words)
    if frame.empty or drawn is None and word == ALONE:
        return Slide(word, words(f"{word}.title"), None, empty=words.sentence([headline, *more]))
    facts = _facts(frame.iloc[0], words) if word == "verdict" else ()
    return Slide(word, headline, drawn, more=words.sentence(more), facts=facts)


def _facts(row, words: Words) -> tuple[tuple[str, str], ...]:
    """The few large numbers of a verdict: value and what it is."""
    facts = [(words.number(row["total"]), words("series.total"))]
    if notna(row["level_th"]):
        facts.append((words.of(row, "level"), words("slide.level")))
    if notna(row["before_total"]):
        change = words.signed(round(row["total"] - row["before_total"], 2))
        facts.append((change, words("slide.change", year=words.year(row["before_year"]))))
    return tuple(facts)


def data_date(words: Words) -> str:
    """The day on which the database was built, in words; its inputs are as of that day. NoData: there is no database."""
    return words.date(datetime.fromtimestamp(warehouse.version()[1] / 1e9, UTC))


def _complete(slides: list[Slide], title: str, who: str, year: int, sources: DataFrame, words: Words) -> Deck:
    """The deck: each slide with its source line and the notes that say everything the line has no room for."""
    date, titles = data_date(words), [str(title) for title in sources["document"]]
    synthetic = bool(sources["synthetic"].any())
    short = titles[0] if len(titles) == 1 else words("slide.sources_more", first=titles[0], n=len(titles) - 1) if titles else ""
    short = short or words("slide.no_source")
    listed = sources.head(LISTED).to_dict("records")
    links = [f"{row['document']} ({row['file_name']}){'' if isna(row['url']) else ' ' + row['url']}" for row in listed]
    links += [words("slide.more", n=len(sources) - LISTED)] if len(sources) > LISTED else []
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
        said = [slide.headline, slide.more] if slide.more else [slide.headline]
        return replace(slide, source=words("slide.source", sources=short, date=date), notes="\n".join([*said, *numbers, *lines]))

    subtitle = words("slide.subtitle", year=words.year(year))
    return Deck(title, subtitle, words.lang, tuple(told(slide) for slide in slides), synthetic, tuple(about), words.digits)


def agency_deck(agency: str, name: str, year: int, words: Words, only: tuple[str, ...] = AGENCY) -> Deck:
    """The slides of one agency (its id and full name) and Buddhist year: all, or `only` some. NoData: there is no database."""
    asked = {word: given for word, given in of_agency(agency, year).items() if word in {*only, "source_list"}}
    found = frames(asked)
    row = found["verdict"].iloc[0] if len(found.get("verdict", ())) else None
    at_best = row is not None and notna(row["level_th"]) and isna(row["next_th"])
    slides = [slide_of(word, found[word], words, at_best) for word in only]
    return _complete(slides, name, words("slide.about_agency"), year, found["source_list"], words)


def sheet_deck(sheet: DataFrame, levels: DataFrame, name: str, year: int, words: Words) -> Deck:
    """A province at a table: its sheet (with steps, reckon/needs.py), then a slide an agency in the order of the sheet. NoData: there is no
    database."""
    slides = [slide_of("province_sheet", sheet, words)]
    for row in sheet.to_dict("records"):
        drawn = member(row, levels, words)
        said = [*lacks(row, words), *documents(row, words)]
        if step := cheapest(row, words):
            said.append(words("province.step", steps=step))
        if notna(row["own"]):
            said.append(words("province.own", own=words.signed(row["own"]), change=words.signed(row["change"])))
        if notna(row["example_name"]):
            said.append(words("province.like", name=row["example_name"]))
        level = words.of(row, "level") if notna(row["level_th"]) else words("number.unknown")
        headline = words("province.of_one", name=row["agency_name"], total=words.number(row["total"]), level=level)
        slides.append(Slide("province_sheet", headline, drawn, more=words.sentence(said)))
    sources = ask("source_list", agencies=list(sheet["agency_id"]))
    return _complete(slides, words("slide.group", name=name, n=len(sheet)), words("slide.about_group"), year, sources, words)


def group_deck(agencies: list[str], name: str, year: int, words: Words, only: tuple[str, ...] = GROUP) -> Deck:
    """The slides of a group of agencies (ids, and the group's name) in one Buddhist year. NoData: there is no database."""
    found = frames({word: given for word, given in of_group(agencies, year).items() if word in {*only, "source_list"}})
    slides = [slide_of(word, found[word], words) for word in only]
    title = words("slide.group", name=name, n=len(agencies))
    return _complete(slides, title, words("slide.about_group"), year, found["source_list"], words)
