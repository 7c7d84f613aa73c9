-- When the work of a year is to be done and by whom: measures that run in each quarter of the fiscal year by their printed periods; all
-- of a family first, then by unit. A measure runs in every quarter that its period touches, and counts once in each of its units.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter section: plan or result
-- column family: ita_measures or action_plan
-- column kind: all (the whole family), unit, or none (measures without a unit)
-- column unit: as normalised
-- column q1: measures that run in October to December
-- column q2: January to March
-- column q3: April to June
-- column q4: July to September
-- column outside: measures whose period lies outside the fiscal year
-- column without_period: measures whose period is not printed or could not be read
-- column measures: all of them
-- column completed: completed ones
-- column source_id: the document
-- column place: where the first begins
with chosen as (
  select m.measure_id, m.position, m.place, m.source_id, m.document_family as family, m.status, m.responsible, make_date($year - 544, 10, 1) as opens,
         coalesce(m.period_start, m.period_end) as first_day, coalesce(m.period_end, m.period_start) as last_day
  from measure m
  where m.agency_id = $agency and m.fiscal_year = $year and m.section = $section and m.latest),
run as (
  select *, first_day < opens + interval 3 month and last_day >= opens as in1,
         first_day < opens + interval 6 month and last_day >= opens + interval 3 month as in2,
         first_day < opens + interval 9 month and last_day >= opens + interval 6 month as in3,
         first_day < opens + interval 12 month and last_day >= opens + interval 9 month as in4
  from chosen),
told as (
  select 'all' as kind, null::varchar as unit, * from run
  union all
  select if(unit is null, 'none', 'unit'), unit, * exclude unit
  from (select unnest(if(len(coalesce(responsible, [])) = 0, [null], list_distinct(responsible))) as unit, * from run))
select family, kind, unit, (count(*) filter (in1))::integer as q1, (count(*) filter (in2))::integer as q2,
       (count(*) filter (in3))::integer as q3, (count(*) filter (in4))::integer as q4,
       (count(*) filter (not in1 and not in2 and not in3 and not in4))::integer as outside,
       (count(*) filter (first_day is null))::integer as without_period, count(*)::integer as measures,
       (count(*) filter (status = 'completed'))::integer as completed, min(source_id) as source_id, arg_min(place, position) as place
from told group by family, kind, unit
order by family desc, list_position(['all', 'unit', 'none'], kind), count(*) desc, unit collate th
limit 40
