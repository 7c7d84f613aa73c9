-- One indicator of one agency across years, beside its peers of the last year and the published national mean.
-- parameter agency: agency_id
-- parameter indicator: 1-10
-- parameter others: list of agency_id whose mean change is the tide; null: the nation
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: 0-100; null where no source gives it
-- column national: mean of all agencies in the country, as published
-- column peers: number of peers with this score in that year
-- column peers_median: their median
-- column peers_low: lower end of their middle half
-- column peers_high: upper end of their middle half
-- column mark: score that passes by that year's rules; null: they say none
-- column tide: how the others changed in the mean on the year before, in printed points; null: not known, nothing is split off
-- column own: the change less the tide; both add up to the printed change
-- column tide_basis: peers, panel (agencies loaded with both years), published; few or few_peers: too few, not split
-- column tide_agencies: how many agencies it rests on; null: as published
-- column source_id: where the score comes from
-- column place: where it stands there
with line as (from score_line where agency_id = $agency and indicator = $indicator),
span as (select min(fiscal_year) as first, max(fiscal_year) as last from line where score is not null),
mine as (select line.* from line join span on fiscal_year between first and last),
others as (
  select s.fiscal_year, count(*) as n, middle(s.score, 0.5) as mid,
         middle(s.score, 0.25) as low, middle(s.score, 0.75) as high
  from score s join peers($agency, (select last from span)) p using (agency_id)
  where s.indicator = $indicator and s.chosen group by s.fiscal_year)
select m.fiscal_year, m.indicator, m.name_th, m.name_en, m.score::double as score, b.value as national,
       coalesce(o.n, 0)::integer as peers, o.mid as peers_median, o.low as peers_low, o.high as peers_high, m.mark,
       t.tide::double as tide, (m.score - m.before - t.tide)::double as own, t.basis as tide_basis, t.agencies::integer as tide_agencies, m.source_id, m.place
from mine m
left join tide_of_indicator($indicator, $others) t on t.to_year = m.fiscal_year and m.score is not null and m.before is not null
left join others o on o.fiscal_year = m.fiscal_year
left join benchmark b on b.fiscal_year = m.fiscal_year and b.metric = 'mean_indicator_' || $indicator and b.scope = 'all agencies'
order by m.fiscal_year
