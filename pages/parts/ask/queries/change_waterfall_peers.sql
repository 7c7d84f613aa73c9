-- As change_waterfall, beside the agencies of a list instead of the nation, which the build knows and which is planned in half the time.
-- Parts are in printed points and add up to the printed change exactly. No rows where one of the two years is not complete.
-- parameter agency: agency_id
-- parameter year: Buddhist year, the later of the two
-- parameter others: list of agency_id whose mean change is the tide
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
select l.position::integer as position, l.kind, if(l.kind = 'start', l.from_year, l.to_year) as fiscal_year,
       if(l.kind = 'part', l.part, null) as indicator, l.name_th, l.name_en, l.before::double as before, l.after::double as after,
       l.points::double as points, t.tide::double as tide, (l.change - t.tide)::double as own, t.basis as tide_basis,
       t.agencies::integer as tide_agencies, l.source_id, l.place
from change_line l
left join tide_of_peers((select any_value(from_year) from change_line where agency_id = $agency and to_year = $year), $year, $others) t on t.part = l.part
where l.agency_id = $agency and l.to_year = $year
order by position
