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
with own as (  -- a row a document, section and period
  select source_id, section, latest, coalesce(document_family, 'ita_measures') as family,
         case when family = 'ita_measures' then if(section = 'plan', 'measures', 'report')
              when family <> 'action_plan' then null
              when section = 'plan' then 'action_plan'
              else if(document_round is not distinct from 'six_month', 'action_report_6', 'action_report_12') end as task,
         coalesce(period_start, period_end) as starts, coalesce(period_end, period_start) as ends, count(*) as measures,
         count(*) filter (status = 'completed') as completed, count(*) filter (coalesce(status, 'unknown') = 'unknown') as unknown,
         min(position) as position, arg_min(place, position) as place
  from measure where agency_id = $agency and fiscal_year = $year group by all),
held as (
  select task, string_agg(s.file_name, ', ' order by o.source_id) as documents, min(o.source_id) as source_id, arg_min(o.place, o.source_id) as place
  from (select task, source_id, arg_min(place, position) as place from own group by all) o join source s using (source_id) group by task),
work as (  -- what is planned and reported on counts once, as reported
  select family, starts, ends, sum(measures)::integer as measures, sum(completed)::integer as completed, sum(unknown)::integer as unknown,
         min(source_id) as source_id, arg_min(place, position) as place
  from own
  where latest and (section = 'result' or family not in (select family from own where latest and section = 'result'))
  group by family, starts, ends),
year as (
  select a.position, a.task, a.code, a.item_name, a.starts, a.ends, a.due, if(h.task is null, 'missing', 'read_in') as state, h.documents,
         null::integer as measures, null::integer as completed, null::integer as unknown, h.source_id, h.place
  from asked_paper a left join held h on h.task = a.task where a.fiscal_year = $year
  union all
  select 6, 'work_' || family, null, null, starts, ends, null,
         case when completed = measures then 'done' when unknown = measures then 'untold' else 'open' end,
         null, measures, completed, unknown, source_id, place
  from work)
select $year::smallint as fiscal_year, * exclude position from year
order by position, task desc, ends nulls last, starts
