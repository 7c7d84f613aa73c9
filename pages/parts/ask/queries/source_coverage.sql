-- What is loaded of each agency and year: scores, plan and result; of one agency, or of all that have anything, at most 2,000 rows.
-- parameter agency: agency_id; null: all
-- column agency_id: permanent
-- column agency_name: full name
-- column fiscal_year: Buddhist year
-- column indicators: how many of the year's indicators have a score
-- column of_indicators: how many the year has; null: no rules
-- column total_basis: how the total is known; null: no total
-- column plans: measures of plans
-- column results: measures of reports
-- column agencies: how many agencies have anything, also those that have no room
with scores as (
  select agency_id, fiscal_year, count(*) filter (try_cast(indicator as integer) is not null) as n
  from score where chosen and ($agency is null or agency_id = $agency) group by all),
measures as (
  select agency_id, fiscal_year, count(*) filter (section = 'plan') as plans, count(*) filter (section = 'result') as results
  from measure where agency_id is not null and fiscal_year is not null and ($agency is null or agency_id = $agency) group by all),
whole as (select fiscal_year, count(*) as n from indicator group by fiscal_year),
found as (select agency_id, fiscal_year from scores union select agency_id, fiscal_year from measures)
select f.agency_id, a.name as agency_name, f.fiscal_year, coalesce(s.n, 0)::integer as indicators, w.n::integer as of_indicators, t.total_basis,
       coalesce(m.plans, 0)::integer as plans, coalesce(m.results, 0)::integer as results,
       (select count(distinct agency_id) from found)::integer as agencies
from found f join agency a using (agency_id) left join scores s using (agency_id, fiscal_year) left join measures m using (agency_id, fiscal_year)
left join whole w using (fiscal_year) left join assessment t using (agency_id, fiscal_year)
order by a.name collate th, f.agency_id, f.fiscal_year desc
limit 2000
