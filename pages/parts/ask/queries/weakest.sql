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
with line as (
  select l.*, i.instrument, i.name_th, i.name_en, i.weight::decimal(9, 6) as weight
  from score_line l join indicator i using (fiscal_year, indicator)
  where l.agency_id = $agency and l.fiscal_year = $year)
select m.fiscal_year, m.indicator, m.instrument, m.name_th, m.name_en, m.score::double as score,
       printed(m.weight * (100 - m.score)) as gain, m.peers, m.peers_median,
       printed(m.score - m.peers_median::decimal(9, 4)) as gap, m.weakest_years, m.years, m.noise, k.instrument as mark, $order as sorted_by,
       m.source_id, m.place
from line m left join pass_marks() k on k.fiscal_year = m.fiscal_year
order by case $order when 'gain' then -m.weight * (100 - m.score) when 'peers' then (m.score - m.peers_median)::decimal(18, 6) else m.score end nulls last,
         m.score, m.indicator::integer
