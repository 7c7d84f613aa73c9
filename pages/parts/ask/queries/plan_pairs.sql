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
  select m.measure_id, m.section, m.position, m.number, m.title, m.status, m.status_basis, m.source_id, m.place, m.document_family as family
  from measure m
  where m.agency_id = $agency and m.fiscal_year = $year and m.latest),
plan as (from measured where section = 'plan'),
result as (from measured where section = 'result'),
match as materialized (
  select plan_id, result_id, similarity,
         basis = 'group' or count(*) over (partition by plan_id) > 1 or count(*) over (partition by result_id) > 1 as of_group
  from measure_pair where plan_id in (select measure_id from plan) and result_id in (select measure_id from result)),
both_sides as (
  select family, coalesce(bool_or(of_group), false) as grouped, bool_or(title is null and plan_id is null) as lost
  from plan left join match on plan_id = measure_id
  where exists (from result where result.family is not distinct from plan.family) group by family),
told as (
  select p.family, p as planned, r as reported, t.similarity, t.plan_id is not null as is_pair
  from plan p left join match t on t.plan_id = p.measure_id left join result r on r.measure_id = t.result_id
  union all
  select family, null, r, null, false from result r where measure_id not in (select result_id from match))
select case when b.grouped then 'grouped'
            when is_pair then if(similarity < 0.9 and planned.title is not null and reported.title is not null, 'reworded', 'paired')
            when planned.position is null then if(b.lost, 'unclear', 'new')
            when planned.title is null then 'unclear' else 'dropped' end as pair, t.family,
       planned.position as plan_position, planned.number as plan_number, planned.title as plan_title,
       reported.position as result_position, reported.number as result_number, reported.title as result_title, reported.status as status,
       reported.status_basis as status_basis, similarity,
       coalesce(planned.source_id, reported.source_id) as source_id, coalesce(planned.place, reported.place) as place
from told t join both_sides b on b.family is not distinct from t.family
order by t.family desc, planned.position is null, planned.position, reported.position
