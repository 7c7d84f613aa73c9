"""What the build prepares of whom an agency is compared with, and where it stands, equals what is asked for one agency at a time."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pytest

from pages.parts.ask import warehouse

# As the pages once asked it: same type and province; fewer than five: same type and region; fewer than five again: the twenty nearest.
SEARCHED = """
  with seen as (
    select s.agency_id, a.agency_type = me.agency_type and a.province = me.province as same_province,
           a.agency_type = me.agency_type and a.region = me.region as same_region
    from agency me, assessment s join agency a using (agency_id)
    where me.agency_id = $agency and s.fiscal_year = $year and s.total_shown is not null and s.comparable and s.agency_id <> $agency),
  counted as (select count(*) filter (same_province) as in_province, count(*) filter (same_region) as in_region from seen)
  select agency_id, if(in_province >= 5, 'province', 'region') as basis from seen, counted
  where if(in_province >= 5, same_province, in_region >= 5 and same_region)
  union all
  select agency_id, 'nearest' from (
    select s.agency_id
    from counted, seen s join assessment b using (agency_id), assessment mine
    where in_province < 5 and in_region < 5 and b.fiscal_year = $year - 1 and b.comparable and b.total_shown is not null
      and mine.agency_id = $agency and mine.fiscal_year = $year - 1 and mine.comparable and mine.total_shown is not null
    order by abs(b.total_shown - mine.total_shown), s.agency_id limit 20)"""
STANDS = """
  select count(*), any_value(p.basis), 1 + count(*) filter (s.total_shown > $total), middle(s.total_shown, 0.5)
  from peers($agency, $year) p join assessment s on s.agency_id = p.agency_id and s.fiscal_year = $year"""
SUBJECTS = "select agency_id, fiscal_year, total_shown from assessment where total_shown is not null order by all"
WITHOUT_TOTAL = """
  select agency_id, fiscal_year from agency cross join (select distinct fiscal_year from assessment)
  anti join (from assessment where total_shown is not null) using (agency_id, fiscal_year) order by hash(agency_id, fiscal_year) limit 60"""
PREPARED = "select peers, peers_basis, place, median::double from standing where agency_id = $agency and fiscal_year = $year"
NOISE = """
  with mine as (select s.fiscal_year, s.indicator, s.score from score s semi join indicator using (fiscal_year, indicator)
                where s.agency_id = $agency and s.chosen)
  select if(count(distinct n.fiscal_year) >= 2, middle(abs(n.score - b.score), 0.5), null)
  from mine n join mine b on b.indicator = n.indicator and b.fiscal_year = n.fiscal_year - 1"""


WAYS = {"shipped": {"nearest"}, "nation": {"region", "nearest"}}


@pytest.fixture(params=WAYS)
def data(request):
    return request.param


@pytest.fixture
def cursor(data, request, monkeypatch):
    folder = request.getfixturevalue("shipped_db").parent if data == "shipped" else request.getfixturevalue("nation_data")
    monkeypatch.setenv("ITA_DATA", str(folder))
    with warehouse._now().connection.cursor() as cursor:
        yield cursor


def test_peers_and_standing(data, cursor):
    ways = set()
    subjects = cursor.execute(SUBJECTS).fetchall()
    for agency, year, total in subjects:
        one = {"agency": agency, "year": year}
        live = cursor.execute(STANDS, one | {"total": total}).fetchone()
        assert live == (cursor.execute(PREPARED, one).fetchone() or (0, None, 1, None))
        ways.add(live[1])
    for agency, year in [subject[:2] for subject in subjects[:: max(1, len(subjects) // 60)]] + cursor.execute(WITHOUT_TOTAL).fetchall():
        one = {"agency": agency, "year": year}
        found = cursor.execute("from peers($agency, $year)", one).fetchall()
        assert sorted(found) == sorted(cursor.execute(SEARCHED, one).fetchall())
        ways.update(basis for _, basis in found)
    assert ways >= WAYS[data]


def test_usual_moves(cursor):
    for (agency,) in cursor.execute("select distinct agency_id from score order by all limit 40").fetchall():
        prepared = cursor.execute("select noise($agency)", {"agency": agency}).fetchone()
        assert prepared == cursor.execute(NOISE, {"agency": agency}).fetchone()


def test_scores_beside_their_peers(data, cursor):
    """What score_line holds, computed from the scores themselves, one agency after the other."""
    asked = dict(cursor.execute("select fiscal_year, count(*) from indicator group by all").fetchall())
    told = "select agency_id, fiscal_year, indicator, score from score semi join indicator using (fiscal_year, indicator) where chosen"
    scores: dict[str, dict[int, dict[str, Decimal]]] = {}
    for agency, year, indicator, score in cursor.execute(told).fetchall():
        scores.setdefault(agency, {}).setdefault(year, {})[indicator] = score
    (held,) = cursor.execute("select count(score) from score_line").fetchone()
    assert held == sum(len(one) for years in scores.values() for one in years.values())
    (lines,) = cursor.execute("select count(*) from score_line").fetchone()  # those without a score as well: a line breaks there
    assert lines == sum(n for years in scores.values() for year, n in asked.items() if min(years) <= year <= max(years))
    compared = 0
    for agency in sorted(scores)[:: max(1, len(scores) // 40)]:
        years = scores[agency]
        whole = {year for year, one in years.items() if len(one) == asked[year]}
        lowest = Counter(
            indicator
            for year in whole
            for indicator, score in years[year].items()
            if sum(other < score for other in years[year].values()) < 3
        )
        for year, one in years.items():
            peers = [scores.get(peer, {}).get(year, {}) for peer, _ in cursor.execute("from peers(?, ?)", [agency, year]).fetchall()]
            found = """select indicator, score, before, whole, peers, peers_median, weakest_years, years from score_line
                       where agency_id = ? and fiscal_year = ? and score is not null"""
            for indicator, *line in cursor.execute(found, [agency, year]).fetchall():
                beside = [peer[indicator] for peer in peers if indicator in peer]
                middle = float(median(beside).quantize(Decimal("0.01"), ROUND_HALF_UP)) if beside else None
                before = years.get(year - 1, {}).get(indicator)
                assert line == [one[indicator], before, year in whole, len(beside), middle, lowest[indicator], len(whole)]
                compared += bool(beside)
    assert compared > 100 or data == "shipped"  # of whom too few are loaded
