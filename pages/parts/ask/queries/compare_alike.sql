-- The agencies that are most like one agency by weights, the twenty first. Alike, each 0-1 and weighted: same type, same province, same
-- region; total and mean distance of the indicators of the year before, nothing left of it at twenty points; same size class; the smaller
-- area as a share of the larger; distance between the places on the map, nothing left of it at a hundred kilometres. What is not known is
-- not alike.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter weights: numbers for type, province, region, last total, indicator profile, size class, area, distance
-- column agency_id: permanent
-- column name: full name
-- column agency_type: as in the registry
-- column province: as in the registry
-- column basis: weights
-- column likeness: 0-1 by the weights
-- column total: of the year; null where it is not loaded
with place as (
  select a.agency_id, a.agency_type, a.province, a.region, l.size, l.km2, l.lat, l.lon
  from agency a left join local_government l using (agency_id)),
me as (select * from place where agency_id = $agency),
candidate as (
  select a.*
  from place a semi join (
    select agency_id from assessment where fiscal_year = $year and total_shown is not null and comparable) s using (agency_id)
  where a.agency_id <> $agency),
before as (
  select agency_id, indicator, score from totals_and_scores($year - 1)),
mine as (from before where agency_id = $agency),
near as (
  select b.agency_id, max(greatest(0, 1 - abs(b.score - m.score) / 20)) filter (b.indicator = 'TOTAL') as total,
         greatest(0, 1 - avg(abs(b.score - m.score)) filter (b.indicator <> 'TOTAL') / 20) as profile
  from before b join mine m using (indicator) group by b.agency_id),
weighed as (
  select c.agency_id,
         ($weights::double[])[1] * coalesce(c.agency_type = me.agency_type, false)::integer
         + ($weights::double[])[2] * coalesce(c.province = me.province, false)::integer
         + ($weights::double[])[3] * coalesce(c.region = me.region, false)::integer
         + ($weights::double[])[4] * coalesce(n.total, 0) + ($weights::double[])[5] * coalesce(n.profile, 0)
         + coalesce(($weights::double[])[6] * (c.size = me.size)::integer, 0)
         + coalesce(($weights::double[])[7] * least(c.km2, me.km2) / greatest(c.km2, me.km2), 0)
         + coalesce(($weights::double[])[8] * greatest(0, 1 - kilometres(c.lat, c.lon, me.lat, me.lon) / 100), 0) as weight
  from candidate c left join near n using (agency_id), me),
chosen as (
  select agency_id, 'weights' as basis, round(weight / list_sum($weights::double[]), 4) as likeness
  from weighed order by weight desc, agency_id limit 20)
select f.agency_id, a.name, a.agency_type, a.province, f.basis, f.likeness, s.total_shown::double as total
from chosen f join agency a using (agency_id)
left join assessment s on s.agency_id = f.agency_id and s.fiscal_year = $year and s.comparable
order by a.name collate th, f.agency_id
