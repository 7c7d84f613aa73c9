-- What can be chosen where a page has nothing to show: the agency itself, then those with most: with measures first, then with most scores.
-- parameter agency: agency_id, or null
-- parameter needs: scores or measures, what the page shows; null: either
-- column agency_id: permanent
-- column name: full name
-- column years: Buddhist years that have it, the latest first
select a.agency_id, a.name, list_reverse_sort(list(distinct f.fiscal_year)) as years
from agency a
join (
  select agency_id, fiscal_year, false as measured from score where chosen and $needs::varchar is distinct from 'measures'
  union all
  select agency_id, fiscal_year, true as measured from measure where fiscal_year is not null and $needs::varchar is distinct from 'scores') f
  using (agency_id)
group by a.agency_id, a.name
order by a.agency_id is distinct from $agency::varchar, bool_or(measured) desc, count(*) filter (not measured) desc, a.agency_id
limit 9
