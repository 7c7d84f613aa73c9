-- Plan against result: each planned measure with the result that reports on it, and what has no pair; in the order of the plan, then of
-- the report. Empty unless the year has both a plan and a report. Where the two tables count in different grain nothing is dropped or new.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column pair: paired, reworded, grouped (by heading, different grain), dropped, new, or unclear (a title that could not be read)
-- column family: ita_measures or action_plan
-- column plan_position: order in the plan; null: new
-- column plan_number: as printed
-- column plan_title: what was planned
-- column result_position: order in the report; null: dropped
-- column result_number: as printed
-- column result_title: what was reported
-- column status: of the result
-- column status_basis: of the result
-- column similarity: 0-1; 1: equal texts
-- column source_id: the document
-- column place: where the planned measure begins, or a new one
with measured as materialized (
  select m.*, s.family from measure m join source s using (source_id)
  where m.agency_id = $agency and m.fiscal_year = $year and m.latest),
plan as (from measured where section = 'plan'),
result as (from measured where section = 'result'),
match as materialized (
  select plan_id, result_id, similarity, family,
         basis = 'group' or count(*) over (partition by plan_id) > 1 or count(*) over (partition by result_id) > 1 as of_group
  from measure_pair join plan on plan_id = measure_id where result_id in (select measure_id from result)),
both_sides as materialized (
  select family, (select coalesce(bool_or(of_group), false) from match where match.family is not distinct from plan.family) as grouped,
         count(*) filter (title is null and measure_id not in (select plan_id from match)) > 0 as lost
  from plan where exists (from result where result.family is not distinct from plan.family) group by family),
told as (
  select case when b.grouped then 'grouped' when t.similarity < 0.9 and p.title is not null and r.title is not null then 'reworded'
              else 'paired' end as pair, p.family,
         p as planned, r as reported, t.similarity
  from match t join plan p on p.measure_id = t.plan_id join result r on r.measure_id = t.result_id
  join both_sides b on b.family is not distinct from p.family
  union all
  select case when b.grouped then 'grouped' when p.title is null then 'unclear' else 'dropped' end, p.family, p, null, null
  from plan p join both_sides b on b.family is not distinct from p.family where p.measure_id not in (select plan_id from match)
  union all
  select case when b.grouped then 'grouped' when b.lost then 'unclear' else 'new' end, r.family, null, r, null
  from result r join both_sides b on b.family is not distinct from r.family where r.measure_id not in (select result_id from match))
select pair, family, planned.position as plan_position, planned.number as plan_number, planned.title as plan_title,
       reported.position as result_position, reported.number as result_number, reported.title as result_title, reported.status as status,
       reported.status_basis as status_basis, similarity,
       coalesce(planned.source_id, reported.source_id) as source_id, coalesce(planned.place, reported.place) as place
from told
order by family desc, planned.position is null, planned.position, reported.position
