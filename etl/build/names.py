"""Every printed name of an agency once: the registry's agency, the average of a province, a row of something else (targets, respondents),
or a new agency with a finding."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.build.facts import insert_agencies
from etl.build.inputs import Inputs, Problem
from etl.build.rows import insert, run_sql
from etl.known import Known
from etl.known.agency_types import type_of
from etl.known.names import Match, bare_place, full_name, listed, name_key, same_district, typed_name
from etl.known.registry import Registry
from etl.scores.headings import Terms
from etl.scores.labels import is_of_no_agency

AVERAGE = re.compile(r"^(?:ภาพรวม|ค่าเฉลี่ย|เฉลี่ย)(?:จังหวัด)?\s*")


@dataclass(frozen=True)
class Printed:
    """A name as printed, its type, and where it says that it is: district and province without the words before them."""

    name_id: int
    name: str
    agency_type: str | None
    district: str | None
    province: str | None

    @property
    def is_average(self) -> bool:
        return AVERAGE.match(self.name) is not None


def resolve_names(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    con.execute("""
        insert into name by name
          select row_number() over (order by all_names) as name_id, agency, agency_type, district, province
          from (
            select distinct agency, agency_type, district, province, row(agency, province, district, agency_type) as all_names
            from (
              select agency, agency_type, district, province from document_agency
              union all by name select agency, agency_type, district, province from read_row
              union all by name select agency, agency_type, district, province from transcript_row where record = 'score'
              union all by name from sheet_name)
            where agency is not null)""")
    printed = con.execute("select name_id, agency, agency_type, district, province from name order by name_id").fetchall()
    names = [Printed(*row[:3], *_place(known.registry, *row[3:])) for row in printed]
    of_agencies = [name for name in names if not name.is_average]
    matches = known.registry.matches((name.name, name.district, name.province, name.agency_type) for name in of_agencies)
    named = [
        {"name_id": name.name_id, "agency_id": None, "average_of": name.province or AVERAGE.sub("", name.name), "basis": "average"}
        for name in names if name.is_average]  # fmt: skip
    unknown, met, terms = [], {}, Terms.of(known)
    for name, match in zip(of_agencies, matches, strict=True):
        if not match.agency and is_of_no_agency(name.name, terms):
            named.append({"name_id": name.name_id, "agency_id": None, "average_of": None, "basis": "none"})
        elif match.agency:
            named.append({"name_id": name.name_id, "agency_id": match.agency.agency_id, "average_of": None, "basis": match.basis})
            met[match.agency.agency_id] = match.agency
        else:
            unknown.append((name, match))
    insert_agencies(con, (met[agency_id] for agency_id in sorted(met.keys() - {agency.agency_id for agency in known.registry.agencies})))
    named += _added(con, known.registry, unknown)
    insert(con, "named", [{"candidates": None} | each for each in named])
    run_sql(con, "sql/names.sql")
    return []


def _place(registry: Registry, district: str | None, province: str | None) -> tuple[str | None, str | None]:
    """District and province without the words before them; a district as the registry writes it: เมือง of Khon Kaen is เมืองขอนแก่น."""
    district, province = bare_place(district) or None, bare_place(province) or None
    known = [name for name in registry.districts.get(province or "", ()) if same_district(name, district, province)]
    return known[0] if len(known) == 1 else district, province


def _added(con: DuckDBPyConnection, registry: Registry, unknown: list[tuple[Printed, Match]]) -> list[dict]:
    """New agencies for names that the registry lacks. A name without its district is the one known with a district, if only one is."""
    districts = defaultdict(set)
    for name, _ in unknown:
        if name.district:
            districts[name_key(full_name(name.name)), name.province].add(name.district)
    named, agencies = [], {}
    for name, match in unknown:
        key, district = name_key(full_name(name.name)), name.district
        if not district and len(districts[key, name.province]) == 1:
            (district,) = districts[key, name.province]
        agency_type = typed_name(name.name)[0] or name.agency_type or type_of(name.name)
        said = "|".join((agency_type or "", key, name.province or "", district or ""))
        agency_id = "x" + hashlib.sha256(said.encode()).hexdigest()[:8]
        agencies.setdefault(agency_id, {
            "agency_id": agency_id, "name": full_name(name.name), "agency_type": agency_type, "district": district,
            "province": name.province, "region": registry.provinces.get(name.province or ""), "synthetic": False})  # fmt: skip
        several = match.basis == "ambiguous"
        named.append({
            "name_id": name.name_id, "agency_id": agency_id, "average_of": None, "basis": "ambiguous" if several else "added",
            "candidates": listed(match.nearest) if several else None})  # fmt: skip
    insert(con, "agency", list(agencies.values()))
    insert(con, "agency_alias", [{"agency_id": agency_id, "alias": agency["name"]} for agency_id, agency in agencies.items()])
    return named
