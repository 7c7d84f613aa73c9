"""Names of local governments as reports and sheets print them: made of the register, one thing abbreviated, lost or misread at a time."""

import random
from dataclasses import dataclass

SHORT = {"เทศบาลตำบล": "ทต.", "เทศบาลเมือง": "ทม.", "เทศบาลนคร": "ทน.", "องค์การบริหารส่วนตำบล": "อบต.", "องค์การบริหารส่วนจังหวัด": "อบจ."}
WAYS = ("full", "short", "short with a space", "no type", "a letter misread", "no district", "no province", "no place", "words for places")
LIKE = ("ดตค", "บป", "ผฝ", "พฟ", "ชซ", "ถภ", "มน", "ลสอ", "จร", "ทห", "ใไ", "ญณ")
MARKS = "\u0e34\u0e35\u0e37\u0e47\u0e48\u0e49"


@dataclass(frozen=True)
class Printed:
    """What stands in a report, and whose name it is."""

    agency: object
    way: str
    name: str
    district: str | None
    province: str | None


def printed_names(agencies, count: int, seed: int) -> list[Printed]:
    """`count` agencies at random, each printed one of `WAYS`, in turn."""
    chance = random.Random(seed)
    chosen = chance.sample([agency for agency in agencies if agency.agency_type in SHORT and agency.listed == 2566], count)
    return [_printed(agency, WAYS[at % len(WAYS)], chance) for at, agency in enumerate(chosen)]


def _printed(agency, way: str, chance: random.Random) -> Printed:
    kind, bare = agency.agency_type, agency.name.removeprefix(agency.agency_type)
    name, district, province = agency.name, agency.district, agency.province
    if way == "short":
        name = SHORT[kind] + bare
    elif way == "short with a space":
        name = f"{SHORT[kind][:-1]} . {bare}" if chance.random() < 0.2 else f"{SHORT[kind]} {bare}"
    elif way == "no type":
        name = bare
    elif way == "a letter misread":
        name = kind + _misread(bare, chance)
    elif way == "no district":
        district = None
    elif way == "no province":
        province = None
    elif way == "no place":
        district = province = None
    elif way == "words for places":
        district, province = district and f"อ.{district}", f"จ.{province}"
    return Printed(agency, way, name, district, province)


def _misread(name: str, chance: random.Random) -> str:
    """A name with one letter taken for one of like shape, or one mark lost or taken for another, as scans do."""
    at = [each for each, letter in enumerate(name) if letter in MARKS or any(letter in group for group in LIKE)]
    if not at:
        return name + "\u0e48"
    here = chance.choice(at)
    if name[here] in MARKS:
        other = chance.choice(["", *MARKS.replace(name[here], "")])
    else:
        other = chance.choice(next(group for group in LIKE if name[here] in group).replace(name[here], ""))
    return name[:here] + other + name[here + 1 :]
