-- score -> moved_score: where each score would stand had it moved with the others. Its distance from their middle, in their spread, stays.
insert into moved_score
  with pairs as (
    select n.agency_id, n.fiscal_year, n.indicator, b.score::double as before, n.score::double as after
    from score n join score b on b.agency_id = n.agency_id and b.indicator = n.indicator and b.fiscal_year = n.fiscal_year - 1
    semi join (from rule_year where comparable_with_previous) r on r.fiscal_year = n.fiscal_year
    where n.chosen and b.chosen and n.comparable and b.comparable and n.indicator in (select indicator from indicator)),
  shift as (
    select fiscal_year, indicator, median(before) as old, median(after) as new, coalesce(mad(after) / nullif(mad(before), 0), 1) as wider
    from pairs group by all)
  select agency_id, fiscal_year, indicator, before, after, least(100, greatest(0, new + (before - old) * wider))
  from pairs join shift using (fiscal_year, indicator)
  order by indicator, fiscal_year, agency_id;  -- a page asks for one indicator: sorted, it reads what it needs
