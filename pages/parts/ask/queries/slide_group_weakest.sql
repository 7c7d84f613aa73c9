-- In how many agencies of a group each indicator is the weakest of the ten; where two are equally weak, both count.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column position: order of the indicators
-- column indicator: code of the indicator
-- column name_th: its name
-- column name_en: its name
-- column weakest: agencies in which it is the weakest
-- column median: median score of the group, 0-100
-- column agencies: agencies with all indicators of the year, the same in every row
with scored as (
  select s.agency_id, i.indicator, i.name_th, i.name_en, s.score
  from score s join indicator i using (fiscal_year, indicator)
  where s.chosen and s.fiscal_year = $year and list_contains($agencies, s.agency_id)
    and s.agency_id in (select agency_id from assessment where fiscal_year = $year and complete)),
lowest as (select agency_id, min(score) as score from scored group by agency_id)
select try_cast(s.indicator as integer) as position, s.indicator, any_value(s.name_th) as name_th, any_value(s.name_en) as name_en,
       count(*) filter (s.score = l.score)::integer as weakest, middle(s.score, 0.5) as median, (select count(*) from lowest)::integer as agencies
from scored s join lowest l using (agency_id)
group by s.indicator
order by weakest desc, median, position
