-- The totals of one agency and of the agencies that it is compared with in a year, highest first.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column name: full name
-- column total: total shown, 0-100
-- column ours: true for the agency itself
-- column basis: why these are its peers: province, region or nearest
-- column national: mean total of all agencies in the country, as published
-- column place_among: rank of the total among these and itself, 1 the highest, equal totals share the better rank
-- column median: median total of the peers, without the agency itself
with seen as (
  select agency_id, false as ours, basis from peers($agency, $year)
  union all select $agency, true, null)
select a.agency_id, a.name, s.total_shown::double as total, seen.ours, max(seen.basis) over () as basis,
       (select any_value(value) from benchmark where fiscal_year = $year and metric = 'mean_total' and scope = 'all agencies') as national,
       rank() over (order by s.total_shown desc)::integer as place_among,
       (select middle(total_shown, 0.5) from peers($agency, $year) join assessment using (agency_id) where fiscal_year = $year) as median
from seen join agency a using (agency_id) join assessment s using (agency_id)
where s.fiscal_year = $year and s.total_shown is not null
order by total desc, a.name collate th, a.agency_id
