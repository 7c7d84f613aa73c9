"""Every local government of the country (data/local_governments.csv), found by name: its own, its former ones, with and without type.

Sources: the Department of Local Administration's list of 2566 (open data, by way of github.com/flukelaster/SIAHRA, MIT) and the list
of 2560 for sizes, former names and types. Areas below 0.05 or above 2,500 sq km (provinces: 25,000) and places more than 15 km outside
their province (pages/parts/figures/provinces.geojson) are misprints of that list and left empty. Columns: `agency_id` stays through a
change of type or name; `code` is the department's of `last_listed` (2566 where empty); `type` abbreviated, empty for Bangkok and Pattaya;
`name` without type; `place` the district's code, or the province's; `size_2560` S, M or L; `before` the former type and name, or the former
district's code, with the year of the list that has it.

Only names are looked at when it is loaded, and agencies are made when they are asked for: every start of the reader pays for this file.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl.formats.encoding import decode
from etl.known.agency_types import agency_types
from etl.known.names import Agency, full_name, name_key, typed_name

LAST_LIST = 2566
SPECIAL = "องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ"
COLUMNS = ("agency_id", "code", "type", "name", "place", "lat", "lon", "km2", "size_2560", "before", "last_listed", "aliases", "web_domain")
_TYPES = {short: each.begins for each in agency_types() if each.local for short in each.short}
_BEFORE = re.compile(r"(\d{4}) (.+)")


@dataclass(frozen=True, slots=True)
class Place:
    province: str
    district: str | None
    region: str | None


def bare_key(bare: str) -> str:
    """A name without its type for comparison: hyphens are printed or not."""
    return name_key(bare).replace("-", "").replace("–", "")


class LocalGovernments:
    """The rows of the file at `path` (none where there is no file); `places` by code of district or province."""

    def __init__(self, path: Path | None = None, places: Mapping[str, Place] | None = None):
        self.path, self.places = path, places or {}
        self._agencies: dict[int, Agency] = {}

    @cached_property
    def rows(self) -> list[list[str]]:
        """The rows that have every column."""
        if self.path is None or not self.path.is_file():
            return []
        rows = csv.reader(io.StringIO(decode(self.path.read_bytes()), newline=""))
        next(rows, None)
        return [row for row in rows if len(row) == len(COLUMNS)]

    @cached_property
    def _names(self) -> dict[tuple[str | None, str], list[int]]:
        """(type or None, name without it) -> rows; also under former names and aliases."""
        found: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        if not self.rows:
            return found
        keys = bare_key("\0".join(row[3] for row in self.rows)).split("\0")  # at once: every start of the reader waits for it
        for at, (key, (_, _, short, _, _, _, _, _, _, before, _, aliases, _)) in enumerate(zip(keys, self.rows, strict=True)):
            found[_TYPES.get(short), key].append(at)
            for each in (*_former(before), *_parts(aliases)) if before or aliases else ():
                kind, bare = typed_name(each)
                if at not in found[kind, bare_key(bare)]:
                    found[kind, bare_key(bare)].append(at)
        return found

    @cached_property
    def _of_province(self) -> dict[str, list[tuple[str | None, str, int]]]:
        found: dict[str, list[tuple[str | None, str, int]]] = defaultdict(list)
        for (kind, bare), rows in self._names.items():
            for at in rows:
                found[self.rows[at][4][:2]].append((kind, bare, at))
        return found

    @cached_property
    def _province_codes(self) -> dict[str, str]:
        return {place.province: code[:2] for code, place in self.places.items()}

    def named(self, kind: str | None, bare: str) -> list[Agency]:
        """The local governments of this type and name, now or formerly; `kind` None: of a name that has no type ("เมืองพัทยา")."""
        return [self.agency(at) for at in self._names.get((kind, bare_key(bare)), ())]

    def names(self, province: str | None = None) -> Iterable[tuple[str | None, str, int]]:
        """(type, name without it as a key, row) of every name, of a province or of the country."""
        if province:
            return self._of_province.get(self._province_codes.get(province, ""), ())
        return ((kind, bare, at) for (kind, bare), rows in self._names.items() for at in rows)

    def with_domain(self) -> list[Agency]:
        """Those whose web site is known."""
        return [self.agency(at) for at, row in enumerate(self.rows) if row[-1]]

    def agency(self, at: int) -> Agency:
        """The local government in this row."""
        if at not in self._agencies:
            agency_id, code, short, name, place, lat, lon, km2, size, before, last, aliases, domain = self.rows[at]
            where = self.places.get(place) or self.places.get(place[:2]) or Place("", None, None)
            kind = _TYPES.get(short)
            self._agencies[at] = Agency(
                agency_id,
                (kind or "") + name,
                kind or SPECIAL,
                where.district,
                where.province or None,
                where.region,
                tuple(dict.fromkeys((*_parts(aliases), *_former(before)))),
                domain or None,
                code or None,
                float(lat) if lat else None,
                float(lon) if lon else None,
                float(km2) if km2 else None,
                size or None,
                int(last) if last else LAST_LIST,
                tuple(found.district for found in map(self.places.get, _former_places(before)) if found and found.district),
            )
        return self._agencies[at]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterable[Agency]:
        return map(self.agency, range(len(self.rows)))


def _former(before: str) -> list[str]:
    """Former names in full: "2560 อบต.แพรกษา" -> ["องค์การบริหารส่วนตำบลแพรกษา"]."""
    return [full_name(found[2]) for part in _parts(before) if (found := _BEFORE.fullmatch(part)) and not found[2].isdigit()]


def _former_places(before: str) -> list[str]:
    """Codes of the districts in which it stood: "2560 4016" -> ["4016"]."""
    return [found[2] for part in _parts(before) if (found := _BEFORE.fullmatch(part)) and found[2].isdigit()]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
