-- Everything behind a comparison: the chosen scores of an agency and of those it is compared with, in every year, with their sources.
-- parameter agency: agency_id
-- parameter year: Buddhist year, whose peers are meant
-- parameter others: list of agency_id; null: its automatic peers
-- column agency_id: permanent
-- column agency_name: full name
-- column agency_type: as in the registry
-- column province: as in the registry
-- column fiscal_year: Buddhist year
-- column indicator: 1-10, IIT, EIT, OIT, TOTAL
-- column score: 0-100
-- column printed: as printed
-- column comparable: false where the year used another scale
-- column source_id: the document or sheet
-- column file_name: its name
-- column place: where in it
select s.agency_id, a.name as agency_name, a.agency_type, a.province, s.fiscal_year, s.indicator, s.score::double as score, s.printed,
       s.comparable, s.source_id, d.file_name, s.place
from score s semi join (from compared($agency, $year, $others) union select $agency) using (agency_id)
join agency a using (agency_id) left join source d using (source_id)
where s.chosen
order by s.agency_id <> $agency, a.name collate th, s.agency_id, s.fiscal_year, try_cast(s.indicator as integer) nulls last, s.indicator
