-- An agency and all those it is compared with, in the order of the Thai alphabet: total, level, instruments, rank.
-- parameter agency: agency_id; null: none of its own, the others alone
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- column agency_id: permanent
-- column agency_name: full name
-- column agency_type: as in the registry
-- column province: as in the registry
-- column fiscal_year: Buddhist year
-- column rank: by the total, 1 the highest; equal totals share a place
-- column total: total shown
-- column total_basis: published or computed
-- column level_th: name of the level
-- column level_en: name of the level
-- column iit: instrument score, as published or else computed
-- column eit: instrument score, as published or else computed
-- column oit: instrument score, as published or else computed
-- column median: median total of all, the same in every row
-- column mine: true for the agency itself
-- column source_id: where its total comes from; null where it is computed
-- column place: where it stands there
with members as (from compared($agency, $year, $others) union select $agency),
instruments as (
  select agency_id, max(coalesce(published, computed)) filter (instrument = 'IIT') as iit,
         max(coalesce(published, computed)) filter (instrument = 'EIT') as eit, max(coalesce(published, computed)) filter (instrument = 'OIT') as oit
  from instrument_score semi join members using (agency_id) where fiscal_year = $year group by agency_id),
shown as (from assessment where fiscal_year = $year and comparable)
select a.agency_id, a.name as agency_name, a.agency_type, a.province, $year::smallint as fiscal_year,
       case when s.total_shown is not null then rank() over (order by s.total_shown desc nulls last) end::integer as rank,
       s.total_shown::double as total, s.total_basis, l.name_th as level_th, l.name_en as level_en, n.iit::double as iit, n.eit::double as eit,
       n.oit::double as oit, middle(s.total_shown, 0.5) over () as median, a.agency_id is not distinct from $agency as mine, f.source_id, f.place
from agency a semi join members using (agency_id) left join shown s using (agency_id) left join instruments n using (agency_id)
left join level l on l.fiscal_year = $year and l.level = s.level_shown
left join score f on f.agency_id = a.agency_id and f.fiscal_year = $year and f.indicator = 'TOTAL' and f.chosen
order by a.name collate th, a.agency_id
