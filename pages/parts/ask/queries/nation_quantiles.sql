-- How the total or an indicator spreads over agencies: quantiles by type, province, region or year.
-- parameter year: Buddhist year; not used by year
-- parameter by: type, province, region or year; null: region
-- parameter agencies: list of agency_id; null: all that are loaded
-- parameter until: last Buddhist year to show by year; null: all
-- parameter indicator: TOTAL or 1-10; null: TOTAL
-- column part_name: the type, province, region or year
-- column fiscal_year: Buddhist year
-- column indicator: TOTAL or 1-10
-- column breakdown: type, province, region or year
-- column agencies: with this score
-- column lowest: of them
-- column p10: a tenth of them are below
-- column lower_quartile: lower quartile
-- column median: of them
-- column upper_quartile: upper quartile
-- column p90: a tenth of them are above
-- column highest: of them
with scores as (
  select agency_id, fiscal_year, total_shown::decimal(9, 4) as score
  from assessment
  where comparable and total_shown is not null and coalesce($indicator, 'TOTAL') = 'TOTAL' and ($by = 'year' or fiscal_year = $year)
  union all
  select agency_id, fiscal_year, score from score s semi join (select fiscal_year, indicator from indicator) using (fiscal_year, indicator)
  where chosen and comparable and indicator = $indicator and ($by = 'year' or fiscal_year = $year)),
parted as (
  select s.*, case coalesce($by, 'region') when 'type' then a.agency_type when 'province' then a.province when 'year' then s.fiscal_year::varchar
                   else a.region end as part_name
  from scores s join agency a using (agency_id)
  where ($agencies is null or list_contains($agencies, s.agency_id)) and ($until is null or s.fiscal_year <= $until))
select part_name, max(fiscal_year) as fiscal_year, coalesce($indicator, 'TOTAL') as indicator, coalesce($by, 'region') as breakdown,
       count(*)::integer as agencies, printed(min(score)) as lowest, middle(score, 0.1) as p10, middle(score, 0.25) as lower_quartile,
       middle(score, 0.5) as median, middle(score, 0.75) as upper_quartile, middle(score, 0.9) as p90, printed(max(score)) as highest
from parted group by part_name
order by case when $by = 'year' then part_name end, median desc, part_name collate th
