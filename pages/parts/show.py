"""One word -> ask, draw, headline sentence, figure with its alternative text, table twin, downloads, "where from"."""

from collections.abc import Callable

import streamlit as st
from pandas import DataFrame, isna

from pages.parts import controls, frontend, link, other_years, same, take, twin
from pages.parts.ask.warehouse import ask
from pages.parts.desk.place import page_of
from pages.parts.figures import sketch, style
from pages.parts.say.sentences import sentences
from pages.parts.say.text import Words, address, plain


def headline(finding: str, more: str = "") -> None:
    """The finding of a page, once, at its top, and what adds to it beneath."""
    st.title(plain(finding), anchor=False)
    if more:
        with st.container(key="beneath_headline"):
            st.markdown(plain(more))


# Words of which nothing is an answer: nothing is missing then, and nothing has to be loaded.
NOTHING_IS_AN_ANSWER = frozenset("copies finding_list measure_list next_chance open_measures register unplaced_measures".split())


def nothing(finding: str, words: Words) -> None:
    """A page that has nothing to show: why, what can be chosen instead, and how it looks with data."""
    headline(finding)
    controls.offer(words)


def found(word: str, frame: DataFrame, words: Words, heading: str = "title") -> str:
    """What a word says of its frame, as the heading of the page or of a part of it; all of it in one line."""
    finding, *more = sentences(word, frame, words)
    if heading == "title":
        headline(finding, words.sentence(more))
    elif heading == "subheader":
        st.header(plain(finding), anchor=False)
        if more:
            st.markdown(plain(words.sentence(more)))
    elif frame.empty:
        st.info(plain(finding))
    if frame.empty and heading != "title" and word not in NOTHING_IS_AN_ANSWER:
        controls.example(words, f"example_{word}")
    return words.sentence([finding, *more])


def card(key: str, label: str, text: str) -> None:
    """One fact of an overview: its label, small, and the sentence."""
    with st.container(border=True, height="stretch", key=f"card_{key}"):
        st.markdown(f":small[:gray[{label}]]  \n{plain(text)}")


def show(
    word: str, words: Words, about: dict[str, str], heading: str = "title", pick: str | None = None, note: bool = True, **parameters
) -> DataFrame:
    """Asks for a word and shows all of it; the frame. An empty frame shows the text `<word>.empty`: what is missing and what to load.

    `about`: label -> value that every download carries (agency, year). `heading`: "title" where the sentence heads the page, "subheader",
    or "none" where the page says it otherwise. `pick`: a column whose value of a clicked row goes into the URL under the column's name.
    `note`: False where there is no room for it. `parameters` are the query's.
    """
    of_year = (lambda year: ask(word, **parameters | {"year": year})) if parameters.get("year") else None
    return show_frame(word, ask(word, **parameters), words, about, heading, pick, note, of_year)


def show_frame(
    word: str,
    frame: DataFrame,
    words: Words,
    about: dict[str, str],
    heading: str = "title",
    pick: str | None = None,
    note: bool = True,
    of_year: Callable[[int], DataFrame] | None = None,
) -> DataFrame:
    """`show` for a frame that is at hand or was computed; `of_year(year)` is the same of another year."""
    sentence = found(word, frame, words, heading)
    if frame.empty and heading == "title":
        controls.offer(words)
    if len(frame):
        key = f"figure_{word}"
        on_select = (lambda: _pick_to_url(key, pick, frame)) if pick else "rerun"

        def drawn(shown: DataFrame):
            return same.told(_inked(sketch(word, shown, words)), shown, words)

        figure = drawn(frame)
        same.drawn(frame)
        st.plotly_chart(
            other_years.of_year(figure, words) if of_year else figure,
            key=key,
            on_select=on_select,
            selection_mode="points",
            config=_config(word, words),
            alt=f"{words(f'{word}.title')}. {sentence}",
        )
        if of_year:
            other_years.drawn(key, of_year, lambda other, year: other_years.of_year(drawn(other), words, year))
        beneath(word, frame, words, about, sentence, _picked_row(st.session_state.get(key), frame), note=note, pick=pick)
    return frame


def show_table(
    word: str, words: Words, about: dict[str, str], heading: str = "subheader", pick: str | None = None, **parameters
) -> DataFrame:
    """Like `show` for a word without a figure: the table itself, and what stands under a figure beneath it."""
    frame = ask(word, **parameters)
    sentence = found(word, frame, words, heading)
    if frame.empty and heading == "title":
        controls.offer(words)
    if len(frame):
        beneath(word, frame, words, about, sentence, _rows(f"rows_{word}", word, frame, words, pick), twin_too=False)
    return frame


def beneath(
    word: str,
    frame: DataFrame,
    words: Words,
    about: dict[str, str],
    sentence: str,
    clicked: int | None = None,
    twin_too: bool = True,
    note: bool = True,
    pick: str | None = None,
) -> None:
    """The line under every figure: its note, or where the clicked point comes from; the table twin, the downloads, the sources.

    A row of the twin does what a click on its point does (`pick` as in `show`), also by keyboard.
    """
    title = words(f"{word}.title")
    with st.container(horizontal=True, vertical_alignment="center", key=f"beneath_{word}"):
        line = st.empty()
        if twin_too:
            with _box(word, "table", words, ":material/table:") as box:
                if box.open:
                    row = _rows(f"twin_{word}", word, frame, words, pick)
                    clicked = clicked if row is None else row
                    st.caption(words("show.by_keys"))
        with _box(word, "download", words, ":material/download:") as box:
            if box.open:
                said = [(words("show.what"), title), (words("show.says"), sentence), *about.items(), *_where(frame, words)]
                take.buttons(take.Table(word, words, said, lambda: frame), title, words, word)
                st.caption(words("show.png"))
        with _box(word, "source", words, ":material/link:") as box:
            if box.open:
                for label, text in _where(frame if clicked is None else frame.iloc[[clicked]], words):
                    st.markdown(f"**{label}**  \n{address(text) if label == words('show.url') else plain(text)}")
                if links := _findings(frame if clicked is None else frame.iloc[[clicked]], words):
                    st.markdown(f"**{words('show.findings')}**  \n" + "  \n".join(links))
                if clicked is None:
                    st.caption(words("show.click"))
                else:
                    page_of_row(frame.iloc[clicked], words, f"page_{word}")
        if clicked is None and note:
            line.caption(words(f"{word}.note"))
        elif clicked is not None:
            where = " · ".join(f"{label}: {plain(text)}" for label, text in _where(frame.iloc[[clicked]], words))
            line.caption(where or words("show.no_source"))


def page_of_row(row, words: Words, key: str) -> None:
    """The page of the document that a row comes from, where it is at hand."""
    if not any(isna(row.get(name)) for name in ("source_id", "place")):
        page_of(row["source_id"], row["place"], words, key)


def _rows(key: str, word: str, frame: DataFrame, words: Words, pick: str | None) -> int | None:
    """The frame as a table; which of its rows is chosen."""
    rows = twin.table(frame, words)
    on_select = (lambda: _row_to_url(key, pick, frame)) if pick else "rerun"
    chosen = st.dataframe(
        twin.shown(rows, words),
        hide_index=True,
        key=key,
        on_select=on_select,
        selection_mode="single-row",
        alt=words(f"{word}.title"),
        placeholder=words("number.unknown"),
        column_config=twin.formats(rows, words),
    )
    return next(iter(chosen["selection"]["rows"]), None)


def _findings(frame: DataFrame, words: Words) -> list[str]:
    """A link for each source of the rows that has findings: how many, and the page that lists them."""
    ids = sorted(frame["source_id"].dropna().unique())[:50] if "source_id" in frame else []
    return [
        f"[{words('show.findings_link', n=int(row.findings), document=plain(row.document))}]"
        f"(/sources?view=findings&source={row.source_id}&lang={words.lang})"
        for row in ask("source_findings", sources=ids).itertuples()
    ]


def _box(word: str, what: str, words: Words, icon: str):
    """A button whose content is computed only while it is open."""
    return st.popover(words(f"show.{what}"), icon=icon, type="tertiary", key=f"{what}_{word}", on_change="rerun")


def _pick_to_url(key: str, column: str, frame: DataFrame) -> None:
    row = _picked_row(st.session_state[key], frame)
    if row is not None:
        link.change(**{column: frame[column].iloc[row]})


def _row_to_url(key: str, column: str, frame: DataFrame) -> None:
    row = next(iter(st.session_state[key]["selection"]["rows"]), None)
    if row is not None:
        link.change(**{column.removesuffix("_id"): frame[column].iloc[row]})


def _inked(figure):
    """Streamlit's own template prints pale text; a projector needs the full text colour of the page, light or dark."""
    figure.layout["font"] = figure.layout["font"] | {"color": style.INK[st.context.theme.type or "light"]}  # ticks: page.css
    return figure


def _picked_row(picked, frame: DataFrame) -> int | None:
    """The row that the clicked point stands for: figures put it into customdata."""
    points = picked["selection"]["points"] if picked else []
    row = points[0].get("customdata") if points else None
    row = row[0] if isinstance(row, list) else row
    return int(row) if row is not None and int(row) < len(frame) else None


def _config(word: str, words: Words) -> dict:
    """Plotly's own button makes the PNG in the browser, under the word's name."""
    return style.CONFIG | frontend.plotly(words) | {"toImageButtonOptions": style.CONFIG["toImageButtonOptions"] | {"filename": word}}


def _where(frame: DataFrame, words: Words) -> list[tuple[str, str]]:
    """Where rows come from: (document, places) for each source, the original phrase where a row has one, and the year of the rule."""
    said = []
    if "source_id" in frame:
        for source_id, rows in frame.dropna(subset=["source_id"]).groupby("source_id", sort=False):
            source = ask("source", source_id=source_id)
            if source.empty:
                continue
            source = source.iloc[0]
            places = list(dict.fromkeys(rows["place"].dropna())) if "place" in rows else []  # a list of documents has no places
            text = words.list(words.place(place) for place in places[:4])
            text += words("show.more", n=len(places) - 4) if len(places) > 4 else ""
            name = source["title"] if not isna(source["title"]) else source["file_name"]
            said.append((words("show.document"), " · ".join(filter(None, [f"{name} ({source['file_name']})", text]))))
            if not isna(source["url"]):
                said.append((words("show.url"), source["url"]))
            if source["synthetic"]:
                said.append((words("show.synthetic"), words("show.synthetic_note")))
    if "evidence" in frame and len(phrases := frame["evidence"].dropna()):
        said.append((words("show.phrase"), words.list([f"“{phrase}”" for phrase in dict.fromkeys(phrases[:3])])))
    if "source_url" in frame:
        said += [(words("show.url"), url) for url in dict.fromkeys(frame["source_url"].dropna())]
    if "fiscal_year" in frame and len(years := frame["fiscal_year"].dropna()):
        years = sorted({int(year) for year in years})
        said.append((words("show.rule"), words.year(years[0]) if len(years) == 1 else f"{words.year(years[0])} – {words.year(years[-1])}"))
    return said
