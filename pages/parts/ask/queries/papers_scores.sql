-- The scores of one agency in a year beside the year before: every indicator of the year, the instruments, the total and the level. A score
-- that no source gives is null.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column indicator: 1-10, IIT, EIT, OIT, TOTAL or LEVEL
-- column instrument: of an indicator
-- column name_th: name of the indicator or instrument
-- column name_en: name of the indicator or instrument
-- column before: score of the year before; null where it has none or may not be compared
-- column score: 0-100
-- column change: score less the one before
-- column level_before_th: level of the year before, in the row LEVEL
-- column level_before_en: level of the year before, in the row LEVEL
-- column level_th: level of the year, in the row LEVEL
-- column level_en: level of the year, in the row LEVEL
-- column source_id: where the score comes from
-- column place: where it stands there
with compared as (
  select $year::smallint as fiscal_year
  union all select ($year - 1)::smallint from rule_year where fiscal_year = $year and comparable_with_previous),
own as (
  select fiscal_year, indicator, score, source_id, place from score semi join compared using (fiscal_year)
  where agency_id = $agency and chosen and try_cast(indicator as integer) is not null
  union all
  select fiscal_year, instrument, coalesce(if(published = round(published, 2), published, null), computed, published), null, null
  from instrument_score semi join compared using (fiscal_year) where agency_id = $agency
  union all
  select fiscal_year, 'TOTAL', total_shown, null, null from assessment semi join compared using (fiscal_year)
  where agency_id = $agency and total_shown is not null),
lines as (
  select indicator, instrument, name_th, name_en, position::integer as position from indicator where fiscal_year = $year
  union all
  select instrument, null, name_th, name_en, 100 + list_position(['IIT', 'EIT', 'OIT'], instrument) from instrument where fiscal_year = $year
  union all select unnest(['TOTAL', 'LEVEL']), null, null, null, unnest([200, 201])),
levels as (
  select a.fiscal_year, l.name_th, l.name_en from assessment a semi join compared using (fiscal_year)
  join level l on l.fiscal_year = a.fiscal_year and l.level = a.level_shown where a.agency_id = $agency)
select l.indicator, l.instrument, l.name_th, l.name_en, b.score::double as before, n.score::double as score,
       printed(n.score - b.score) as change, v.name_th as level_before_th, v.name_en as level_before_en, w.name_th as level_th, w.name_en as level_en,
       n.source_id, n.place
from lines l
left join own n on n.indicator = l.indicator and n.fiscal_year = $year
left join own b on b.indicator = l.indicator and b.fiscal_year = $year - 1
left join levels v on l.indicator = 'LEVEL' and v.fiscal_year = $year - 1
left join levels w on l.indicator = 'LEVEL' and w.fiscal_year = $year
order by l.position
