-- How many findings each of some documents has.
-- parameter sources: list of source_id
-- column source_id: the document
-- column document: title as printed, else the file's name
-- column findings: errors, warnings and notes
select f.source_id, coalesce(s.title, s.file_name, f.source_id) as document, count(*)::integer as findings
from finding f left join source s using (source_id)
where list_contains($sources, f.source_id)
group by all order by findings desc, f.source_id
