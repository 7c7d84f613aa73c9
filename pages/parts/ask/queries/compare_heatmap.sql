-- Agencies by indicators: an agency and those it is compared with, ordered by the total or any indicator; a row an agency and indicator of the
-- year, the total first. At most forty agencies, the agency always among them.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- parameter indicator: what orders: TOTAL or an indicator; null: TOTAL
-- column agency_id: permanent
-- column agency_name: full name
-- column fiscal_year: Buddhist year
-- column rank: by what orders, 1 the highest; equal scores share a place; null: not loaded
-- column agencies: how many there are in all, also those that have no room
-- column sorted_by: what orders
-- column indicator: TOTAL or an indicator of the year
-- column score: 0-100; null: not loaded
-- column mine: true for the agency itself
with members as (from compared($agency, $year, $others) union select $agency),
scores as (select s.* from totals_and_scores($year) s semi join members using (agency_id)),
ordered as (
  select agency_id, max(score) filter (indicator = coalesce($indicator, 'TOTAL')) as by_which from scores group by agency_id),
placed as (
  select *, case when by_which is not null then rank() over (order by by_which desc nulls last) end as rank,
         row_number() over (order by agency_id <> $agency, by_which desc nulls last, agency_id) as room, count(*) over () as agencies
  from ordered),
columns as (select 'TOTAL' as indicator, 0 as position union all select indicator, position from indicator where fiscal_year = $year)
select p.agency_id, a.name as agency_name, $year::smallint as fiscal_year, p.rank::integer as rank, p.agencies::integer as agencies,
       coalesce($indicator, 'TOTAL') as sorted_by, c.indicator, printed(s.score) as score, p.agency_id = $agency as mine
from placed p join agency a using (agency_id) cross join columns c
left join scores s on s.agency_id = p.agency_id and s.indicator = c.indicator
where p.room <= 40
order by p.by_which desc nulls last, a.name collate th, p.agency_id, c.position
