"""`etl learn`: corrected once, right the next time; what it changes is said, and nothing that people corrected is touched."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.known import load_known
from etl.learn import learn
from etl.measures import learned, training
from etl.transcripts.file import read_transcript, write_transcript

ROOT = Path(__file__).resolve().parents[1]
REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567
เทศบาลตำบลต้นไทร

ที่	มาตรการ	ผู้รับผิดชอบ	บันทึกประจำวัน	ผลการดำเนินการ
1	เผยแพร่คู่มือการให้บริการประชาชน	สำนักปลัด	ประสานงานทุกกองแล้วรวบรวม	ดำเนินการแล้ว
2	เปิดเผยข้อมูลการใช้จ่ายงบประมาณ	กองคลัง	ประชุมคณะทำงานทุกสัปดาห์	อยู่ระหว่างดำเนินการ
3	ประกาศนโยบาย No Gift Policy	ทุกกอง	ทำหนังสือเวียน	ดำเนินการแล้ว
"""


def etl(*words: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "etl", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600, check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder with one report, read, and one cell of its transcript corrected."""
    data = tmp_path_factory.mktemp("learn") / "data"
    (data / "documents").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", data / "rules")
    for number in (1, 2):
        (data / "documents" / f"report_{number}.txt").write_text(REPORT.replace("2567", str(2566 + number)), encoding="utf-8")
    etl("read", *sorted((data / "documents").iterdir()), "--into", data / "transcripts")
    path = data / "transcripts" / "report_1.csv"
    rows = read_transcript(path).rows
    row = next(row for row in rows if row["record"] == "measure" and row["position"] == "1")
    assert row["steps"] == ""
    row["steps"] = "ประสานงานทุกกองแล้วรวบรวม"
    write_transcript(path, rows)
    return data


def test_corrected_once_is_right_the_next_time(folder, monkeypatch):
    transcripts = {path: path.read_bytes() for path in (folder / "transcripts").iterdir()}
    said = etl("learn", "--data", folder).stdout
    assert "report_2.txt: ~ measure result 2" in said and "ทำหนังสือเวียน" in said
    assert transcripts == {path: path.read_bytes() for path in (folder / "transcripts").iterdir()}, "reading again is what changes them"
    rows = (folder / "examples" / "headings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows == ["role,heading,source,counts", "steps,บันทึกประจำวัน,report_1.txt,10"]
    read = etl("read", "--json", folder / "documents" / "report_2.txt", "--into", folder / "transcripts").stdout
    steps = [measure["steps"] for measure in json.loads(read)[0]["measures"]]
    assert steps == ["ประสานงานทุกกองแล้วรวบรวม", "ประชุมคณะทำงานทุกสัปดาห์", "ทำหนังสือเวียน"]
    learned.use_own(folder)
    monkeypatch.setattr(training, "trained", lambda rows, kept=dict(learned._used): kept)  # the same examples give the same weights
    try:
        again = learn(folder, load_known(), lambda *_: None)
    finally:
        learned.use(None)
    assert (again.count, again.changes) == (0, []), "nothing new"
    assert (folder / "examples" / "headings.csv").read_text(encoding="utf-8-sig").splitlines() == rows


def test_what_was_learned_beside_other_examples_is_not_used(folder):
    path = learned.own(folder)
    if not path.exists():
        etl("learn", "--data", folder)
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace(learned._print(), "0" * 12), encoding="utf-8")
    try:
        assert "learn once more" in etl("read", "--json", folder / "documents" / "report_2.txt", "--into", folder / "transcripts").stderr
    finally:
        path.write_text(kept, encoding="utf-8")
