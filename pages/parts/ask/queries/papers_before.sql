-- What was planned for each indicator in the latest year before this one that has a plan of measures.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year of that plan
-- column indicator: 1-10 that it is aimed at
-- column title: what was planned
-- column source_id: the document
-- column place: where it begins there
with planned as (
  select m.measure_id, m.fiscal_year, m.title, m.source_id, m.place, m.position from measure m
  where m.agency_id = $agency and m.fiscal_year < $year and m.latest and m.section = 'plan' and m.document_family is distinct from 'action_plan' and m.title is not null)
select p.fiscal_year, a.indicator, p.title, p.source_id, p.place
from planned p join measure_indicator a using (measure_id)
where p.fiscal_year = (select max(fiscal_year) from planned)
group by all
order by p.source_id, any_value(p.position)
