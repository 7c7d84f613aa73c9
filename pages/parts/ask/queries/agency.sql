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
select a.agency_id, a.name, a.agency_type, a.district, a.province, a.region, a.synthetic,
       (select list(distinct fiscal_year order by fiscal_year) from (
          select fiscal_year from assessment where agency_id = $agency
          union select fiscal_year from completion where agency_id = $agency)
        where fiscal_year is not null) as years
from agency a where a.agency_id = $agency
