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
with mine as (from indicator_scores($agency))
select i.fiscal_year, i.indicator, i.instrument, n.weight::double as instrument_weight, i.name_th, i.name_en, i.weight as leverage,
       m.score::double as score, b.score::double as before, m.source_id, m.place
from indicator i join instrument n using (fiscal_year, instrument)
join mine m using (fiscal_year, indicator)
left join mine b on b.fiscal_year = i.fiscal_year - 1 and b.indicator = i.indicator
where i.fiscal_year = $year and n.weight is not null and (select count(*) from mine where fiscal_year = $year) = (select count(*) from indicator where fiscal_year = $year)
order by indicator::integer
