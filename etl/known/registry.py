"""The registry of agencies (data/agencies.csv) and of places (provinces.csv, districts.csv), and names matched with it.

A name is matched by its exact name or alias first, then by distance within its type and province. Names repeat (in Buri Ram
three องค์การบริหารส่วนตำบลชุมแสง differ by district only), so a match that the place does not settle is no match.

Sources of the shipped facts: names, types, districts and provinces from the list of local governments of 2560 (one of its rows, of
Mueang Narathiwat, stands under Yala and was corrected by its code); the other agencies as their scores were published; province
codes of TIS 1099; the six regions of the National Geographic Committee. All 878 districts had a local government in 2560.
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from etl.findings import finding
from etl.formats.document import Unreadable
from etl.formats.encoding import decode
from etl.known.agency_types import STANDS_ALONE, agency_types, in_full, type_of
from etl.messages import message
from etl.printed.thai import unwrapped
from etl.reading import Finding

DATA = Path(__file__).resolve().parents[2] / "data"

MUNICIPAL_TYPES = {each.begins: each.short for each in agency_types() if each.local}
COLUMNS = ("agency_id", "name", "agency_type", "district", "province", "region", "aliases", "web_domain")
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# OCR parts long words by spaces and takes letters for their like; abbreviations come with and without their dot ("อบต ชุมแสง").
_TAMBON = r"[ตดค][ำา][บปน]ล"
_SUAN = r"[สล][่้]?วน"
TYPE_PATTERN = (
    rf"เ[ทห][ศสค][บป]าล\s{{0,2}}(?:{_TAMBON}|เม[ืี]อง|นคร)"
    rf"|[อฮ]ง[คด][์็่]?การ\s{{0,2}}[บป]ริ[หท]าร\s{{0,2}}{_SUAN}\s{{0,2}}(?:{_TAMBON}|จ[ังั]{{1,2}}หวัด)"
    rf"|{STANDS_ALONE}(?:ทต\s?\.|ทม\s?\.|ทน\s?\.|อบต\s?\.?|อบจ\s?\.?)"
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


@dataclass(frozen=True, slots=True)
class Match:
    """`agency` is None where nothing matches or several do. `basis`: exact, distance, ambiguous, none.

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
    return re.sub(r"[\s\u200b\ufeff]+", "", text.translate(_DIGITS)).lower()


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


def names_agency(text: str) -> bool:
    """Whether a cell holds the name of an agency of any type, and nothing more."""
    return typed_name(text)[0] is not None or type_of(text) is not None


@dataclass
class Registry:
    agencies: tuple[Agency, ...] = ()
    provinces: dict[str, str] = field(default_factory=dict)  # name in Thai -> region
    districts: dict[str, frozenset[str]] = field(default_factory=dict)  # province -> its districts
    findings: tuple[Finding, ...] = ()
    province_rows: tuple[dict[str, str], ...] = ()  # province_code, name_th, name_en, region

    def __post_init__(self):
        self.by_name: dict[str, list[Agency]] = defaultdict(list)
        self.by_domain: dict[str, Agency] = {}
        self._by_type: dict[tuple[str | None, str | None], list[tuple[str, Agency]]] = defaultdict(list)
        for agency in self.agencies:
            for name in {name_key(full_name(name)) for name in (agency.name, *agency.aliases)}:
                self.by_name[name].append(agency)
            if agency.web_domain:
                self.by_domain[agency.web_domain] = agency
            kind, bare = typed_name(agency.name)
            self._by_type[kind, agency.province].append((name_key(bare), agency))

    def match(self, name: str, district: str | None = None, province: str | None = None) -> Match:
        """The registry's agency of this printed name; see `matches`."""
        if not district:
            name, district = name_and_district(name)
        exact = self.by_name.get(name_key(full_name(name)), [])
        here = [agency for agency in exact if not province or not agency.province or agency.province == province]
        if district and any(agency.district for agency in here):
            # A district that the province does not have is misread and decides nothing.
            in_district = [agency for agency in here if same_district(agency.district, district, agency.province)]
            if in_district or self.is_district(district, province or here[0].province):
                here = in_district
        if len(here) == 1:
            return Match(here[0], "exact", 0, tuple(here))
        if here:
            return Match(None, "ambiguous", 0, tuple(here))
        if exact or not province:
            return Match(None, "none", 0, tuple(exact))
        return self._nearest(name, district, province)

    def matches(self, names: Iterable[tuple[str, str | None, str | None]]) -> list[Match]:
        """A match for each (name, district, province) as printed; equal triples are looked up once.

        By exact name or alias (in its province and district where these are printed), else by distance within type and
        province. A name of the same sheet that is itself in the registry is never taken for the misreading of another.
        """
        known: dict[tuple, Match] = {}
        names = list(names)
        for triple in names:
            if triple not in known:
                known[triple] = self.match(*triple)
        taken = {match.agency.agency_id for match in known.values() if match.basis == "exact"}
        for triple, match in known.items():
            if match.basis == "distance" and match.agency.agency_id in taken:
                known[triple] = Match(None, "none", match.distance, match.nearest)
        return [known[triple] for triple in names]

    def _nearest(self, name: str, district: str | None, province: str) -> Match:
        kind, bare = typed_name(name)
        bare = name_key(bare)
        most = letters_that_may_differ(bare)
        near = []
        for other, agency in self._by_type.get((kind, province), []) if kind else []:
            distance = Levenshtein.distance(bare, other, score_cutoff=most)
            if distance <= most:
                elsewhere = bool(district and agency.district and not same_district(agency.district, district, province))
                near.append((elsewhere, misreading_cost(bare, other), distance, agency.agency_id, agency))
        near.sort(key=lambda entry: entry[:4])
        if not near:
            return Match(None, "none")
        best = near[0]
        nearest = tuple(entry[4] for entry in near)
        elsewhere, cost, distance = best[:3]
        if elsewhere and self.is_district(district, province):
            return Match(None, "none", distance, nearest)
        # A second that costs almost as much could as well be the one: never chosen silently.
        if len(near) > 1 and near[1][0] == elsewhere and near[1][1] - cost < 0.5:
            return Match(None, "ambiguous", distance, nearest)
        return Match(best[4], "distance", distance, nearest)

    def is_district(self, district: str | None, province: str | None) -> bool:
        """Whether the province has a district of this name (อำเภอเมือง is that of the province's own name)."""
        return any(same_district(name, district, province) for name in self.districts.get(province or "", ()))

    def province_of(self, printed: str | None) -> str | None:
        """The province of this printed name, exactly or with at most two letters misread and no second as near."""
        printed = bare_place(printed)
        if not printed:
            return None
        if printed in self.provinces:
            return printed
        if len(printed) < 3:
            return None
        return _nearest_of(printed, self.provinces)

    def district_of(self, printed: str, province: str) -> str | None:
        """The district of this province that a misread name means, as `province_of` does."""
        printed = bare_place(printed)
        return _nearest_of(printed, self.districts.get(province, ())) if len(printed) > 2 else None


_WORD_BEFORE_PLACE = re.compile(r"(?:จังหวัด|จว?\.|อำเภอ|กิ่งอำเภอ|กิ่งอ\.|อ\.|เขต(?=[ก-ฮเ-ไ]))")


def bare_place(printed: str | None) -> str:
    """A province or district without the word for it, as a key; empty where none is printed.

    >>> bare_place("จ. ขอนแก่น"), bare_place("จังหวัดขอนแก่น"), bare_place("จว.ขอนแก่น"), bare_place("กทม.")
    ('ขอนแก่น', 'ขอนแก่น', 'ขอนแก่น', 'กรุงเทพมหานคร')
    """
    key = name_key(printed)
    found = _WORD_BEFORE_PLACE.match(key)
    key = key[found.end() :] if found else key
    return "กรุงเทพมหานคร" if key in ("กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ") else key


def _nearest_of(printed: str, names: Iterable[str]) -> str | None:
    most = letters_that_may_differ(printed)
    near = sorted((misreading_cost(printed, name), name) for name in names if Levenshtein.distance(printed, name) <= most)
    if not near or (len(near) > 1 and near[1][0] - near[0][0] < 0.5):
        return None
    return near[0][1]


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


def load_registry(path: Path = DATA / "agencies.csv") -> Registry:
    """The registry in the CSV at `path`, extended by any "agencies_*.csv" beside it; provinces and districts lie there or are shipped.

    Columns as in `COLUMNS`; aliases are joined by " | ". A row without id or name, with an id used twice, or with a province
    that is none, is left out or kept without its province, with a finding that names file and row. FileNotFoundError: no such file.
    """
    path = Path(path)
    findings: list[Finding] = []
    province_rows = _places(path, "provinces.csv", ("province_code", "name_th", "name_en", "region"), findings)
    provinces = {row["name_th"]: row["region"] for row in province_rows}
    districts: dict[str, set[str]] = defaultdict(set)
    for row in _places(path, "districts.csv", ("province", "name_th"), findings):
        districts[row["province"]].add(row["name_th"])
    agencies: dict[str, Agency] = {}
    rows = []
    for each in (path, *sorted(path.parent.glob("agencies_*.csv"))):
        try:
            rows += [(f"{each.name} row {number}", row) for number, row in _rows(each)]
        except Unreadable as error:
            findings.append(finding("registry_unreadable", each.name, reason=error.said))
    for place, row in rows:
        fault = _fault(row, agencies)
        if fault:
            findings.append(finding(fault, place, raw=",".join(value or "" for value in row.values() if isinstance(value, str))))
            continue
        if row.get("province") and row["province"] not in provinces:
            findings.append(finding("registry_province_unknown", place, raw=row["province"]))
            row["province"] = ""
        agencies[row["agency_id"]] = _agency(row, provinces)
    in_provinces = {name: frozenset(members) for name, members in districts.items()}
    return Registry(tuple(agencies.values()), provinces, in_provinces, tuple(findings), tuple(province_rows))


def _places(registry: Path, name: str, columns: tuple[str, ...], findings: list[Finding]) -> list[dict[str, str]]:
    """The whole rows of a file of places beside the registry; the shipped ones where there is none, or none of it is usable (a finding)."""
    path = registry.with_name(name)
    shipped = DATA / name
    if path.is_file() and path != shipped:
        good = []
        try:
            for number, row in _rows(path):
                if all(row.get(column) for column in columns):
                    good.append({column: row[column] for column in columns})
                else:
                    raw = ",".join(value for value in row.values() if isinstance(value, str))
                    findings.append(finding("place_row_malformed", f"{name} row {number}", raw=raw, columns=", ".join(columns)))
        except Unreadable as error:
            findings.append(finding("registry_unreadable", name, reason=error.said))
        except PermissionError:
            findings.append(finding("registry_unreadable", name, reason=message("no_permission")))
        if good:
            return good
    return [{column: row[column] for column in columns} for _, row in _rows(shipped)]


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """(row of the file, its cells); the headings are row 1. Unreadable: the file is no text, or no CSV."""
    rows = csv.DictReader(io.StringIO(decode(path.read_bytes()), newline=""))
    try:
        for number, row in enumerate(rows, 2):
            yield number, {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
    except csv.Error as error:
        raise Unreadable(str(error), str(error)) from error


def _fault(row: dict, agencies: dict[str, Agency]) -> str | None:
    if None in row or None in row.values():
        return "registry_row_malformed"
    if not _ID.fullmatch(row.get("agency_id") or "") or not row.get("name"):
        return "registry_row_malformed"
    return "registry_id_repeated" if row["agency_id"] in agencies else None


def _agency(row: dict[str, str], provinces: dict[str, str]) -> Agency:
    aliases = tuple(alias.strip() for alias in (row.get("aliases") or "").split("|") if alias.strip())
    return Agency(
        row["agency_id"],
        row["name"],
        row.get("agency_type") or typed_name(row["name"])[0] or type_of(row["name"]),
        row.get("district") or None,
        row.get("province") or None,
        row.get("region") or provinces.get(row.get("province") or ""),
        aliases,
        (row.get("web_domain") or "").lower().removeprefix("www.") or None,
    )
