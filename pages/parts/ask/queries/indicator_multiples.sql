-- The indicators of one agency across its years, for small multiples.
-- parameter agency: agency_id
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: 0-100; null where no source gives it
-- column mark: score that passes by that year's rules; null: they say none
-- column source_id: where it comes from
-- column place: where it stands there
with mine as (from indicator_scores($agency)),
span as (select min(fiscal_year) as first, max(fiscal_year) as last from mine)
select i.fiscal_year, i.indicator, i.instrument, i.name_th, i.name_en, m.score::double as score, k.instrument as mark, m.source_id, m.place
from indicator i join span on i.fiscal_year between span.first and span.last
left join mine m using (fiscal_year, indicator)
left join pass_marks() k using (fiscal_year)
order by indicator::integer, fiscal_year
