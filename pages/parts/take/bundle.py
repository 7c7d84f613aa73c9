"""One ZIP that stands alone: tables as CSV and Parquet, figures as pages that open without a network, and a text that says what it is."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import plotly.graph_objects as go
from pandas import DataFrame
from plotly.offline import get_plotlyjs

from pages.parts.take import csv, parquet

MIME = "application/zip"
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
