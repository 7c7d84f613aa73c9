-- How much of one agency's reported work of a year is completed under each indicator or dimension of its report, in its order.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column group_number: of the heading; null where there is none
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
select fiscal_year, family, group_number, any_value(group_name) as group_name,
       (count(*) filter (status = 'completed_stated'))::integer as completed_stated,
       (count(*) filter (status = 'completed_inferred'))::integer as completed_inferred,
       (count(*) filter (status = 'in_progress'))::integer as in_progress,
       (count(*) filter (status = 'not_started'))::integer as not_started,
       (count(*) filter (status = 'not_possible'))::integer as not_possible,
       (count(*) filter (status = 'unknown'))::integer as unknown,
       (count(*) filter (status like 'completed%'))::integer as completed,
       (count(*) filter (status <> 'unknown'))::integer as decided,
       any_value(source_id) as source_id, arg_min(place, position) as place
from statuses($agency)
where fiscal_year = $year
group by fiscal_year, family, group_number
order by family desc, min(position)
