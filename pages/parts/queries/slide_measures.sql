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
select m.fiscal_year, s.family, count(distinct m.agency_id)::integer as agencies,
       count(*) filter (m.status = 'completed' and m.status_basis <> 'inferred')::integer as stated,
       count(*) filter (m.status = 'completed' and m.status_basis = 'inferred')::integer as inferred,
       count(*) filter (m.status = 'in_progress')::integer as in_progress,
       count(*) filter (m.status = 'not_started')::integer as not_started,
       count(*) filter (m.status = 'not_possible')::integer as not_possible,
       count(*) filter (m.status = 'unknown')::integer as unknown,
       count(*) filter (m.status <> 'unknown')::integer as decided,
       count(*) filter (m.status = 'completed')::integer as completed
from measure m join source s using (source_id)
where m.latest and m.section = 'result' and m.fiscal_year <= $year and list_contains($agencies, m.agency_id)
group by m.fiscal_year, s.family
order by m.fiscal_year, s.family desc
