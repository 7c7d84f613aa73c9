-- Agencies by indicators: an agency and those it is compared with, ordered by any column; at most forty rows, the agency always among them.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- parameter indicator: the column that orders: TOTAL or 1-10; null: TOTAL
-- column agency_id: permanent
-- column agency_name: full name
-- column fiscal_year: Buddhist year
-- column rank: of the ordering column, 1 the highest; equal scores share a place; null: not loaded
-- column agencies: how many there are in all, also those that have no room
-- column sorted_by: the column that orders
-- column total: total shown
-- column i1: indicator 1
-- column i2: indicator 2
-- column i3: indicator 3
-- column i4: indicator 4
-- column i5: indicator 5
-- column i6: indicator 6
-- column i7: indicator 7
-- column i8: indicator 8
-- column i9: indicator 9
-- column i10: indicator 10
-- column mine: true for the agency itself
with members as (from compared($agency, $year, $others) union select $agency),
scores as (select s.* from totals_and_scores($year) s semi join members using (agency_id)),
wide as (
  select agency_id, max(score) filter (indicator = 'TOTAL') as total, max(score) filter (indicator = '1') as i1,
         max(score) filter (indicator = '2') as i2, max(score) filter (indicator = '3') as i3, max(score) filter (indicator = '4') as i4,
         max(score) filter (indicator = '5') as i5, max(score) filter (indicator = '6') as i6, max(score) filter (indicator = '7') as i7,
         max(score) filter (indicator = '8') as i8, max(score) filter (indicator = '9') as i9, max(score) filter (indicator = '10') as i10,
         max(score) filter (indicator = coalesce($indicator, 'TOTAL')) as by_which
  from scores group by agency_id),
placed as (
  select *, case when by_which is not null then rank() over (order by by_which desc nulls last) end as rank,
         row_number() over (order by agency_id <> $agency, by_which desc nulls last, agency_id) as room, count(*) over () as agencies
  from wide)
select p.agency_id, a.name as agency_name, $year::smallint as fiscal_year, p.rank::integer as rank, p.agencies::integer as agencies,
       coalesce($indicator, 'TOTAL') as sorted_by, printed(p.total) as total, printed(i1) as i1, printed(i2) as i2, printed(i3) as i3,
       printed(i4) as i4, printed(i5) as i5, printed(i6) as i6, printed(i7) as i7, printed(i8) as i8, printed(i9) as i9, printed(i10) as i10,
       p.agency_id = $agency as mine
from placed p join agency a using (agency_id)
where room <= 40
order by by_which desc nulls last, a.name collate th, p.agency_id
