"""A frame as Parquet: every column, with its ids and in both languages, numbers as numbers."""

from io import BytesIO

from pandas import DataFrame

from pages.parts.take import Format, Table


def parquet(frame: DataFrame) -> bytes:
    """The frame without its index. Parquet is read by programs, which compute nothing from text."""
    out = BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


FORMAT = Format("parquet", "application/vnd.apache.parquet", "parquet", ":material/dataset:", Table, lambda table: parquet(table.frame))
