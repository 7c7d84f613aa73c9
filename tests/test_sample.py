"""The made-up nation: the same for the same seed, whole in the ordinary forms, marked synthetic everywhere, and plausible."""

import filecmp
from pathlib import Path

import duckdb
import pytest

from etl.build.build import build
from etl.known import load_known
from etl.sample.nation import write_sample

YEARS = range(2565, 2569)


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    write_sample(300, YEARS, folder / "data", seed=7)
    assert build(folder / "data", folder / "ita.duckdb") == []
    with duckdb.connect(str(folder / "ita.duckdb"), read_only=True) as con:
        yield folder, con


def test_five_types_in_76_provinces_and_one_sheet_and_transcript_a_province_and_year(nation):
    folder, con = nation
    assert con.execute("select count(*), count(distinct name), count(distinct agency_type) from agency").fetchall() == [(300, 300, 5)]
    write_sample(7850, range(2568, 2569), folder / "whole")
    with duckdb.connect() as whole:
        counts = whole.execute(
            f"select agency_type, count(*), count(distinct province) from '{folder}/whole/agencies.csv' group by 1 order by 2"
        ).fetchall()
    assert [count for _, count, _ in counts] == [30, 76, 190, 2242, 5312]
    assert counts[-1][2] == 76
    for name in ("scores", "transcripts"):
        assert len(list((folder / "whole" / name).glob("2568-*.csv"))) == 76


def test_everything_made_up_says_so(nation):
    _, con = nation
    assert con.execute("select bool_and(synthetic), count(*) > 0 from source").fetchall() == [(True, True)]
    assert con.execute("select bool_and(synthetic) from agency where agency_id in (select agency_id from score)").fetchall() == [(True,)]
    assert con.execute("select count(*) from agency where name not like '%สมมุติ%'").fetchall() == [(0,)]


def test_the_same_seed_gives_the_same_files_and_another_seed_others(nation, tmp_path):
    folder, _ = nation
    write_sample(300, YEARS, tmp_path / "same", seed=7)
    write_sample(300, YEARS, tmp_path / "other", seed=8)
    files = [path.relative_to(folder / "data") for path in (folder / "data").rglob("*.csv")]
    assert filecmp.cmpfiles(folder / "data", tmp_path / "same", list(map(str, files)), shallow=False)[1:] == ([], [])
    sheets = [str(path) for path in files if path.parent == Path("scores")]
    assert filecmp.cmpfiles(folder / "data", tmp_path / "other", sheets, shallow=False)[0] == []


def test_its_figures_are_plausible(nation):
    _, con = nation
    (missing, least, most), = con.execute(
        "select 1 - count(*) / 1200, min(score)::double, max(score)::double from score where indicator = '1'").fetchall()  # fmt: skip
    assert 0.01 < missing < 0.06 and least >= 0 and most <= 100
    means = dict(con.execute("select fiscal_year, avg(total) from assessment where complete group by 1").fetchall())
    assert means[2565] < means[2566] < means[2568] and abs(means[2568] - 93.82) < 2
    instruments = dict(con.execute("select instrument, avg(computed) from instrument_score group by 1").fetchall())
    assert instruments["OIT"] < instruments["EIT"] < instruments["IIT"]
    shares = "select status, count(*) / sum(count(*)) over () from measure where section = 'result' group by 1"
    status = dict(con.execute(shares).fetchall())
    assert set(status) == {"completed", "in_progress", "not_started", "not_possible", "unknown"} and 0.7 < status["completed"] < 0.8
    assert con.execute("select count(distinct status_basis) from measure").fetchall() == [(4,)]


def test_plans_are_dropped_reworded_and_joined_by_new_ones(nation):
    _, con = nation
    (plans, results, pairs, equal), = con.execute(
        "select count(*) filter (section = 'plan'), count(*) filter (section = 'result'), (select count(*) from measure_pair),"
        " (select count(*) from measure_pair where similarity = 1) from measure").fetchall()  # fmt: skip
    assert 0.85 < pairs / plans < 0.99 and 0.7 < equal / plans < 0.9 and 0.9 < results / plans < 1.1
    assert con.execute("select count(*) from measure_indicator where basis = 'code'").fetchall()[0][0] > 0.3 * plans
    assert con.execute("select count(*) from finding").fetchall() == [(0,)]


def test_a_year_without_rules_borrows_the_nearest_ones_and_the_build_says_so(tmp_path):
    last = max(load_known().rules)
    write_sample(76, range(last, last + 3), tmp_path / "data")
    problems = build(tmp_path / "data", tmp_path / "ita.duckdb")
    assert [problem.file for problem in problems] == [f"rules/{last + 1}.toml", f"rules/{last + 2}.toml"]
