-- The totals of a group of agencies by year: median and middle half, beside the national mean. Years of another scale stay out.
-- parameter agencies: list of agency_id
-- parameter year: last Buddhist year
-- column fiscal_year: Buddhist year
-- column agencies: agencies with a total in that year; fewer than the group where some are missing
-- column median: their median total
-- column low: lower end of their middle half
-- column high: upper end of their middle half
-- column national: mean total of all agencies in the country, as published
-- column comparable: false where the year is not comparable with the year before
with totals as (
  select fiscal_year, count(*)::integer as agencies, middle(total_shown, 0.5) as median,
         middle(total_shown, 0.25) as low, middle(total_shown, 0.75) as high
  from assessment
  where total_shown is not null and comparable and fiscal_year <= $year
    and list_contains($agencies, agency_id)
  group by fiscal_year),
years as (select unnest(range((select min(fiscal_year) from totals), (select max(fiscal_year) from totals) + 1))::smallint as fiscal_year)
select y.fiscal_year, coalesce(t.agencies, 0) as agencies, t.median, t.low, t.high,
       m.value as national,
       coalesce(r.comparable_with_previous, true) as comparable
from years y left join totals t using (fiscal_year) left join rule_year r using (fiscal_year)
left join benchmark m on m.fiscal_year = y.fiscal_year and m.metric = 'mean_total' and m.scope = 'all agencies'
order by y.fiscal_year
