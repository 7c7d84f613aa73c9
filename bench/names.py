"""Whose report it is: of 500 local governments at random, each printed one way that reports print names, how many are found and how many
are taken for another; `--base FOLDER`: an older checkout reads the same in the same run.

Two measures. Harsh: the name stands alone, as in a cell of a sheet, without type or without any place; where several bear it, the right
answer is to say so. As in reports: a document whose title prints the name that way, and whose text has what reports have elsewhere: the
office with its address, or the agency once more with its type. What is left open has no agency or no place: several bear the name.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import row
from etl.known.names import bare_place
from etl.known.registry import load_registry
from etl.sample.printed_names import Printed, printed_names

NAMES = 500
ROOT = Path(__file__).resolve().parents[1]
TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567"


def document(one: Printed, chance: random.Random | None) -> str:
    """A report whose title prints the name so; elsewhere nothing (`chance` None), the address of the office, or the agency in full in its
    province."""
    agency, name = one.agency, one.name
    district, province = bare_place(one.district), bare_place(one.province)
    bare = agency.name.removeprefix(agency.agency_type)
    printed = " ".join(filter(None, [name, district and f"อำเภอ{district}", province and f"จังหวัด{province}"]))
    if chance is None:
        return f"{TITLE}\n{printed}\n\n1. มาตรการเผยแพร่ข้อมูลสาธารณะ ผู้รับผิดชอบ สำนักปลัด\n"
    office = f"ที่ทำการ{agency.name} หมู่ที่ 3 ตำบล{bare} อำเภอ{agency.district} จังหวัด{agency.province}"
    again = f"เพื่อให้{agency.name} จังหวัด{agency.province} ปฏิบัติงานด้วยความโปร่งใส"
    elsewhere = office if agency.district and chance.random() < 0.5 else again
    return f"{TITLE}\n{printed}\n\n1. มาตรการเผยแพร่ข้อมูลสาธารณะ ผู้รับผิดชอบ สำนักปลัด\n\n{elsewhere}\n"


def read(code: Path, texts: list[str]) -> list[dict]:
    """What `etl read --json` of the code in a folder says of these reports, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(texts):
            (Path(folder) / f"{at:04d}.txt").write_text(text, encoding="utf-8")
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
    chance = random.Random(given.seed)
    names = printed_names(load_registry().local, NAMES, given.seed)
    alone = [document(one, None) for one in names]
    whole = [document(one, chance) for one in names]
    for code, folder in (("this code", ROOT), ("the older code", given.base)):
        if folder is None:
            continue
        found = read(folder, alone + whole)
        for what, said in (("alone", found[:NAMES]), ("in a report", found[NAMES:])):
            right = wrong = 0
            for one, document_read in zip(names, said, strict=True):
                got = [document_read["source"][part] for part in ("agency", "district", "province")]
                sought = [one.agency.name, one.agency.district, one.agency.province]
                right += got == sought
                wrong += any(part not in (None, its) for part, its in zip(got, sought, strict=True))
            share = f"{right} right ({100 * right / NAMES:.1f} %)"
            row(f"{NAMES} names {what}: {code}", f"{share}, {NAMES - right - wrong} left open, {wrong} taken for another")


if __name__ == "__main__":
    main()
