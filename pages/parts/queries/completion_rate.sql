-- How much of the reported work of one agency and year is completed, a row a family; families are never summed.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column family: ita_measures or action_plan
-- column completed: completed results
-- column decided: results whose status is known
-- column inferred: completed results whose status was inferred from their text
-- column unknown: results whose report decides nothing
-- column source_id: the document
-- column place: where its results begin
select s.family, (count(*) filter (m.status = 'completed'))::integer as completed,
       (count(*) filter (m.status <> 'unknown'))::integer as decided,
       (count(*) filter (m.status = 'completed' and m.status_basis = 'inferred'))::integer as inferred,
       (count(*) filter (m.status = 'unknown'))::integer as unknown, min(m.source_id) as source_id, arg_min(m.place, m.position) as place
from measure m join source s using (source_id)
where m.agency_id = $agency and m.fiscal_year = $year and m.section = 'result' and m.latest
group by s.family order by s.family desc
