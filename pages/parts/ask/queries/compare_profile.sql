-- The ten indicators of one agency against the median and the middle half of those it is compared with (the agency not among them).
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: of the agency; null where not loaded
-- column peers: others with this score
-- column peers_low: their lower quartile
-- column peers_median: their median
-- column peers_high: their upper quartile
-- column gap: score less the median
-- column source_id: where the agency's score comes from
-- column place: where it stands there
with others as (
  select s.indicator, count(*) as n, middle(s.score, 0.25) as low, middle(s.score, 0.5) as mid, middle(s.score, 0.75) as high
  from totals_and_scores($year) s semi join (from compared($agency, $year, $others)) using (agency_id)
  group by s.indicator)
select i.fiscal_year, i.indicator, i.instrument, i.name_th, i.name_en, printed(s.score) as score, o.n::integer as peers, o.low as peers_low,
       o.mid as peers_median, o.high as peers_high, printed(s.score - o.mid::decimal(9, 4)) as gap, s.source_id, s.place
from indicator i join others o using (indicator)
left join score s on s.agency_id = $agency and s.fiscal_year = i.fiscal_year and s.indicator = i.indicator and s.chosen and s.comparable
where i.fiscal_year = $year
order by i.position
