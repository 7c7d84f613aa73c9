-- Every document and sheet that is loaded, with what was read from it; of some agencies, or of all.
-- parameter agencies: list of agency_id; null: all
-- column source_id: its id
-- column document: title as printed, else the file's name
-- column kind: plan, result, score_sheet, ...
-- column fiscal_year: Buddhist year it is about
-- column agency_name: whose document it is; null for sheets of several agencies
-- column measures: measures read
-- column scores: scores read
-- column findings: findings, errors and warnings only
-- column file_name: of the file
-- column sha256: of its bytes
-- column url: where it was published
-- column synthetic: true for made-up data
-- column found: how many there are in all, also those beyond the first two thousand
with asked as (select unnest($agencies::varchar[]) as agency_id),
measures as (
  select source_id, count(*) as n from measure
  where $agencies is null or agency_id in (from asked) group by source_id),
scores as (
  select source_id, count(*) as n from score
  where $agencies is null or agency_id in (from asked) group by source_id),
own as (
  select source_id from measures union select source_id from scores
  union select source_id from source where $agencies is null or agency_id in (from asked)),
chosen as materialized (from source semi join own using (source_id)),
findings as (select source_id, count(*) as n from finding semi join chosen using (source_id) where severity <> 'info' group by source_id)
select c.source_id, coalesce(c.title, c.file_name) as document, c.kind, c.fiscal_year, a.name as agency_name,
       coalesce(m.n, 0)::integer as measures, coalesce(s.n, 0)::integer as scores, coalesce(f.n, 0)::integer as findings,
       c.file_name, c.sha256, c.url, c.synthetic, (count(*) over ())::integer as found
from chosen c left join agency a on a.agency_id = c.agency_id
left join measures m using (source_id) left join scores s using (source_id) left join findings f using (source_id)
order by c.fiscal_year desc nulls last, a.name collate th, c.source_id
limit 2000
