-- Reported measures of a year that are not completed, or whose report decides nothing, those that are begun first.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column status: in_progress, not_started, not_possible or unknown
-- column group_number: number of the heading
-- column number: as printed
-- column title: of the measure
-- column responsible: units, joined
-- column evidence: the phrase that decided the status
-- column source_id: the report
-- column place: where it begins there
select m.status, m.group_number, m.number, m.title, array_to_string(m.responsible, ', ') as responsible, m.evidence, m.source_id, m.place
from measure m
where m.agency_id = $agency and m.fiscal_year = $year and m.section = 'result' and m.latest and m.status <> 'completed'
order by list_position(['in_progress', 'not_started', 'not_possible', 'unknown'], m.status), m.source_id, m.position
