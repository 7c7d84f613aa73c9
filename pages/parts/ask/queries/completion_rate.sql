-- How much of the reported work of one agency and year is completed, a row a family; families are never summed.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column family: ita_measures or action_plan
-- column completed: completed results
-- column decided: results whose status is known
-- column inferred: completed results whose status was inferred from their text
-- column unknown: results whose report decides nothing
-- column unconfirmed: results with a field that was not read surely from a scan and that nobody has confirmed
-- column source_id: the document
-- column place: where its results begin
select family, completed_stated + completed_inferred as completed,
       completed_stated + completed_inferred + in_progress + not_started + not_possible as decided,
       completed_inferred as inferred, unknown, unconfirmed, source_id, place
from completion
where agency_id = $agency and fiscal_year = $year and documents > 0
order by family desc
