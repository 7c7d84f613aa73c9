-- The total and the ten indicators of every agency in a year whose scores may be compared: TOTAL is the one shown (published, else computed).
create or replace macro totals_and_scores(in_year) as table (
  select agency_id, 'TOTAL' as indicator, total_shown::decimal(9, 4) as score
  from assessment where fiscal_year = in_year and comparable and total_shown is not null
  union all
  select s.agency_id, s.indicator, s.score
  from score s semi join (select indicator from indicator where fiscal_year = in_year) i using (indicator)
  where s.fiscal_year = in_year and s.chosen and s.comparable);
