-- Agencies with reports on measures that can be set beside one: those of the same province, and those already chosen.
-- parameter agency: agency_id
-- parameter chosen: list of agency_id
-- column agency_id: permanent
-- column name: full name
select a.agency_id, a.name
from agency a
where a.agency_id <> $agency and a.agency_id in (select agency_id from completion where documents > 0)
  and (a.province is not distinct from (select province from agency where agency_id = $agency) or list_contains($chosen, a.agency_id))
order by a.name collate th, a.agency_id
