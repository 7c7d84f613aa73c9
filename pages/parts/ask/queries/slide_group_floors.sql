-- What keeps the agencies of a group below the pass of 85: how many have a total, or an instrument, below it.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column position: order
-- column part: TOTAL, IIT, EIT or OIT
-- column name_th: name of the instrument; null for the total
-- column name_en: name of the instrument; null for the total
-- column below: agencies below 85
-- column only: agencies in which this instrument alone is below 85; null for the total
-- column agencies: agencies with all three instruments, the same in every row
with whole as (
  select agency_id, total_shown as total, iit, eit, oit,
         (iit < 85)::integer + (eit < 85)::integer + (oit < 85)::integer as low_ones
  from assessment
  where fiscal_year = $year and complete and list_contains($agencies, agency_id)),
parts as (
  select 0 as position, 'TOTAL' as part, count(*) filter (total < 85) as below, null as only from whole
  union all select 1, 'IIT', count(*) filter (iit < 85), count(*) filter (iit < 85 and low_ones = 1) from whole
  union all select 2, 'EIT', count(*) filter (eit < 85), count(*) filter (eit < 85 and low_ones = 1) from whole
  union all select 3, 'OIT', count(*) filter (oit < 85), count(*) filter (oit < 85 and low_ones = 1) from whole)
select p.position, p.part, i.name_th, i.name_en, p.below::integer as below, p.only::integer as only, (select count(*) from whole)::integer as agencies
from parts p left join instrument i on i.fiscal_year = $year and i.instrument = p.part
where (select count(*) from whole) > 0
order by p.position
