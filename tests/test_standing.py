"""The prepared standing of each agency equals what the peers of the pages give, asked one by one."""

from pages.parts.ask import warehouse

LIVE = """
  select count(*), any_value(p.basis), 1 + count(*) filter (s.total_shown > $total), middle(s.total_shown, 0.5)
  from peers($agency, $year) p join assessment s on s.agency_id = p.agency_id and s.fiscal_year = $year"""
SUBJECTS = "select agency_id, fiscal_year, total_shown from assessment where total_shown is not null order by all"
PREPARED = "select peers, peers_basis, place, median::double from standing where agency_id = $agency and fiscal_year = $year"


def standings(folder, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(folder))
    with warehouse._now().connection.cursor() as cursor:
        for agency, year, total in cursor.execute(SUBJECTS).fetchall():
            one = {"agency": agency, "year": year}
            prepared = cursor.execute(PREPARED, one).fetchone()
            yield cursor.execute(LIVE, one | {"total": total}).fetchone(), prepared or (0, None, 1, None)


def test_shipped(shipped_db, monkeypatch):
    assert all(live == prepared for live, prepared in standings(shipped_db.parent, monkeypatch))


def test_every_way_of_finding_peers(nation_data, monkeypatch):
    found = list(standings(nation_data, monkeypatch))
    assert [live for live, _ in found] == [prepared for _, prepared in found]
    assert {live[1] for live, _ in found} >= {"region", "nearest"}
