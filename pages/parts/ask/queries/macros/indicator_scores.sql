-- The chosen scores of one agency: a row an indicator and year that has a rule, with names, instrument, weight and where it stands.
create or replace macro indicator_scores(one) as table (
  select s.fiscal_year, i.indicator, i.instrument, i.name_th, i.name_en, i.weight::decimal(9, 6) as weight, s.score, s.printed,
         s.source_id, s.place
  from score s join indicator i using (fiscal_year, indicator)
  where s.agency_id = one and s.chosen);
