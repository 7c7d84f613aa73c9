-- How much of one agency's reported work of a year is completed by each responsible unit, the busiest first. A measure of several units
-- counts once in each: rows must not be added up.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column unit: as printed; null where the report names none
-- column completed_stated: completed by a mark, a phrase or a percentage
-- column completed_inferred: completed, understood from the text of the result
-- column in_progress: results
-- column not_started: results
-- column not_possible: results
-- column unknown: results whose report decides nothing; not in the rate
-- column completed: numerator of the rate
-- column decided: denominator of the rate: all but unknown
-- column source_id: the report
-- column place: where the unit is first named
select fiscal_year, family, unit,
       (count(*) filter (status = 'completed_stated'))::integer as completed_stated,
       (count(*) filter (status = 'completed_inferred'))::integer as completed_inferred,
       (count(*) filter (status = 'in_progress'))::integer as in_progress,
       (count(*) filter (status = 'not_started'))::integer as not_started,
       (count(*) filter (status = 'not_possible'))::integer as not_possible,
       (count(*) filter (status = 'unknown'))::integer as unknown,
       (count(*) filter (status like 'completed%'))::integer as completed,
       (count(*) filter (status <> 'unknown'))::integer as decided,
       any_value(source_id) as source_id, arg_min(place, position) as place
from (select *, unnest(if(len(coalesce(responsible, [])) = 0, [null], list_distinct(responsible))) as unit from statuses($agency))
where fiscal_year = $year
group by fiscal_year, family, unit
order by family desc, count(*) desc, unit collate th
limit 30
