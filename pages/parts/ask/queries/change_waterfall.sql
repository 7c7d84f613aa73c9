-- What moved the computed total to one year from the computed year before it: start, a part an indicator, changed weights, end.
-- Parts are in printed points and add up to the printed change exactly. No rows where one of the two years is not complete.
-- parameter agency: agency_id
-- parameter year: Buddhist year, the later of the two
-- column position: 0 for the start, then the indicators in their order, changed weights, the end
-- column kind: start, part, weights or end
-- column fiscal_year: Buddhist year of the row
-- column indicator: 1-10; null in other rows
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column before: score of the earlier year, 0-100
-- column after: score of this year, 0-100
-- column points: points of the total; the total itself in start and end
-- column tide: what the nation's part was in the mean; of the end that of the total. Null: not known, nothing is split off
-- column own: points less tide; of the end the change less tide. Parts and ends add up exactly
-- column tide_basis: panel (agencies loaded with both years), published; few: too few, not split
-- column tide_agencies: how many agencies it rests on; null: as published
-- column source_id: source of this year's score
-- column place: where it stands there
select l.position::integer as position, l.kind, if(l.kind = 'start', l.from_year, l.to_year) as fiscal_year,
       if(l.kind = 'part', l.part, null) as indicator, l.name_th, l.name_en, l.before::double as before, l.after::double as after,
       l.points::double as points, l.tide::double as tide, (l.change - l.tide)::double as own, l.tide_basis,
       l.tide_agencies::integer as tide_agencies, l.source_id, l.place
from change_line l
where l.agency_id = $agency and l.to_year = $year
order by position
