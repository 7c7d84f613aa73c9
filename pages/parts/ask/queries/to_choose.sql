-- What can be chosen where a page has nothing to show: the agency itself, then those with most: with measures first, then with most scores.
-- parameter agency: agency_id, or null
-- parameter needs: scores or measures, what the page shows; null: either
-- column agency_id: permanent
-- column name: full name
-- column years: Buddhist years that have it, the latest first
with scored as (
  select agency_id, count(*) as scores from score where chosen and $needs::varchar is distinct from 'measures' group by agency_id),
measured as (
  select agency_id, count(*) as measures from completion where $needs::varchar is distinct from 'scores' group by agency_id),
found as (
  select a.agency_id, a.name, s.scores, m.measures
  from agency a left join scored s using (agency_id) left join measured m using (agency_id)
  where s.scores > 0 or m.measures > 0
  order by a.agency_id is distinct from $agency::varchar, m.measures is null, coalesce(s.scores, 0) desc, a.agency_id
  limit 9),
years as (
  select agency_id, fiscal_year from score
  where chosen and agency_id in (from found select agency_id) and $needs::varchar is distinct from 'measures'
  union
  select agency_id, fiscal_year from completion
  where agency_id in (from found select agency_id) and $needs::varchar is distinct from 'scores')
select f.agency_id, f.name, list(y.fiscal_year order by y.fiscal_year desc) as years
from found f join years y using (agency_id)
group by f.agency_id, f.name, f.scores, f.measures
order by f.agency_id is distinct from $agency::varchar, f.measures is null, coalesce(f.scores, 0) desc, f.agency_id
