"""Whose report it is: of 500 local governments at random, each printed one way that reports print names, how many are found and how many
are taken for another; `--base FOLDER`: an older checkout reads the same in the same run.

Three measures, of short reports whose title prints the name that way. Alone: the name stands nowhere else, as in a cell of a sheet; where
several bear it, the right answer is to say so and to name them. Beside an address: what every report has besides its title, the address of
the office without its name, and the title of the one who signed. In full: the text also prints the name with its type and province.
What is left open has no agency or no place; `said`: a finding of it names the right one among those that it may be.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import row
from etl.known.names import bare_place
from etl.known.registry import load_registry
from etl.sample.printed_names import Printed, printed_names

NAMES = 500
MEASURES = ("alone", "beside an address", "in full")
ROOT = Path(__file__).resolve().parents[1]
TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567"
TABLE = (
    "<table><tr><th>ลำดับ</th><th>มาตรการ</th><th>ขั้นตอนการดำเนินการ</th><th>ผู้รับผิดชอบ</th><th>ผลการดำเนินการ</th></tr>"
    "<tr><td>1</td><td>มาตรการเผยแพร่ข้อมูลสาธารณะ</td><td>เผยแพร่ข้อมูลทางเว็บไซต์</td><td>สำนักปลัด</td><td>ดำเนินการแล้ว</td></tr></table>"
)


def document(one: Printed, beside: str) -> str:
    """A report with one measure whose title prints the name so; `beside`: what stands elsewhere, as in `MEASURES`."""
    agency = one.agency
    district, province = bare_place(one.district), bare_place(one.province)
    bare = agency.name.removeprefix(agency.agency_type)
    printed = " ".join(filter(None, [one.name, district and f"อำเภอ{district}", province and f"จังหวัด{province}"]))
    place = f"อำเภอ{agency.district} จังหวัด{agency.province}" if agency.district else f"อำเภอเมือง จังหวัด{agency.province}"
    mayor = "นายกเทศมนตรี" if agency.agency_type.startswith("เทศบาล") else f"นายก{agency.agency_type}"
    elsewhere = {
        "alone": "",
        "beside an address": f"<p>เลขที่ 99 หมู่ที่ 3 ตำบล{bare} {place}</p><p>(ลงชื่อ) {mayor}</p>",
        "in full": f"<p>เพื่อให้{agency.name} จังหวัด{agency.province} ปฏิบัติงานด้วยความโปร่งใส</p>",
    }[beside]
    return f"<html><body><p>{TITLE}</p><p>{printed}</p>{TABLE}{elsewhere}</body></html>"


def read(code: Path, texts: list[str]) -> list[dict]:
    """What `etl read --json` of the code in a folder says of these reports, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(texts):
            (Path(folder) / f"{at:04d}.html").write_text(text, encoding="utf-8")
        files = sorted(map(str, Path(folder).iterdir()))
        done = subprocess.run([sys.executable, "-m", "etl", "read", "--json", *files], cwd=code, capture_output=True, text=True)
    said = {one["source"]["file"]: one for one in json.loads(done.stdout)}
    return [said[Path(file).name] for file in files]


def main() -> None:
    """Prints both measures, of this code and of an older one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path)
    parser.add_argument("--seed", type=int, default=2566)
    given, _ = parser.parse_known_args()
    names = printed_names(load_registry().local, NAMES, given.seed)
    for code, folder in (("this code", ROOT), ("the older code", given.base)):
        if folder is None:
            continue
        found = read(folder, [document(one, beside) for beside in MEASURES for one in names])
        for at, beside in enumerate(MEASURES):
            right = wrong = said = 0
            for one, report in zip(names, found[at * NAMES : (at + 1) * NAMES], strict=True):
                got = [report["source"][part] for part in ("agency", "district", "province")]
                sought = [one.agency.name, one.agency.district, one.agency.province]
                right += got == sought
                wrong += any(part not in (None, its) for part, its in zip(got, sought, strict=True))
                told = " ".join(each["message"] for each in report["findings"])
                said += got != sought and " ".join(filter(None, sought)) in told
            share = f"{right} right ({100 * right / NAMES:.1f} %)"
            row(f"{NAMES} names {beside}: {code}", f"{share}, {NAMES - right - wrong} left open (said: {said}), {wrong} taken for another")


if __name__ == "__main__":
    main()
