-- The indicators of one agency and year from the weakest, in one of three orders: lowest score, most points of the total to gain, or
-- farthest below the peers (those without a peers' median last).
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter order: score, gain or peers
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: 0-100
-- column gain: points of the total that 100 in it would add
-- column peers: number of peers with this score
-- column peers_median: their median
-- column gap: score less the peers' median
-- column weakest_years: years in which it was among the three lowest; equal scores share a place
-- column years: years with every indicator
-- column noise: what scores of the agency commonly move between years; null with fewer than three years
-- column mark: score that passes by that year's rules; null: they say none
-- column sorted_by: the order asked for
-- column source_id: where the score comes from
-- column place: where it stands there
select fiscal_year, indicator, instrument, name_th, name_en, score::double as score,
       printed(weight::decimal(9, 6) * (100 - score)) as gain, peers, peers_median,
       printed(score - peers_median::decimal(9, 4)) as gap, weakest_years, years, noise, mark, $order as sorted_by, source_id, place
from score_line
where agency_id = $agency and fiscal_year = $year and score is not null
order by case $order when 'gain' then -weight::decimal(9, 6) * (100 - score) when 'peers' then (score - peers_median)::decimal(18, 6) else score end nulls last,
         score, indicator::integer
