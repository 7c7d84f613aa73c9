-- Where one agency stands among those it is compared with: for the total and each indicator the spread of all (it among them), its rank with
-- ties said, and the share of the others that it is above (equal ones count half).
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter others: list of agency_id; null: its automatic peers
-- column fiscal_year: Buddhist year
-- column indicator: TOTAL or 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column score: of the agency; 0-100
-- column agencies: with this score, the agency among them
-- column rank: 1 the highest; equal scores share a place
-- column tied: others with the same score
-- column percentile: percent of the others that are lower, equal ones counted half; null without others
-- column rank_up: its rank with one point more, the others unchanged
-- column rank_down: its rank with one point less
-- column rank_low: best rank that it may have: those that are higher by more than the noise of scores allows for all of the group at once (95 %)
-- column rank_high: worst rank that it may have; both null where the noise is not known
-- column lowest: of all
-- column lower_quartile: lower quartile of all
-- column median: of all
-- column upper_quartile: upper quartile of all
-- column highest: of all
-- column source_id: where the agency's score comes from
-- column place: where it stands there
with members as (from compared($agency, $year, $others) union select $agency),
scores as (select s.* from totals_and_scores($year) s semi join members using (agency_id)),
mine as (select indicator, score as own from scores where agency_id = $agency),
-- Two scores differ when they lie farther apart than the widest of a group commonly do by noise alone (studentized range).
differ as (
  select t.part as indicator, t.noise * (select min_by(quantile, agencies) from studentized_range where agencies >= (select count(*) from members)) as apart
  from tide t where t.to_year = $year and t.from_year = $year - 1),
spread as (
  select s.indicator, m.own, count(*) as agencies, 1 + count(*) filter (s.score > m.own) as rank,
         count(*) filter (s.score = m.own) - 1 as tied, count(*) filter (s.score < m.own) as lower,
         1 + count(*) filter (s.score > m.own + 1 and s.agency_id <> $agency) as rank_up,
         1 + count(*) filter (s.score > m.own - 1 and s.agency_id <> $agency) as rank_down,
         1 + count(*) filter (s.score - m.own > q.apart) as rank_low, count(*) - count(*) filter (m.own - s.score > q.apart) as rank_high,
         any_value(q.apart) as apart, min(s.score) as lowest, middle(s.score, 0.25) as lower_quartile, middle(s.score, 0.5) as median, middle(s.score, 0.75) as upper_quartile,
         max(s.score) as highest
  from scores s join mine m using (indicator) left join differ q using (indicator) group by s.indicator, m.own)
select $year::smallint as fiscal_year, p.indicator, i.name_th, i.name_en, printed(p.own) as score, p.agencies::integer as agencies,
       p.rank::integer as rank, p.tied::integer as tied,
       case when p.agencies > 1 then printed((100 * p.lower + 50 * p.tied)::decimal(18, 6) / (p.agencies - 1)) end as percentile,
       p.rank_up::integer as rank_up, p.rank_down::integer as rank_down,
       if(p.apart is null, null, p.rank_low)::integer as rank_low, if(p.apart is null, null, p.rank_high)::integer as rank_high, printed(p.lowest) as lowest, p.lower_quartile, p.median, p.upper_quartile,
       printed(p.highest) as highest, f.source_id, f.place
from spread p left join indicator i on i.fiscal_year = $year and i.indicator = p.indicator
left join score f on f.agency_id = $agency and f.fiscal_year = $year and f.indicator = p.indicator and f.chosen
order by i.position nulls first
