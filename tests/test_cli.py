"""The command line as users call it: exit codes, one line a failed file, nothing but JSON on stdout, never a traceback."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl import __main__ as cli
from etl.formats import watch
from etl.reading import Measure, Reading, Source

ROOT = Path(__file__).resolve().parents[1]
REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดน่าน

ลำดับที่\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\tผลการดำเนินการ
๑\tจัดทำคู่มือการให้บริการประชาชน\tจัดทำและเผยแพร่\tต.ค. ๖๗ - ก.ย. ๖๘\tสำนักปลัด\tดำเนินการแล้วเสร็จ
๒\tเผยแพร่แผนการจัดซื้อจัดจ้าง\tเผยแพร่บนเว็บไซต์\tต.ค. ๖๗ - มี.ค. ๖๘\tกองคลัง\tอยู่ระหว่างดำเนินการ
"""


def run(*arguments, cwd=ROOT, **more):
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600, **more)
    assert "Traceback" not in done.stderr and str(ROOT) not in done.stderr
    return done


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "รายงาน ๒๕๖๘.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def read_as(monkeypatch):
    """Replaces the reader: a path is read as what the function returns or raises."""

    def replace(function):
        import etl.read

        monkeypatch.setattr(etl.read, "read_document", lambda path, known: function(path))

    return replace


def test_read_writes_a_transcript_and_names_it(report, tmp_path):
    done = run("read", report, "--into", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "รายงาน ๒๕๖๘.csv" in done.stdout
    with open(tmp_path / "out" / "รายงาน ๒๕๖๘.csv", encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["status"] for row in rows if row["record"] == "measure"] == ["completed", "in_progress"]


def test_read_json_prints_one_array_and_writes_nothing(report, tmp_path):
    done = run("read", report, tmp_path / "none.txt", report, "--json", "--into", tmp_path / "out")
    assert done.returncode == 1 and not (tmp_path / "out").exists()
    documents = json.loads(done.stdout)
    assert [document["source"]["file"] for document in documents] == [report.name] * 2
    assert list(documents[0]) == ["source", "scores", "measures", "findings"]
    assert list(documents[0]["source"]) == [
        "file",
        "sha256",
        "title",
        "kind",
        "family",
        "agency",
        "agency_printed",
        "agency_type",
        "district",
        "province",
        "place_printed",
        "fiscal_year",
        "round",
    ]
    assert [(measure["number"], measure["status"], measure["place"]) for measure in documents[0]["measures"]] == [
        ("1", "completed", "line 5"),
        ("2", "in_progress", "line 6"),
    ]
    assert json.loads(run("read", tmp_path / "none.txt", "--json").stdout) == []


def test_a_failed_file_gets_one_line_in_both_languages_and_the_others_are_read(report, tmp_path):
    (tmp_path / "ว่าง.txt").write_bytes(b"")
    done = run("read", "ว่าง.txt", report.name, "none.pdf", ".", "--into", "out", cwd=tmp_path)
    assert done.returncode == 1 and (tmp_path / "out" / "รายงาน ๒๕๖๘.csv").exists()
    lines = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["ว่าง.txt", "none.pdf", "."]
    assert all(" | " in line and any("ก" <= letter <= "๙" for letter in line) for line in lines)
    assert str(tmp_path) not in done.stderr


def test_check_reports_and_writes_nothing(report, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    done = run("check", report.name, cwd=tmp_path)
    assert "measures: 2, scores: 0" in done.stdout and "มาตรการ 2 เรื่อง" in done.stdout
    assert done.returncode == 0 and sorted(tmp_path.rglob("*")) == before


def test_read_prints_the_findings_as_check_does(report, tmp_path):
    report.write_text(REPORT.replace("๒\tเผยแพร่", "๔\tเผยแพร่"), encoding="utf-8")
    read, checked = run("read", report, "--into", tmp_path / "out"), run("check", report)
    sentences = [line for line in checked.stdout.splitlines() if line.startswith("  info number_gap")]
    assert sentences and all(line in read.stdout.splitlines() for line in sentences)


def test_an_unknown_document_is_no_failure(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("เรียน ท่านผู้มีเกียรติ\nขอเชิญร่วมงาน\n", encoding="utf-8")
    done = run("check", path)
    assert done.returncode == 0 and "kind: unknown" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-verb"],
        ["read"],
        ["check"],
        ["read", "--no-such", "x"],
        ["sample"],
        ["sample", "--agencies", "0", "--years", "2566", "--into", "x"],
        ["sample", "--agencies", "3", "--years", "2023-2024", "--into", "x"],
        ["sample", "--agencies", "3", "--years", "2568-2566", "--into", "x"],
    ],
)
def test_wrong_usage_is_two(arguments, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2 and "usage:" in done.stderr and not list(tmp_path.iterdir())


def test_help_says_what_a_stopped_reread_returns():
    done = run("read", "--help")
    assert done.returncode == 0 and "--force" in done.stdout and "exit code" in " ".join(done.stdout.split())


def test_a_corrected_row_survives_and_a_changed_document_is_shown_not_written(report, tmp_path):
    out = tmp_path / "out"
    run("read", report, "--into", out)
    path = out / "รายงาน ๒๕๖๘.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("in_progress", "not_started"), encoding="utf-8-sig")
    corrected = path.read_bytes()
    again = run("read", report, "--into", out)
    assert again.returncode == 0 and path.read_bytes() == corrected and "measure result 2 (line 6)" in again.stdout

    report.write_text(REPORT.replace("คู่มือการให้บริการ", "คู่มือบริการ"), encoding="utf-8")
    stopped = run("read", report, "--into", out)
    assert stopped.returncode == 1 and path.read_bytes() == corrected
    assert "คู่มือบริการ" in stopped.stdout and "--force" in stopped.stderr and len(stopped.stderr.splitlines()) == 1

    forced = run("read", report, "--into", out, "--force")
    with open(path, encoding="utf-8-sig", newline="") as handle:
        measures = [row for row in csv.DictReader(handle) if row["record"] == "measure"]
    assert forced.returncode == 0 and [row["status"] for row in measures] == ["completed", "not_started"]
    assert measures[0]["title"] == "จัดทำคู่มือบริการประชาชน"


def test_a_folder_that_cannot_be_written(report, tmp_path):
    (tmp_path / "file").write_text("x")
    done = run("read", report, "--into", tmp_path / "file" / "out")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and " | " in done.stderr


def test_a_pipe_that_closes_early(report):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "etl", "read", "--json", *[str(report)] * 3]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, timeout=600)
    os.close(writer)
    assert done.stderr == b"" and done.returncode == 0


def test_no_progress_bar_where_output_is_piped(report, tmp_path):
    done = run("read", report, report, "--into", tmp_path / "out")
    assert "█" not in done.stdout + done.stderr and "\r" not in done.stdout + done.stderr


def test_a_progress_bar_on_a_terminal(report, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert cli.main(["check", str(report), str(report)]) == 0
    shown = capsys.readouterr().err
    assert "0/2" in shown and "1/2" in shown and shown.endswith("\x1b[K")


def test_a_pattern_that_the_shell_left_as_it_is(report, tmp_path):
    done = run("check", f"{tmp_path}/*.txt")
    assert done.returncode == 0 and report.name in done.stdout


@pytest.mark.parametrize("fault", [ValueError(f"no {ROOT}/x.csv"), RecursionError(), MemoryError(), KeyError("ก"), AssertionError()])
def test_a_fault_of_ours_ends_in_a_line_and_the_next_document_is_read(fault, report, tmp_path, read_as, capsys):
    def reader(path):
        if path.name == "bad.txt":
            raise fault
        return Reading(Source(path.name, "0" * 64), measures=[Measure("result", 1, place="line 1")])

    read_as(reader)
    assert cli.main(["check", str(tmp_path / "bad.txt"), str(report)]) == 1
    out, err = capsys.readouterr()
    assert "measures: 1," in out and err.count("\n") == 1 and err.startswith(str(tmp_path / "bad.txt")) and str(ROOT) not in err


def test_ctrl_c_stops_with_a_line(report, read_as, capsys):
    def reader(path):
        raise KeyboardInterrupt

    read_as(reader)
    assert cli.main(["check", str(report)]) == 1
    assert "stopped on request" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm signals")
def test_a_document_that_takes_too_long_is_given_up(report, read_as, monkeypatch, capsys):
    def reader(path):
        while True:
            pass

    read_as(reader)
    monkeypatch.setattr(watch, "SECONDS", 0.1)
    assert cli.main(["check", str(report)]) == 1
    assert "0.1 seconds" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm signals")
@pytest.mark.parametrize(("times", "waits", "code"), [(1_000_000, 0.5, 0), (2, 30, 1)])
def test_a_document_waits_for_a_busy_machine_but_not_for_ever(times, waits, code, report, read_as, monkeypatch, capsys):
    def reader(path):
        time.sleep(waits)  # no processor is used
        return Reading(Source(path.name, "0" * 64), measures=[Measure("result", 1, place="line 1")])

    read_as(reader)
    monkeypatch.setattr(watch, "SECONDS", 0.2)
    monkeypatch.setattr(watch, "TIMES_BY_THE_CLOCK", times)
    assert cli.main(["check", str(report)]) == code


def test_build_names_a_missing_folder(tmp_path):
    done = run("build", "--data", tmp_path / "none", "--db", tmp_path / "x.duckdb")
    assert done.returncode == 1 and " | " in done.stderr and not (tmp_path / "x.duckdb").exists()


def test_build_and_its_defaults(shipped_data, tmp_path):
    done = run("build", "--data", shipped_data, "--db", tmp_path / "ita.duckdb")
    assert "findings that are errors" not in done.stdout
    assert (done.returncode, done.stderr) == (0, "") and (tmp_path / "ita.duckdb").stat().st_size > 0
    default = cli._parser().parse_args([])
    assert default.run is cli.build and (str(default.data), str(default.db)) == ("data", str(Path("data", "ita.duckdb")))


def test_build_says_how_many_findings_are_errors_and_where_they_are_listed(tmp_path):
    (tmp_path / "data" / "transcripts").mkdir(parents=True)
    rows = "record,document,section,position,status,read_hash\nsource,a.txt,,,,r1\nmeasure,a.txt,result,1,finished,r2\n"
    (tmp_path / "data" / "transcripts" / "a.csv").write_text(rows, encoding="utf-8-sig")
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0 and "findings that are errors: 1; the page Sources" in done.stdout and "หน้าแหล่งข้อมูล" in done.stdout


def test_sample_says_what_it_wrote_and_builds(tmp_path):
    done = run("sample", "--agencies", "3", "--years", "2567-2568", "--into", "made up", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and "agencies: 3, years 2567-2568" in done.stdout
    assert run("build", "--data", "made up", "--db", "a.duckdb", cwd=tmp_path).returncode == 0


def test_every_sentence_is_whole_in_both_languages():
    """A comma that nobody quoted would cut a sentence off; a word in braces stands in both or in neither."""
    with open(ROOT / "etl" / "messages.csv", encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert [row for row in rows if len(row) != 3 or not all(row)] == []
    assert [key for key, th, en in rows if set(re.findall(r"{\w+}", th)) != set(re.findall(r"{\w+}", en))] == []


def test_a_build_never_replaces_what_is_no_database(tmp_path):
    mine = tmp_path / "registry.csv"
    mine.write_text("agency_id,name\n", encoding="utf-8")
    for target in (mine, tmp_path, ""):
        done = run("build", "--data", tmp_path, "--db", target)
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "--db" in done.stderr
    assert mine.read_text(encoding="utf-8") == "agency_id,name\n"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device")
def test_a_file_without_end_is_too_large():
    done = run("check", "/dev/zero")
    assert done.returncode == 1 and "200" in done.stderr


def test_streams_that_the_shell_closed_are_no_fault(report):
    command = f'"{sys.executable}" -m etl check "{report}"'
    for closed in ("2>&-", ">&-", "2>&- >&-"):
        assert subprocess.run(f"{command} {closed}", shell=True, cwd=ROOT, stderr=subprocess.DEVNULL, timeout=600).returncode == 0


@pytest.mark.parametrize("seed", ["-1", "x", "99999999999999999999999"])
def test_a_seed_that_is_none_is_wrong_usage(tmp_path, seed):
    done = run("sample", "--agencies", "1", "--years", "2568", "--into", tmp_path, f"--seed={seed}")
    assert done.returncode == 2


@pytest.mark.parametrize("count", ["100000000", "9" * 5000, "100001"])
def test_a_nation_beyond_all_bounds_is_wrong_usage(tmp_path, count):
    done = run("sample", "--agencies", count, "--years", "2568", "--into", tmp_path / "x")
    assert done.returncode == 2 and "100,000" in done.stderr and not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_no_ordinary_file_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "report.txt")
    done = run("check", tmp_path / "report.txt")
    assert done.returncode == 1 and "no ordinary file" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
def test_a_name_with_a_line_break_gets_one_line(tmp_path):
    name = "สอง\nบรรทัด\x1b[31m\u202e.txt"
    done = run("check", name, cwd=tmp_path)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "สอง\\nบรรทัด\\x1b[31m\\u202e.txt: " in done.stderr
    (tmp_path / name).write_text(REPORT, encoding="utf-8")
    done = run("check", name, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.splitlines()[0].startswith("สอง\\nบรรทัด") and "\x1b" not in done.stdout
