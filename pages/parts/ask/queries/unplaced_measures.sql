-- Reported measures of a year that name no indicator: neither by a code, nor by an item or heading. They are listed, never guessed.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column group_number: number of the heading
-- column number: as printed
-- column title: of the measure
-- column status: of the result
-- column source_id: the report
-- column place: where it begins there
with own as materialized (
  select * from measure where agency_id = $agency and fiscal_year = $year and section = 'result' and latest),
placed as (select distinct measure_id from measure_indicator i semi join own using (measure_id))
select group_number, number, title, status, source_id, place
from own anti join placed using (measure_id)
order by source_id, position
