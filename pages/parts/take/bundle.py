"""One ZIP that stands alone: tables as CSV and Parquet, figures as pages that open without a network, and a text that says what it is."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import plotly.graph_objects as go
from pandas import DataFrame, concat
from plotly.offline import get_plotlyjs

from pages.parts.ask.warehouse import ask
from pages.parts.figures import draw, drawn
from pages.parts.say.sentences import say
from pages.parts.take import Format, View, csv, parquet
from pages.parts.twin import table

CONFIG = {"displaylogo": False}


def bundle(said: str, tables: dict[str, DataFrame], figures: dict[str, go.Figure]) -> bytes:
    """README.txt with `said`; data/<name>.csv and .parquet of each table; figures/<name>.html and the library beside them, once."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ("\ufeff" + said).replace("\n", "\r\n"))
        for name, frame in tables.items():
            archive.writestr(f"data/{name}.csv", csv.csv(frame))
            archive.writestr(f"data/{name}.parquet", parquet.parquet(frame))
        for name, figure in figures.items():
            page = figure.to_html(include_plotlyjs="plotly.min.js", full_html=True, config=CONFIG)
            archive.writestr(f"figures/{name}.html", page)
        if figures:
            archive.writestr("figures/plotly.min.js", get_plotlyjs())
    return out.getvalue()


def bundled(view: View) -> bytes:
    """The ZIP of a view: what it shows, its figure where it has one, the choices made, every score behind it, the sources of both, the data
    dictionary."""
    word, frame, words, scores = view.word, view.frame, view.words, ask("behind_compare", **view.behind)
    ids = concat([one["source_id"] for one in (frame, scores) if "source_id" in one]).dropna().unique()
    return bundle(
        f"{words('bundle.readme')}: {words(f'{word}.title')}\n\n{say(word, frame, words)}\n\n{words(f'{word}.note')}\n",
        {
            word: view.twin,
            "filters": DataFrame(view.about, columns=[words("bundle.field"), words("bundle.value")]),
            "sources": concat([ask("source", source_id=one) for one in ids]) if len(ids) else ask("source"),
            "scores": scores,
            "dictionary": table(ask("data_dictionary"), words, file=True),
        },
        {word: draw(word, frame, words)} if drawn(word) else {},
    )


FORMAT = Format("zip", "application/zip", "zip", ":material/folder_zip:", View, bundled)
