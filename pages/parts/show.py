"""One word -> ask, draw, headline sentence, figure with its alternative text, table twin, downloads, "where from"."""

from collections.abc import Callable
from importlib import import_module

import streamlit as st
from pandas import DataFrame, Series, isna

from pages.parts import frontend, link, literal, other_years
from pages.parts.ask.warehouse import ask
from pages.parts.figures import style
from pages.parts.figures.statuses import FEW
from pages.parts.say.sentences import compare as compare_sentences
from pages.parts.say.sentences import measures as measure_sentences
from pages.parts.say.sentences import scores as sentences
from pages.parts.say.text import LANGUAGES, Words, address, plain
from pages.parts.take import csv, parquet, xlsx

SENTENCES = (sentences, measure_sentences, compare_sentences)  # modules of headline sentences: a function a word
# columns whose values have words of their own: `status.completed`
NAMED = (
    "status",
    "status_basis",
    "total_basis",
    "level_basis",
    "peers_basis",
    "section",
    "family",
    "kind",
    "severity",
    "pair",
    "cluster",
    "level_scale",
    "breakdown",
    "rule",
)
YEARS = ("fiscal_year", "before_year")
SHARES = {"rate": ("completed", "decided"), "coverage": ("paired", "plans")}  # a percentage and its two counts
HIDDEN = {
    "source_id",
    "floors",
    "sorted_by",
    "sha256",
    "measure_id",
    "agency_id",
    "found",
    "noise",
    "mark",
}  # columns that tables do without


def draw(word: str, frame: DataFrame, words: Words):
    """The figure of a word: the function of that name in figures/<word>.py."""
    return getattr(import_module(f"pages.parts.figures.{word}"), word)(literal.for_figure(frame), words)


def say(word: str, frame: DataFrame, words: Words) -> str:
    """The headline sentence of a word: the function of that name in one of SENTENCES."""
    return next(getattr(module, word) for module in SENTENCES if hasattr(module, word))(frame, words)


def headline(text: str) -> None:
    """The finding of a page, once, at its top."""
    st.title(plain(text), anchor=False)


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
    sentence = say(word, frame, words) if len(frame) else words(f"{word}.empty")
    if heading == "title":
        headline(sentence)
    elif heading == "subheader":
        st.header(plain(sentence), anchor=False)
    elif frame.empty:
        st.info(sentence)
    if len(frame):
        key = f"figure_{word}"
        on_select = (lambda: _pick_to_url(key, pick, frame)) if pick else "rerun"
        st.plotly_chart(
            _inked(draw(word, frame, words)),
            key=key,
            on_select=on_select,
            selection_mode="points",
            config=_config(word, words),
            alt=f"{words(f'{word}.title')}. {sentence}",
        )
        if of_year:
            other_years.drawn(key, of_year, lambda other: _inked(draw(word, other, words)))
        beneath(word, frame, words, about, sentence, _picked_row(st.session_state.get(key), frame), note=note, pick=pick)
    return frame


def show_table(
    word: str, words: Words, about: dict[str, str], heading: str = "subheader", pick: str | None = None, **parameters
) -> DataFrame:
    """Like `show` for a word without a figure: the table itself, and what stands under a figure beneath it."""
    frame = ask(word, **parameters)
    sentence = say(word, frame, words) if len(frame) else words(f"{word}.empty")
    if heading == "title":
        headline(sentence)
    elif heading == "subheader":
        st.header(plain(sentence), anchor=False)
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
                _downloads(word, frame, words, said)
        with _box(word, "source", words, ":material/link:") as box:
            if box.open:
                for label, text in _where(frame if clicked is None else frame.iloc[[clicked]], words):
                    st.markdown(f"**{label}**  \n{address(text) if label == words('show.url') else plain(text)}")
                if links := _findings(frame if clicked is None else frame.iloc[[clicked]], words):
                    st.markdown(f"**{words('show.findings')}**  \n" + "  \n".join(links))
                if clicked is None:
                    st.caption(words("show.click"))
        if clicked is None and note:
            line.caption(words(f"{word}.note"))
        elif clicked is not None:
            where = " · ".join(f"{label}: {plain(text)}" for label, text in _where(frame.iloc[[clicked]], words))
            line.caption(where or words("show.no_source"))


def _rows(key: str, word: str, frame: DataFrame, words: Words, pick: str | None) -> int | None:
    """The frame as a table; which of its rows is chosen."""
    twin = table(frame, words)
    on_select = (lambda: _row_to_url(key, pick, frame)) if pick else "rerun"
    chosen = st.dataframe(
        shown(twin, words),
        hide_index=True,
        key=key,
        on_select=on_select,
        selection_mode="single-row",
        alt=words(f"{word}.title"),
        placeholder=words("number.unknown"),
        column_config=formats(twin, words),
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
    figure.layout.font.color = style.INK[st.context.theme.type or "light"]  # ticks: page.css
    return figure


def _picked_row(picked, frame: DataFrame) -> int | None:
    """The row that the clicked point stands for: figures put it into customdata."""
    points = picked["selection"]["points"] if picked else []
    row = points[0].get("customdata") if points else None
    row = row[0] if isinstance(row, list) else row
    return int(row) if row is not None and int(row) < len(frame) else None


def table(frame: DataFrame, words: Words, file: bool = False) -> DataFrame:
    """The table twin: the frame's columns under the words of the viewer's language, without ids and the other language's names.

    On a page years, places, yes and no are in the words of the language. In a `file` they stay data: Buddhist years as whole numbers,
    under a heading that says so, and places as the database has them.
    """
    frame = _with_shares(frame)
    kept = [name for name in frame.columns if name not in HIDDEN and not _is_for_others(name, frame, words)]
    twin = frame[kept].copy()
    for name in twin.columns.intersection(NAMED):
        twin[name] = twin[name].map(lambda value, name=name: None if isna(value) else words.value(name, value))
    if not file:
        for name in twin.select_dtypes(["bool", "boolean"]):
            twin[name] = twin[name].map(lambda value: None if isna(value) else words.value("boolean", bool(value)))
        by_year = "breakdown" in frame and (frame["breakdown"] == "year").any()
        for name in kept:
            if said := _said_on_pages(name, by_year, words):
                twin[name] = twin[name].map(lambda value, said=said: None if isna(value) else said(value))
    heads = {name: f"{name}_be" if file and name in YEARS else _stem_and_language(name)[0] for name in kept}
    return twin.set_axis([words(f"column.{heads[name]}") for name in kept], axis=1)


def _is_for_others(name: str, frame: DataFrame, words: Words) -> bool:
    """Whether a column holds words in another language than the viewer's; Thai stands in where there is none in it."""
    stem, lang = _stem_and_language(name)
    return lang is not None and lang != (words.lang if f"{stem}_{words.lang}" in frame else LANGUAGES[0])


def _stem_and_language(name: str) -> tuple[str, str | None]:
    """name_en is the column `name` in English; a column without a language is its own stem."""
    stem, _, lang = name.rpartition("_")
    return (stem, lang) if lang in LANGUAGES else (name, None)


def _with_shares(frame: DataFrame) -> DataFrame:
    """The frame with the percentages that figures print beside its counts; none where so few are counted that figures print none."""
    for share, (part, whole) in SHARES.items():
        if {part, whole} <= set(frame):
            said = [Words("en").percent(one, of) if of >= FEW else None for one, of in zip(frame[part], frame[whole], strict=True)]
            values = Series([None if text is None else float(text) for text in said], frame.index, "float64")
            frame = frame.assign(**{share: values})
            columns = [name for name in frame if name != share]
            columns.insert(columns.index(whole) + 1, share)
            frame = frame[columns]
    return frame


def _said_on_pages(name: str, by_year: bool, words: Words) -> Callable | None:
    """How a column's values are written on a page; None: as they are."""
    if name in YEARS or name == "part_name" and by_year:
        return words.tick
    if name == "in_years":
        return lambda span: "–".join(words.tick(year) for year in str(span).split("–"))
    if name == "indicator":
        return words.code
    if name.endswith("number"):
        return words.written
    return words.place if name.endswith("place") else None


def shown(twin: DataFrame, words: Words):
    """The twin as st.dataframe takes it: Thai digits are only put over the numbers, which sort as numbers still."""
    if words.digits == "arabic":
        return twin
    written = dict.fromkeys(twin.select_dtypes("float"), words.number) | dict.fromkeys(twin.select_dtypes("integer"), words.count)
    return twin.style.format(written, na_rep=words("number.unknown"))


def formats(twin: DataFrame, words: Words) -> dict:
    """The column_config of a twin: scores and shares with two digits."""
    return (
        {}
        if words.digits == "thai"
        else {name: st.column_config.NumberColumn(format="%.2f") for name in twin.select_dtypes("float").columns}
    )


def _downloads(word: str, frame: DataFrame, words: Words, about: list[tuple[str, str]]) -> None:
    twin = table(frame, words, file=True)
    stem = words(f"{word}.title")
    st.download_button("CSV", lambda: csv.csv(twin), f"{stem}.csv", csv.MIME, on_click="ignore", key=f"csv_{word}", icon=":material/csv:")
    st.download_button(
        "XLSX",
        lambda: xlsx.xlsx(twin, stem, about, words("show.source")),
        f"{stem}.xlsx",
        xlsx.MIME,
        on_click="ignore",
        key=f"xlsx_{word}",
        icon=":material/table_view:",
    )
    st.download_button(
        "Parquet",
        lambda: parquet.parquet(frame),
        f"{stem}.parquet",
        parquet.MIME,
        on_click="ignore",
        key=f"parquet_{word}",
        icon=":material/dataset:",
    )
    st.caption(words("show.png"))


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
