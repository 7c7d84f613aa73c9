-- What moved the computed total to one year from the computed year before it: start, a part an indicator, changed weights, end.
-- Parts are in printed points and add up to the printed change exactly. No rows where one of the two years is not complete.
-- parameter agency: agency_id
-- parameter year: Buddhist year, the later of the two
-- parameter others: list of agency_id whose mean change is the tide; null: the nation
-- column position: 0 for the start, then the indicators in their order, changed weights, the end
-- column kind: start, part, weights or end
-- column fiscal_year: Buddhist year of the row
-- column indicator: 1-10; null in other rows
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column before: score of the earlier year, 0-100
-- column after: score of this year, 0-100
-- column points: points of the total; the total itself in start and end
-- column tide: what the others' part was in the mean; of the end that of the total. Null: not known, nothing is split off
-- column own: points less tide; of the end the change less tide. Parts and ends add up exactly
-- column tide_basis: peers, panel (agencies loaded with both years), published; few or few_peers: too few, not split
-- column tide_agencies: how many agencies it rests on; null: as published
-- column source_id: source of this year's score
-- column place: where it stands there
with pair as (
  select c.*, i.position, i.name_th, i.name_en, s.source_id, s.place
  from change c
  left join indicator i on i.fiscal_year = c.to_year and i.indicator = c.part
  left join score s on s.agency_id = c.agency_id and s.fiscal_year = c.to_year and s.indicator = c.part and s.chosen
  where c.agency_id = $agency and c.to_year = $year),
ends as (
  select a.fiscal_year, a.total from assessment a, (select any_value(from_year) as first, any_value(to_year) as last from pair)
  where a.agency_id = $agency and a.fiscal_year in (first, last)),
tide as (from tide_of_parts((select any_value(from_year) from pair), $year, $others))
select coalesce(position, 1000)::integer as position, if(part = 'WEIGHTS', 'weights', 'part') as kind, to_year as fiscal_year,
       nullif(part, 'WEIGHTS') as indicator, name_th, name_en, from_score::double as before, to_score::double as after,
       printed::double as points, t.tide::double as tide, (printed - t.tide)::double as own, t.basis as tide_basis,
       t.agencies::integer as tide_agencies, source_id, place
from pair left join tide t using (part)
union all
select if(fiscal_year = $year, 9999, 0), if(fiscal_year = $year, 'end', 'start'), fiscal_year, null, null, null, null, null, total::double,
       t.tide::double, (total - (select min_by(total, fiscal_year) from ends) - t.tide)::double, t.basis, t.agencies::integer, null, null
from ends left join tide t on t.part = 'TOTAL' and ends.fiscal_year = $year
order by position
