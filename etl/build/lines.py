"""The rows of transcripts as DuckDB scans them: each file is read once, by Arrow, and handed over without a copy.

A text that stands in many cells of a file is kept once: the rows of a nation take half of what their files do, and what is asked of
each cell is asked of each text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from etl.build.plain import Header
from etl.transcripts.columns import COLUMNS

TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema([("file", pa.int32()), ("row_at", pa.int64()), *((name, TEXT) for name in COLUMNS)])
MOST_ROWS = 1 << 36  # of a file
BLOCK = 1 << 22  # bytes read at a time: a row is no longer
BESIDE_QUOTATION = '^ +"| $'  # what Arrow makes of it
MOST_HELD = 400 << 20  # bytes of all files; what is beyond is read again in each scan


@dataclass
class Lines:
    """A table for DuckDB: `file` (its number), `row_at` (MOST_ROWS * file + the number of the row in the sheet, the headings' being 1) and
    the columns of a transcript as text, in the order of files and rows."""

    files: dict[int, tuple[Path, Header, bool]] = field(default_factory=dict)
    held: dict[int, list[pa.RecordBatch]] = field(default_factory=dict)
    room: int = field(default_factory=lambda: MOST_HELD)
    lock: Lock = field(default_factory=Lock)

    def add(self, number: int, path: Path, header: Header, ours: bool = False) -> None:
        """Adds the rows of a file. ArrowInvalid, OSError: it is no CSV as its headings say, and none of its rows is added.

        Nor are those of a file with blanks beside a quotation, which belong to the cell here and not for DuckDB; `ours` is a copy that
        has none.
        """
        some, size = [], 0
        for batch in _read(number, path, header, ours):
            size += batch.get_total_buffer_size()
            some = [*some, batch] if size <= self.room else []
        with self.lock:
            self.files[number] = (path, header, ours)
            if size <= self.room:
                self.held[number] = some
                self.room -= size

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.RecordBatchReader.from_batches(SCHEMA, self._batches()).__arrow_c_stream__(requested_schema)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        for number in sorted(self.files):
            yield from self.held.get(number) or _read(number, *self.files[number])


def _read(number: int, path: Path, header: Header, ours: bool) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV, at most BLOCK bytes at a time."""
    read = pa.csv.open_csv(
        path,
        pa.csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=header.columns, skip_rows=1),
        pa.csv.ParseOptions(delimiter=header.delimiter, newlines_in_values=True),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(header.columns, TEXT), null_values=[""], strings_can_be_null=True),
        pa.system_memory_pool(),  # Arrow's own keeps twice as much of many small pieces
    )
    row_at, last = MOST_ROWS * number + 2, None
    for batch in read:
        nothing = pa.nulls(len(batch), TEXT)  # once for all columns that are empty
        cells = {name: column for name, column in zip(header.columns, batch.columns, strict=True) if column.null_count < len(batch)}
        places = [_numbers(np.full(len(batch), number, np.int32)), _numbers(np.arange(row_at, row_at + len(batch)))]
        if not ours and any(_beside_quotation(column.dictionary) for column in cells.values()):
            raise pa.ArrowInvalid("a blank that may stand beside a quotation")
        yield pa.record_batch([*places, *(cells.get(name, nothing) for name in COLUMNS)], SCHEMA)
        row_at += len(batch)
        last = batch.column(batch.num_columns - 1)[-1].as_py() if len(batch) else last
    if _ends_open(path, header.delimiter, last or ""):
        raise pa.ArrowInvalid("a quotation that never ends")


def _numbers(numbers: np.ndarray) -> pa.Array:
    """The numbers for Arrow; its own ways to make them load pandas first."""
    return pa.Array.from_buffers(pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, pa.py_buffer(numbers)])


def _beside_quotation(texts: pa.Array) -> bool:
    """Whether one of the texts may have had a blank beside its quotation. Most have none at either end, which is seen faster."""
    blank = pc.any(pc.ends_with(texts, " ")).as_py() or pc.any(pc.starts_with(texts, " ")).as_py()
    return bool(blank) and pc.any(pc.match_substring_regex(texts, BESIDE_QUOTATION)).as_py()


def _ends_open(path: Path, delimiter: str, last: str) -> bool:
    """Whether a CSV ends within the quotation of its last cell, which Arrow takes as one that is closed."""
    end = (delimiter + '"' + last.replace('"', '""')).encode()
    with open(path, "rb") as handle:
        handle.seek(0, 2)
        handle.seek(max(0, handle.tell() - len(end)))
        return handle.read() == end
