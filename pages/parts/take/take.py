"""Take it away: one button with the bundle of what a view shows and everything behind it."""

import streamlit as st
from pandas import DataFrame, concat

from pages.parts.ask.warehouse import ask, of_this_version
from pages.parts.ask.warehouse import words as queries
from pages.parts.say.text import Words
from pages.parts.show import draw, say, table
from pages.parts.take import bundle, csv, parquet


def button(word: str, frame: DataFrame, words: Words, about: dict[str, str], behind: dict) -> None:
    """The button of a view: its bundle as ZIP, and every score behind it as CSV and Parquet."""
    with st.popover(words("compare.take"), icon=":material/download:", key=f"take_{word}", on_change="rerun") as box:
        if not box.open:
            return
        st.caption(words("compare.take_note"))
        stem = words(f"{word}.title")
        st.download_button(
            words("compare.bundle"),
            of_this_version(lambda: bundled(word, frame, words, about, behind)),
            f"{stem}.zip",
            bundle.MIME,
            on_click="ignore",
            key=f"zip_{word}",
            icon=":material/folder_zip:",
            disabled=frame.empty,
        )
        st.caption(words("compare.everything"))
        every = words("compare.everything")
        with st.container(horizontal=True):
            st.download_button(
                "CSV",
                of_this_version(lambda: csv.csv(table(ask("behind_compare", **behind), words, file=True))),
                f"{every}.csv",
                csv.MIME,
                on_click="ignore",
                key="csv_behind",
                icon=":material/csv:",
            )
            st.download_button(
                "Parquet",
                of_this_version(lambda: parquet.parquet(ask("behind_compare", **behind))),
                f"{every}.parquet",
                parquet.MIME,
                on_click="ignore",
                key="parquet_behind",
                icon=":material/dataset:",
            )


def bundled(word: str, frame: DataFrame, words: Words, about: dict[str, str], behind: dict) -> bytes:
    """The ZIP of a view: what it shows, its figure, the choices made, every score behind it, the sources of both, the data dictionary."""
    scores = ask("behind_compare", **behind)
    ids = concat([one["source_id"] for one in (frame, scores) if "source_id" in one]).dropna().unique()
    sources = concat([ask("source", source_id=one) for one in ids]) if len(ids) else ask("source")
    chosen = {**about, **st.query_params.to_dict()}
    figures = {} if word not in FIGURES else {word: draw(word, frame, words)}
    heads = [words("bundle.field"), words("bundle.value")]
    return bundle.bundle(
        f"{words('bundle.readme')}: {words(f'{word}.title')}\n\n{say(word, frame, words)}\n\n{words(f'{word}.note')}\n",
        {
            word: table(frame, words, file=True),
            "filters": DataFrame(list(chosen.items()), columns=heads),
            "sources": sources,
            "scores": scores,
            "dictionary": table(ask("data_dictionary"), words, file=True),
        },
        figures,
    )


FIGURES = {word for word in queries() if word.startswith(("compare_", "nation_"))} - {"compare_all"}
