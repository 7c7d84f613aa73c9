-- Completion of measures of an agency and those it is compared with, side by side with its denominator, a row an agency and family; the
-- families are never added up. At most thirty rows of each family, the agency first.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
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
-- column agencies: with a report, also those that have no room
-- column all_agencies: compared in all, with a report or not
-- column mine: true for the agency itself
-- column source_id: the report
-- column place: where its results begin
with members as (from compared($agency, $year, $others) union select $agency),
counted as (
  select c.*, completed_stated + completed_inferred as completed,
         completed_stated + completed_inferred + in_progress + not_started + not_possible as decided,
         count(*) over (partition by family) as agencies
  from completion c semi join members using (agency_id) where fiscal_year = $year and documents > 0)
select c.agency_id, a.name as agency_name, c.fiscal_year, c.family, c.completed_stated, c.completed_inferred, c.in_progress, c.not_started,
       c.not_possible, c.unknown, c.completed, c.decided, c.agencies::integer as agencies, (select count(*) from members)::integer as all_agencies,
       c.agency_id = $agency as mine, c.source_id, c.place
from counted c join agency a using (agency_id)
qualify row_number() over (partition by c.family order by c.agency_id <> $agency, a.name collate th, a.agency_id) <= 30
order by c.family desc, mine desc, a.name collate th, c.agency_id
