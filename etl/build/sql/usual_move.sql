-- score -> usual_move: two pairs of years are the least that says anything; the second year of each must be another.

insert into usual_move
  with ruled as (
    select s.agency_id, s.fiscal_year, s.indicator, s.score from score s semi join indicator using (fiscal_year, indicator) where s.chosen)
  select n.agency_id, round(quantile_cont(abs(n.score - b.score)::decimal(12, 6), 0.5), 2)
  from ruled n join ruled b on b.agency_id = n.agency_id and b.indicator = n.indicator and b.fiscal_year = n.fiscal_year - 1
  group by n.agency_id having count(distinct n.fiscal_year) >= 2
  order by n.agency_id;
