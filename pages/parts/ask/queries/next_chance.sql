-- Of the agencies that once stood where this one stands, how many reached its next level a year later? Where it stands: its level, and the
-- distance of each instrument and of the total from the floor of the next one, within three points. One row; refused under 30 agencies.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column level_th: name of the next level
-- column level_en: name of the next level
-- column agencies: agencies and years that stood there, itself left out
-- column enough: true where they are 30 or more
-- column reached: of them at that level or a better one a year later; null where they are too few
-- column share: percent of them; null where they are too few
-- column low: lower end of its 95 % interval (Wilson 1927)
-- column high: its upper end
-- column first_year: the first year in which one stood there
-- column last_year: the last one
with step as materialized (  -- the levels of each year, and what the next better one asks for
  select l.fiscal_year, l.level, l.rank, x.level as next_level, x.rank as next_rank, x.name_th, x.name_en, x.min_total, x.min_instrument,
         r.level_scale
  from level l join level x on x.fiscal_year = l.fiscal_year and x.rank = l.rank - 1 join rule_year r on r.fiscal_year = l.fiscal_year),
mine as materialized (
  select t.*, s.total_shown - t.min_total as total, s.iit - t.min_instrument as iit, s.eit - t.min_instrument as eit, s.oit - t.min_instrument as oit
  from assessment s join step t on t.fiscal_year = s.fiscal_year and t.level = s.level_shown
  where s.agency_id = $agency and s.fiscal_year = $year and s.comparable and s.total_shown is not null and s.iit is not null
    and s.eit is not null and s.oit is not null),
likely as (  -- years of the same scale with a year after them that may be compared
  select t.fiscal_year, t.level, t.next_rank, t.min_total, t.min_instrument, m.total, m.iit, m.eit, m.oit
  from step t join mine m on m.next_level = t.next_level and m.level_scale is not distinct from t.level_scale
  join rule_year r on r.fiscal_year = t.fiscal_year + 1 and r.comparable_with_previous and r.level_scale is not distinct from t.level_scale
  where t.fiscal_year < $year),
stood as materialized (
  select s.agency_id, s.fiscal_year, k.next_rank
  from assessment s join likely k on k.fiscal_year = s.fiscal_year and k.level = s.level_shown
  where s.agency_id <> $agency and s.comparable and s.iit is not null and s.eit is not null and s.oit is not null
    and abs(s.total_shown - k.min_total - k.total) <= 3 and coalesce(abs(s.iit - k.min_instrument - k.iit) <= 3, true)
    and coalesce(abs(s.eit - k.min_instrument - k.eit) <= 3, true) and coalesce(abs(s.oit - k.min_instrument - k.oit) <= 3, true)),
there as (
  select s.agency_id, s.fiscal_year, y.rank <= s.next_rank as reached
  from stood s join assessment n on n.agency_id = s.agency_id and n.fiscal_year = s.fiscal_year + 1
  join level y on y.fiscal_year = n.fiscal_year and y.level = n.level_shown),
counted as (select count(*) as n, count(*) filter (reached) as k, min(fiscal_year) as first_year, max(fiscal_year) as last_year from there)
select $year::smallint as fiscal_year, m.name_th as level_th, m.name_en as level_en, c.n::integer as agencies, c.n >= 30 as enough,
       if(c.n >= 30, c.k, null)::integer as reached, if(c.n >= 30, round(100 * c.k / c.n, 2), null) as share,
       if(c.n >= 30, round(wilson(c.k, c.n, -1), 2), null) as low, if(c.n >= 30, round(wilson(c.k, c.n, 1), 2), null) as high,
       c.first_year::smallint as first_year, c.last_year::smallint as last_year
from mine m, counted c
