-- The agencies of a province that have scores or measures in a year or the year before, in the order of the Thai alphabet.
-- parameter province: its name
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column name: full name
-- column agency_type: as in the registry
-- column district: as in the registry
-- column has_total: true where it has a total in the year
select a.agency_id, a.name, a.agency_type, a.district, exists (
         select 1 from assessment s where s.agency_id = a.agency_id and s.fiscal_year = $year and s.total_shown is not null) as has_total
from agency a
where a.province = $province and (
  a.agency_id in (select agency_id from assessment where fiscal_year in ($year, $year - 1) and total_shown is not null)
  or a.agency_id in (select agency_id from completion where fiscal_year = $year))
order by a.name collate th, a.agency_id
