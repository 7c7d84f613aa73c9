-- The totals of an agency and of those it is compared with across the years that may be compared: at most twenty panels, the agency first,
-- then the ones nearest to it in the year.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- column agency_id: permanent
-- column agency_name: full name
-- column fiscal_year: Buddhist year
-- column total: total shown; null where not loaded
-- column mark: total that passes by that year's rules; null: they say none
-- column agencies: how many there are in all, also those that have no room
-- column mine: true for the agency itself
with members as (from compared($agency, $year, $others) union select $agency),
totals as (select s.agency_id, s.fiscal_year, s.total_shown from assessment s semi join members using (agency_id)
           where s.comparable and s.total_shown is not null),
here as (from totals where fiscal_year = $year),
placed as (
  select h.agency_id, count(*) over () as agencies,
         row_number() over (order by h.agency_id <> $agency,
           abs(h.total_shown - (select total_shown from here where agency_id = $agency)) nulls last, h.agency_id) as room
  from here h),
years as (select distinct fiscal_year from totals)
select p.agency_id, a.name as agency_name, y.fiscal_year, t.total_shown::double as total, k.total as mark, p.agencies::integer as agencies,
       p.agency_id = $agency as mine
from placed p join agency a using (agency_id) cross join years y left join totals t on t.agency_id = p.agency_id and t.fiscal_year = y.fiscal_year
left join pass_marks() k on k.fiscal_year = y.fiscal_year
where p.room <= 20
order by p.room, y.fiscal_year
