"""Names of agencies and places as printed -> names that can be compared: types in full, spaces and digits alike, misreadings weighed."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from etl.known.agency_types import STANDS_ALONE, agency_types, in_full, type_of
from etl.printed.thai import arabic, unwrapped

PROVINCES = Path(__file__).resolve().parents[2] / "data" / "provinces.csv"
MUNICIPAL_TYPES = {each.begins: each.short for each in agency_types() if each.local}
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
# OCR parts long words by spaces and takes letters for their like; abbreviations come with and without their dot ("อบต ชุมแสง").
_TAMBON = r"[ตดค][ำา][บปน]ล"
_SUAN = r"[สล][่้]?วน"
TYPE_PATTERN = (
    rf"เ[ทห][ศสค][บป]าล\s{{0,2}}(?:{_TAMBON}|เม[ืี]อง|นคร)"
    rf"|[อฮ]ง[คด][์็่]?การ\s{{0,2}}[บป]ริ[หท]าร\s{{0,2}}{_SUAN}\s{{0,2}}(?:{_TAMBON}|จ[ังั]{{1,2}}หวัด)"
    rf"|(?=[ทอ][ตมนบ]){STANDS_ALONE}(?:ทต\s?\.|ทม\s?\.|ทน\s?\.|อบต\s?\.?|อบจ\s?\.?)"
)
_TYPED = re.compile(rf"\s*({TYPE_PATTERN})\s*(.*)", re.DOTALL)
_DISTRICT_IN_NAME = re.compile(r"(.*?)[\s(]+(?:อำเภอ|อ\.)\s*([ก-๙]+)\)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Agency:
    agency_id: str
    name: str
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    web_domain: str | None = None
    code: str | None = None  # of the Department of Local Administration
    lat: float | None = None
    lon: float | None = None
    km2: float | None = None
    size: str | None = None  # S, M or L
    listed: int | None = None  # year of the last list of local governments that has it
    districts_before: tuple[str, ...] = ()

    def is_in(self, district: str | None) -> bool:
        """Whether it stands, or once stood, in the district that is printed so."""
        return any(same_district(name, district, self.province) for name in (self.district, *self.districts_before))


@dataclass(frozen=True, slots=True)
class Match:
    """`agency` is None where nothing matches or several do. `basis`: exact, distance, changed (another type), ambiguous, none.

    `nearest`: the agencies that came into question, best first. `distance`: letters that differ.
    """

    agency: Agency | None
    basis: str
    distance: int = 0
    nearest: tuple[Agency, ...] = ()


@lru_cache(maxsize=50_000)
def name_key(text: str | None) -> str:
    """A name for comparison: NFC, sara am whole, Arabic digits, no spaces, lower case.

    >>> name_key("เทศบาลตำบล บ้านเดื่อ")
    'เทศบาลตำบลบ้านเดื่อ'
    """
    text = unicodedata.normalize("NFC", text or "").replace("\u0e4d\u0e32", "\u0e33")
    return _SPACES.sub("", arabic(text)).lower()


@lru_cache(maxsize=10_000)
def typed_name(text: str | None) -> tuple[str | None, str]:
    """The agency type and the bare name; abbreviations in full. The type is None where none is printed.

    >>> typed_name("ทต. พะโต๊ะ")
    ('เทศบาลตำบล', 'พะโต๊ะ')
    >>> typed_name("กรมที่ดิน")
    (None, 'กรมที่ดิน')
    """
    text = unwrapped(text or "")
    found = _TYPED.fullmatch(text)
    if not found or not found[2]:
        return None, text
    printed = re.sub(r"[\s.]", "", found[1])
    full = next((name for name, short in MUNICIPAL_TYPES.items() if printed == name or printed in short), None)
    # The pattern lets misread types through: each is nearest to the one it was.
    return full or max(MUNICIPAL_TYPES, key=lambda name: Levenshtein.normalized_similarity(name, printed)), found[2].strip()


def name_and_district(text: str) -> tuple[str, str | None]:
    """A name that ends in its district, as `etl.scores.checks` writes namesakes, in two.

    >>> name_and_district("องค์การบริหารส่วนตำบลชุมแสง อำเภอสตึก")
    ('องค์การบริหารส่วนตำบลชุมแสง', 'สตึก')
    """
    found = _DISTRICT_IN_NAME.fullmatch(text or "")
    return (found[1], found[2]) if found else (text, None)


def full_name(text: str | None) -> str:
    """A name as printed with its type in full, its spaces tidied.

    >>> full_name("อบต. ชุมแสง")
    'องค์การบริหารส่วนตำบลชุมแสง'
    """
    kind, bare = typed_name(text)
    return f"{kind}{bare}" if kind else in_full(bare)


MOST_LISTED = 5


def listed(agencies: Sequence[Agency]) -> str:
    """Agencies with their places, for a sentence; of more than five the first five and how many more there are."""
    said = [" ".join(filter(None, (agency.name, agency.district, agency.province))) for agency in agencies[:MOST_LISTED]]
    return ", ".join(said) + (f" + {len(agencies) - MOST_LISTED}" if len(agencies) > MOST_LISTED else "")


def names_agency(text: str) -> bool:
    """Whether a cell holds the name of an agency of any type, and nothing more."""
    return typed_name(text)[0] is not None or type_of(text) is not None


_WORD_BEFORE_PLACE = re.compile(r"(?:จังหวัด|จว?\.|อำเภอ|กิ่งอำเภอ|กิ่งอ\.|อ\.|เขต(?=[ก-ฮเ-ไ]))")


@cache
def _in_thai() -> dict[str, str]:
    """English name of a province as a key -> its Thai name."""
    with open(PROVINCES, encoding="utf-8-sig", newline="") as handle:
        return {name_key(row["name_en"]): row["name_th"] for row in csv.DictReader(handle)}


def bare_place(printed: str | None) -> str:
    """A province or district without the word for it, as a key, a province in Thai; empty where none is printed.

    >>> bare_place("Khon Kaen"), bare_place("Chonburi Province")
    ('ขอนแก่น', 'ชลบุรี')
    >>> bare_place("จ. ขอนแก่น"), bare_place("จังหวัดขอนแก่น"), bare_place("จว.ขอนแก่น"), bare_place("กทม.")
    ('ขอนแก่น', 'ขอนแก่น', 'ขอนแก่น', 'กรุงเทพมหานคร')
    """
    key = name_key(printed)
    found = _WORD_BEFORE_PLACE.match(key)
    key = key[found.end() :] if found else key
    if key.isascii():
        return _in_thai().get(key.removeprefix("changwat").removesuffix("province"), key)
    return "กรุงเทพมหานคร" if key in ("กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ") else key


def same_district(name: str | None, printed: str | None, province: str | None) -> bool:
    """
    >>> same_district("เมืองหนองคาย", "เมือง", "หนองคาย"), same_district("สตึก", "นางรอง", "บุรีรัมย์")
    (True, False)
    """
    a, b = bare_place(name), bare_place(printed)
    return bool(a) and (a == b or (b == "เมือง" and a == f"เมือง{province}"))


def letters_that_may_differ(name: str) -> int:
    """Two letters, but one of a name of up to four letters: more would make another name of it."""
    return 2 if len(name) > 4 else 1


# What scans take for one another: letters of like shape, and the small marks above and below.
_LOOK_ALIKE = ("ดตคศ", "าำ", "บปษ", "ผฝ", "พฟฬ", "ชซขฃ", "ถภกฤฦ", "มนฆ", "ลสอฮ", "วงจร", "ฎฏ", "ทหฑ", "เแ", "ใไโ", "ยผ", "ญณฌ", "ธร", "ฐรธ")
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_ALIKE = frozenset((a, b) for group in _LOOK_ALIKE for a in group for b in group if a != b)


def misreading_cost(read: str, meant: str) -> float:
    """Edit distance where a likely misreading (a look-alike letter, a small mark) costs 0.4 and any other letter 1."""
    above = [0.0]
    for letter in meant:
        above.append(above[-1] + (0.4 if letter in _MARKS else 1))
    for a in read:
        drop = 0.4 if a in _MARKS else 1
        row = [above[0] + drop]
        for at, b in enumerate(meant, 1):
            change = 0 if a == b else 0.4 if (a, b) in _ALIKE or (a in _MARKS and b in _MARKS) else 1
            row.append(min(above[at - 1] + change, above[at] + drop, row[-1] + (0.4 if b in _MARKS else 1)))
        above = row
    return round(above[-1], 6)
