-- How much of the reported work is completed, a row a year and family, the latest year first; families are never summed.
-- parameter agency: agency_id; null: all agencies
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
-- column documents: reports they were read from
-- column source_id: the report, where it is one
-- column place: where its results begin
select fiscal_year, family,
       (count(*) filter (status = 'completed_stated'))::integer as completed_stated,
       (count(*) filter (status = 'completed_inferred'))::integer as completed_inferred,
       (count(*) filter (status = 'in_progress'))::integer as in_progress,
       (count(*) filter (status = 'not_started'))::integer as not_started,
       (count(*) filter (status = 'not_possible'))::integer as not_possible,
       (count(*) filter (status = 'unknown'))::integer as unknown,
       (count(*) filter (status like 'completed%'))::integer as completed,
       (count(*) filter (status <> 'unknown'))::integer as decided,
       count(distinct source_id)::integer as documents,
       if(count(distinct source_id) = 1, any_value(source_id), null) as source_id,
       if(count(distinct source_id) = 1, arg_min(place, position), null) as place
from statuses($agency)
where fiscal_year is not null
group by fiscal_year, family
order by fiscal_year desc, family desc
