-- How much of the reported work is completed, a row a year and family, the latest year first; families are never summed.
-- parameter agencies: list of agency_id; null: all agencies
-- parameter until: last Buddhist year to show; null: all
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
-- column agencies: agencies that reported
-- column source_id: the report, where it is one
-- column place: where its results begin
select fiscal_year, family, sum(completed_stated)::integer as completed_stated, sum(completed_inferred)::integer as completed_inferred,
       sum(in_progress)::integer as in_progress, sum(not_started)::integer as not_started, sum(not_possible)::integer as not_possible,
       sum(unknown)::integer as unknown, sum(completed_stated + completed_inferred)::integer as completed,
       sum(completed_stated + completed_inferred + in_progress + not_started + not_possible)::integer as decided,
       sum(documents)::integer as documents, count(distinct agency_id)::integer as agencies,
       if(sum(documents) = 1, min(source_id), null) as source_id, if(sum(documents) = 1, min(place), null) as place
from completion
where documents > 0 and ($agencies is null or list_contains($agencies, agency_id)) and ($until is null or fiscal_year <= $until)
group by fiscal_year, family
order by fiscal_year desc, family desc
