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
with read as (
  select source_id, sum(measures) as measures, sum(scores) as scores
  from (select source_id, agency_id, 1 as measures, 0 as scores from measure
        union all select source_id, agency_id, 0, 1 from score
        union all select source_id, agency_id, 0, 0 from source)
  where $agencies is null or list_contains($agencies, agency_id)
  group by source_id),
findings as (select source_id, count(*) as n from finding semi join read using (source_id) where severity <> 'info' group by source_id)
select s.source_id, coalesce(s.title, s.file_name) as document, s.kind, s.fiscal_year, a.name as agency_name,
       r.measures::integer as measures, r.scores::integer as scores, coalesce(f.n, 0)::integer as findings,
       s.file_name, s.sha256, s.url, s.synthetic, (count(*) over ())::integer as found
from read r join source s using (source_id) left join agency a on a.agency_id = s.agency_id left join findings f using (source_id)
order by s.fiscal_year desc nulls last, a.name collate th, s.source_id
limit 2000
