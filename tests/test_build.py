"""The build: what goes in comes out, with its place; what is wrong is named, and the rest loads; the file is replaced whole."""

import csv
import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.build import build as module
from etl.build import lines as lines_module
from etl.build import publish
from etl.build.build import build
from etl.build.inputs import read_inputs
from etl.build.publish import NotBuilt
from etl.transcripts.columns import COLUMNS, as_written
from pages.parts.ask.freshness import is_stale
from tests.support.house import changed, copied

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def data(tmp_path):
    """A data folder with the shipped rules, the sample's registry without the other local governments, and nothing else."""
    folder = tmp_path / "data"
    for name in ("scores", "transcripts"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", folder / "rules")
    shutil.copy(ROOT / "data" / "provinces.csv", folder)
    shutil.copy(ROOT / "tests" / "sample" / "agencies.csv", folder)
    with open(ROOT / "data" / "local_governments.csv", encoding="utf-8-sig") as listed:
        (folder / "local_governments.csv").write_text(listed.readline(), encoding="utf-8")
    return folder


@pytest.fixture
def rows(data):
    """`rows(sql)` builds the folder and asks its database."""

    def ask(sql: str, again: bool = True) -> list[tuple]:
        db = data / "ita.duckdb"
        if again:
            build(data, db)
        with duckdb.connect(str(db), read_only=True) as con:
            return con.execute(sql).fetchall()

    return ask


def sheet(data: Path, name: str, *lines: str, encoding: str = "utf-8-sig") -> Path:
    path = data / "scores" / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def transcript(data: Path, name: str, *records: dict, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    path = data / "transcripts" / name
    with open(path, "w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(records)
    return path


def source(document="a.txt", **more) -> dict:
    return {"record": "source", "document": document, "kind": "plan_and_result", "family": "ita_measures", "agency": "เทศบาลตำบลตัวอย่างหนึ่ง",
            "province": "ขอนแก่น", "district": "ชุมแพ", "fiscal_year": "2568"} | more  # fmt: skip


def measure(section, position, title="จัดทำคู่มือ", document="a.txt", **more) -> dict:
    status = {"status": "completed", "status_basis": "phrase"} if section == "result" else {}
    return {"record": "measure", "document": document, "section": section, "position": position, "title": title,
            "place": f"line {position}"} | status | more  # fmt: skip


# --- the shipped data -----------------------------------------------------------------------------------------------------------


def test_every_public_score_is_loaded_with_its_source(shipped_db):
    with open(ROOT / "data" / "scores" / "public_scores.csv", encoding="utf-8", newline="") as handle:
        printed = list(csv.DictReader(handle))
    averages = [row for row in printed if row["agency_type"] == "ภาพรวมจังหวัด"]
    current = {"องค์การบริหารส่วนตำบลบ่อกวางทอง": "เทศบาลตำบลบ่อกวางทอง"}  # of another type since
    expected = {
        (current.get(row["agency_name"], row["agency_name"]), int(row["fiscal_year_be"]), row["indicator"], row["value"], row["source_url"])
        for row in printed if row not in averages
    }  # fmt: skip
    with duckdb.connect(str(shipped_db), read_only=True) as con:
        where = "where source_id = (select source_id from source where file_name = 'public_scores.csv')"
        found = con.execute(
            f"select name, fiscal_year, indicator, printed, url from score join agency using (agency_id) {where} union all "
            f"select name, fiscal_year, 'LEVEL', printed, url from stated_level join agency using (agency_id) {where}"
        ).fetchall()
        benchmarks = con.execute("select count(*), count(distinct scope) from benchmark where scope like 'province %'").fetchall()
        known_from = con.execute(
            f"select count(distinct agency_id) from (select agency_id from score {where} "
            f"union all select agency_id from stated_level {where})"
        ).fetchall()
        unlike = con.execute("select count(*) from score where not comparable and fiscal_year <> 2561").fetchall()
        old = con.execute("select count(*) from score where fiscal_year = 2561 and not comparable").fetchall()
    assert set(found) == expected and len(found) == len(expected)
    more = 2  # of public_scores_more.csv; a third states what one of these derives
    assert (benchmarks, known_from) == ([(len(averages) + more, 5)], [(88,)])
    assert (unlike, old) == ([(0,)], [(sum(row["fiscal_year_be"] == "2561" and row["indicator"] == "TOTAL" for row in printed),)])


def test_nothing_stands_without_its_source_and_place(shipped_db, sample_db):
    for db in (shipped_db, sample_db):
        with duckdb.connect(str(db), read_only=True) as con:
            for table in ("score", "stated_level", "measure", "finding"):
                left = con.execute(
                    f"select count(*) from {table} anti join source using (source_id)"
                    f" union all select count(*) from {table} where coalesce(place, '') = ''"
                ).fetchall()  # fmt: skip
                assert left == [(0,), (0,)], table
            assert con.execute("select count(*) from measure group by measure_id having count(*) > 1").fetchall() == []
            assert (
                con.execute("select 1 from score where chosen group by agency_id, fiscal_year, indicator having count(*) > 1").fetchall()
                == []
            )


def test_every_table_and_column_has_its_comment(shipped_db):
    with duckdb.connect(str(shipped_db), read_only=True) as con:
        silent = con.execute(
            "select table_name, column_name from duckdb_columns() "
            "where comment is null and not internal and database_name = current_database()"
            " union all select table_name, '' from duckdb_tables() where comment is null and not internal"
        ).fetchall()  # fmt: skip
    assert silent == []


def test_bacho_drops_plan_9_and_its_later_pairs_shift(shipped_db):
    with duckdb.connect(str(shipped_db), read_only=True) as con:
        pairs = con.execute(
            "select p.position, r.position from measure_pair "
            "join measure p on p.measure_id = plan_id join measure r on r.measure_id = result_id"
            " where p.agency_id = 'a0001'"
        ).fetchall()  # fmt: skip
    assert {(plan, plan - 1) for plan in range(10, 20)} <= set(pairs)
    assert 9 not in {plan for plan, _ in pairs}


# --- whole or not at all --------------------------------------------------------------------------------------------------------


def contents(db: Path) -> dict[str, list]:
    with duckdb.connect(str(db), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {table: sorted(map(repr, con.execute(f'from "{table}"').fetchall())) for table in tables}


def test_building_twice_gives_the_same_rows(sample_data, tmp_path):
    for name in ("first", "second"):
        build(sample_data, tmp_path / f"{name}.duckdb")
    assert contents(tmp_path / "first.duckdb") == contents(tmp_path / "second.duckdb")


def test_a_build_that_fails_leaves_the_previous_file(data, monkeypatch):
    db = data / "ita.duckdb"
    build(data, db)
    before = db.read_bytes()
    monkeypatch.setattr(module, "STEPS", (*module.STEPS[:6], lambda con, inputs, known: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        build(data, db)
    assert db.read_bytes() == before
    assert [path.name for path in data.iterdir() if path.name.startswith(".ita")] == []


def test_readers_of_the_old_file_are_not_disturbed(data):
    db = data / "ita.duckdb"
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,IIT", "หน่วยงาน ก,2568,90")
    build(data, db)
    with duckdb.connect() as con:
        con.execute(f"attach '{db}' as ita (read_only)")
        (data / "scores" / "a.csv").unlink()
        build(data, db)
        assert con.execute("select count(*) from ita.score").fetchall() == [(1,)]
    with duckdb.connect(str(db), read_only=True) as con:
        assert con.execute("select count(*) from score").fetchall() == [(0,)]


def test_progress_counts_up_to_its_end(data):
    seen = []
    build(data, data / "ita.duckdb", lambda done, steps: seen.append((done, steps)))
    assert seen == [(done, len(seen)) for done in range(1, len(seen) + 1)]


def test_a_database_is_stale_when_an_input_is_added_changed_or_removed(data):
    db = data / "ita.duckdb"
    assert is_stale(data, db)
    path = sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,IIT", "หน่วยงาน ก,2568,90")
    build(data, db)
    assert not is_stale(data, db)
    path.touch()
    assert not is_stale(data, db), "the same content"
    text = path.read_text(encoding="utf-8-sig")
    sheet(data, "a.csv", text.replace("90", "91").rstrip())
    assert is_stale(data, db), "the same size, another content"
    sheet(data, "a.csv", text.rstrip())
    assert not is_stale(data, db)
    new = sheet(data, "b.csv", text.rstrip())
    assert is_stale(data, db)
    new.unlink()
    assert not is_stale(data, db)
    path.unlink()
    assert is_stale(data, db)
    db.write_bytes(b"no database")
    assert is_stale(data, db)


def program_copy(tmp_path: Path) -> Path:
    """A copy of the program, to change its own files and the facts that it ships."""
    program = copied(tmp_path / "program")
    (program / "data").unlink()
    (program / "data").mkdir()
    for path in (ROOT / "data").glob("*.csv"):
        shutil.copy(path, program / "data")
    return program


LATER = r"""
import sys
from pathlib import Path
from etl.build.build import build
from pages.parts.ask.freshness import is_stale
data, program = Path(sys.argv[1]), Path.cwd()
db = data / "ita.duckdb"
(data / "districts.csv").unlink(missing_ok=True)
def said(change, undo):
    change()
    stale = is_stale(data, db)
    undo()
    return stale, is_stale(data, db)
def edit(path):
    text = path.read_text(encoding="utf-8")
    return said(lambda: path.write_text(text[:-2] + "# " + text[-2:], encoding="utf-8"), lambda: path.write_text(text, encoding="utf-8"))
def add(path):
    return said(lambda: path.write_text("agency_id,name\n", encoding="utf-8"), path.unlink)
build(data, db)
assert not is_stale(data, db)
own = [program / name for name in ("etl/findings.csv", "etl/build/sql/scores.sql", "data/districts.csv")]
for path in sorted(program.glob("etl/*/*.py"))[::9] + own:
    assert edit(path) == (True, False), path
for path in (program / "etl/formats/new.py", data / "agencies_more.csv", data / "scores/new.txt", data / "scores/new.ods"):
    assert add(path) == (True, False), path
(data / "agencies_more.csv").write_text("agency_id,name\nm1,เทศบาลตำบลใหม่\n", encoding="utf-8")
build(data, db)
assert not is_stale(data, db)
(data / "agencies_more.csv").write_text("agency_id,name\nm2,เทศบาลตำบลใหม่\n", encoding="utf-8")
assert is_stale(data, db), "the same size, another content"
(data / "scores" / "deep").mkdir()
build(data, db)
(data / "scores" / "deep" / "a.csv").write_text("x", encoding="utf-8")
assert is_stale(data, db), "in a folder below"
"""


def test_a_change_anywhere_in_the_program_or_in_any_file_of_facts_makes_the_database_stale(data, tmp_path):
    """In a copy of the program, whose layouts, formats, words and shipped facts decide the rows as the data do."""
    done = subprocess.run([sys.executable, "-c", LATER, data], cwd=program_copy(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_field_and_column_more_is_added_in_three_places(data, tmp_path):
    """As docs/develop.md says: the reading, the schema, and the step that fills the table."""
    program = program_copy(tmp_path)
    for name, before, more in (
        ("reading.py", "    evidence: str | None = None", "    remark: str | None = None\n"),
        ("build/schema.sql", "  evidence varchar, --", "  remark varchar, -- หมายเหตุ | Remark\n"),
        ("build/sql/measure_rows.sql", "    t.place, plain(t.evidence) as evidence", "    plain(t.remark) as remark,\n"),
    ):
        changed(program / "etl" / name, before, more + before)
    records = [source(), measure("result", 1, remark="ข้อสังเกตหนึ่ง"), measure("result", 2, remark="'- ข้อสังเกต", status="finished")]
    columns = list(dict.fromkeys(name for record in records for name in record))
    with open(data / "transcripts" / "t.csv", "w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(records)
    command = [sys.executable, "-m", "etl", "build", "--data", data, "--db", data / "ita.duckdb"]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select remark from measure order by position").fetchall() == [("ข้อสังเกตหนึ่ง",), ("- ข้อสังเกต",)]
        comment = "select comment from duckdb_columns() where table_name = 'measure' and column_name = 'remark'"
        assert con.execute(comment).fetchall() == [("หมายเหตุ | Remark",)]


def test_an_extra_registry_counts_also_without_the_main_one(data, rows):
    (data / "agencies.csv").unlink()
    (data / "agencies_more.csv").write_text("agency_id,name\nm1,เทศบาลตำบลใหม่เอี่ยม\n", encoding="utf-8")
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", "เทศบาลตำบลใหม่เอี่ยม,2568,90")
    assert rows("select agency_id from score") == [("m1",)]


def test_hidden_files_and_locks_of_office_programs_are_no_inputs(data):
    before = read_inputs(data, data).files.keys()
    sheet(data, "~$a.xlsx", "x")
    sheet(data, ".a.csv", "x")
    os.makedirs(data / "documents")
    assert read_inputs(data, data).files.keys() == before


# --- score sheets ---------------------------------------------------------------------------------------------------------------

FINDINGS = "select rule, place, raw from finding order by rule, place"


def test_wrong_cells_are_named_by_file_and_cell_and_the_rest_loads(data, rows):
    sheet(data, "wide.csv", "ที่,หน่วยงาน,ปีงบประมาณ,ตัวชี้วัดที่ 1,ตัวชี้วัดที่ 2,IIT",
          "1,หน่วยงาน ก,2568,104,ยังไม่ประกาศ,90.5", "2,หน่วยงาน ข,๒๕๖๘,๙๕.๓๐,-,", "3,หน่วยงาน ค,25x8,90,90,90", "4,,2568,90,,")  # fmt: skip
    found = rows("select rule, place, raw from finding where rule not like 'agency%' order by rule, place")
    assert found == [
        ("score_not_a_number", "E2", "ยังไม่ประกาศ"), ("score_out_of_scale", "D2", "104"), ("score_without_agency", "D5", "90"),
        ("year_unreadable", "D4", "25x8"), ("year_unreadable", "E4", "25x8"), ("year_unreadable", "F4", "25x8")]  # fmt: skip
    loaded = rows("select name, indicator, score, place from score join agency using (agency_id) order by all", again=False)
    assert loaded == [("หน่วยงาน ก", "IIT", Decimal("90.5"), "F2"), ("หน่วยงาน ข", "1", Decimal("95.3"), "D3")]


def test_wrong_rows_of_a_long_sheet(data, rows):
    sheet(data, "long.csv", "agency,fiscal_year,indicator,score", "หน่วยงาน ก,2568,1,90", "หน่วยงาน ก,2568,1,91", "หน่วยงาน ก,2568,1,90",
          "หน่วยงาน ก,2568,ความสุข,80", "หน่วยงาน ก,2568,12,80", "หน่วยงาน ก,2568,TOTAL,-1", "หน่วยงาน ก,2568,2,88.125")  # fmt: skip
    found = rows("select rule, place, raw from finding where rule <> 'agency_added' order by rule, place")
    assert found == [
        ("indicator_unknown", "D5", "ความสุข"), ("indicator_unknown", "D6", "12"), ("score_out_of_scale", "D7", "-1"),
        ("score_repeated", "D3", "91")]  # fmt: skip
    kept = rows("select indicator, score, chosen, place from score order by all", again=False)
    assert kept == [("1", Decimal(90), True, "D2"), ("1", Decimal(91), False, "D3"), ("2", Decimal("88.125"), True, "D8")]


def test_a_decimal_comma_is_read_and_an_exponent_is_text(data, rows):
    sheet(data, "a.csv", "หน่วยงาน;ปีงบประมาณ;1;2;3;4;5;6;7", 'หน่วยงาน ก;2568;88,5;1e2;1,200;๙๒,๑๔;"0,075";8 8; 90.10% ')
    assert rows("select rule, place, raw, read_as from finding where rule <> 'agency_added' order by place") == [
        ("score_decimal_comma", "C2", "88,5", "88.5"), ("score_not_a_number", "D2", "1e2", None),
        ("score_not_a_number", "E2", "1,200", None), ("score_decimal_comma", "F2", "๙๒,๑๔", "๙๒.๑๔"),
        ("score_not_a_number", "G2", "0,075", None), ("score_not_a_number", "H2", "8 8", None)]  # fmt: skip
    assert rows("select indicator, score from score order by 1", again=False) == [
        ("1", Decimal("88.5")), ("4", Decimal("92.14")), ("7", Decimal("90.1"))]  # fmt: skip


def test_a_hundred_of_a_workbook_with_long_decimals_is_a_hundred(data, rows):
    sheet(data, "a.csv", "ผลคะแนน ITA ประจำปีงบประมาณ พ.ศ. 2568", "", "หน่วยงาน,คะแนนรวม ITA", "เทศบาลตำบลหนองบัว,100.000000")
    assert rows("select score::int, printed from score") == [(100, "100")]


def test_a_sheet_of_headings_only_leaves_its_source_and_a_finding(data, rows):
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,1,TOTAL")
    sheet(data, "b.csv", "หน่วยงาน,ปีงบประมาณ,1,TOTAL", "หน่วยงาน ก,2568,90,91")
    assert rows("select file_name, kind, rule, place from source left join finding using (source_id) order by 1") == [
        ("a.csv", "score_sheet", "score_sheet_empty", "A1"), ("b.csv", "score_sheet", "agency_added", "C2")]  # fmt: skip
    assert rows("select indicator from score order by 1", again=False) == [("1",), ("TOTAL",)]


def test_unknown_headings_are_named_by_cell_and_the_known_ones_load(data, rows):
    sheet(data, "a.csv", "fiscal_year_be,agency_name,province,1,11,zzz", "2568,เทศบาลตำบลหนองบัว,แพร่,90.50,80.50,5")
    sheet(data, "budget.csv", "หน่วยงาน,ปีงบประมาณ,1,2,งบประมาณ (บาท)", "เทศบาลตำบลหนองบัว,2568,90.50,80.50,5")
    found = rows("select file_name, rule, place, raw from finding join source using (source_id) where rule <> 'agency_added' order by 1, 3")
    assert found == [
        ("a.csv", "indicator_unknown", "E2", "11"), ("a.csv", "unknown_column", "F1", "zzz"),
        ("budget.csv", "score_table_unread", "line 1", "หน่วยงาน ปีงบประมาณ 1 2 งบประมาณ (บาท)"),
        ("budget.csv", "unknown_document", "–", None)]  # fmt: skip
    assert rows("select indicator, score, place from score", again=False) == [("1", Decimal("90.5"), "D2")]


def test_a_sheet_without_a_heading_row_is_named_by_cell_and_the_rest_loads(data, rows):
    sheet(data, "a.csv", "เทศบาลตำบลหนองบัว,2568,90.50,80.50", "เทศบาลตำบลดอนทราย,2568,91.50,81.50")
    sheet(data, "b.csv", "หน่วยงาน,ปีงบประมาณ,1", "หน่วยงาน ก,2568,90")
    assert rows("select file_name, place, raw from finding join source using (source_id) where rule = 'score_table_unread'") == [
        ("a.csv", "line 1", "เทศบาลตำบลหนองบัว 2568 90.50 80.50")]  # fmt: skip
    assert rows("select indicator, place from score", again=False) == [("1", "C2")]


def test_a_year_without_rules_loads_and_says_which_file_to_add(data):
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,1,TOTAL", "หน่วยงาน ก,2571,90,91", "หน่วยงาน ก,2568,90,91")
    problems = build(data, data / "ita.duckdb")
    assert [problem.file for problem in problems] == ["rules/2571.toml"]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        said = con.execute("select severity, message_th, message_en from finding where rule = 'year_without_rules'").fetchall()
        scores = con.execute("select fiscal_year, count(*), bool_or(comparable) from score group by 1 order by 1").fetchall()
        shown = con.execute("select total_shown, level, comparable from assessment where fiscal_year = 2571").fetchall()
    assert len(said) == 1 and said[0][0] == "error" and all("data/rules/2571.toml" in sentence for sentence in said[0][1:])
    assert scores == [(2568, 2, True), (2571, 2, False)]
    assert shown == [(Decimal(91), None, False)]


def test_a_bad_rules_file_is_named_and_the_other_years_are_assessed(data):
    path = data / "rules" / "2567.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("weight = 0.40", "weight = 0.41"), encoding="utf-8")
    sheet(
        data, "a.csv", "หน่วยงาน,ปีงบประมาณ," + ",".join(map(str, range(1, 11))), *(f"หน่วยงาน ก,{year}{',90' * 10}" for year in (2567, 2568))
    )
    problems = build(data, data / "ita.duckdb")
    assert [problem.file for problem in problems] == ["rules/2567.toml: instruments.weight", "rules/2567.toml"]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select fiscal_year, total from assessment order by 1").fetchall() == [(2567, None), (2568, Decimal(90))]
        assert con.execute("select f.rule from finding f join source using (source_id) where file_name = '2567.toml'").fetchall() == [
            ("rules_mistake",)
        ]


@pytest.mark.parametrize("weights, expected", [((0.3, 0.3, 0.4), [30, 30, 40]), ((1, 1, 1), [100, 100, 100])], ids=["points", "of 100"])
def test_instruments_in_points_are_told_from_those_on_100_by_arithmetic(data, rows, weights, expected):
    means = {"หน่วยงาน ก": (26.0, 24.5, 22.0), "หน่วยงาน ข": (90.0, 85.5, 95.25)}
    lines = []
    for name, (iit, eit, oit) in means.items():
        printed = [f"{mean * weight:.2f}" for mean, weight in zip((iit, eit, oit), weights, strict=True)]
        lines.append(",".join([name, "2568", *[str(iit)] * 5, *[str(eit)] * 3, *[str(oit)] * 2, *printed]))
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ," + ",".join(map(str, range(1, 11))) + ",IIT,EIT,OIT", *lines)
    found = rows(
        "select name, indicator, max, score::double from score join agency using (agency_id) where indicator like '%IT' order by all"
    )
    for name, triple in means.items():
        assert [row[2:] for row in found if row[0] == name] == [
            (expected[at], pytest.approx(triple[at], abs=0.01)) for at in (1, 0, 2)]  # fmt: skip
    assert [rule for (rule,) in rows("select rule from finding where rule like 'instr%'", again=False)] == (
        ["instruments_in_points"] if expected[0] == 30 else [])  # fmt: skip


def test_nacc_comes_before_the_agency_before_the_press_and_then_the_newer(data, rows):
    sheet(data, "a.csv", "หน่วยงาน,จังหวัด,ปีงบประมาณ,ตัวชี้วัด,คะแนน,source_url",
          "เทศบาลตำบลตัวอย่างหนึ่ง,ขอนแก่น,2567,1,91,https://news.example/1", "เทศบาลตำบลตัวอย่างหนึ่ง,ขอนแก่น,2567,1,92,https://itas.nacc.go.th/x",
          "เทศบาลตำบลตัวอย่างหนึ่ง,ขอนแก่น,2567,2,91,https://news.example/1")  # fmt: skip
    transcript(data, "t.csv", source(),
               *({"record": "score", "document": "a.txt", "indicator": str(n), "fiscal_year": "2567", "score": "90", "place": "line 9"}
                 for n in (1, 2)))  # fmt: skip
    chosen = rows("select indicator, authority, score::int from score where chosen order by all")
    assert chosen == [("1", 1, 92), ("2", 2, 90)]
    assert rows("select count(*) from score", again=False) == [(5,)]
    differ = rows("select rule, raw, read_as from finding where rule = 'sources_differ' order by all", again=False)
    assert differ == [("sources_differ", "90", "92"), ("sources_differ", "91", "90"), ("sources_differ", "91", "92")]


def test_agencies_of_one_name_are_told_apart_by_their_place_and_unknown_ones_keep_their_id(data, rows):
    lines = ["หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,TOTAL"]
    lines += [
        "อบต.ไกลโพ้น,ก,เลย,2567,80",
        "องค์การบริหารส่วนตำบลไกลโพ้น,ข,เลย,2567,81",
        "อบต. ไกลโพ้น,ก,เลย,2568,82",
        "ทต.ตัวอย่างหนึ่ง,,ขอนแก่น,2568,83",
    ]
    sheet(data, "a.csv", *lines)
    found = rows(
        "select agency_id, name, agency_type, region, fiscal_year, score::int from score join agency using (agency_id) order by score"
    )
    first, second, third, known = found
    assert first[0] == third[0] != second[0] and first[0][0] == "x" and len(first[0]) == 9
    assert first[1:4] == ("องค์การบริหารส่วนตำบลไกลโพ้น", "องค์การบริหารส่วนตำบล", "ตะวันออกเฉียงเหนือ")
    assert known[0] == "s0001"
    (data / "scores" / "a.csv").rename(data / "scores" / "other.csv")
    assert rows("select agency_id from score order by score")[0] == (first[0],)
    assert [row[0] for row in rows("select place from finding where rule = 'agency_added' order by place", again=False)] == [
        "E2",
        "E3",
        "E4",
    ]


def test_a_plain_sheet_in_windows_874_and_with_semicolons_loads_too(data, rows):
    sheet(data, "a.csv", "หน่วยงาน;ปีงบประมาณ;TOTAL", "หน่วยงาน ก;2568;90")
    names = ["เทศบาลตำบลหนองบัวงาม", "เทศบาลตำบลไกลโพ้น", "เทศบาลตำบลดอนทรายทอง"]
    sheet(data, "b.csv", "หน่วยงาน,จังหวัด,ปีงบประมาณ,คะแนนรวม ITA", *(f"{name},ขอนแก่น,2568,91" for name in names), encoding="cp874")
    found = rows("select name, score::int from score join agency using (agency_id) order by all")
    assert found == [("หน่วยงาน ก", 90), *((name, 91) for name in sorted(names))]


def test_a_province_written_in_several_ways_is_one(data, rows):
    """In plain sheets of any delimiter and in those that the reader reads."""
    ways = ["ขอนแก่น", "จ.ขอนแก่น", "จังหวัดขอนแก่น", "จว.ขอนแก่น", "จ. ขอนแก่น"]
    lines = [f"เทศบาลตำบลหนองเกี่ยวแก้ว;{way};{2563 + at};90" for at, way in enumerate(ways)]
    sheet(data, "a.csv", "หน่วยงาน;จังหวัด;ปีงบประมาณ;คะแนนรวม", *lines[:2])
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(";")) + "</tr>" for line in lines[2:])
    head = "<p>ผลการประเมิน ITA</p><table><tr><th>หน่วยงาน</th><th>จังหวัด</th><th>ปีงบประมาณ</th><th>คะแนนรวม</th></tr>"
    (data / "scores" / "b.html").write_text(f"<html><body>{head}{table}</table></body></html>", encoding="utf-8")
    found = rows("select agency_id, province, count(*) from score join agency using (agency_id) group by all")
    assert [row[1:] for row in found] == [("ขอนแก่น", len(ways))]


def test_every_local_government_is_matched_and_what_may_be_several_says_which(data, rows):
    shutil.copy(ROOT / "data" / "local_governments.csv", data)
    lines = ["อบต.ชุมแสง,สตึก,บุรีรัมย์,90", "อบต.ชุมแสง,นางรอง,บุรีรัมย์,91", "อบต.ชุมแสง,,บุรีรัมย์,92", "ทต.ราไวช์,,ภูเก็ต,93", "ราไวย์,,ภูเก็ต,94"]
    sheet(data, "a.csv", "หน่วยงาน,อำเภอ,จังหวัด,คะแนนรวม,ปีงบประมาณ", *(f"{line},{2567 + (at == 4)}" for at, line in enumerate(lines)))
    found = dict(rows("select score::int, agency_id from score order by 1"))
    assert [found[each] for each in (90, 91, 93, 94)] == ["a0004", "g310407", "a0041", "a0041"] and found[92][0] == "x"
    said = {
        rule: (raw, read_as) for rule, raw, read_as in rows("select rule, raw, read_as from finding where rule like 'agency%'", again=False)
    }
    assert said["agency_ambiguous"][0] == "อบต.ชุมแสง" and all(name in said["agency_ambiguous"][1] for name in ("กระสัง", "นางรอง", "สตึก"))
    assert said["agency_distance"][1] == "เทศบาลตำบลราไวย์"
    listed = rows(
        "select count(*) from agency where agency_id[1] in ('a', 'g') and agency_id in (select agency_id from local_government)",
        again=False,
    )
    assert listed == [(3,)], "of the register only what has data stands beside the folder's own agencies"


def test_two_copies_of_a_sheet_are_one_source(data, rows):
    for name in ("a.csv", "b.csv"):
        sheet(data, name, "หน่วยงาน,ปีงบประมาณ,TOTAL", "หน่วยงาน ก,2568,90")
    assert rows("select count(*) from score") == [(1,)]
    assert rows("select file_name from source", again=False) == [("a.csv",)]


def test_a_file_that_is_no_sheet_is_reported_and_the_rest_loads(data):
    (data / "scores" / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", "หน่วยงาน ก,2568,90")
    problems = build(data, data / "ita.duckdb")
    assert [problem.file for problem in problems] == ["scores/broken.xlsx"]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from score").fetchall() == [(1,)]
        assert con.execute("select file_name from finding join source using (source_id) where rule = 'file_unusable'").fetchall() == [
            ("broken.xlsx",)
        ]


# --- transcripts ----------------------------------------------------------------------------------------------------------------


def test_wrong_transcript_rows_are_named_by_file_and_row_and_the_rest_loads(data, rows):
    transcript(data, "t.csv", source(), {"record": "remark", "document": "a.txt"}, measure("plan", 1), measure("plan", "one"),
               measure("summary", 1), measure("result", 1, status="finished"), measure("result", 1, title="อื่น"),
               measure("result", 2, period_start="2024-10-01", period_end="30 ก.ย. 68", budget_planned="หมื่นบาท", budget_spent="1,200.50"),
               measure("plan", 2, document="unknown.txt"), measure("result", 3, refs="I2 | X9"))  # fmt: skip
    assert rows("select rule, place, raw[-9:] from finding order by place, rule") == [
        ("measure_repeated", "line 1", "-result-1"), ("code_unknown", "line 3", "X9"),
        ("row_without_document", "t.csv row 10", "known.txt"), ("record_unknown", "t.csv row 3", "remark"),
        ("position_unreadable", "t.csv row 5", "one"), ("section_unknown", "t.csv row 6", "summary"),
        ("status_not_known", "t.csv row 7", "finished"), ("budget_unreadable", "t.csv row 9", "หมื่นบาท"),
        ("date_unreadable", "t.csv row 9", "0 ก.ย. 68")]  # fmt: skip
    loaded = rows(
        "select section, position, status, status_basis, period_start, period_end, budget_planned, budget_spent from measure order by all",
        again=False,
    )
    assert loaded == [
        ("plan", 1, None, None, None, None, None, None), ("result", 1, "unknown", "phrase", None, None, None, None),
        ("result", 2, "completed", "phrase", date(2024, 10, 1), None, None, Decimal("1200.50")),
        ("result", 3, "completed", "phrase", None, None, None, None)]  # fmt: skip


def test_cells_as_a_spreadsheet_rewrites_them(data, rows):
    transcript(
        data,
        "t.csv",
        source(),
        measure("result", "1.0", title="'- ทำ", period_start="1/10/2567", period_end="2568-09-30", budget_planned="0"),
    )
    assert rows("select measure_id like '%-result-1', title, period_start, period_end, budget_planned, budget_spent from measure") == [
        (True, "- ทำ", date(2024, 10, 1), date(2025, 9, 30), Decimal(0), None)]  # fmt: skip


DATES = {  # as a cell says it -> as the first day of a period, and as its last
    "2024-10-01": ("2024-10-01", "2024-10-01"), "2567-10-1 00:00": ("2024-10-01", "2024-10-01"), "1/10/2567": ("2024-10-01", "2024-10-01"),
    "1/10/2024": ("2024-10-01", None), "10/1/2024": ("2024-10-01", None), "01-10-2024 0:00": ("2024-10-01", None),
    "30/9/2024": ("2024-09-30", "2024-09-30"), "9/30/2024": ("2024-09-30", "2024-09-30"), "31/12/2024": ("2024-12-31", "2024-12-31"),
    "1/1/2025": ("2025-01-01", "2025-01-01"), "6/6/2024": ("2024-06-06", "2024-06-06"), "5/6/2024": (None, None),
    "10/1/2567": ("2024-01-10", "2024-01-10"), "31/2/2024": (None, None), "29/2/2568": (None, None), "2300-01-01": (None, None),
    "2024-10-01 noon": (None, None), "ต.ค. 67": (None, None),
}  # fmt: skip


def test_both_readers_of_a_date_say_the_same(data, rows):
    transcript(data, "t.csv", source(), *(measure("result", at, period_start=text, period_end=text) for at, text in enumerate(DATES, 1)))
    found = rows("select period_start::varchar, period_end::varchar from measure order by position")
    assert dict(zip(DATES, found, strict=True)) == DATES
    again = {text: tuple(as_written(column, text) for column in ("period_start", "period_end")) for text in DATES}
    assert {text: tuple(day if right else None for day, right in pair) for text, pair in again.items()} == DATES
    unread = [said for pair in DATES.values() for said in set(pair) if said is None]
    assert rows("select count(*) from finding where rule = 'date_unreadable'", again=False) == [(len(unread),)]


def test_rows_are_counted_in_each_of_many_files(data, rows):
    """More files than are read at once, one of them no plain CSV: each finding names the row of its own file."""
    for at in range(10):
        of = {"document": f"{at}.txt"}
        transcript(data, f"t{at}.csv", source(fiscal_year="?", **of), measure("result", 1, **of), measure("result", 2, status="?", **of))
    with open(data / "transcripts" / "t3.csv", "a", encoding="utf-8") as handle:
        handle.write(",".join(["more"] * 99) + "\n")
    found = rows("select place from finding where rule in ('status_not_known', 'year_unreadable') order by place")
    assert found == [(f"t{at}.csv row {row}",) for at in range(10) for row in (2, 4)]
    assert rows("select count(*) from measure", again=False) == [(20,)]


def test_the_order_of_dates_is_asked_of_the_other_dates_of_the_file(data, rows):
    """1/5/2024 is the fifth of January to an American spreadsheet; where no other date tells, the finding says what was taken."""
    files = {"american.txt": ("9/30/2024", "2024-01-05"), "thai.txt": ("30/9/2024", "2024-05-01"), "none.txt": ("2024-09-30", "2024-05-01")}
    for name, (end, _) in files.items():
        first, second = measure("result", 1, document=name, period_start="1/5/2024"), measure("result", 2, document=name, period_end=end)
        transcript(data, f"{name}.csv", source(name), first, second)
    transcript(data, "other.csv", source("b.txt"), measure("result", 1, document="b.txt", period_start="9/30/2024", period_end="30/9/2024"))
    started = rows(
        "select file_name, period_start::varchar from measure join source using (source_id) where position = 1 and period_end is null"
    )
    assert dict(started) == {name: start for name, (_, start) in files.items()}
    assumed = rows(
        "select file_name, raw, read_as from finding join source using (source_id) where rule = 'date_order_assumed'", again=False
    )
    assert assumed == [("none.txt", "1/5/2024", "2024-05-01")]
    assert rows("select count(*) from finding where rule = 'date_unreadable'", again=False) == [(0,)]


def test_a_status_in_the_words_of_the_pages_and_what_it_rests_on(data, rows):
    codes = ["completed", "in_progress", "not_started", "not_possible", "unknown"]
    with open(ROOT / "pages" / "parts" / "say" / "text.csv", encoding="utf-8", newline="") as handle:
        words = {row["key"]: row["th"] for row in csv.DictReader(handle)}
    typed = [measure("result", at, status=words[f"status.{code}"], status_basis="none") for at, code in enumerate(codes, 1)]
    transcript(data, "t.csv", source(), *typed, measure("result", 6, status_basis="stated"), measure("result", 7, status_basis="mark"),
               measure("result", 8, status_basis=""), measure("result", 9, status="unknown", status_basis=""),
               measure("result", 10, status="unknown", status_basis="stated"))  # fmt: skip
    assert rows("select status, status_basis from measure order by position") == [
        *((code, "inferred") for code in codes[:4]), ("unknown", "none"), ("completed", "inferred"), ("completed", "mark"),
        ("completed", "inferred"), ("unknown", "none"), ("unknown", "none")]  # fmt: skip
    found = rows("select place, raw, read_as, message_en from finding order by place", again=False)
    assert sorted((int(place.split()[-1]), raw, read_as) for place, raw, read_as, _ in found) == [
        *((row, "none", "inferred") for row in range(3, 7)),
        (8, "stated", "inferred"),
        (10, None, "inferred"),
        (12, "stated", "none"),
    ]
    assert all("mark, phrase or percent" in sentence for *_, sentence in found)
    assert rows("select completed_stated, completed_inferred, unknown from completion", again=False) == [(1, 3, 3)]


def test_transcripts_in_other_encodings_and_with_other_delimiters(data, rows):
    ways = [("cp874", ","), ("utf-16", ","), ("utf-8", ";"), ("utf-8", "\t")]
    for at, (encoding, delimiter) in enumerate(ways):
        records = source(f"{at}.txt"), measure("result", 1, title="บรรทัดแรก\nบรรทัดที่สอง", document=f"{at}.txt")
        transcript(data, f"t{at}.csv", *records, encoding=encoding, delimiter=delimiter)
    found = rows("select file_name, m.title, m.agency_id from measure m join source using (source_id) order by 1")
    assert found == [(f"{at}.txt", "บรรทัดแรก\nบรรทัดที่สอง", "s0001") for at in range(len(ways))]


def test_a_transcript_with_a_broken_quotation_keeps_the_others_and_says_so(data):
    transcript(data, "a.csv", source(), measure("result", 1))
    path = transcript(data, "b.csv", source("b.txt"), measure("result", 1, document="b.txt"))
    path.write_text(path.read_text(encoding="utf-8-sig") + 'measure,"b.txt\n', encoding="utf-8-sig")
    (data / "transcripts" / "c.csv").write_text("not,a,transcript\n1,2,3\n", encoding="utf-8")
    problems = build(data, data / "ita.duckdb")
    assert "transcripts/c.csv" in [problem.file for problem in problems]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from measure").fetchall() == [(2,)]


@pytest.mark.parametrize("lines, titles", [
    (['"measure", "a.txt",plan,1, "line 1", "ก, ข"'], ["ก, ข"]),  # blanks beside quotations, as hands write them
    (['"measure" ,a.txt,plan,1,line 1,"ก" '], ["ก"]),
    (['measure,a.txt,plan,1,line 1," ""ก"""'], [' "ก"']),  # a blank before a quotation mark that is the cell's own
    (['measure,a.txt,plan,1,line 1,"ก\n"'], ["ก\n"]),
    (["measure,a.txt,plan,1,line 1,ก", 'measure,a.txt,plan,2,line 2,"ข', "measure,a.txt,plan,3,line 3,ค"], ["ก"]),
], ids=["blanks before", "blanks behind", "its own", "a line end", "open"])  # fmt: skip
def test_what_stands_beside_a_quotation(data, rows, lines, titles):
    text = "\n".join(["record,document,section,position,place,title", "source,a.txt,,,,", *lines])
    (data / "transcripts" / "a.csv").write_text(text, encoding="utf-8")
    problems = build(data, data / "ita.duckdb")
    assert [title for (title,) in rows("select title from measure order by position", again=False)] == titles
    assert [problem.file for problem in problems] == (["transcripts/a.csv"] if len(lines) > 1 else [])


def test_rows_that_are_not_held_are_read_again(data, tmp_path, monkeypatch):
    plans = [measure("plan", at, title=f"มาตรการที่ {at}", place=f"line {at}") for at in range(1, 400)]
    transcript(data, "a.csv", source(), *plans, measure("plan", 7))
    transcript(data, "b.csv", source("b.txt"), measure("plan", 1, document="b.txt"))
    build(data, tmp_path / "held.duckdb")
    monkeypatch.setattr(lines_module, "MOST_HELD", 0)
    monkeypatch.setattr(lines_module, "BLOCK", 1 << 13)
    build(data, tmp_path / "again.duckdb")
    assert contents(tmp_path / "again.duckdb") == contents(tmp_path / "held.duckdb")


def test_the_same_document_in_two_transcripts_is_loaded_once(data, rows):
    transcript(data, "a.csv", source(sha256="f" * 64), measure("result", 1))
    transcript(data, "b.csv", source(sha256="f" * 64), measure("result", 1), measure("result", 2))
    assert rows("select measure_id from measure") == [("ffffffffffff-result-1",)]
    assert rows("select rule, place from finding", again=False) == [("document_repeated", "b.csv row 2")]


def test_only_the_latest_round_counts_and_plans_are_counted_apart(data, rows):
    transcript(data, "t.csv",
               source("six.txt", round="six_month"), measure("result", 1, document="six.txt"), measure("result", 2, document="six.txt"),
               source("year.txt", round="annual"), measure("result", 1, document="year.txt"),
               source("plan.txt"), measure("plan", 1, document="plan.txt"),
               source("anti.txt", family="action_plan", round="six_month"), measure("result", 1, document="anti.txt"))  # fmt: skip
    counted = rows("select file_name, section, bool_and(latest) from measure join source using (source_id) group by all order by all")
    assert counted == [("anti.txt", "result", True), ("plan.txt", "plan", True), ("six.txt", "result", False), ("year.txt", "result", True)]
    assert rows("select file_name, rule from finding join source using (source_id)", again=False) == [("six.txt", "document_superseded")]
    assert rows("select message_th like '%(year.txt)%' and message_en like '%(year.txt)%' from finding", again=False) == [(True,)]


def test_of_two_documents_without_a_round_the_fuller_one_counts_and_the_finding_says_so(data, rows):
    transcript(data, "t.csv", source("short.txt"), measure("result", 1, document="short.txt"),
               source("full.txt"), measure("result", 1, document="full.txt"), measure("result", 2, document="full.txt"))  # fmt: skip
    ((file, th, en),) = rows("select file_name, message_th, message_en from finding join source using (source_id)")
    assert file == "short.txt" and "มีรายการครบกว่า (full.txt)" in th and "fuller (full.txt)" in en


def test_a_measure_is_aimed_by_code_item_or_heading_and_never_by_its_words(data, rows):
    transcript(data, "t.csv", source(fiscal_year="2566"),
               measure("result", 1, refs="I10 | E1 | O12 | I10"),
               measure("result", 2, group_kind="indicator", group_number="9", group_name="การเปิดเผยข้อมูล"),
               measure("result", 3, group_kind="indicator", group_number="9.2", group_name="การบริหารงาน O43"),
               measure("result", 4, group_kind="indicator", group_name="คุณภาพการดำเนินงาน"),
               measure("result", 5, title="การใช้งบประมาณ", group_kind="dimension", group_number="3"))  # fmt: skip
    assert rows("select position, indicator, ref, basis from measure_indicator join measure using (measure_id) order by all") == [
        (1, "2", "I10", "code"), (1, "6", "E1", "code"), (1, "9", "O12", "code"),
        (2, "9", "9", "heading"), (3, "10", "O43", "item"), (3, "9", "9.2", "item"), (4, "6", "6", "heading")]  # fmt: skip


def test_pairs_of_one_document_are_taken_and_those_of_two_documents_are_found(data, rows):
    transcript(data, "one.csv", source("one.txt"), measure("plan", 1, document="one.txt", pair_position="2 | 1"),
               measure("plan", 2, document="one.txt", pair_position="7"),
               measure("result", 1, document="one.txt"), measure("result", 2, document="one.txt"))  # fmt: skip
    other = {"fiscal_year": "2567"}
    transcript(data, "two.csv", source("plan.txt", **other), measure("plan", 1, "จัดทำคู่มือการให้บริการประชาชน", "plan.txt"),
               measure("plan", 2, "ประกาศนโยบายไม่รับของขวัญ", "plan.txt"), measure("plan", 3, "อบรมเจ้าหน้าที่", "plan.txt"),
               source("told.txt", **other), measure("result", 1, "อบรม เจ้าหน้าที่", "told.txt"),
               measure("result", 2, "จัดทำคู่มือการให้บริการแก่ประชาชน", "told.txt"))  # fmt: skip
    found = rows("select p.fiscal_year, p.position, r.position, round(similarity, 2), basis from measure_pair "
                 "join measure p on p.measure_id = plan_id join measure r on r.measure_id = result_id order by all")  # fmt: skip
    assert [row[:3] + row[4:] for row in found] == [
        (2567, 1, 2, "text"), (2567, 3, 1, "text"), (2568, 1, 1, "document"), (2568, 1, 2, "document")]  # fmt: skip
    assert 0.65 <= found[0][3] < 1 and found[1][3] == 1
    assert [rule for (rule,) in rows("select rule from finding", again=False)] == ["pair_unknown"]


def test_synthetic_goes_from_the_file_to_the_agency(data, rows):
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL,synthetic", "หน่วยงาน สมมุติ,2568,90,true")
    sheet(data, "b.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", "หน่วยงาน จริง,2568,90")
    transcript(data, "t.csv", source(synthetic="true"), measure("result", 1))
    assert rows("select file_name, synthetic from source order by 1") == [("a.csv", True), ("a.txt", True), ("b.csv", False)]
    named = rows(
        "select name, synthetic from agency where agency_id in (select agency_id from score) or agency_id = 's0001' order by 1", again=False
    )
    assert named == [("หน่วยงาน จริง", False), ("หน่วยงาน สมมุติ", True), ("เทศบาลตำบลตัวอย่างหนึ่ง", True)]


# --- a clumsy data folder -------------------------------------------------------------------------------------------------------


def test_nothing_but_a_database_is_replaced(tmp_path):
    found = {"mine.csv": b"agency_id,name\n", "small.txt": b"a,b", "ita.duckdb": b"broken", "empty.db": b"", "magic.db": bytes(8) + b"DUCK"}
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "pipe.duckdb")
    os.symlink(tmp_path / "nowhere", tmp_path / "link.duckdb")
    for name, table in (("another.duckdb", "create table customers(name varchar)"), ("new.duckdb", "select 1")):
        with duckdb.connect(str(tmp_path / name)) as con:
            con.execute(table)
    expected = {"none.db": "nothing", "mine.csv": "foreign", "small.txt": "foreign", "ita.duckdb": "unreadable", "empty.db": "nothing",
                "magic.db": "unreadable", "pipe.duckdb": "foreign", "link.duckdb": "foreign", ".": "foreign", "another.duckdb": "foreign",
                "new.duckdb": "nothing"}  # fmt: skip
    assert {name: publish.what_lies_at(tmp_path / name) for name in expected} == expected


def test_a_database_of_another_program_is_not_replaced_and_no_time_is_lost_on_it(data, monkeypatch):
    db = data / "theirs.duckdb"
    with duckdb.connect(str(db)) as con:
        con.execute("create table customers(name varchar)")
    before = db.read_bytes()
    monkeypatch.setattr(module, "_make", lambda *_: pytest.fail("a build began"))
    with pytest.raises(NotBuilt, match="no database of this program"):
        build(data, db)
    assert db.read_bytes() == before and not list(data.glob(".ita.*"))


def test_a_name_that_would_be_a_pattern_names_its_own_file(data, rows):
    transcript(data, "a[1].csv", source("one.txt"), measure("result", 1, "หนึ่ง", "one.txt"))
    transcript(data, "a1.csv", source("two.txt"), measure("result", 1, "สอง", "two.txt"))
    sheet(data, "s*.csv", "agency,fiscal_year,1", "เทศบาลตำบลตัวอย่างหนึ่ง,2568,90")
    sheet(data, "s2.csv", "agency,fiscal_year,1", "เทศบาลตำบลตัวอย่างสอง,2568,80")
    assert rows("select title from measure order by title") == [("สอง",), ("หนึ่ง",)]
    found = rows("select printed, file_name from score join source using (source_id) order by 1", again=False)
    assert found == [("80", "s2.csv"), ("90", "s*.csv")]


def test_files_that_no_build_reads_are_named(data):
    (data / "transcripts" / "saved.xlsx").write_bytes(b"PK")
    (data / "scores" / "list.ods").write_bytes(b"PK")
    (data / "scores" / "README.md").write_text("about", encoding="utf-8")
    transcript(data, "SAVED.CSV", source(), measure("result", 1))
    problems = build(data, data / "ita.duckdb")
    assert [problem.file for problem in problems] == ["scores/list.ods", "transcripts/saved.xlsx"]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from measure").fetchall() == [(1,)]


@pytest.mark.parametrize("content", [
    b"\x00\xff\x01", b"a;b\n1;2\n", b"", "province_code,name_th,name_en,region\n10,กข,,\nx\n".encode("cp874")])  # fmt: skip
def test_spoilt_files_of_facts_stop_nothing(data, rows, content):
    for name in ("provinces.csv", "districts.csv", "benchmarks.csv"):
        (data / name).write_bytes(content)
    sheet(data, "s.csv", "agency,fiscal_year,1", "เทศบาลตำบลตัวอย่างหนึ่ง,2568,90")
    assert rows("select count(*) from score") == [(1,)]
    assert rows("select count(*) from province", again=False) == [(77,)]
    for name in ("provinces.csv", "districts.csv") if content else ():
        assert rows(f"select count(*) > 0 from finding where place like '{name}%'", again=False) == [(True,)]


def test_benchmarks_beyond_all_bounds_are_reported(data, rows):
    values = [("99999999", "50"), ("2568", "nan"), ("2568", "80")]
    lines = [f"{year},all agencies,mean_total,{value}\n" for year, value in values]
    (data / "benchmarks.csv").write_text("fiscal_year,scope,metric,value\n" + "".join(lines), encoding="utf-8")
    assert rows("select value from benchmark") == [(80.0,)]
    assert rows("select place from finding where rule = 'benchmark_unreadable' order by 1", again=False) == [("row 2",), ("row 3",)]


def test_unknown_words_in_a_source_row_are_reported_and_not_used(data, rows):
    wrong = {"kind": "report", "family": "ita", "round": "half", "sha256": "xyz", "synthetic": "perhaps"}
    transcript(data, "t.csv", source(**wrong), measure("result", 1))
    assert rows("select kind, family, round, sha256, synthetic from source") == [("unknown", None, None, None, False)]
    found = rows("select place, raw from finding where rule = 'source_value_unknown'", again=False)
    assert sorted(found) == sorted(("t.csv row 2", value) for value in wrong.values())
    assert rows("select count(*) from measure", again=False) == [(1,)]


def test_a_document_without_its_year_is_reported(data, rows):
    transcript(data, "t.csv", source(fiscal_year=""), measure("result", 1))
    assert rows("select place from finding where rule = 'fiscal_year_unknown'") == [("t.csv row 2",)]


def test_a_sheet_that_nobody_foresaw_stops_nothing(data, rows, monkeypatch):
    import etl.read

    def fails(document):
        raise KeyError("nobody foresaw this")

    monkeypatch.setattr(etl.read, "read", fails)
    (data / "scores" / "odd.txt").write_text("x", encoding="utf-8")
    sheet(data, "s.csv", "agency,fiscal_year,1", "เทศบาลตำบลตัวอย่างหนึ่ง,2568,90")
    assert rows("select count(*) from score") == [(1,)]
    assert rows("select file_name from finding join source using (source_id) where rule = 'file_unusable'", again=False) == [("odd.txt",)]


def test_a_column_that_stands_twice_is_never_chosen_silently(data):
    path = transcript(data, "t.csv", source(), measure("result", 1))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0] + ",title", *(line + ",อื่น" for line in lines[1:])]), encoding="utf-8")
    assert [problem.file for problem in build(data, data / "ita.duckdb")] == ["transcripts/t.csv"]


def test_what_killed_builds_left_is_removed_and_what_others_write_is_not(data):
    left = [".ita.ita.duckdb.1.tmp", ".ita.ita.duckdb.1.tmp.wal", ".ita.ita.duckdb.1.kept.tmp", ".ita.ita.duckdb.lock"]
    others = [".ita.other.duckdb.2.tmp", ".ita.other.duckdb.lock"]  # a build of another database in the same folder
    for name in left + others:
        (data / name).write_bytes(b"x")
    build(data, data / "ita.duckdb")
    assert sorted(path.name for path in data.glob(".ita.*")) == others


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_that_lead_to_nothing_and_pipes_are_named(data):
    (data / "elsewhere").mkdir()
    links = {"scores/gone.csv": "nowhere.csv", "transcripts/folder": data / "elsewhere", "benchmarks.csv": "nowhere.csv"}
    for name, target in links.items():
        os.symlink(target, data / name)
    os.mkfifo(data / "scores" / "pipe.csv")
    sheet(data, "a.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", "หน่วยงาน ก,2568,90")
    os.symlink("a.csv", data / "scores" / "linked.csv")  # a link that leads to a sheet is one
    problems = {problem.file: problem.said.en for problem in build(data, data / "ita.duckdb")}
    assert list(problems) == ["benchmarks.csv", "scores/gone.csv", "scores/pipe.csv", "transcripts/folder"]
    assert "leads to nothing" in problems["benchmarks.csv"] and "leads to nothing" in problems["scores/gone.csv"]
    assert "no ordinary file" in problems["scores/pipe.csv"] and "link to a folder" in problems["transcripts/folder"]


def test_a_budget_below_zero_is_reported_and_not_used(data, rows):
    transcript(data, "t.csv", source(), measure("plan", 1, budget_planned="-5,000"), measure("result", 1, budget_spent="-0.01"),
               measure("result", 2, budget_planned="-20", budget_spent="0"))  # fmt: skip
    assert rows("select budget_planned, budget_spent from measure order by section, position") == [(None, None), (None, None), (None, 0)]
    assert rows("select rule, place, raw from finding order by place", again=False) == [
        ("budget_negative", "t.csv row 3", "-5,000"), ("budget_negative", "t.csv row 4", "-0.01"),
        ("budget_negative", "t.csv row 5", "-20")]  # fmt: skip


def test_the_number_of_an_indicator_in_any_digits(data, rows):
    lines = [f"เทศบาลตำบลตัวอย่างหนึ่ง,{year},{printed},90" for year, printed in enumerate(("3", "๓", "03", "3.0"), 2565)]
    sheet(data, "long.csv", "agency,fiscal_year,indicator,score", *lines)
    assert rows("select fiscal_year, indicator, score from score order by 1") == [(year, "3", 90) for year in range(2565, 2569)]


def test_blanks_are_no_name(data, rows):
    sheet(data, "s.csv", "agency,fiscal_year,1", "   ,2568,90", "เทศบาลตำบลตัวอย่างหนึ่ง,2568,80")
    assert rows("select printed from score") == [("80",)]
    assert rows("select rule, place from finding where rule like '%agency%'", again=False) == [("score_without_agency", "C2")]


@pytest.mark.skipif(os.name != "posix", reason="access rights of POSIX")
@pytest.mark.parametrize("names", [["transcripts/b.csv"], ["agencies.csv", "provinces.csv", "rules/2567.toml", "benchmarks.csv", "scores"]])
def test_what_may_not_be_opened_is_named_and_the_rest_loads(data, names):
    """In a process of its own that gives up root's right to open everything."""
    (data / "benchmarks.csv").write_text("fiscal_year,scope,metric,value\n2568,all agencies,mean_total,80\n", encoding="utf-8")
    transcript(data, "a.csv", source("a.txt"), measure("result", 1))
    transcript(data, "b.csv", source("b.txt"), measure("result", 1, document="b.txt"))
    for name in names:
        (data / name).chmod(0)
    command = [sys.executable, "-m", "etl", "build", "--data", data, "--db", data / "ita.duckdb"]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv") or pytest.skip("needs setpriv to give up root's rights")
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600)
    finally:
        for name in names:
            (data / name).chmod(0o755)
    assert done.returncode == 1 and [name for name in names if f"{name}: " not in done.stderr] == []
    assert done.stderr.count("no permission") == len(names)
    assert "unforeseen" not in done.stderr and "not foreseen" not in done.stderr
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from measure").fetchall() == [(1 if "transcripts/b.csv" in names else 2,)]
