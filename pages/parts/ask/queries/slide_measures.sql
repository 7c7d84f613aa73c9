-- Reported measures of one agency or several by year and family: how many are completed and how sure that is, and the rest by status.
-- Of several documents for one agency, year and family only the latest round counts; the families are never summed.
-- parameter agencies: list of agency_id
-- parameter year: last Buddhist year to count
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column agencies: how many agencies reported
-- column stated: completed by mark, phrase or percent
-- column inferred: completed as inferred from the result text
-- column in_progress: by any basis
-- column not_started: by any basis
-- column not_possible: by any basis
-- column unknown: the report says nothing that decides
-- column decided: completed, in progress, not started and not possible together: the denominator of the rate
-- column completed: stated and inferred together: its numerator
select fiscal_year, family, count(distinct agency_id)::integer as agencies,
       sum(completed_stated)::integer as stated, sum(completed_inferred)::integer as inferred, sum(in_progress)::integer as in_progress,
       sum(not_started)::integer as not_started, sum(not_possible)::integer as not_possible, sum(unknown)::integer as unknown,
       sum(completed_stated + completed_inferred + in_progress + not_started + not_possible)::integer as decided,
       sum(completed_stated + completed_inferred)::integer as completed
from completion
where documents > 0 and fiscal_year <= $year and list_contains($agencies, agency_id)
group by fiscal_year, family
order by fiscal_year, family desc
