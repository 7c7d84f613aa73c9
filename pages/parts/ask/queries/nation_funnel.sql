-- Are groups of agencies of unequal size really apart? The mean of each with the limits within which the means of so many agencies lie by
-- chance (funnel: Spiegelhalter 2005), and drawn towards the common mean by its own uncertainty (empirical Bayes; the variance between groups
-- by DerSimonian and Laird 1986). Groups under five agencies are left out.
-- parameter year: Buddhist year
-- parameter by: province, type or region; null: province
-- parameter indicator: TOTAL or 1-10; null: TOTAL
-- column part_name: the province, type or region
-- column fiscal_year: Buddhist year
-- column indicator: TOTAL or 1-10
-- column breakdown: province, type or region
-- column agencies: with this score
-- column mean: of them
-- column shrunk: their mean drawn towards the common one
-- column low95: nineteen of twenty groups of this size lie above or in the upper limit by chance
-- column high95: its upper limit
-- column low998: the same for 998 of 1,000
-- column high998: its upper limit
-- column outside: above, below (outside the limits of 998 of 1,000), or null
-- column common: mean of all agencies
-- column hidden: groups that are left out
with scores as (
  select case coalesce($by, 'province') when 'type' then a.agency_type when 'region' then a.region else a.province end as part_name, s.score::double as score
  from totals_and_scores($year) s join agency a using (agency_id) where s.indicator = coalesce($indicator, 'TOTAL')),
every as (select part_name, count(*) as n, avg(score) as mean, sum(score) as whole, var_samp(score) * (count(*) - 1) as squares from scores where part_name is not null group by part_name),
parts as (
  select *, sum(whole) over () / sum(n) over () as common, sqrt(sum(squares) over () / (sum(n) over () - count(*) over ())) as deviation
  from every where n >= 5),
weighed as (select *, deviation / sqrt(n) as e, 1 / (deviation ** 2 / n) as w from parts where deviation > 0),
fixed as (select *, sum(w * mean) over () / sum(w) over () as centre, sum(w) over () as w1, sum(w * w) over () as w2, count(*) over () as k from weighed),
between_groups as (select *, greatest(0, (sum(w * (mean - centre) ** 2) over () - (k - 1)) / (w1 - w2 / w1)) as tau2 from fixed),
drawn as (select *, sum(mean / (e ** 2 + tau2)) over () / sum(1 / (e ** 2 + tau2)) over () as towards from between_groups where k > 1)
select part_name, $year::smallint as fiscal_year, coalesce($indicator, 'TOTAL') as indicator, coalesce($by, 'province') as breakdown,
       n::integer as agencies, round(mean, 2) as mean, round(towards + tau2 / (tau2 + e ** 2) * (mean - towards), 2) as shrunk,
       round(common - 1.959963984540054 * e, 2) as low95, round(common + 1.959963984540054 * e, 2) as high95,
       round(common - 3.090232306167813 * e, 2) as low998, round(common + 3.090232306167813 * e, 2) as high998,
       case when mean > common + 3.090232306167813 * e then 'above' when mean < common - 3.090232306167813 * e then 'below' end as outside,
       round(common, 2) as common, (select count(*) from every where n < 5)::integer as hidden
from drawn order by shrunk desc, part_name collate th
