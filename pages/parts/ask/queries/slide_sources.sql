-- The documents and sheets behind a slide deck: of one agency or several, this year and the year before.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column source_id: key
-- column title: title as printed, else the file's name
-- column file_name: name of the document or sheet
-- column kind: kind of document
-- column fiscal_year: Buddhist year that it is about; null for a sheet of several years
-- column scores: scores read from it for these agencies and years
-- column measures: measures read from it for these agencies and years
-- column url: where it was published
-- column synthetic: true for made-up data
with used as (
  select source_id, count(*) as scores, 0 as measures from score
  where chosen and list_contains($agencies, agency_id) and fiscal_year in ($year, $year - 1) group by source_id
  union all
  select source_id, 0, count(*) from measure
  where latest and list_contains($agencies, agency_id) and fiscal_year in ($year, $year - 1) group by source_id)
select s.source_id, coalesce(s.title, s.file_name) as title, s.file_name, s.kind, s.fiscal_year,
       sum(u.scores)::integer as scores, sum(u.measures)::integer as measures, s.url, s.synthetic
from used u join source s using (source_id)
group by all
order by s.fiscal_year desc nulls last, measures desc, scores desc, s.file_name
