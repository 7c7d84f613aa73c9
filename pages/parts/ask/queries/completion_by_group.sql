-- How much of the reported work of a year is completed under each indicator or dimension of the reports: of one agency in the order of
-- its report, or of all agencies.
-- parameter agency: agency_id; null: all agencies
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column group_number: number of the heading
-- column group_name: words of the heading
-- column completed_stated: completed by a mark, a phrase or a percentage
-- column completed_inferred: completed, understood from the text of the result
-- column in_progress: results
-- column not_started: results
-- column not_possible: results
-- column unknown: results whose report decides nothing; not in the rate
-- column completed: numerator of the rate
-- column decided: denominator of the rate: all but unknown
-- column source_id: the report
-- column place: where the group begins
with own as (
  select fiscal_year, family, group_number, min(group_name) as group_name,
         (count(*) filter (status = 'completed_stated'))::integer as completed_stated,
         (count(*) filter (status = 'completed_inferred'))::integer as completed_inferred,
         (count(*) filter (status = 'in_progress'))::integer as in_progress,
         (count(*) filter (status = 'not_started'))::integer as not_started,
         (count(*) filter (status = 'not_possible'))::integer as not_possible,
         (count(*) filter (status = 'unknown'))::integer as unknown,
         min(source_id) as source_id, arg_min(place, position) as place, min(position) as position
  from statuses($agency)
  where $agency is not null and fiscal_year = $year
  group by fiscal_year, family, group_number
  union all
  select fiscal_year, family, part_name, words, completed_stated, completed_inferred, in_progress, not_started, not_possible, unknown,
         null, null, coalesce(try_cast(part_name as double), 9999)
  from national_completion where $agency is null and breakdown = 'group' and fiscal_year = $year)
select fiscal_year, family, group_number, group_name, completed_stated, completed_inferred, in_progress, not_started, not_possible, unknown,
       completed_stated + completed_inferred as completed,
       completed_stated + completed_inferred + in_progress + not_started + not_possible as decided, source_id, place
from own order by family desc, position, group_number
limit 40
