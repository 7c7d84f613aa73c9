"""Widgets in, plain values out. What is chosen stands in the URL by id, so that a link, Back and a reload show the same view.

The URL wins over the widget: before a widget is made its state is set from the URL, and its callback writes the choice back.
`agency`, `year`, `with`, `lang`, `digits` and `screen` are remembered for a switch of the page, which Streamlit makes with an empty query;
what else a page had in its URL comes back when the viewer comes back to it.
"""

import base64
import contextlib
import runpy
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from pandas import DataFrame, isna

from pages.parts import demo, link, meant, other_years
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask, in_one_version
from pages.parts.literal import visible
from pages.parts.meant import Agency
from pages.parts.say.text import DIGITS, LANGUAGES, SCREENS, Words, plain

SHARED = ("agency", "year", "with", "lang", "digits", "screen")
_screen = st.components.v2.component("screen", js=Path(__file__).with_name("screen.js").read_text(encoding="utf-8"))
ALL, NONE = "*", "-"  # of a list: all agencies; agencies whose province is not known
EXAMPLES = Path(__file__).parents[2] / "static" / "examples"
# Of which data a page is: those that are not named here show scores, these measures or (None) either.
NEEDS = {"completion": "measures", "overview": None, "papers": None, "present": None, "sources": None}
BYTES_OF_A_LIST = 16 * 1024  # of names; all lists of a page are to stay below 20 KiB, in a province of 334 agencies, too
LETTERS_OF_A_ROW = 30  # of choices beside each other on a phone of 390 px; more make a list


def within_frame() -> None:
    """First line of every page. On a fresh server Streamlit takes pages/ for its own and runs a deep-linked page alone: then the frame
    runs instead, and the frame runs the page."""
    if not in_one_version():
        runpy.run_path(str(Path(__file__).parents[2] / "dashboard.py"), run_name="__main__")
        st.stop()


def keep_shared(page: str) -> None:
    """The frame says which page this is: a switch of the page brings the shared parameters along; on the same page (Back, a link) the
    URL as it stands wins."""
    kept = st.session_state.get("kept", {})
    switched = st.session_state.get("page") not in (None, page)
    st.session_state["page"] = page
    st.session_state["folded"] = None
    if switched:
        own = {} if set(st.query_params) - set(SHARED) else st.session_state.get("own", {}).get(page, {})
        for name, value in (own | kept).items():
            if name not in st.query_params:
                st.query_params[name] = value
    st.session_state.setdefault("own", {})[page] = {name: value for name, value in st.query_params.items() if name not in SHARED}
    st.session_state["kept"] = {name: st.query_params[name] for name in SHARED if name in st.query_params}
    if kept.get("lang") != st.query_params.get("lang") and kept and not switched and "lang" not in st.query_params:
        st.rerun()  # Back to a URL without a language: the menu above was still drawn in the other one


def words() -> Words:
    """How this viewer is spoken to: the language of ?lang, else Thai where the browser asks for Thai, else English; ?digits and ?screen."""
    given = st.session_state.get("kept", {}) | dict(st.query_params)
    return meant.spoken(given, str(st.context.locale or ""), _narrow())


def _narrow() -> bool:
    """Whether this viewer's screen is narrow: as its browser told, until then as its name for itself suggests."""
    told = st.session_state.get("screen", {}).get("narrow")
    if told is None and "phone" not in st.session_state:
        st.session_state["phone"] = meant.is_phone(st.context.headers.get("User-Agent") or "")  # asked once: it stays for the session
    return st.session_state["phone"] if told is None else told


def ask_for_the_screen(words: Words) -> None:
    """The frame, before a page: the browser tells when the screen is not as wide as we think. At an office's screen nothing is sent."""
    with st.container(key="setup_screen"):
        _screen(key="screen", data={"narrow": words.narrow}, on_narrow_change=lambda: None)


def address(page: str, words: Words, **own) -> str:
    """The address of a page with its own parameters, in the words and digits of this viewer."""
    kept = {name: st.query_params[name] for name in ("digits", "screen") if name in st.query_params}
    return f"/{page}?{urlencode(kept | {name: str(value) for name, value in own.items()} | {'lang': words.lang})}"


def _to_url(name: str, key: str, options: list) -> None:
    """A browser sends what all its lists show with every choice, as words: after a first choice whose answer has not come, other lists may
    still show what is no longer offered. That is nobody's choice, and the link of the first choice stays."""
    one = st.session_state[key]
    link.change(**({name: one} if one in options else {}))


def unknown(words: Words, name: str, given: str) -> None:
    """Says that the link gives `given` for the parameter `name`, which there is not; letter by letter, and not all of a long one."""
    st.warning(plain(words("control.unknown_id", name=words(f"control.{name}"), value=visible(given[:40]))))


def from_url(words: Words, name: str, options: list, default):
    """The option whose text the URL gives for `name`; where it gives none the default, where it gives another a message and the default."""
    given = st.query_params.get(name)
    if given is None:
        return default
    found = next((option for option in options if str(option) == given), None)
    if found is None:
        unknown(words, name, given)
        return default
    return found


def choice(words: Words, name: str, options: list, label=str, default=None, widget="segments", options_known=None, folds=True):
    """One of `options`, kept in the URL as `name`; `label` turns an option into words. `widget`: segments or list.

    On a phone it folds away with the others, but where it stands in a box already (`folds`). The caption is the text `control.<name>`; it
    is there for screen readers, the options speak for themselves.
    """
    value = from_url(words, name, options_known or options, options[0] if default is None else default)
    folded = "folded" if st.session_state.get("folded") else ""
    key = link.stands(f"control_{name}", value, folded if folds else "of the page")
    given = {
        "options": options,
        "format_func": label,
        "key": key,
        "on_change": _to_url,
        "args": (name, key, options),
        "label_visibility": "collapsed",
    }
    if words.narrow and sum(len(label(option)) for option in options) > LETTERS_OF_A_ROW:
        widget = "list"
    with (folds and st.session_state.get("folded")) or contextlib.nullcontext():
        if widget == "segments":
            st.segmented_control(words(f"control.{name}"), required=True, wrap=True, **given)
        else:
            st.selectbox(words(f"control.{name}"), filter_mode="contains", **given)
    return value


def _chosen_agency(words: Words, all_too: bool) -> Agency | None:
    """The agency of the URL; without one all (None) where the page can, else the agency with the most indicator-years."""
    given = st.query_params.get("agency")
    if given is not None:
        if found := meant.agency(given):
            return found
        _not_loaded(words, given)
    return None if all_too else meant.opened_on()


def _not_loaded(words: Words, given: str) -> None:
    """Says of an agency of the link that nothing of it is loaded, and what to load; or that there is none."""
    listed = ask("listed_agency", agency=given)
    if listed.empty:
        unknown(words, "agency", given)
        return
    place = listed[["name", "district", "province"]].iloc[0].dropna()
    st.info(plain(words("control.not_loaded", agency=" · ".join(place))))


def _province_changed(key: str) -> None:
    """The first agency of the new province; all agencies where all provinces were chosen."""
    province = st.session_state[key]
    agencies = directory.of_province(None if province == NONE else province)
    link.change(agency=None if province == ALL or agencies.empty else agencies["agency_id"].iloc[0])


def _agency_changed(key: str, offered: list[str]) -> None:
    one = st.session_state[key]
    link.change(**({"agency": None if one == ALL else one} if one in offered else {}))


def agency_and_year(words: Words, all_too: bool = False) -> tuple[Agency | None, int | None]:
    """The row of controls that pages share: province, agency, year, language. With `all_too` the page can show all agencies: then the
    agency is None until one is chosen. Without it (None, None) says that no agency has scores; the headline is there already."""
    agency = _chosen_agency(words, all_too)
    row, below = st.container(horizontal=True, vertical_alignment="center", key="controls"), st.container()
    with row:
        if agency is None and not all_too:
            display(words)
            below.title(words("control.nothing_loaded"), anchor=False)
            with below:
                add_a_report(words)
            return None, None
        years, year = _years(words, agency)
        st.session_state["folded"] = _folded(words, agency, year) if words.narrow else None
        with st.session_state["folded"] or row:
            _pick_agency(words, agency, all_too)
            if years:
                _pick_year(words, years, year)
        display(words)
    for note in meant.notes(agency, year, words):
        below.caption(note)
    st.session_state["agency_shown"] = agency.agency_id if agency else None
    return agency, year


def freshness(words: Words, today: date) -> None:
    """The last line of every page: of when its scores and documents are, what is missing, and whether a year has ended since."""
    st.caption(meant.reach(st.session_state.get("agency_shown"), today, words))


def _pick_agency(words: Words, agency: Agency | None, all_too: bool) -> None:
    """Two lists, province and then agency, so that each stays short."""
    provinces = [NONE if isna(name) else name for name in ask("provinces")["province"]]
    special = {NONE: words("control.province_none"), ALL: words("control.all_provinces")}
    key = link.stands("control_province", (agency.province or NONE) if agency else ALL, "folded" if words.narrow else "")
    st.selectbox(
        words("control.province"),
        [ALL, *provinces] if all_too else provinces,
        key=key,
        width=190,
        on_change=_province_changed,
        args=(key,),
        format_func=lambda name: special.get(name, name),
        label_visibility="collapsed",
        filter_mode="contains",
    )
    names = {ALL: words("control.all_agencies")} if all_too else {}
    if agency:
        found = directory.of_province(agency.province)
        names |= dict(zip(found["agency_id"], light(found), strict=True))
    key = link.stands("control_agency", agency.agency_id if agency else ALL, "folded" if words.narrow else "")
    st.selectbox(
        words("control.agency"),
        list(names),
        key=key,
        on_change=_agency_changed,
        args=(key, list(names)),
        format_func=lambda one: names.get(one, one),
        label_visibility="collapsed",
        filter_mode="contains",
    )


def light(agencies: DataFrame) -> list[str]:
    """The names of agencies for a list; with types abbreviated where a list of them in full would be heavy."""
    whole = list(agencies["name"])
    return whole if sum(len(name.encode()) for name in whole) <= BYTES_OF_A_LIST else list(agencies["short_name"])


def _folded(words: Words, agency: Agency | None, year: int | None):
    """On a phone: one line that says what is chosen and opens to the lists, and to the choices of the page (`choice`)."""
    chosen = [agency.name if agency else words("control.all_agencies"), words.tick(year) if year else ""]
    return st.popover(plain(" · ".join(filter(None, chosen))), key="folded")


def _years(words: Words, agency: Agency | None) -> tuple[list[int], int | None]:
    """The fiscal years to choose from, the chosen one among them, and the chosen one."""
    offered, known, default = meant.years(agency)
    if not offered:
        return [], None
    value = from_url(words, "year", known, default)
    return sorted({*offered, value}, reverse=True), value


def _pick_year(words: Words, options: list[int], value: int) -> None:
    key = link.stands("control_year", value, "folded" if words.narrow else "")
    other_years.offered(options, value)
    st.selectbox(
        words("control.year"),
        options,
        key=key,
        on_change=_to_url,
        args=("year", key, options),
        format_func=words.year,
        label_visibility="collapsed",
        width=175,
    )


def offer(words: Words) -> None:
    """Where a page has nothing to show: what can be chosen instead, in place: other years of the agency, and agencies, that have what this
    page shows."""
    agency, year = st.session_state.get("agency_shown"), st.session_state.get("year_shown")
    found = list(ask("to_choose", agency=agency, needs=NEEDS.get(st.session_state["page"] or "overview", "scores")).itertuples())
    years = [int(one) for row in found if row.agency_id == agency for one in row.years if one != year]
    others = [row for row in found if row.agency_id != agency]
    with st.container(horizontal=True, vertical_alignment="center", key="offer"):
        if years or others:
            st.caption(words("control.offer"), width="content")
        for one in years[:5]:
            st.button(words.year(one), key=f"offer_{one}", on_click=link.change, kwargs={"year": one})
        for row in others[:6]:
            chosen = {"agency": row.agency_id, "year": int(row.years[0])}
            st.button(plain(row.name), key=f"offer_{row.agency_id}", on_click=link.change, kwargs=chosen)
        add_a_report(words)
        example(words)


def example(words: Words, key: str = "example") -> None:
    """How the page looks with data: the way to the made-up nation where it runs on this machine, and a picture of the page there; looked
    for, and sent, when it is asked for."""
    page = st.session_state["page"] or "overview"
    picture = EXAMPLES / f"{page}.{words.lang}.png"
    if picture.exists():
        with st.popover(words("control.example"), icon=":material/image:", key=key, on_change="rerun") as box:
            if box.open:
                if there := demo.link(st.context.url, "" if page == "overview" else page, st.query_params.to_dict() | {"lang": words.lang}):
                    st.link_button(words("control.demo"), there, icon=":material/open_in_new:")
                content = base64.b64encode(picture.read_bytes()).decode()
                st.html(f'<img class="example" src="data:image/png;base64,{content}" alt="{words("control.example")}">')
                st.caption(words("control.example_note"))


def add_a_report(words: Words) -> None:
    """Where there are no data: the way to the page where they come in, for whoever may go there (the frame says so)."""
    if st.session_state.get("may_add") and st.button(words("add.link"), key="offer_add", icon=":material/upload_file:"):
        st.switch_page("pages/add.py")


def display(words: Words) -> None:
    """How the pages look to this viewer: language, digits, and type for a projector; in the URL as `lang`, `digits` and `screen`."""
    if not words.narrow:
        _language(words)
    with st.popover(words("control.display"), icon=":material/display_settings:", type="tertiary", key="display"):
        if words.narrow:
            _language(words)
        _switch(words, "screen", SCREENS, words.screen)
        _switch(words, "digits", DIGITS, words.digits)


def _switch(words: Words, name: str, options: tuple[str, str], value: str) -> None:
    """On: the second of two options, in the URL; off: the first, which needs no place there."""
    key = link.stands(f"control_{name}", value == options[1], "display")

    def turned() -> None:
        link.change(**{name: options[1] if st.session_state[key] else None})

    st.toggle(words(f"control.{name}"), key=key, on_change=turned)


def _language(words: Words) -> None:
    key = link.stands("control_lang", words.lang, "display" if words.narrow else "")
    st.segmented_control(
        words("control.lang"),
        LANGUAGES,
        key=key,
        on_change=_to_url,
        args=("lang", key, LANGUAGES),
        required=True,
        format_func=lambda lang: words(f"language.{lang}"),
        label_visibility="collapsed",
    )


def _tried(now: dict[str, float]) -> tuple[dict[str, float], list[str]]:
    """The scores of a what-if in the URL (`set=9:75,10:61.67`), only those that differ from `now`, and what of it is no score."""
    tried, wrong = {}, []
    for part in filter(None, st.query_params.get("set", "").split(",")):
        indicator, _, score = part.partition(":")
        try:
            value = round(float(score), 2)
        except ValueError:
            value = -1.0
        if indicator not in now or not 0 <= value <= 100:
            wrong.append(part)
        elif value != now[indicator]:
            tried[indicator] = value
    return tried, wrong


def tried_scores(words: Words, now: dict[str, float]) -> dict[str, float]:
    """The scores of a what-if in the URL; what is no score gets a message."""
    tried, wrong = _tried(now)
    for part in wrong:
        unknown(words, "set", part)
    return tried


def _try_score(now: dict[str, float], indicator: str, score: float) -> None:
    """In a callback: one score more is tried, beside those in the URL as it is by now."""
    changed = {one: value for one, value in (_tried(now)[0] | {indicator: score}).items() if value != now[one]}
    link.change(set=",".join(f"{one}:{value:g}" for one, value in changed.items()))


def score_sliders(words: Words, scores: DataFrame, tried: dict[str, float]) -> None:
    """A slider for each indicator of `scores` (columns of queries/path.sql), a list that lets one fall back to last year, and a reset."""
    now = dict(zip(scores["indicator"], scores["score"], strict=True))

    def moved(indicator: str) -> None:
        _try_score(now, indicator, round(st.session_state[f"control_set_{indicator}"], 2))

    columns = st.columns(2, gap="medium")
    for place, row in enumerate(scores.itertuples()):
        key = f"control_set_{row.indicator}"
        link.stands(key, tried.get(row.indicator, row.score))
        with columns[place * 2 // len(scores)]:
            st.slider(words.numbered(row._asdict()), 0.0, 100.0, step=0.01, format="%.2f", key=key, on_change=moved, args=(row.indicator,))
    risen = {row.indicator: row.before for row in scores.itertuples() if not isna(row.before) and row.before < row.score}

    def fallen() -> None:
        one = st.session_state["control_fall"]
        st.session_state["control_fall"] = None
        if one in risen:
            _try_score(now, one, risen[one])

    with st.container(horizontal=True, vertical_alignment="center"):
        if risen:
            st.selectbox(
                words("control.fall"),
                list(risen),
                key="control_fall",
                on_change=fallen,
                index=None,
                placeholder=words("control.fall"),
                label_visibility="collapsed",
                format_func=lambda one: words("control.fall_to", indicator=words.indicator(one), score=words.number(risen[one])),
            )
        st.button(words("control.reset"), on_click=lambda: link.change(set=None), disabled=not tried)
