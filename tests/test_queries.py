"""Every query against its header, on the shipped data and on the sample; the door to the database: replaced files, threads, refusals."""

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import duckdb
import pytest
from pandas.testing import assert_frame_equal

from pages.parts import facts
from pages.parts.ask import warehouse
from pages.parts.ask.warehouse import NoData, ask, query

WORDS = warehouse.words()


@pytest.fixture(params=["shipped", "sample"])
def served(request, monkeypatch):
    """The door stands before the shipped data, then before the sample. Gives some agencies of it: with scores, with measures only, none."""
    data = request.getfixturevalue(f"{request.param}_db").parent
    monkeypatch.setenv("ITA_DATA", str(data))
    return [*_some_of(data / "ita.duckdb"), "nowhere", None]


@cache
def _some_of(database: Path) -> list[str]:
    scored = "select agency_id from score where try_cast(indicator as integer) is not null group by all order by count(*) desc, 1 limit 2"
    unscored = "select distinct agency_id from measure where agency_id not in (select agency_id from score) order by 1 limit 1"
    with duckdb.connect(str(database), read_only=True) as connection:
        return [row[0] for sql in (scored, unscored) for row in connection.execute(sql).fetchall()]


def values(agency):
    """What parameters may be called and be: the test gives a query those that its header names, the others stay null."""
    return {
        "agency": agency,
        "agencies": [agency],
        "year": 2568,
        "indicator": "9",
        "order": "gain",
        "scope": "peers",
        "section": "result",
        "span": "same",
    }


def given(word, agency):
    return {name: value for name, value in values(agency).items() if name in query(word).parameters}


@pytest.mark.parametrize("word", WORDS)
def test_the_columns_are_those_of_the_header(word, served):
    for agency in served[::2]:
        frame = ask(word, **given(word, agency))
        assert list(frame.columns) == list(query(word).columns)


@pytest.mark.parametrize("word", WORDS)
def test_the_header_says_what_it_answers_and_names_every_parameter(word):
    wanted = query(word)
    assert len(wanted.answers) > 20 and wanted.columns
    assert set(re.findall(r"\$(\w+)", wanted.sql)) == set(wanted.parameters)


def test_a_parameter_that_the_query_does_not_know_is_refused(served):
    with pytest.raises(TypeError, match="colour"):
        ask("verdict", agency="a0003", colour="red")


def test_a_missing_parameter_is_null(served):
    assert ask("verdict").empty


def test_no_frame_is_changed_for_the_next_who_asks(served):
    frame = ask("rule_years")
    frame["fiscal_year"] = 0
    assert ask("rule_years")["fiscal_year"].min() > 2500


def test_who_is_asked_about_among_many_is_told_the_same_frame_as_alone(served):
    agencies = served[:-1]
    asked = facts.questions("", 2568)
    asked |= {word: {"agency": "", "year": 2568} for word in ("change_waterfall", "path", "completion_rate", "aim")}
    try:
        for word, whole in asked.items():
            if "agency" in whole:
                rest = {name: value for name, value in whole.items() if name != "agency"}
                alone = [ask(word, agency=agency, **rest) for agency in agencies]
                warehouse.ask_ahead(word, agencies, **rest)
                assert warehouse._now().ahead
                for agency, frame in zip(agencies, alone, strict=True):
                    assert_frame_equal(ask(word, agency=agency, **rest), frame, obj=f"{word} of {agency}")
    finally:
        warehouse.forget()


def database(folder, total):
    folder.mkdir(exist_ok=True)
    fresh = folder / "fresh"
    with duckdb.connect(str(fresh)) as connection:
        connection.execute("create table rule_year(fiscal_year smallint, comparable_with_previous boolean)")
        connection.execute("insert into rule_year values (?, true)", [total])
    os.replace(fresh, folder / "ita.duckdb")


def minimal(monkeypatch):
    """Only the table that the test asks for: macros name tables that are not there."""
    monkeypatch.setattr(warehouse, "MACROS", ())


def test_a_replaced_file_is_seen_at_the_next_question(tmp_path, monkeypatch):
    minimal(monkeypatch)
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    for year in (2566, 2567, 2568):
        database(tmp_path, year)
        assert list(ask("rule_years")["fiscal_year"]) == [year]


def test_many_threads_ask_while_the_file_is_replaced(tmp_path, monkeypatch):
    minimal(monkeypatch)
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    database(tmp_path, 2560)

    def reader(_):
        return [int(ask("rule_years")["fiscal_year"].iloc[0]) for _ in range(60)]

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(reader, one) for one in range(6)]
        for year in range(2561, 2569):
            database(tmp_path, year)
        answers = [answer.result() for answer in asked]
    assert all(answer == sorted(answer) for answer in answers), "nobody sees an older version after a newer one"
    assert list(ask("rule_years")["fiscal_year"]) == [2568]


def test_without_a_file_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    with pytest.raises(NoData, match="database.missing"):
        ask("rule_years")


@pytest.mark.parametrize("content", [b"", b"not a database", os.urandom(20000)])
def test_a_file_that_is_no_database_is_said_to_be_unreadable(tmp_path, monkeypatch, content):
    (tmp_path / "ita.duckdb").write_bytes(content)
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    with pytest.raises(NoData, match="database.unreadable"):
        ask("rule_years")


def test_a_database_that_ends_too_soon_is_said_to_be_unreadable(tmp_path, monkeypatch, sample_db):
    """It opens, and fails only where a query comes to the missing part."""
    whole = sample_db.read_bytes()
    (tmp_path / "ita.duckdb").write_bytes(whole[: len(whole) // 2])
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    with pytest.raises(NoData, match="database.unreadable"):
        for word in warehouse.words():
            ask(word)


def test_a_database_of_another_kind_is_said_to_be_unreadable(tmp_path, monkeypatch):
    with duckdb.connect(str(tmp_path / "ita.duckdb")) as connection:
        connection.execute("create table other(x integer)")
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    with pytest.raises(NoData, match="database.unreadable"):
        ask("rule_years")


def test_a_path_with_a_quotation_mark_opens(tmp_path, monkeypatch, sample_db):
    folder = tmp_path / "it's ข้อมูล"
    folder.mkdir()
    shutil.copy(sample_db, folder / "ita.duckdb")
    monkeypatch.setenv("ITA_DATA", str(folder))
    assert len(ask("rule_years")) > 0
