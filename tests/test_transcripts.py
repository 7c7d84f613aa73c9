"""Transcripts: a reading as CSV, a person's corrections, a spreadsheet's rewriting, and what a re-read leaves."""

import copy
import csv
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __main__ as command_line
from etl.formats import Unreadable
from etl.reading import Finding, Measure, Reading, Score, Source
from etl.transcripts.columns import COLUMNS, row_hash
from etl.transcripts.file import documents_in, escaped, home_of, read_transcript, unescaped, write_transcript
from etl.transcripts.reread import is_corrected, reread
from etl.transcripts.transcribe import rows_of, transcribe, without_long_texts


@pytest.fixture
def reading():
    return Reading(
        Source(
            "รายงาน.docx",
            "ab" * 32,
            title="รายงานผล",
            kind="result",
            agency="เทศบาลตำบลตัวอย่าง",
            agency_printed=["ทต.ตัวอย่าง"],
            fiscal_year=2568,
        ),
        scores=[Score(None, None, "1", 2568, Decimal("94.10"), 100, Decimal("-1.5"), "line 90")],
        measures=[
            Measure(
                "result",
                1,
                number="1",
                title="=จัดทำแผน",
                responsible=["สำนักปลัด", "กองคลัง"],
                period_start="2022-10-01",
                budget_planned=Decimal(0),
                result="- มีแผน\n- เผยแพร่",
                status="completed",
                status_basis="inferred",
                evidence="- มีแผน",
                refs=["I10", "O12"],
                place="line 8",
            ),
            Measure("result", 2, title="ข้อสอง", status="unknown", status_basis="none", place="line 8"),
            Measure("result", 3, title="ข้อสาม", status="unknown", status_basis="none", place="line 9"),
        ],
        findings=[Finding("info", "number_gap", "line 9", "ไทย | English", "2", "3")],
    )


def corrected(path, change):
    """Changes cells in the file as a person would: by a program that knows CSV, not our code."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    change(rows)
    with open(path, "w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


def test_a_transcript_has_the_columns_in_order_and_opens_in_excel(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    assert path == tmp_path / "รายงาน.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrecord,document,sha256,title,kind,family,agency,")
    with open(path, encoding="utf-8-sig", newline="") as handle:
        heading, *rows = csv.reader(handle)
    assert heading == COLUMNS and heading[-1] == "read_hash"
    assert [row[0] for row in rows] == ["source", "measure", "measure", "measure", "score", "finding"]
    assert {row[1] for row in rows} == {"รายงาน.docx"}


def test_lists_numbers_and_nulls_as_written(reading):
    source, measure, *_, score, finding = rows_of(reading)
    assert (source["sha256"], source["agency_printed"], source["district"]) == ("ab" * 32, "ทต.ตัวอย่าง", "")
    assert (measure["responsible"], measure["refs"]) == ("สำนักปลัด | กองคลัง", "I10 | O12")
    assert (measure["budget_planned"], measure["budget_spent"]) == ("0", "")
    assert (score["indicator"], score["score"], score["stated_change"], score["agency"]) == ("1", "94.1", "-1.5", "")
    assert finding["message"] == "ไทย | English"


def test_cells_that_look_like_formulas_are_harmless_and_come_back(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    with open(path, encoding="utf-8-sig", newline="") as handle:
        cells = [cell for row in csv.reader(handle) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell not in ("", "-1.5")]
    row = read_transcript(path).rows[1]
    assert (row["title"], row["result"]) == ("=จัดทำแผน", "- มีแผน\n- เผยแพร่")


@given(st.text(alphabet="'=+-@\t1.ก", max_size=6))
def test_escaping_is_undone_exactly(text):
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in set("=+-@\t") or re.fullmatch(r"-|[-+]1+(\.1+)?", text)


@given(st.lists(st.text(alphabet="ก\n\"',;|= -+@1", max_size=8), min_size=3, max_size=3))
def test_any_text_survives_the_file(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    row = dict.fromkeys(COLUMNS, "") | {"record": "measure", "document": "x", "read_hash": "r0"}
    row |= dict(zip(("title", "steps", "result"), texts, strict=True))
    write_transcript(path, [row])
    assert read_transcript(path).rows == [row]


def test_untouched_rows_agree_with_their_hash_and_changed_ones_do_not(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    assert not any(map(is_corrected, read_transcript(path).rows))
    corrected(path, lambda rows: rows[2].update(status="completed"))
    assert [is_corrected(row) for row in read_transcript(path).rows] == [False, False, True, False, False, False]


def test_what_a_spreadsheet_rewrites_is_no_correction(reading, tmp_path):
    path = transcribe(reading, tmp_path).path

    def rewrite(rows):
        rows[0].update(fiscal_year="2568.0")
        rows[1].update(position="1.0", period_start="1/10/2565", budget_planned="0.00", number="1.0", result="- มีแผน\r\n- เผยแพร่")
        rows[2].update(position=" 2 ")
        rows[4].update(score="94.10", max="100.0", stated_change="-1.50")

    corrected(path, rewrite)
    transcript = read_transcript(path)
    assert not any(map(is_corrected, transcript.rows)) and not transcript.problems
    corrected(path, lambda rows: rows[1].update(period_start="2022-10-01 00:00"))
    assert not is_corrected(read_transcript(path).rows[1])


@pytest.mark.parametrize(("start", "end"), [("1/10/2022", "30/9/2023"), ("10/1/2022", "9/30/2023"), ("01/10/2565", "30/09/2566")])
def test_dates_of_a_spreadsheet_in_any_order_are_no_correction(reading, tmp_path, start, end):
    reading.measures[0].period_end = "2023-09-30"
    path = transcribe(reading, tmp_path).path
    corrected(path, lambda rows: rows[1].update(period_start=start, period_end=end))
    transcript = read_transcript(path)
    assert not any(map(is_corrected, transcript.rows)) and not transcript.problems
    assert transcribe(reading, tmp_path).kept == []


@pytest.mark.parametrize(("end", "start"), [("9/30/2024", "2024-01-05"), ("30/9/2024", "2024-05-01")])
def test_the_other_dates_of_a_file_say_in_which_order_a_spreadsheet_wrote_them(reading, tmp_path, start, end):
    """1/5/2024 is the fifth of January to an American spreadsheet, and the first of May to a Thai one."""
    reading.measures[0].period_start, reading.measures[1].period_end = start, "2024-09-30"
    path = transcribe(reading, tmp_path).path

    def rewrite(rows):
        rows[1].update(period_start="1/5/2024")
        rows[2].update(period_end=end)

    corrected(path, rewrite)
    transcript = read_transcript(path)
    assert transcript.rows[1]["period_start"] == start and not any(map(is_corrected, transcript.rows)) and not transcript.problems


def test_what_is_unsure_is_written_and_an_older_transcript_without_the_column_keeps_its_hashes(reading, tmp_path):
    reading.source.unsure, reading.measures[0].unsure, reading.scores[0].unsure = ["agency"], ["budget_planned", "title"], ["score"]
    rows = rows_of(reading)
    assert [row["unsure"] for row in rows] == ["agency", "budget_planned | title", "", "", "score", ""]
    path = transcribe(reading, tmp_path).path
    assert read_transcript(path).rows == rows and not any(map(is_corrected, rows))
    corrected(path, lambda rows: rows[1].update(unsure="title"))
    assert [is_corrected(row) for row in read_transcript(path).rows].count(True) == 1
    corrected(path, lambda rows: [row.pop("unsure") for row in rows])
    assert [is_corrected(row) for row in read_transcript(path).rows] == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("period_start", "31/12/2022", False),
        ("period_start", "5/6/2022", True),
        ("period_start", "6/6/2022", False),
        ("period_start", "1/10/2024", False),
        ("period_start", "10/1/2024", False),
        ("period_end", "9/30/2024", False),
        ("period_end", "1/10/2024", True),
        ("period_start", "31/2/2565", True),
        ("period_start", "ต.ค.", True),
        ("position", "สอง", True),
        ("position", "1,000", False),
        ("budget_planned", "nan", True),
        ("record", "messure", True),
        ("score", "ผ่าน", False),
    ],
)
def test_values_that_cannot_be_used_are_named_with_their_row(reading, tmp_path, column, value, wrong):
    path = transcribe(reading, tmp_path).path
    corrected(path, lambda rows: rows[1].update({column: value}))
    problems = read_transcript(path).problems
    assert [(number, all(column in sentence for sentence in said)) for number, said in problems] == ([(3, True)] if wrong else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_transcript_saved_by_another_spreadsheet_is_read(reading, tmp_path, encoding, delimiter):
    path = transcribe(reading, tmp_path).path
    before = read_transcript(path).rows
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    with open(path, "w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows(rows)
    assert read_transcript(path).rows == before


def test_what_a_person_wrote_beside_the_columns_is_not_lost_by_a_reread(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].replace("number_gap", "number_repeated") + ",ตรวจแล้ว"]), encoding="utf-8-sig")
    better = copy.deepcopy(reading)
    better.measures[1].title = "ข้อที่สอง"
    assert transcribe(better, tmp_path, force=True).written
    assert [row[f"column {len(COLUMNS) + 1}"] for row in read_transcript(path).rows][-1] == "ตรวจแล้ว"


def test_a_second_reading_of_the_same_changes_nothing(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    before = path.read_bytes()
    outcome = transcribe(reading, tmp_path)
    assert (outcome.written, outcome.changes, outcome.kept) == (False, [], []) and path.read_bytes() == before


def test_a_reread_shows_the_difference_and_stops_and_with_force_keeps_corrections(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    corrected(path, lambda rows: rows[2].update(status="completed", status_basis="phrase"))
    before = path.read_bytes()
    again = transcribe(reading, tmp_path)
    assert not again.changes and again.kept == ["measure result 2 (line 8)"]

    better = copy.deepcopy(reading)
    better.measures[0].title = "จัดทำแผนป้องกัน"
    better.measures[1].title = "ข้อที่สอง"
    better.findings = []
    stopped = transcribe(better, tmp_path)
    assert not stopped.written and path.read_bytes() == before
    assert [change[0] for change in stopped.changes] == ["~", "*", "-"]
    assert "จัดทำแผนป้องกัน" in stopped.changes[0] and "number_gap" in stopped.changes[2]

    forced = transcribe(better, tmp_path, force=True)
    rows = read_transcript(path).rows
    assert forced.written and forced.kept == ["measure result 2 (line 8)"]
    assert [row["title"] for row in rows if row["record"] == "measure"] == ["จัดทำแผนป้องกัน", "ข้อสอง", "ข้อสาม"]
    assert [(row["status"], is_corrected(row)) for row in rows[1:4]] == [("completed", False), ("completed", True), ("unknown", False)]
    assert [row["record"] for row in rows].count("finding") == 0
    assert transcribe(better, tmp_path).changes == []


def test_a_measure_found_later_moves_positions_but_not_the_correction(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    corrected(path, lambda rows: rows[3].update(status="not_started"))
    more = copy.deepcopy(reading)
    more.measures.insert(0, Measure("result", 1, title="ข้อแรกที่ตกหล่น", status="unknown", status_basis="none", place="line 7"))
    for position, measure in enumerate(more.measures, 1):
        measure.position = position
    transcribe(more, tmp_path, force=True)
    measures = [row for row in read_transcript(path).rows if row["record"] == "measure"]
    assert [(row["position"], row["title"], row["status"]) for row in measures] == [
        ("1", "ข้อแรกที่ตกหล่น", "unknown"),
        ("2", "=จัดทำแผน", "completed"),
        ("3", "ข้อสอง", "unknown"),
        ("4", "ข้อสาม", "not_started"),
    ]


def test_a_row_added_by_a_person_stays_where_it_was_put(reading, tmp_path):
    path = transcribe(reading, tmp_path).path
    corrected(path, lambda rows: rows.insert(2, rows[1] | {"position": "9", "title": "ข้อที่เพิ่ม", "place": "", "read_hash": ""}))
    outcome = transcribe(reading, tmp_path, force=True)
    assert not outcome.changes
    assert [row["title"] for row in read_transcript(path).rows[1:5]] == ["=จัดทำแผน", "ข้อที่เพิ่ม", "ข้อสอง", "ข้อสาม"]


def test_a_file_of_many_documents_keeps_the_others_and_columns_that_people_added(reading, tmp_path):
    other = copy.deepcopy(reading)
    other.source.file, other.source.sha256 = "อื่น.pdf", "cd" * 32
    rows = rows_of(other) + rows_of(reading)
    write_transcript(tmp_path / "รวม.csv", [row | {"หมายเหตุ": "ตรวจแล้ว"} for row in rows])
    better = copy.deepcopy(reading)
    better.measures[2].title = "ข้อที่สาม"
    assert home_of("รายงาน.docx", tmp_path) == tmp_path / "รวม.csv"
    assert transcribe(better, tmp_path, force=True).path == tmp_path / "รวม.csv"
    after = read_transcript(tmp_path / "รวม.csv").rows
    assert [row["document"] for row in after] == [row["document"] for row in rows]
    assert [row for row in after if row["document"] == "อื่น.pdf"] == [row | {"หมายเหตุ": "ตรวจแล้ว"} for row in rows_of(other)]
    assert list(tmp_path.glob("*.csv")) == [tmp_path / "รวม.csv"]


def test_two_documents_with_one_stem_get_two_files(reading, tmp_path):
    other = copy.deepcopy(reading)
    other.source.file = "รายงาน.pdf"
    assert transcribe(reading, tmp_path).path.name == "รายงาน.csv"
    assert transcribe(other, tmp_path).path.name == "รายงาน-pdf.csv"
    assert transcribe(other, tmp_path).path.name == "รายงาน-pdf.csv"


@pytest.mark.parametrize("name", ["a:b?.txt", "CON.txt", "...", "ก" * 300 + ".txt", ".hidden", "a\nb.txt", "../x.txt"])
def test_file_names_are_safe_on_every_system(name, tmp_path):
    home = home_of(name, tmp_path)
    assert home.parent == tmp_path and home.suffix == ".csv" and not home.stem.startswith(".")
    home.write_text("x")


def test_a_foreign_csv_in_the_folder_is_left_alone(reading, tmp_path):
    foreign = tmp_path / "รายงาน.csv"
    foreign.write_text("a,b\n1,2\n", encoding="utf-8")
    assert transcribe(reading, tmp_path).path.name == "รายงาน-docx.csv" and foreign.read_text(encoding="utf-8") == "a,b\n1,2\n"
    with pytest.raises(Unreadable):
        read_transcript(foreign)


def test_shipped_transcripts_hold_no_long_texts_but_the_evidence(reading):
    rows = without_long_texts(rows_of(reading))
    assert not any(row[column] for row in rows for column in ("steps", "result", "outcome", "suggestion"))
    assert rows[1]["evidence"] == "- มีแผน" and not any(map(is_corrected, rows))


def test_a_hash_is_never_a_number_to_a_spreadsheet(reading):
    assert all(row["read_hash"][0] == "r" and row["read_hash"] == row_hash(row) for row in rows_of(reading))


def test_reread_of_an_empty_file_is_the_new_reading(reading):
    rows = rows_of(reading)
    assert reread([], rows).rows == rows and reread([], rows).changes == []


def test_the_shipped_form_is_made_by_one_command(tmp_path):
    report = tmp_path / "report.txt"
    title = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
    heading = "ลำดับที่\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\tผลการดำเนินการ"
    rows = f"{heading}\n๑\tจัดทำคู่มือ\tจัดทำ\tต.ค. ๖๗\tสำนักปลัด\tดำเนินการแล้ว\n๒\tเผยแพร่แผน\tเผยแพร่\tม.ค. ๖๘\tกองคลัง\tอยู่ระหว่างดำเนินการ\n"
    report.write_text(f"{title}\n\n{rows}", encoding="utf-8")
    assert command_line.main(["read", "--short", str(report), "--into", str(tmp_path / "out")]) == 0
    measure = read_transcript(tmp_path / "out" / "report.csv").rows[1]
    assert (measure["title"], measure["steps"], measure["result"], measure["evidence"]) == ("จัดทำคู่มือ", "", "", "ดำเนินการแล้ว")


def test_another_municipality_may_name_its_report_alike(reading, tmp_path):
    """Same file name, other bytes, other agency: another document in a file of its own, also with force."""
    transcribe(reading, tmp_path)
    other = copy.deepcopy(reading)
    other.source.sha256, other.source.agency = "cd" * 32, "เทศบาลตำบลอื่น"
    outcome = transcribe(other, tmp_path, force=True)
    assert outcome.written and len(list(tmp_path.glob("*.csv"))) == 2
    again = copy.deepcopy(reading)
    again.source.sha256 = "ef" * 32  # a new version of the first
    assert transcribe(again, tmp_path, force=True).path != outcome.path
    assert len(list(tmp_path.glob("*.csv"))) == 2


def test_documents_are_found_without_taking_a_file_apart_and_are_the_same(reading, tmp_path):
    reading.source.title = 'บรรทัด\nsource,"อื่น",'
    other = copy.deepcopy(reading)
    other.source.file, other.measures[0].title = "=อื่น.pdf", "ก\nsource,ข"
    write_transcript(tmp_path / "รวม.csv", rows_of(reading) + rows_of(other))
    write_transcript(tmp_path / "หนึ่ง.csv", rows_of(other))
    (tmp_path / "อื่น.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    found = {path.name: sources for path, sources in documents_in(tmp_path)}
    whole = {name: [row for row in read_transcript(tmp_path / name).rows if row["record"] == "source"] for name in ("รวม.csv", "หนึ่ง.csv")}
    assert found == whole | {"อื่น.csv": []} and [len(each) for each in whole.values()] == [2, 1]
