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
select fiscal_year, indicator, instrument, name_th, name_en, score::double as score, mark, source_id, place
from score_line where agency_id = $agency
order by indicator::integer, fiscal_year
