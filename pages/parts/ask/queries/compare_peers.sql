-- The agencies to which one agency is compared: those of a list, else its automatic peers. By weights: compare_alike.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: automatic
-- column agency_id: permanent
-- column name: full name
-- column agency_type: as in the registry
-- column province: as in the registry
-- column basis: list, province, region or nearest
-- column total: of the year; null where it is not loaded
with found as (
  select distinct agency_id, 'list' as basis from (select unnest($others::varchar[]) as agency_id) where agency_id <> $agency
  union all select agency_id, basis from peers($agency, $year) where $others is null)
select f.agency_id, a.name, a.agency_type, a.province, f.basis, s.total_shown::double as total
from found f join agency a using (agency_id)
left join assessment s on s.agency_id = f.agency_id and s.fiscal_year = $year and s.comparable
order by a.name collate th, f.agency_id
