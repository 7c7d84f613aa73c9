"""Transcripts, score sheets and rules -> a new DuckDB file, put in place whole.

Each step is a function of the connection, the inputs and what is known before a document is opened; it returns what could not be used.
The work on rows is SQL: schema.sql says what is made, sql/ how. What one file does is that file's problem, never the build's.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from etl.build import publish
from etl.build.facts import load_facts
from etl.build.inputs import DOCUMENTS, Input, Inputs, Problem, read_inputs
from etl.build.names import resolve_names
from etl.build.publish import NotBuilt, quoted
from etl.build.rows import run_sql
from etl.build.schema import create
from etl.build.sheets import load_sheets
from etl.build.steps import assess, count_completion, load_measures, load_scores, pair, store, word_findings
from etl.build.transcripts import load_transcripts
from etl.known import Known, load_known
from etl.messages import message

Step = Callable[[duckdb.DuckDBPyConnection, Inputs, Known], list[Problem]]
Progress = Callable[[int, int], None]
STEPS: tuple[Step, ...] = (
    load_facts, load_transcripts, load_sheets, resolve_names, load_scores, load_measures, assess, pair, count_completion, word_findings,
    store,
)  # fmt: skip


def build(data: Path, db: Path, progress: Progress | None = None, say: publish.Say | None = None, wait: bool = True) -> list[Problem]:
    """Builds `db` from the folder `data`: a new file beside it, put in place when it is whole. Returns what could not be used.

    A build that fails or is killed leaves the previous file as it was; one that is done leaves it as `publish.previous(db)`.
    `progress(done, steps)` is called after each step; `say(said)` with what is no problem but good to know. Where another build of `db`
    runs it is waited for, or not (`wait`). NotBuilt: no room, no right to write, a file there that is not ours, another build, a program
    that holds the file.
    """
    begun, say = time.time(), say or (lambda said: None)
    with publish.said_plainly(db), tempfile.TemporaryDirectory() as scratch:
        db.parent.mkdir(parents=True, exist_ok=True)
        if publish.what_lies_at(db, to_its_end=False) == "foreign":
            raise NotBuilt("not_a_database", name=db.name or db)
        with publish.only_build(db, say, wait) as fresh:
            inputs = read_inputs(data, Path(scratch))
            problems = _make_in_spite_of(fresh, inputs, load_known(data), progress or (lambda done, steps: None))
            for said in inputs.notes:
                say(said)
            os.utime(fresh, (begun, begun))  # an input that changes while a build runs is newer than what the build made
            publish.put_in_place(fresh, db, say)
    return problems


def errors(db: Path) -> int:
    """How many findings of a built database are errors."""
    with duckdb.connect() as connection:  # a fresh instance: a second connect() to the same path would hand back a cached one
        connection.execute(f"attach {quoted(db)} as ita (read_only)")
        return connection.execute("select count(*) from ita.finding where severity = 'error'").fetchone()[0]


def _make_in_spite_of(fresh: Path, inputs: Inputs, known: Known, progress: Progress) -> list[Problem]:
    """Makes the new file; where a document stops that in a way that nobody foresaw, it is left out and named, and all else is built."""
    try:
        return _make(fresh, inputs, known, progress)
    except Exception as error:
        if publish.is_no_fault_of_a_file(error):
            raise
        documents = [file for name, file in inputs.files.items() if name.startswith(DOCUMENTS)]
        spoilt = _those_that_stop(fresh, inputs, known, documents) if not _stops(fresh, inputs.only([]), known) else []
        if not spoilt:
            raise
        no_memory = isinstance(error, MemoryError | duckdb.OutOfMemoryException)
        said = message("too_much_memory") if no_memory else message("unexpected", reason=type(error).__name__)
        rest = [file for file in documents if file not in spoilt]
        return _make(fresh, inputs.only(rest, [(file, said) for file in spoilt]), known, progress)


def _those_that_stop(fresh: Path, inputs: Inputs, known: Known, documents: list[Input]) -> list[Input]:
    """Which documents stop a build, by halves."""
    if not documents or not _stops(fresh, inputs.only(documents), known):
        return []
    if len(documents) == 1:
        return documents
    half = len(documents) // 2
    return [found for some in (documents[:half], documents[half:]) for found in _those_that_stop(fresh, inputs, known, some)]


def _stops(fresh: Path, inputs: Inputs, known: Known) -> bool:
    try:
        _make(fresh, inputs, known, lambda done, steps: None)
    except Exception as error:
        if publish.is_no_fault_of_a_file(error):
            raise
        return True
    return False


def _make(fresh: Path, inputs: Inputs, known: Known, progress: Progress) -> list[Problem]:
    """One run of all steps into a new file at `fresh`."""
    for left in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        left.unlink(missing_ok=True)
    # A made-up nation peaks below 1.5 GB in all with this limit; without one it takes what the machine has.
    settings = {"memory_limit": "1100MB", "temp_directory": str(inputs.scratch)}
    problems = list(inputs.problems)
    inputs.notes.clear()  # of a run before, which a document stopped
    with duckdb.connect(str(fresh), config=settings) as con:
        create(con)
        for name in ("sql/macros.sql", "sql/work.sql"):
            run_sql(con, name)
        for done, step in enumerate(STEPS, 1):
            problems += step(con, inputs, known)
            progress(done, len(STEPS))
    return problems
