-- The agencies of one province to choose from, in the order of the Thai alphabet, those with data first; without a province the
-- agencies that no province is known of.
-- parameter province: its name; null: agencies without one
-- column agency_id: permanent
-- column name: full name
-- column short_name: its type abbreviated
-- column agency_type: as in the registry
-- column has_data: true where scores or measures are loaded
select a.agency_id, a.name, short_name(a.name) as short_name, a.agency_type, r.agency_id is not null as has_data
from agency a left join reach r using (agency_id)
where a.province is not distinct from $province
order by has_data desc, a.name collate th, a.agency_id
