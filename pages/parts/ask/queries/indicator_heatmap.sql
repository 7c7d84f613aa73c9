-- The ten indicators of one agency across its years, every pair of indicator and year from its first to its last.
-- parameter agency: agency_id
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: 0-100; null where no source gives it
-- column printed: the score as the source prints it
-- column noise: what scores of the agency commonly move between years; null with fewer than three years
-- column source_id: where it comes from
-- column place: where it stands there
select fiscal_year, indicator, instrument, name_th, name_en, score::double as score, printed, noise, source_id, place
from score_line where agency_id = $agency
order by position, fiscal_year
