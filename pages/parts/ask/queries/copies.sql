-- Texts that repeat, a row a cluster, the largest first: measures worded the same in several years or agencies, results that only restate
-- their title, and documents in which every row has the same period and units. A question to ask, not an accusation.
-- parameter agency: agency_id; null: all agencies
-- column cluster: years (the same in several years), agencies (the same elsewhere), restated (the result repeats the title), uniform
-- column title: the repeated words, or the period and units
-- column measures: measures in the cluster
-- column agencies: agencies in the cluster
-- column in_years: fiscal years in the cluster, first to last
-- column source_id: a document; null where there are many
-- column place: places in it
with own as (
  select replace(title, ' ', '') as text, min(title) as title, count(*) as n, count(distinct fiscal_year) as years,
         min(fiscal_year) as first_year, max(fiscal_year) as last_year, max(source_id) as source_id,
         string_agg(place, ', ' order by source_id desc, position) as place
  from measure where agency_id = $agency and latest and length(title) >= 12 group by all),
found as (
  select 'years' as cluster, title, n as measures, 1 as agencies, first_year, last_year, source_id, place from own where years > 1
  union all
  select 'agencies', o.title, r.measures, r.agencies, r.first_year, r.last_year, o.source_id, o.place
  from own o join repeated_title r using (text) where r.agencies > 1
  union all
  select if(agencies > 1, 'agencies', 'years'), title, measures, agencies, first_year, last_year, null, null
  from repeated_title where $agency is null
  union all
  select 'restated', coalesce(m.title, f.raw), count(*), count(distinct s.agency_id), min(s.fiscal_year), max(s.fiscal_year), min(f.source_id),
         string_agg(f.place, ', ' order by length(f.place), f.place)
  from finding f join source s using (source_id)
  left join measure m on m.source_id = f.source_id and m.place = f.place and m.section = 'result'
  where f.rule in ('inferred_restatement', 'copied_text') and ($agency is null or s.agency_id = $agency)
  group by f.source_id, coalesce(m.title, f.raw)
  union all
  select 'uniform', concat_ws(' · ', period_text, array_to_string(responsible, ', ')), measures, 1, fiscal_year, fiscal_year, source_id, place
  from uniform_report where $agency is null or agency_id = $agency)
select cluster, title, measures::integer as measures, agencies::integer as agencies,
       if(first_year = last_year, first_year::varchar, first_year || '–' || last_year) as in_years, source_id, place
from found
order by list_position(['restated', 'uniform', 'years', 'agencies'], cluster), measures desc, title collate th
limit 200
