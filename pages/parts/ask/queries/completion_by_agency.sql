-- How much of the reported work is completed in each of several agencies, a row an agency, year and family; families are never summed.
-- parameter agencies: list of agency_id
-- column agency_id: permanent
-- column agency_name: full name
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column completed_stated: completed by a mark, a phrase or a percentage
-- column completed_inferred: completed, understood from the text of the result
-- column in_progress: results
-- column not_started: results
-- column not_possible: results
-- column unknown: results whose report decides nothing; not in the rate
-- column completed: numerator of the rate
-- column decided: denominator of the rate: all but unknown
-- column source_id: the report
-- column place: where its results begin
select agency_id, name as agency_name, fiscal_year, family, completed_stated, completed_inferred, in_progress, not_started, not_possible,
       unknown, completed_stated + completed_inferred as completed,
       completed_stated + completed_inferred + in_progress + not_started + not_possible as decided, source_id, place
from completion join agency using (agency_id)
where documents > 0 and list_contains($agencies, agency_id)
order by family desc, fiscal_year desc, list_position($agencies, agency_id)
