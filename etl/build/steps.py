"""The steps that are SQL for the most part: printed scores and measures -> what is counted, compared and said about them."""

import csv
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import pairing
from etl.build.inputs import Inputs, Problem
from etl.build.rows import insert, run_sql, source_of
from etl.build.sheets import indicator
from etl.findings import finding
from etl.known import Known
from etl.known import __file__ as known_folder
from etl.messages import LANGUAGES, message
from etl.scores.headings import Terms

STUDENTIZED = Path(known_folder).with_name("studentized_range.csv")  # as SciPy 1.17 computes it (tests/test_sure.py compares)


def load_scores(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    terms = Terms.of(known)
    printed = con.execute("select distinct indicator from printed_score where indicator is not null order by 1").fetchall()
    con.execute("create temp table indicator_name(name varchar, indicator varchar)")
    insert(con, "indicator_name", [{"name": name, "indicator": indicator(name, terms)} for (name,) in printed])
    run_sql(con, "sql/scores.sql")
    loaded = "select distinct year from scaled_score where fate in ('score', 'level', 'average') order by year"
    years = [year for (year,) in con.execute(loaded).fetchall()]
    return [Problem(f"rules/{year}.toml", message("rules_year_missing", year=year)) for year in years if year not in known.rules]


def load_measures(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    run_sql(con, "sql/measure_rows.sql")
    faults = "select measure_id from measure group by measure_id having count(*) > 1 or any_value(source_id) = '' limit 1"
    if con.execute(faults).fetchall():
        run_sql(con, "sql/measure_faults.sql")
        run_sql(con, "sql/measure_rows.sql")
    con.unregister("transcript_line")  # hundreds of megabytes, which no later step asks for
    run_sql(con, "sql/measures.sql")
    return []


def assess(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    run_sql(con, "sql/assessment.sql")
    run_sql(con, "sql/standing.sql")
    run_sql(con, "sql/tide.sql")
    run_sql(con, "sql/verdict.sql")
    run_sql(con, "sql/moved_score.sql")
    run_sql(con, "sql/usual_move.sql")
    run_sql(con, "sql/score_line.sql")
    run_sql(con, "sql/change_line.sql")
    with open(STUDENTIZED, encoding="utf-8", newline="") as handle:
        insert(con, "studentized_range", list(csv.DictReader(handle)))
    return []


def pair(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    pairing.pair_documents(con)
    return []


def count_completion(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    run_sql(con, "sql/completion.sql")
    run_sql(con, "sql/aim_line.sql")
    run_sql(con, "sql/table.sql")
    run_sql(con, "sql/asked_paper.sql")
    return []


def word_findings(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    """The sentences of the drafts; a source row for each transcript that has a finding of its own."""
    files = {file.source_id: file for file in inputs.files.values()}
    missing = "select distinct source_id from finding_draft where source_id not in (select source_id from source)"
    for (source_id,) in con.execute(missing).fetchall():
        source_of(con, files[source_id], "unknown")
    drafts = con.execute("select distinct * from finding_draft order by all").fetchall()
    insert(con, "worded_finding", [
        {"source_id": source_id} | vars(finding(rule, place or "–", raw, read_as, **(words or {})))
        for source_id, place, rule, raw, read_as, words in drafts])  # fmt: skip
    for language in LANGUAGES[2:]:  # a language more is a column more; the schema has the first two
        con.execute(f"alter table finding add column message_{language} varchar")
        con.execute(f"comment on column finding.message_{language} is 'ข้อความ ({language}) | Sentence ({language})'")
    said = ", ".join(f"said(message, {nth}) as message_{language}" for nth, language in enumerate(LANGUAGES, 1))
    con.execute(f"insert into finding by name select * exclude message, {said} from worded_finding")
    return []


def store(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    """An agency is synthetic where all that is known of it is."""
    con.execute("""
        update agency set synthetic = true where agency_id in (
          select agency_id from (
            select agency_id, synthetic from source where agency_id is not null
            union all select score.agency_id, synthetic from score join source using (source_id))
          group by agency_id having bool_and(synthetic));
        checkpoint""")
    return []
