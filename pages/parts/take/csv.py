"""What is shown as CSV that Excel opens with Thai intact."""

from pandas import DataFrame

from pages.parts.take import Format, Table, harmless


def csv(frame: DataFrame) -> bytes:
    """UTF-8 with a byte order mark, a heading row, no index."""
    return harmless.table(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


FORMAT = Format("csv", "text/csv", "csv", ":material/csv:", Table, lambda table: csv(table.twin))
