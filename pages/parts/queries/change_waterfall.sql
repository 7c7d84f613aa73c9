-- What moved the computed total from the year before to this year: start, a part an indicator, changed weights, end.
-- Parts are printed points: the largest remainders are rounded up, so that they add up to the printed change exactly.
-- Indicator i gives w0 x (s1 - s0); changed weights give the sum of (w1 - w0) x s1. No rows where a year is incomplete, missing
-- or not comparable.
-- parameter agency: agency_id
-- parameter year: Buddhist year, the later of the two
-- column position: 0 for the start, 1-10 the indicators, 11 changed weights, 12 the end
-- column kind: start, part, weights or end
-- column fiscal_year: Buddhist year of the row
-- column indicator: 1-10; null in other rows
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column before: score of the year before, 0-100
-- column after: score of this year, 0-100
-- column points: points of the total; the total itself in start and end
-- column source_id: source of this year's score
-- column place: where it stands there
with total as (
  select a.total as after, b.total as before, round((a.total - b.total) * 100)::integer as cents
  from assessment a join assessment b on b.agency_id = a.agency_id and b.fiscal_year = a.fiscal_year - 1
  join rule_year r on r.fiscal_year = a.fiscal_year
  where a.agency_id = $agency and a.fiscal_year = $year and a.complete and b.complete and r.comparable_with_previous),
exact as (
  select n.indicator::integer as position, 'part' as kind, n.indicator, n.name_th, n.name_en, o.score as before, n.score as after,
         o.weight * (n.score - o.score) * 100 as cents, n.source_id, n.place
  from indicator_scores($agency) n join indicator_scores($agency) o on o.indicator = n.indicator and o.fiscal_year = n.fiscal_year - 1
  where n.fiscal_year = $year
  union all
  select 11, 'weights', null, null, null, null, null, sum((n.weight - o.weight) * n.score) * 100, null, null
  from indicator_scores($agency) n join indicator_scores($agency) o on o.indicator = n.indicator and o.fiscal_year = n.fiscal_year - 1
  where n.fiscal_year = $year
  having max(abs(n.weight - o.weight)) > 1e-9),
shared as (
  -- 1e-6 of a cent keeps a whole number that double arithmetic left a hair too small.
  select exact.*, floor(exact.cents + 1e-6) as whole,
         row_number() over (order by exact.cents + 1e-6 - floor(exact.cents + 1e-6) desc, position) as turn,
         total.cents - sum(floor(exact.cents + 1e-6)) over () as left_over
  from exact, total)
select position, kind, $year::smallint as fiscal_year, indicator, name_th, name_en, before, after,
       (whole + case when turn <= left_over then 1 else 0 end) / 100 as points, source_id, place
from shared
union all select 0, 'start', ($year - 1)::smallint, null, null, null, null, null, before::double, null, null from total
union all select 12, 'end', $year::smallint, null, null, null, null, null, after::double, null, null from total
order by position
