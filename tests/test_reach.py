"""How far the data of each agency reach, as the build prepares it, equals what its scores and measures say one by one."""

import duckdb

ROWS = {
    "scores": "select agency_id, fiscal_year from score",
    "documents": "select agency_id, fiscal_year from measure",
    "totals": "select agency_id, fiscal_year from assessment where total_shown is not null",
    "shown": "select agency_id, fiscal_year from assessment union all select agency_id, fiscal_year from completion",
}


def years(found: list[tuple], agency: str | None) -> list[int]:
    return sorted({year for one, year in found if year and agency in (None, one)})


def test_prepared_as_counted(nation_data):
    with duckdb.connect() as con:
        con.execute(f"attach '{nation_data / 'ita.duckdb'}' as ita (read_only)")
        con.execute("use ita")
        found = {name: con.execute(rows).fetchall() for name, rows in ROWS.items()}
        prepared = {row[0]: row[1:] for row in con.execute("select agency_id, years, scores, documents, missing from reach").fetchall()}
    everyone = {one for rows in found.values() for one, _ in rows if one}
    assert prepared.keys() == everyone | {None}
    holes = 0
    for agency, (shown, scores, documents, missing) in prepared.items():
        assert shown == (years(found["shown"], agency) or None)
        assert scores == max(years(found["scores"], agency), default=None)
        assert documents == max(years(found["documents"], agency), default=None)
        totals = years(found["totals"], agency)
        assert (missing or []) == [year for year in range(min(totals, default=0), max(totals, default=0)) if year not in totals]
        holes += bool(missing)
    assert holes, "no agency of the made-up data lacks a year"
