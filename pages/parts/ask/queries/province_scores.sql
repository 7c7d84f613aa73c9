-- The indicators of several agencies in one year with their weights, to compute the path of each to its next level.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column instrument_weight: share of the total, 0-1
-- column score: 0-100
select s.agency_id, i.indicator, i.instrument, n.weight::double as instrument_weight, s.score::double as score
from indicator i join instrument n using (fiscal_year, instrument)
join score s on s.fiscal_year = i.fiscal_year and s.indicator = i.indicator and s.chosen and list_contains($agencies, s.agency_id)
where i.fiscal_year = $year and n.weight is not null
order by s.agency_id, i.position
