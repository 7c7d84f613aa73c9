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
with mine as (from indicator_scores($agency)),
whole as (select fiscal_year from mine group by fiscal_year
          having count(*) = (select count(*) from indicator i where i.fiscal_year = mine.fiscal_year)),
placed as (select indicator, rank() over (partition by fiscal_year order by score) as place from mine semi join whole using (fiscal_year)),
persistence as (select indicator, count(*) filter (place <= 3) as times from placed group by indicator),
others as (
  select s.indicator, count(*) as n, middle(s.score, 0.5) as mid
  from peers($agency, $year) p join score s on s.agency_id = p.agency_id and s.fiscal_year = $year and s.chosen
  group by s.indicator)
select m.fiscal_year, m.indicator, m.instrument, m.name_th, m.name_en, m.score::double as score,
       printed(m.weight * (100 - m.score)) as gain, coalesce(o.n, 0)::integer as peers, o.mid as peers_median,
       printed(m.score - o.mid::decimal(9, 4)) as gap, coalesce(p.times, 0)::integer as weakest_years,
       (select count(*) from whole)::integer as years, noise($agency) as noise, k.instrument as mark, $order as sorted_by, m.source_id, m.place
from mine m left join others o using (indicator) left join persistence p using (indicator) left join pass_marks() k on k.fiscal_year = m.fiscal_year
where m.fiscal_year = $year
order by case $order when 'gain' then -m.weight * (100 - m.score) when 'peers' then (m.score - o.mid)::decimal(18, 6) else m.score end nulls last,
         m.score, m.indicator::integer
