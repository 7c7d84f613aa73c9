"""The first view of every page: what a link shows at first, as plain data, from the frames, sentences and pictures of the page itself.

A page is a function here, and a line in PAGES. It chooses as the page chooses (the same names, options and defaults); what a link names
that is not there, and views that only the application can show, are left to it (`Elsewhere`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pandas import DataFrame, notna

from pages.parts import facts, figures, meant
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask, ask_together
from pages.parts.figures.style import Drawn
from pages.parts.meant import Agency
from pages.parts.papers import board
from pages.parts.present import deck, pictures
from pages.parts.present.slide import Picture
from pages.parts.reckon import needs, steps
from pages.parts.say.sentences import say, sentences
from pages.parts.say.text import Words
from pages.parts.sheet import sheet


class Elsewhere(Exception):
    """This link has no first view: it names what is not there, or what only the application shows."""


@dataclass(frozen=True)
class Link:
    """A link as it is meant: its page, whom it is about, in which words, and its parameters."""

    page: str
    words: Words
    agency: Agency | None
    year: int | None
    given: Mapping[str, str]

    @property
    def one(self) -> str | None:
        return self.agency.agency_id if self.agency else None

    def choice(self, name: str, options: list, default=None):
        """The option of `name`, as controls.choice takes it from the URL. Elsewhere: it is none of them."""
        if name not in self.given:
            return options[0] if default is None else default
        found = next((option for option in options if str(option) == self.given[name]), None)
        if found is None:
            raise Elsewhere(name)
        return found

    def without(self, *names: str) -> None:
        """Elsewhere: the link gives one of these parameters, of which only the application knows what to make."""
        if any(name in self.given for name in names):
            raise Elsewhere(", ".join(names))


@dataclass(frozen=True)
class View:
    """What is seen first: the headline, what adds to it, what stands above it, facts (name, sentence, whether over the whole width), and
    the first figure of a word with its frame: its `picture`, of a word that has none its `figure`, and neither where the page shows a
    table: that of `frame`, or its own as HTML, `sheet`. `notes` stand beneath the controls, `reach` in the last line."""

    headline: str
    more: str = ""
    above: str = ""
    facts: tuple[tuple[str, str, bool], ...] = ()
    word: str = ""
    frame: DataFrame = field(default_factory=DataFrame)
    picture: Picture | None = None
    figure: Drawn | None = None
    sheet: str = ""
    beside: Picture | None = None  # a second one at its right
    notes: tuple[str, ...] = ()
    reach: str = ""
    rows: int = 1  # of choices above the headline
    standing: tuple[tuple[str, str], ...] = ()  # of the agency and year, for a card: score and level with their names


def of_word(word: str, words: Words, frame: DataFrame | None = None, drawn: bool = True, pictured: bool = True, **parameters) -> View:
    """A word as a page shows it: its finding as headline, then its figure; where it is not `drawn` its table alone. Not `pictured`: its
    picture, which is one of a slide, shows something else than the page."""
    frame = ask(word, **parameters) if frame is None else frame
    finding, *more = sentences(word, frame, words)
    picture = _picture(word, frame, words) if drawn and pictured else None
    figure = figures.sketch(word, frame, words) if drawn and picture is None and len(frame) and figures.drawn(word) else None
    return View(finding, words.sentence(more), word=word, frame=frame, picture=picture, figure=figure)


def _picture(word: str, frame: DataFrame, words: Words) -> Picture | None:
    made = pictures.picture(word, frame, words) if len(frame) and hasattr(pictures, word) else None
    return None if made is None or made.kind == "table" else made


# --- the pages ------------------------------------------------------------------------------------------------------------------


def overview(link: Link) -> View:
    words, frames = link.words, ask_together(**facts.questions(link.one, link.year))
    if frames["verdict"].empty:
        done = frames["completion_rate"]
        said = ((words("completion_rate.title"), say("completion_rate", done, words), True),) if len(done) else ()
        return View(words("verdict.empty"), facts=said)
    known = tuple((*said, word in facts.WIDE) for word, said in facts.of(frames, words).items())
    beside = _picture("indicator_multiples", frames["indicator_multiples"], words)
    return replace(of_word("verdict", words, frames["verdict"]), facts=known, beside=beside)


def trends(link: Link) -> View:
    words, view = link.words, link.choice("view", ["total", "change", "indicators"])
    beside = link.choice("tide", ["nation", "peers"])
    others = None if beside == "nation" or not link.year else list(_compared(link).names)
    if view == "total":
        return of_word("score_trend", words, agency=link.one, others=others)
    if view == "change":
        return of_word("change_waterfall", words, meant.what_moved(link.one, link.year, others))
    link.without("indicator")
    return of_word("indicator_heatmap", words, agency=link.one)


def weakest(link: Link) -> View:
    if link.choice("view", ["own", "group"]) == "own":
        order = link.choice("order", ["score", "gain", "peers"])
        return of_word("weakest", link.words, agency=link.one, year=link.year, order=order)
    scope = link.choice("scope", ["peers", "province", "nation"])
    return of_word("weakest_group", link.words, agency=link.one, year=link.year, scope=scope)


def completion(link: Link) -> View:
    words, one, year = link.words, link.one, link.year
    view = link.choice("view", ["done", "plan", "when", "aim", "moved", "copies", "list"])
    if view == "done":
        return _done(link)
    if view == "plan":
        return of_word("plan_pairs", words, agency=one, year=year) if one else of_word("plan_coverage", words, agency=None)
    if view == "when":
        if one is None:
            return View(words("completion.choose_agency"))
        first = next(iter(ask("sections", agency=one, year=year)["section"]), "result")
        section = link.choice("section", ["result", "plan"], default=first)
        return of_word("quarters", words, agency=one, year=year, section=section)
    if view == "aim":
        return of_word("aim", words, agency=one, year=year) if one else of_word("nation_aim", words, year=year)
    if view == "moved":
        return of_word("moved", words, year=year, span=link.choice("span", ["same", "next"]))
    if view == "copies":
        return of_word("copies", words, agency=one)
    raise Elsewhere("view")


def _done(link: Link) -> View:
    names, chosen = {}, []
    if link.agency:
        names, chosen = meant.beside(link.agency, link.given)
        given = {each for each in link.given.get("with", "").split(",") if each} - {link.one, *names}
        if any(directory.agency(each) is None for each in given):
            raise Elsewhere("with")
    kinds = ["year", "group", "unit", *(["agency"] if chosen else [])]
    by = link.choice("by", kinds, default="agency" if chosen else "year")
    if by == "agency":
        return of_word("completion_by_agency", link.words, agencies=[link.one, *chosen])
    if by == "year":
        seen = of_word("completion_by_year", link.words, agencies=[link.one] if link.one else None)
        return replace(seen, rows=2 if names else 1)  # the list of agencies to set beside has no room in the first
    return of_word(f"completion_by_{by}", link.words, agency=link.one, year=link.year)


GROUP = ["distribution", "profile", "slope", "heatmap", "multiples", "all", "completion", "learn"]
NATION = ["map", "outlines", "quantiles", "funnel", "levels", "movers", "floors"]


def compare(link: Link) -> View:
    words, year = link.words, link.year
    if year is None:
        return View(words("compare_distribution.empty"))
    scope = link.choice("scope", ["peers", "nation"])
    offered, other = (GROUP, NATION) if scope == "peers" else (NATION, GROUP)
    view = offered[0] if link.given.get("view") in other else link.choice("view", offered)
    group = _compared(link)
    if view == "learn":
        start = meant.weakest_indicator(link.one, year)
        indicator = link.choice("indicator", list(ask("compare_indicators", year=year)["indicator"]), default=start)
        shown = of_word("compare_learn", words, agency=link.one, year=year, indicator=indicator)
        return shown if len(shown.frame) > 1 else replace(shown, frame=shown.frame.iloc[:0], figure=None)  # the agency alone: a sentence
    if scope == "nation":
        return _nation(link, view)
    name = link.given.get("group")
    why = (words("compare.named", group=name[:60]) + " · " if name else "") + group.why
    if not group.names:
        return View(words("compare.nobody", year=words.year(year)), above=why)
    asked = {"agency": link.one, "year": year, "others": group.others}
    if view == "slope":
        years = [one for one in sorted(int(each) for each in ask("rule_years")["fiscal_year"]) if one < year]
        asked["before"] = link.choice("before", years, default=years[-1]) if years else None
    if view in ("slope", "heatmap"):
        asked["indicator"] = _indicator(link)
    return replace(of_word(f"compare_{view}", words, **asked), above=why)


def _compared(link: Link) -> meant.Group:
    """Whom the link compares with. Elsewhere: one of them is not there."""
    group, wrong = meant.compared(link.words, link.agency, link.year, link.given)
    if wrong:
        raise Elsewhere(wrong[0][0])
    return group


def _indicator(link: Link) -> str:
    return link.choice("indicator", ["TOTAL", *ask("compare_indicators", year=link.year)["indicator"]])


def _nation(link: Link, view: str) -> View:
    asked = {} if view == "levels" else {"year": link.year}
    if view == "quantiles":
        asked["by"] = link.choice("by", ["region", "province", "type", "year"])
    if view == "funnel":
        asked["by"] = link.choice("groups", ["province", "type", "region"])
    if view in ("map", "outlines", "quantiles", "funnel"):
        asked["indicator"] = _indicator(link)
    if view in ("map", "outlines"):
        asked["agency"] = link.one
    return of_word(f"nation_{view}", link.words, pictured=asked.get("by", "year") == "year", **asked)  # the picture is one of years


def path(link: Link) -> View:
    words = link.words
    scores, levels = ask("path", agency=link.one, year=link.year), ask("path_levels", year=link.year)
    if scores.empty:
        return View(words("path.empty"))
    if link.choice("view", ["path", "try"]) == "try":
        link.without("set")
        return of_word("what_if", words, steps.what_if(scores, levels, {}))
    above = steps.better(scores, levels)
    if not above:
        return View(words("path.best" if len(levels) else "path.no_levels"))
    ranks = dict(zip(levels["level"], levels["rank"], strict=True))
    rank = link.choice("level", [ranks[level] for level in above])
    return of_word("path", words, steps.path(scores, levels, next(level for level in above if ranks[level] == rank)))


def province(link: Link) -> View:
    if link.year is None:
        return View(link.words("province_sheet.empty"))
    if not link.agency.province:
        raise Elsewhere("scope")
    link.choice("scope", ["province"])
    view, words, year = link.choice("view", ["sheet", "picture"]), link.words, link.year
    members = list(ask("province_members", province=link.agency.province, year=year)["agency_id"])
    seen = of_word("province_sheet", words, drawn=view == "picture", agencies=members, year=year)
    if view == "picture" or seen.frame.empty:
        return seen
    rows = needs.with_steps(seen.frame, ask("province_scores", agencies=members, year=year), ask("path_levels", year=year))
    return replace(seen, sheet=sheet(rows, words))


def present(link: Link) -> View:
    words = link.words
    if (
        link.year is None
        or link.choice("scope", ["agency"]) != "agency"
        or any(name.startswith(("slides", "note_")) for name in link.given)
    ):
        raise Elsewhere("slides")
    whole = deck.agency_deck(link.one, link.agency.name, link.year, words, deck.AGENCY[:1])
    slide = whole.slides[0]
    said = slide.empty or words.sentence(filter(None, [slide.headline, slide.more]))
    return View(
        words("present.title", name=whole.title, subtitle=whole.subtitle),
        facts=((words(f"{slide.word}.title"), said, True),),
        word=slide.word,
        frame=ask(slide.word, agency=link.one, year=link.year),
        picture=slide.picture,
    )


def papers(link: Link) -> View:
    if link.year is None:
        raise Elsewhere("year")
    frame = ask("timeline", agency=link.one, year=link.year)
    headline, *more = sentences("timeline", frame, link.words)
    if link.choice("view", ["papers", "board"]) == "board":
        return of_word("timeline", link.words, frame)
    said = [(link.words(f"task.{task.kind}"), board.said(link.words, task), False) for task in board.tasks(frame, link.words)]
    return View(headline, link.words.sentence(more), facts=tuple(said))


def sources(link: Link) -> View:
    words, view = link.words, link.choice("view", ["documents", "coverage", "findings", "register", "data", "about"])
    if view == "documents":
        return of_word("source_list", words, agencies=[link.one] if link.one else None)
    if view == "coverage":
        return of_word("source_coverage", words, agency=link.one)
    raise Elsewhere("view")


@dataclass(frozen=True)
class Page:
    """What makes the first view of a page, and whether it can be about all agencies."""

    view: Callable[[Link], View]
    all_too: bool = False


PAGES = {
    "overview": Page(overview),
    "trends": Page(trends),
    "weakest": Page(weakest),
    "completion": Page(completion, all_too=True),
    "compare": Page(compare),
    "path": Page(path),
    "province": Page(province),
    "present": Page(present),
    "papers": Page(papers),
    "sources": Page(sources, all_too=True),
}


# --- from a link to its first view ----------------------------------------------------------------------------------------------


def link(page: str, given: Mapping[str, str], words: Words) -> Link:
    """What the link means. Elsewhere: the page has no first view, or agency or year are not there."""
    if page not in PAGES:
        raise Elsewhere(page)
    wanted = given.get("agency")
    agency = meant.agency(wanted) if wanted is not None else None if PAGES[page].all_too else meant.opened_on()
    if wanted is not None and agency is None:
        raise Elsewhere("agency")
    _, known, default = meant.years(agency)
    year = next((one for one in known if str(one) == given["year"]), None) if "year" in given else default
    if "year" in given and year is None:
        raise Elsewhere("year")
    return Link(page, words, agency, year, given)


def first_view(link: Link, today: date) -> View:
    """The first view of a link. Elsewhere: there is none."""
    page, words = PAGES[link.page], link.words
    if link.agency is None and not page.all_too:
        return View(words("control.nothing_loaded"), reach=meant.reach(None, today, words))
    view = page.view(link)
    return replace(
        view,
        notes=tuple(meant.notes(link.agency, link.year, words)),
        reach=meant.reach(link.one, today, words),
        standing=_standing(link) if link.agency else (),
    )


def _standing(link: Link) -> tuple[tuple[str, str], ...]:
    """The score of the agency and year and its level, each with its name; none where the year has no total."""
    frame, words = ask("verdict", agency=link.one, year=link.year), link.words
    if frame.empty:
        return ()
    row = frame.iloc[0]
    level = [(words.of(row, "level"), words("column.level"))] if notna(row["level_th"]) else []
    return ((words.number(row["total"]), words("series.total")), *level)
