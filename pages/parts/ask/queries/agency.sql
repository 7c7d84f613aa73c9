-- One agency by its permanent id, with the years that have anything of it.
-- parameter agency: agency_id
-- column agency_id: permanent
-- column name: full name
-- column agency_type: as in the registry
-- column district: as in the registry
-- column province: as in the registry
-- column region: as in the registry
-- column synthetic: true where it is known only from made-up data
-- column years: Buddhist years with scores or measures, ascending
select a.agency_id, a.name, a.agency_type, a.district, a.province, a.region, a.synthetic, r.years
from agency a left join reach r using (agency_id) where a.agency_id = $agency
