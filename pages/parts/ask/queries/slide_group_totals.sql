-- The totals of a group of agencies in one year, highest first.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column name: full name
-- column total: total shown, 0-100
-- column national: mean total of all agencies in the country, as published
-- column median: median total of the group
select a.agency_id, a.name, s.total_shown::double as total, m.value as national, middle(s.total_shown, 0.5) over () as median
from assessment s join agency a using (agency_id)
left join benchmark m on m.fiscal_year = s.fiscal_year and m.metric = 'mean_total' and m.scope = 'all agencies'
where s.fiscal_year = $year and s.total_shown is not null and list_contains($agencies, s.agency_id)
order by total desc, a.name collate th, a.agency_id
