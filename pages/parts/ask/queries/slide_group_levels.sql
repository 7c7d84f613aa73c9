-- A group of agencies in one year: how many stand at each level, and the middle of their totals.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column rank: order of the levels, 1 the best; null: the level cannot be told
-- column name_th: name of the level
-- column name_en: name of the level
-- column agencies: how many stand at it
-- column all_agencies: how many have a total that year, the same in every row
-- column at_85: how many of them have 85 or more
-- column median: median of their totals
-- column lowest: lowest total
-- column highest: highest total
with totals as (
  select total_shown as total, level_shown from assessment
  where fiscal_year = $year and total_shown is not null and list_contains($agencies, agency_id)),
levels as (
  select rank, name_th, name_en, level from level where fiscal_year = $year
  union all select null, null, null, null)
select l.rank, l.name_th, l.name_en,
       (select count(*) from totals t where t.level_shown is not distinct from l.level)::integer as agencies,
       (select count(*) from totals)::integer as all_agencies,
       (select count(*) from totals where total >= 85)::integer as at_85,
       (select middle(total, 0.5) from totals) as median, (select min(total)::double from totals) as lowest, (select max(total)::double from totals) as highest
from levels l
where (select count(*) from totals) > 0 and (l.rank is not null or (select count(*) from totals where level_shown is null) > 0)
order by l.rank nulls last
