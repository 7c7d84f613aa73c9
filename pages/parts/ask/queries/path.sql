-- The indicators of one agency and year with their weights and the year before, to compute paths to a level and what-ifs.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column instrument_weight: share of the total, 0-1
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column leverage: points of the total for one point of the indicator
-- column score: 0-100
-- column before: score of the year before; null where it has none
-- column source_id: where the score comes from
-- column place: where it stands there
select l.fiscal_year, l.indicator, l.instrument, n.weight::double as instrument_weight, l.name_th, l.name_en, l.weight as leverage,
       l.score::double as score, l.before::double as before, l.source_id, l.place
from score_line l join instrument n using (fiscal_year, instrument)
where l.agency_id = $agency and l.fiscal_year = $year and l.whole and n.weight is not null
order by indicator::integer
