-- Documents of one agency and year that are read in and hold measures, with what they hold.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column document: title as printed, else the file's name
-- column family: ita_measures or action_plan
-- column round: six_month, annual or null
-- column plans: planned measures
-- column results: reported measures
-- column file_name: of the file
-- column source_id: its id
-- column place: where its measures begin
select coalesce(s.title, s.file_name) as document, coalesce(s.family, 'ita_measures') as family, s.round,
       (count(*) filter (m.section = 'plan'))::integer as plans, (count(*) filter (m.section = 'result'))::integer as results,
       s.file_name, s.source_id, arg_min(m.place, m.position) as place
from source s join measure m using (source_id)
where s.agency_id = $agency and s.fiscal_year = $year
group by all
order by family desc, s.source_id
