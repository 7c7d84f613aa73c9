-- The agencies of one province to choose from, in the order of the Thai alphabet, those with data first; without a province the
-- agencies that no province is known of.
-- parameter province: its name; null: agencies without one
-- column agency_id: permanent
-- column name: full name
-- column short_name: its type abbreviated
-- column agency_type: as in the registry
-- column has_data: true where scores or measures are loaded
select a.agency_id, a.name, short_name(a.name) as short_name, a.agency_type,
       coalesce(a.agency_id in (
         select agency_id from assessment union all select agency_id from completion where agency_id is not null
         union all select agency_id from measure where fiscal_year is null and agency_id is not null), false) as has_data
from agency a
where a.province is not distinct from $province
order by has_data desc, a.name collate th, a.agency_id
