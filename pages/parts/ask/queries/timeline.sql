-- The year of one agency: the papers that it must publish, when and whether a document that is read in holds them, in the order in which
-- they come up; then the work that its measures name, a row a family and period. A paper that the rules of the year do not name has no code.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column task: measures, report, action_plan, action_report_6, action_report_12; of work: work_ita_measures or work_action_plan
-- column code: item of the open-data instrument, as O27; null: the rules of the year name none
-- column item_name: name of the item in the rules, in Thai; null where not known
-- column starts: first day of the time that a report tells of, or of the measures' period
-- column ends: last day of it; both null of plans, and of measures without a period
-- column due: last day to publish the paper; null where no source says
-- column state: of a paper read_in or missing; of work done (every measure is completed), open, or untold (nothing decides)
-- column documents: files that are read in and hold the paper, comma-separated
-- column measures: number of measures of the work; as reported where the year has a report
-- column completed: of these completed
-- column unknown: of these those of which nothing in the data decides; planned ones are not decided
-- column source_id: the document, or the first of the measures
-- column place: where it begins there
with asked(position, task, family, section, six, months) as (
  values (1, 'measures', 'ita_measures', 'plan', null, null), (2, 'action_plan', 'action_plan', 'plan', null, null),
         (3, 'action_report_6', 'action_plan', 'result', true, 6), (4, 'action_report_12', 'action_plan', 'result', false, 12),
         (5, 'report', 'ita_measures', 'result', null, 12)),
named as (select p.*, q.name_th as item_name from paper p left join question q on q.fiscal_year = p.fiscal_year and q.code = p.code where p.fiscal_year = $year),
own as (
  select section, position, place, source_id, status, period_start, period_end, latest, coalesce(document_family, 'ita_measures') as family,
         coalesce(document_round = 'six_month', false) as six,
         bool_or(section = 'result' and latest) over (partition by coalesce(document_family, 'ita_measures')) as reported
  from measure where agency_id = $agency and fiscal_year = $year),
held as (
  select o.family, o.section, o.six, s.file_name, o.source_id, arg_min(o.place, o.position) as place
  from own o join source s using (source_id) group by all),
papers as (
  select a.position, a.task, n.code, n.item_name, if(a.months is null, null, make_date($year - 544, 10, 1)) as starts,
         case a.months when 6 then make_date($year - 543, 3, 31) when 12 then make_date($year - 543, 9, 30) end as ends, n.due,
         if(count(h.source_id) > 0, 'read_in', 'missing') as state, string_agg(h.file_name, ', ' order by h.source_id) as documents,
         null::integer as measures, null::integer as completed, null::integer as unknown, min(h.source_id) as source_id, arg_min(h.place, h.source_id) as place
  from asked a left join named n on n.paper = a.task
  left join held h on h.family = a.family and h.section = a.section and (a.six is null or h.six = a.six)
  where n.code is not null or a.task <> 'action_report_6' or not exists (from named)  -- not every year asks for the six months' report
  group by a.position, a.task, a.months, n.code, n.item_name, n.due),
counted as (  -- what is planned and reported on counts once, as reported
  select * from own where latest and (section = 'result' or not reported)),
work as (
  select 5 + dense_rank() over (order by family desc) as position, 'work_' || family as task, null as code, null as item_name,
         coalesce(period_start, period_end) as starts, coalesce(period_end, period_start) as ends, null::date as due,
         case when bool_and(status is not distinct from 'completed') then 'done'
              when bool_and(coalesce(status, 'unknown') = 'unknown') then 'untold' else 'open' end as state,
         null as documents, count(*)::integer as measures, (count(*) filter (status = 'completed'))::integer as completed,
         (count(*) filter (coalesce(status, 'unknown') = 'unknown'))::integer as unknown, min(source_id) as source_id, arg_min(place, position) as place
  from counted group by family, starts, ends)
select $year::smallint as fiscal_year, task, code, item_name, starts, ends, due, state, documents, measures, completed, unknown, source_id, place
from (from papers union all from work)
order by position, ends nulls last, starts
