"""The registry of agencies (data/agencies.csv) and of places (provinces.csv, districts.csv), and names matched with it.

A name is matched by its exact name or alias first, then by distance within its type and province. Names repeat (in Buri Ram
three องค์การบริหารส่วนตำบลชุมแสง differ by district only), so a match that the place does not settle is no match.

Local governments stand in data/local_governments.csv (etl/known/local_governments.py). Sources of the other shipped facts: agencies as
their scores were published; districts from the list of local governments of 2560 (one of its rows, of Mueang Narathiwat, stands under
Yala and was corrected by its code); province codes of TIS 1099; the six regions of the National Geographic Committee.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from etl.findings import finding
from etl.formats.document import Unreadable
from etl.formats.encoding import decode
from etl.known.agency_types import MUNICIPALITY, type_of
from etl.known.local_governments import LocalGovernments, Place, bare_key
from etl.known.names import (
    Agency,
    Match,
    bare_place,
    full_name,
    letters_that_may_differ,
    misreading_cost,
    name_and_district,
    name_key,
    same_district,
    typed_name,
)
from etl.messages import message
from etl.reading import Finding

DATA = Path(__file__).resolve().parents[2] / "data"

COLUMNS = ("agency_id", "name", "agency_type", "district", "province", "region", "aliases", "web_domain")
LISTED = "local_governments.csv"
EXTRA = "agencies_*.csv"
FILES = ("agencies.csv", "provinces.csv", "districts.csv", LISTED)  # in the data folder; what is not there is the shipped one
PROVINCIAL = "องค์การบริหารส่วนจังหวัด"
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass
class Registry:
    """The agencies of agencies.csv and every local government; a row of agencies.csv goes before the same agency of the other list."""

    agencies: tuple[Agency, ...] = ()
    provinces: dict[str, str] = field(default_factory=dict)  # name in Thai -> region
    districts: dict[str, frozenset[str]] = field(default_factory=dict)  # province -> its districts
    findings: tuple[Finding, ...] = ()
    province_rows: tuple[dict[str, str], ...] = ()  # province_code, name_th, name_en, region
    local: LocalGovernments = field(default_factory=LocalGovernments)

    def __post_init__(self):
        self._own: dict[str, list[Agency]] = defaultdict(list)
        self._own_of_province: dict[str | None, list[tuple[str | None, str, Agency]]] = defaultdict(list)
        self._ids = {agency.agency_id for agency in self.agencies}
        self._named: dict[str, tuple[Agency, ...]] = {}
        for agency in self.agencies:
            for name in {name_key(full_name(name)) for name in (agency.name, *agency.aliases)}:
                self._own[name].append(agency)
            kind, bare = typed_name(agency.name)
            self._own_of_province[agency.province].append((kind, bare_key(bare), agency))

    def named(self, name: str) -> tuple[Agency, ...]:
        """Every agency that has or had exactly this name, or has it for an alias, wherever it is."""
        key = name_key(name)
        if key not in self._named:
            text = full_name(name)
            own = self._own.get(name_key(text), ())
            listed = self.local.named(*typed_name(text))
            self._named[key] = (*own, *(agency for agency in listed if not self._is_own(agency)))
        return self._named[key]

    def of_domain(self, host: str) -> Agency | None:
        """The agency whose web site this is."""
        return self._domains.get(host)

    @cached_property
    def _domains(self) -> dict[str, Agency]:
        known = {agency.web_domain: agency for agency in self.local.with_domain() if not self._is_own(agency)}
        return known | {agency.web_domain: agency for agency in self.agencies if agency.web_domain}

    def _is_own(self, listed: Agency) -> bool:
        """Whether agencies.csv has this local government: under its id, or under its name and no other place."""
        if not self.agencies or listed.agency_id in self._ids:
            return bool(self.agencies)
        return any(
            (own.province in (None, listed.province)) and (own.district is None or own.district == listed.district)
            for own in self._own.get(name_key(listed.name), ())
        )

    def match(self, name: str, district: str | None = None, province: str | None = None, agency_type: str | None = None) -> Match:
        """The registry's agency of this printed name; see `matches`."""
        if not district:
            name, district = name_and_district(name)
        if agency_type and typed_name(name)[0] is None and typed_name(agency_type + "ก")[0] and not self.named(name):
            name = agency_type + name
        meant = self.province_of(province) or province
        exact = self.named(name)
        here = [agency for agency in exact if not meant or not agency.province or agency.province == meant]
        if district and any(agency.district for agency in here):
            # A district that the province does not have is misread and decides nothing.
            in_district = [agency for agency in here if agency.is_in(district)]
            if in_district or self.is_district(district, meant or here[0].province):
                here = in_district
        if len(here) == 1:
            return Match(here[0], "exact" if meant == (province and bare_place(province)) else "distance", 0, tuple(here))
        if here:
            return Match(None, "ambiguous", 0, tuple(here))
        near = self._nearest(name, district, meant)
        return Match(None, "none", 0, exact) if near.basis == "none" and exact else near

    def matches(self, names: Iterable[tuple[str | None, ...]]) -> list[Match]:
        """A match for each (name, district, province, agency type) as printed; equal ones are looked up once.

        By exact name, former name or alias (in its province and district where these are printed), else by distance within type and
        province, else by the name alone where the type is missing, or has changed. A name of the same sheet that is itself in the
        registry is never taken for the misreading of another.
        """
        known: dict[tuple, Match] = {}
        names = list(names)
        for each in names:
            if each not in known:
                known[each] = self.match(*each)
        taken = {match.agency.agency_id for match in known.values() if match.basis == "exact"}
        for each, match in known.items():
            if match.basis == "distance" and match.distance and match.agency.agency_id in taken:
                known[each] = Match(None, "none", match.distance, match.nearest)
        return [known[each] for each in names]

    def _nearest(self, name: str, district: str | None, province: str | None) -> Match:
        kind, bare = typed_name(name)
        any_municipality = kind is None and bare.startswith(MUNICIPALITY)
        bare = bare_key(bare.removeprefix(MUNICIPALITY) if any_municipality else bare)
        places = [province] if province else [each for each in self.districts if district and self.is_district(district, each)]
        if not kind and (not places or type_of(name) or len(bare) < 2):
            return Match(None, "none")
        most = letters_that_may_differ(bare) if places else 1
        near: dict[str, tuple] = {}
        for other_kind, other, found in self._names_in(places):
            distance = Levenshtein.distance(bare, other, score_cutoff=most)
            if distance > most or not other_kind:
                continue
            if any_municipality and not other_kind.startswith(MUNICIPALITY):
                continue
            if kind and other_kind != kind and (distance or PROVINCIAL in (kind, other_kind)):
                continue  # another type is believed of the same name only: an office became a municipality
            agency = found if isinstance(found, Agency) else self.local.agency(found)
            if not isinstance(found, Agency) and self._is_own(agency):
                continue
            elsewhere = bool(district and agency.district and not agency.is_in(district))
            cost = misreading_cost(bare, other) + (kind is not None and other_kind != kind)
            entry = (elsewhere, cost, distance, agency.agency_id, agency)
            near[agency.agency_id] = min(entry, near.get(agency.agency_id, entry), key=lambda each: each[:4])
        ranked = _ranked(near.values(), kind)
        if not ranked:
            return Match(None, "none")
        nearest = tuple(entry[4] for entry in ranked)
        elsewhere, cost, distance, _, best = ranked[0]
        if elsewhere and self.is_district(district, best.province):
            return Match(None, "none", distance, nearest)
        # A second that costs almost as much could as well be the one: never chosen silently.
        if len(ranked) > 1 and ranked[1][0] == elsewhere and ranked[1][1] - cost < 0.5:
            return Match(None, "ambiguous", distance, nearest)
        return Match(best, "changed" if cost >= 1 and not distance else "distance", distance, nearest)

    def _names_in(self, provinces: list[str]) -> Iterable[tuple[str | None, str, Agency | int]]:
        """(type, name without it as a key, agency or row of the list) in these provinces; in the country where there are none."""
        for province in provinces or self._own_of_province:
            yield from self._own_of_province.get(province, ())
        for province in provinces or [None]:
            yield from self.local.names(province)

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
        """The district of this province that a printed name means, misread or not, as `province_of` does."""
        exact = [name for name in self.districts.get(province, ()) if same_district(name, printed, province)]
        if exact:
            return exact[0]
        printed = bare_place(printed)
        return _nearest_of(printed, self.districts.get(province, ())) if len(printed) > 2 else None


def _ranked(near: Iterable[tuple], kind: str | None) -> list[tuple]:
    """The agencies that came near (elsewhere, cost, distance, id, agency), best first; of a name without type that is printed to the letter
    as some there are named, these only."""
    ranked = sorted(near, key=lambda entry: entry[:4])
    to_the_letter = [entry for entry in ranked if not entry[0] and not entry[2]]
    return ranked if kind or not to_the_letter else to_the_letter


def _nearest_of(printed: str, names: Iterable[str]) -> str | None:
    most = letters_that_may_differ(printed)
    near = sorted((misreading_cost(printed, name), name) for name in names if Levenshtein.distance(printed, name) <= most)
    if not near or (len(near) > 1 and near[1][0] - near[0][0] < 0.5):
        return None
    return near[0][1]


def load_registry(path: Path = DATA / "agencies.csv", folder: Path | None = None) -> Registry:
    """The registry in the CSV at `path`, extended by any "agencies_*.csv" in `folder` (by default beside it); provinces and districts lie
    there or are shipped.

    Columns as in `COLUMNS`; aliases are joined by " | ". A row without id or name, with an id used twice, or with a province
    that is none, is left out or kept without its province, with a finding that names file and row. FileNotFoundError: no such file.
    """
    path, folder = Path(path), folder or Path(path).parent
    findings: list[Finding] = []
    columns = ("province_code", "name_th", "name_en", "region")
    province_rows = [{column: row[column] for column in columns} for row in _places(folder, "provinces.csv", columns, findings)]
    provinces = {row["name_th"]: row["region"] for row in province_rows}
    districts: dict[str, set[str]] = defaultdict(set)
    places = {row["province_code"]: Place(row["name_th"], None, row["region"]) for row in province_rows}
    for row in _places(folder, "districts.csv", ("province", "name_th"), findings):
        districts[row["province"]].add(row["name_th"])
        places[row.get("district_code") or ""] = Place(row["province"], row["name_th"], provinces.get(row["province"]))
    agencies: dict[str, Agency] = {}
    rows = []
    for each in (path, *sorted(extra for extra in folder.glob(EXTRA) if extra.is_file())):
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
    local = LocalGovernments(_listed(folder, findings), places)
    return Registry(tuple(agencies.values()), provinces, in_provinces, tuple(findings), tuple(province_rows), local)


def _listed(folder: Path, findings: list[Finding]) -> Path:
    """The data folder's own list of local governments where it can be read, else the shipped one (with a finding)."""
    own, shipped = folder / LISTED, DATA / LISTED
    if own.is_file() and own != shipped:
        try:
            next(iter(_rows(own)), None)
            return own
        except Unreadable as error:
            findings.append(finding("registry_unreadable", LISTED, reason=error.said))
    return shipped


def _places(folder: Path, name: str, columns: tuple[str, ...], findings: list[Finding]) -> list[dict[str, str]]:
    """The whole rows of a file of places in the data folder; the shipped ones where there is none, or none of it is usable (a finding)."""
    path = folder / name
    shipped = DATA / name
    if path.is_file() and path != shipped:
        good = []
        try:
            for number, row in _rows(path):
                if all(row.get(column) for column in columns):
                    good.append(row)
                else:
                    raw = ",".join(value for value in row.values() if isinstance(value, str))
                    findings.append(finding("place_row_malformed", f"{name} row {number}", raw=raw, columns=", ".join(columns)))
        except Unreadable as error:
            findings.append(finding("registry_unreadable", name, reason=error.said))
        if good:
            return good
    return [row for _, row in _rows(shipped)]


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """(row of the file, its cells); the headings are row 1. Unreadable: the file cannot be opened, is no text, or no CSV.
    FileNotFoundError: no such file."""
    try:
        rows = csv.DictReader(io.StringIO(decode(path.read_bytes()), newline=""))
        for number, row in enumerate(rows, 2):
            yield number, {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
    except PermissionError:
        raise Unreadable(*message("no_permission")) from None
    except FileNotFoundError:
        raise
    except (csv.Error, OSError) as error:
        raise Unreadable(*message("not_opened", reason=getattr(error, "strerror", None) or error)) from None


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
