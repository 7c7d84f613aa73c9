-- The measures of one agency and year that are aimed at one indicator by printed code, item or heading; results where reported.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter indicator: 1-10
-- column section: plan or result
-- column number: as printed
-- column title: of the measure
-- column responsible: units, joined
-- column status: of results; null in plans
-- column status_basis: mark, phrase, percent, inferred or none
-- column evidence: the phrase that decided the status
-- column source_id: the document
-- column place: where it begins there
select m.section, m.number, m.title, array_to_string(m.responsible, ', ') as responsible, m.status, m.status_basis, m.evidence,
       m.source_id, m.place
from measure m
where m.agency_id = $agency and m.fiscal_year = $year and m.latest
  and m.measure_id in (select measure_id from measure_indicator where indicator = $indicator)
order by m.section desc, m.position
