-- The completed measures of an agency that are aimed at an indicator, of the year to which its score rose and of the year before.
-- parameter agency: agency_id
-- parameter year: Buddhist year to which it rose
-- parameter indicator: 1-10
-- column fiscal_year: Buddhist year of the report
-- column title: of the measure, as printed
-- column responsible: units, joined
-- column status: completed
-- column status_basis: mark, phrase, percent or inferred
-- column evidence: the phrase that decided the status
-- column steps: as printed; null where the transcript leaves it out
-- column measure_id: the measure
-- column document: title of the document, or its file name
-- column source_id: the document
-- column place: where it begins there
select m.fiscal_year, m.title, array_to_string(m.responsible, ', ') as responsible, m.status, m.status_basis, m.evidence, m.steps, m.measure_id,
       coalesce(s.title, s.file_name) as document, m.source_id, m.place
from measure m join source s using (source_id)
where m.agency_id = $agency and m.fiscal_year between $year - 1 and $year and m.latest and m.section = 'result' and m.status = 'completed'
  and m.measure_id in (select measure_id from measure_indicator where indicator = $indicator)
order by m.fiscal_year desc, m.source_id, m.position
