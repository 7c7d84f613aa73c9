-- How many planned measures were reported on, a row a year and family that has both a plan and a report, the latest year first.
-- parameter agency: agency_id; null: all agencies
-- column fiscal_year: Buddhist year
-- column family: ita_measures or action_plan
-- column paired: plan measures with a paired result
-- column unpaired: plan measures without one
-- column plans: plan measures
-- column results: reported measures
-- column agencies: agencies with both a plan and a report
select fiscal_year, family, sum(plans_paired)::integer as paired, sum(plans - plans_paired)::integer as unpaired, sum(plans)::integer as plans,
       sum(completed_stated + completed_inferred + in_progress + not_started + not_possible + unknown)::integer as results,
       count(*)::integer as agencies
from completion
where plans > 0 and documents > 0 and ($agency is null or agency_id = $agency)
group by fiscal_year, family
order by fiscal_year desc, family desc
