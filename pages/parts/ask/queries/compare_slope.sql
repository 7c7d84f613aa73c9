-- The total or one indicator in two years, for an agency and those it is compared with; only agencies with both, only years that may be
-- compared with each other.
-- parameter agency: agency_id
-- parameter year: the later Buddhist year
-- parameter before: the earlier Buddhist year; null: the year before
-- parameter others: list of agency_id; null: its automatic peers
-- parameter indicator: TOTAL or 1-10; null: TOTAL
-- column agency_id: permanent
-- column agency_name: full name
-- column indicator: TOTAL or 1-10
-- column fiscal_year: the later year
-- column before_year: the earlier year
-- column before: score in the earlier year
-- column after: score in the later year
-- column change: points
-- column peers: others with the score in the later year, both years or not
-- column mine: true for the agency itself
with years as (
  select n.fiscal_year as later, b.fiscal_year as earlier
  from rule_year n join rule_year b on b.segment = n.segment
  where n.fiscal_year = $year and b.fiscal_year = coalesce($before::smallint, $year - 1) and b.fiscal_year < n.fiscal_year),
members as (from compared($agency, $year, $others) union select $agency),
one as (select coalesce($indicator, 'TOTAL') as indicator),
later as (select s.* from totals_and_scores($year) s semi join members using (agency_id) semi join one using (indicator)),
earlier as (select s.* from totals_and_scores(coalesce($before::smallint, $year - 1)) s semi join members using (agency_id) semi join one using (indicator))
select a.agency_id, a.name as agency_name, l.indicator, y.later as fiscal_year, y.earlier as before_year, printed(e.score) as before,
       printed(l.score) as after, printed(printed(l.score)::decimal(9, 2) - printed(e.score)::decimal(9, 2)) as change,
       (select count(*) from later where agency_id <> $agency)::integer as peers, a.agency_id = $agency as mine
from later l join earlier e using (agency_id) join agency a using (agency_id), years y
order by change desc, a.name collate th, a.agency_id
