-- What keeps agencies below the pass mark of the year: how many have a total, or an instrument, below it.
-- parameter year: Buddhist year
-- parameter agencies: list of agency_id; null: all that are loaded
-- column fiscal_year: Buddhist year
-- column indicator: TOTAL or an instrument
-- column name_th: name of the instrument; null for the total
-- column name_en: name of the instrument; null for the total
-- column mark: from which on it passes by the year's rules
-- column below: agencies below it
-- column only: agencies in which this instrument alone is below; null for the total
-- column agencies: agencies with every indicator, the same in every row
with whole as (
  select agency_id, total_shown from assessment
  where fiscal_year = $year and complete and ($agencies is null or list_contains($agencies, agency_id))),
low as (
  select s.agency_id, s.instrument, coalesce(s.published, s.computed) < k.instrument as is_low,
         count(*) filter (coalesce(s.published, s.computed) < k.instrument) over (partition by s.agency_id) as low_ones
  from instrument_score s semi join whole using (agency_id) join pass_marks() k using (fiscal_year) where s.fiscal_year = $year),
parts as (
  select 0 as position, 'TOTAL' as indicator, any_value(k.total) as mark, count(*) filter (w.total_shown < k.total) as below, null as only
  from whole w join pass_marks() k on k.fiscal_year = $year
  union all
  select min(i.position), l.instrument, any_value(k.instrument), count(distinct l.agency_id) filter (is_low),
         count(distinct l.agency_id) filter (is_low and low_ones = 1)
  from low l join pass_marks() k on k.fiscal_year = $year join indicator i on i.fiscal_year = $year and i.instrument = l.instrument
  group by l.instrument)
select $year::smallint as fiscal_year, p.indicator, i.name_th, i.name_en, p.mark, p.below::integer as below, p.only::integer as only,
       (select count(*) from whole)::integer as agencies
from parts p left join instrument i on i.fiscal_year = $year and i.instrument = p.indicator
where (select count(*) from whole) > 0 and p.mark is not null
order by p.position
